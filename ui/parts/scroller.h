#pragma once

#include <QScrollArea>

namespace attest::ui {

/// Scrolls a column up and down; the keyboard goes to what is inside it.
inline QScrollArea* scroller() {
  auto* area = new QScrollArea;
  area->setWidgetResizable(true);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  area->setFocusPolicy(Qt::NoFocus);
  return area;
}

}  // namespace attest::ui
