#include "ui/parts/chip.h"

#include <QPainter>

#include "ui/theme/theme.h"

namespace attest::ui {
namespace {

constexpr int chipHeight = 20;
constexpr int chipPad = 8;

}  // namespace

int chipWidth(const QString& text) {
  return QFontMetrics(textFont(12)).horizontalAdvance(text) + 2 * chipPad;
}

QRectF paintChip(QPainter& painter, const QRectF& area, const QString& text, Tone tone) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setFont(textFont(12));
  const QRectF box(area.left(), area.center().y() - chipHeight / 2.0,
                   std::min(area.width(), static_cast<double>(chipWidth(text))), chipHeight);
  const QColor color = toneColor(tone);
  painter.setPen(Qt::NoPen);
  painter.setBrush(blend(ui::palette().panel, color, tone == Tone::neutral ? 0.16 : 0.22));
  painter.drawRoundedRect(box, chipHeight / 2.0, chipHeight / 2.0);
  painter.setPen(blend(color, ui::palette().text, tone == Tone::neutral ? 0.2 : 0.35));
  painter.drawText(box.adjusted(chipPad, 0, -chipPad + 2, 0), Qt::AlignVCenter | Qt::AlignLeft,
                   painter.fontMetrics().elidedText(text, Qt::ElideRight,
                                                    static_cast<int>(box.width()) - 2 * chipPad + 2));
  painter.restore();
  return box;
}

Chip::Chip(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

Chip::Chip(const QString& text, Tone tone, QWidget* parent) : Chip(parent) {
  set(text, tone);
}

void Chip::set(const QString& text, Tone tone) {
  if (text.isEmpty() || parentWidget() != nullptr) setVisible(!text.isEmpty());  // else it would be a window
  if (text == text_ && tone == tone_) return;
  text_ = text;
  tone_ = tone;
  setAccessibleName(text);
  updateGeometry();
  update();
}

QSize Chip::sizeHint() const {
  return {chipWidth(text_), chipHeight};
}

void Chip::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  paintChip(painter, rect(), text_, tone_);
}

}  // namespace attest::ui
