#include "ui/reading/viewer_grid.h"

#include <QGridLayout>

#include "ui/parts/text.h"

namespace attest::ui {

ViewerGrid::ViewerGrid(Store& store, ViewerServices services, QWidget* parent)
    : QWidget(parent), store_(store), services_(std::move(services)), layout_(new QGridLayout(this)) {
  named(this, QStringLiteral("images"), tr("Images"));
  setAttribute(Qt::WA_StyledBackground);
  setProperty("surface", "gap");
  layout_->setContentsMargins(0, 0, 0, 0);
  layout_->setSpacing(1);
  connect(&store_, &Store::changed, this, [this](const session::State& old, const session::State& now) {
    if (old.reading != now.reading || old.review != now.review) draw(now);
  });
  draw(store_.state());
}

void ViewerGrid::takeFocus() {
  const auto active = static_cast<std::size_t>(store_.state().reading->layout.active);
  if (active < cells_.size()) {
    cells_[active]->takeFocus();
  } else {
    setFocus();  // kept for the first viewport that comes
  }
}

void ViewerGrid::draw(const session::State& now) {
  const view::Layout& layout = now.reading->layout;
  while (cells_.size() < layout.viewports.size()) {
    auto* cell = new ViewerCell(store_, services_, static_cast<int>(cells_.size()), this);
    connect(cell, &ViewerCell::cursor, this, &ViewerGrid::cursor);
    cells_.push_back(cell);
  }
  for (std::size_t i = 0; i < layout.viewports.size(); ++i) cells_[i]->draw(now);
  if (layout.rows != arranged_.rows || layout.cols != arranged_.cols ||
      layout.maximized != arranged_.maximized || layout.active != arranged_.active ||
      layout.viewports.size() != arranged_.viewports.size()) {
    arrange(layout);
  }
}

void ViewerGrid::arrange(const view::Layout& layout) {
  arranged_ = layout;
  for (ViewerCell* cell : cells_) layout_->removeWidget(cell);
  for (int i = 0; i < 4; ++i) {
    layout_->setRowStretch(i, !layout.maximized && i < layout.rows ? 1 : 0);
    layout_->setColumnStretch(i, !layout.maximized && i < layout.cols ? 1 : 0);
  }
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const int at = static_cast<int>(i);
    const bool on = i < layout.viewports.size() && (!layout.maximized || at == layout.active);
    cells_[i]->setVisible(on);
    if (!on) continue;
    const int cols = std::max(1, layout.cols);
    layout_->addWidget(cells_[i], layout.maximized ? 0 : at / cols, layout.maximized ? 0 : at % cols);
  }
  if (hasFocus()) takeFocus();
}

}  // namespace attest::ui
