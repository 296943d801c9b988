#include "ui/parts/card.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

namespace attest::ui {
namespace {

constexpr double radius = 8;

}  // namespace

Card::Card(QWidget* parent) : QFrame(parent), body_(new QVBoxLayout(this)) {
  body_->setContentsMargins(12, 10, 12, 10);
  body_->setSpacing(6);
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
  setAttribute(Qt::WA_Hover);
}

void Card::setChosen(bool chosen) {
  if (chosen == chosen_) return;
  chosen_ = chosen;
  update();
}

void Card::setBar(std::optional<Tone> tone) {
  if (tone == bar_) return;
  bar_ = tone;
  update();
}

void Card::setClickable(bool clickable) {
  clickable_ = clickable;
  setCursor(clickable ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void Card::paintEvent(QPaintEvent*) {
  const Palette& p = ui::palette();
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
  QPainterPath shape;
  shape.addRoundedRect(box, radius, radius);
  const bool lit = clickable_ && underMouse() && !chosen_;
  painter.fillPath(shape, chosen_ ? blend(p.raised, p.accent, 0.07) : lit ? p.hover : p.raised);
  if (bar_) {
    painter.save();
    painter.setClipPath(shape);
    painter.fillRect(QRectF(0, 0, 3.5, height()), toneColor(*bar_));
    painter.restore();
  }
  painter.setPen(QPen(chosen_ ? p.accent : p.line, chosen_ ? 1.5 : 1));
  painter.drawPath(shape);
}

void Card::mousePressEvent(QMouseEvent* event) {
  if (clickable_ && event->button() == Qt::LeftButton) Q_EMIT clicked();
}

void Card::mouseDoubleClickEvent(QMouseEvent* event) {
  if (clickable_ && event->button() == Qt::LeftButton) Q_EMIT doubleClicked();
}

}  // namespace attest::ui
