#include "ui/parts/bar.h"

#include <QPainter>
#include <algorithm>

#include "ui/theme/palette.h"

namespace attest::ui {

Bar::Bar(double share, QWidget* parent) : QWidget(parent), share_(0) {
  setFixedHeight(4);
  setMinimumWidth(48);
  set(share);
}

void Bar::set(double share) {
  share_ = std::clamp(share, 0.0, 1.0);
  setAccessibleDescription(QStringLiteral("%1 %").arg(static_cast<int>(share_ * 100)));
  update();
}

void Bar::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(ui::palette().line);
  painter.drawRoundedRect(rect(), 2, 2);
  painter.setBrush(ui::palette().accent);
  painter.drawRoundedRect(QRectF(0, 0, width() * share_, height()), 2, 2);
}

}  // namespace attest::ui
