#include "ui/parts/mark.h"

#include <QPainter>
#include <QPainterPath>

#include "ui/theme/palette.h"
#include "ui/words.h"

namespace attest::ui {

Mark::Mark(StepState state, QWidget* parent) : QWidget(parent), state_(state) {
  setFixedSize(14, 14);
  setAccessibleName(words(state));
  setToolTip(words(state));
}

void Mark::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QColor color = toneColor(tone(state_));
  const QRectF disc(1, 1, 12, 12);
  const QColor ink = ui::palette().background;
  painter.setPen(Qt::NoPen);
  QPainterPath sign;
  switch (state_) {
    case StepState::done:
      painter.setBrush(color);
      painter.drawEllipse(disc);
      sign.moveTo(4, 7.2);
      sign.lineTo(6.2, 9.4);
      sign.lineTo(10, 4.9);
      break;
    case StepState::failed:
      painter.setBrush(color);
      painter.drawEllipse(disc);
      sign.moveTo(4.8, 4.8);
      sign.lineTo(9.2, 9.2);
      sign.moveTo(9.2, 4.8);
      sign.lineTo(4.8, 9.2);
      break;
    case StepState::skipped:
    case StepState::cancelled:
      painter.setBrush(color);
      painter.drawEllipse(disc);
      sign.moveTo(4.2, 7);
      sign.lineTo(9.8, 7);
      break;
    case StepState::running:
      painter.setBrush(Qt::NoBrush);
      painter.setPen(QPen(blend(ui::palette().panel, color, 0.35), 2));
      painter.drawEllipse(disc.adjusted(1, 1, -1, -1));
      painter.setPen(QPen(color, 2));
      painter.drawArc(disc.adjusted(1, 1, -1, -1), 90 * 16, -200 * 16);
      break;
    case StepState::queued:
      painter.setBrush(Qt::NoBrush);
      painter.setPen(QPen(color, 1.4));
      painter.drawEllipse(disc.adjusted(1, 1, -1, -1));
      break;
  }
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(ink, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.drawPath(sign);
}

Ring::Ring(QWidget* parent) : QWidget(parent) {
  setFixedSize(12, 12);
}

void Ring::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  QPen pen(ui::palette().caution, 1.4);
  pen.setDashPattern({2.2, 1.8});
  painter.setPen(pen);
  painter.drawEllipse(QRectF(1.5, 1.5, 9, 9));
}

Swatch::Swatch(const QColor& color, QWidget* parent) : QWidget(parent), color_(color) {
  setFixedSize(12, 12);
}

void Swatch::setColor(const QColor& color) {
  color_ = color;
  update();
}

void Swatch::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(color_);
  painter.drawRoundedRect(QRectF(1, 1, 10, 10), 2.5, 2.5);
}

}  // namespace attest::ui
