#include "ui/parts/tabs.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include "ui/parts/chip.h"
#include "ui/theme/theme.h"

namespace attest::ui {
namespace {

constexpr int stripHeight = 40;
constexpr int side = 12;
constexpr int badgeGap = 6;

}  // namespace

Tabs::Tabs(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::TabFocus);
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

int Tabs::add(const QString& text) {
  tabs_.push_back({text, {}, Tone::neutral});
  updateGeometry();
  return count() - 1;
}

void Tabs::setBadge(int index, const QString& badge, Tone tone) {
  Tab& tab = tabs_.at(static_cast<std::size_t>(index));
  if (tab.badge == badge && tab.tone == tone) return;
  tab.badge = badge;
  tab.tone = tone;
  updateGeometry();
  update();
}

void Tabs::setCurrent(int index) {
  current_ = index;
  setAccessibleDescription(tabs_.at(static_cast<std::size_t>(index)).text);
  update();
}

int Tabs::width(const Tab& tab) const {
  const int words = QFontMetrics(textFont(13, QFont::Medium)).horizontalAdvance(tab.text);
  return 2 * side + words + (tab.badge.isEmpty() ? 0 : badgeGap + chipWidth(tab.badge));
}

QRect Tabs::place(int index) const {
  int left = 4;
  for (int i = 0; i < index; ++i) left += width(tabs_[static_cast<std::size_t>(i)]);
  return {left, 0, width(tabs_[static_cast<std::size_t>(index)]), height()};
}

QSize Tabs::sizeHint() const {
  int total = 8;
  for (const Tab& tab : tabs_) total += width(tab);
  return {total, stripHeight};
}

int Tabs::at(const QPoint& point) const {
  for (int i = 0; i < count(); ++i) {
    if (place(i).contains(point)) return i;
  }
  return -1;
}

void Tabs::choose(int index) {
  if (index < 0 || index >= count() || index == current_) return;
  setCurrent(index);
  Q_EMIT chosen(index);
}

void Tabs::paintEvent(QPaintEvent*) {
  const Palette& p = ui::palette();
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  for (int i = 0; i < count(); ++i) {
    const Tab& tab = tabs_[static_cast<std::size_t>(i)];
    const QRect box = place(i);
    painter.setFont(textFont(13, i == current_ ? QFont::Medium : QFont::Normal));
    painter.setPen(i == current_ || i == hovered_ ? p.text : p.quiet);
    const int words = QFontMetrics(textFont(13, QFont::Medium)).horizontalAdvance(tab.text);
    painter.drawText(QRect(box.left() + side, 0, words + 2, height()), Qt::AlignVCenter | Qt::AlignLeft,
                     tab.text);
    if (!tab.badge.isEmpty()) {
      paintChip(painter, QRectF(box.left() + side + words + badgeGap, 0, chipWidth(tab.badge), height()),
                tab.badge, tab.tone);
    }
    if (i == current_) {
      painter.fillRect(QRect(box.left() + 4, height() - 2, box.width() - 8, 2), p.accent);
      if (hasFocus()) {
        painter.setPen(QPen(p.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(box).adjusted(4.5, 6.5, -4.5, -6.5), 4, 4);
      }
    }
  }
}

void Tabs::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) choose(at(event->pos()));
}

void Tabs::mouseMoveEvent(QMouseEvent* event) {
  const int now = at(event->pos());
  if (now != hovered_) update();
  hovered_ = now;
}

void Tabs::leaveEvent(QEvent*) {
  hovered_ = -1;
  update();
}

void Tabs::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Left) return choose(current_ - 1);
  if (event->key() == Qt::Key_Right) return choose(current_ + 1);
  QWidget::keyPressEvent(event);
}

}  // namespace attest::ui
