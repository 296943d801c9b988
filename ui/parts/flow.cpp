#include "ui/parts/flow.h"

#include <QWidget>

namespace attest::ui {

Flow::Flow(int spacing) {
  setSpacing(spacing);
  setContentsMargins(0, 0, 0, 0);
}

Flow::~Flow() {
  for (QLayoutItem* item : items_) delete item;
}

void Flow::addItem(QLayoutItem* item) {
  items_.push_back(item);
}

QLayoutItem* Flow::itemAt(int index) const {
  return index >= 0 && index < count() ? items_[static_cast<std::size_t>(index)] : nullptr;
}

QLayoutItem* Flow::takeAt(int index) {
  if (index < 0 || index >= count()) return nullptr;
  QLayoutItem* item = items_[static_cast<std::size_t>(index)];
  items_.erase(items_.begin() + index);
  return item;
}

QSize Flow::sizeHint() const {
  QSize size;
  for (const QLayoutItem* item : items_) {
    size.setWidth(size.width() + item->sizeHint().width() + spacing());
    size.setHeight(std::max(size.height(), item->sizeHint().height()));
  }
  return size;
}

QSize Flow::minimumSize() const {
  QSize size;
  for (const QLayoutItem* item : items_) size = size.expandedTo(item->minimumSize());
  return size;
}

void Flow::setGeometry(const QRect& box) {
  QLayout::setGeometry(box);
  arrange(box, true);
}

int Flow::arrange(const QRect& box, bool move) const {
  int x = box.left();
  int y = box.top();
  int rowHeight = 0;
  for (QLayoutItem* item : items_) {
    if (item->isEmpty()) continue;
    const QSize size = item->sizeHint();
    if (x > box.left() && x + size.width() > box.left() + box.width()) {
      x = box.left();
      y += rowHeight + spacing();
      rowHeight = 0;
    }
    if (move) item->setGeometry({QPoint(x, y), size});
    x += size.width() + spacing();
    rowHeight = std::max(rowHeight, size.height());
  }
  return y + rowHeight - box.top();
}

}  // namespace attest::ui
