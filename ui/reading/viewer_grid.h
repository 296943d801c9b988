#pragma once

#include <QWidget>
#include <vector>

#include "ui/reading/viewer_cell.h"
#include "ui/store.h"
#include "ui/viewer_services.h"

class QGridLayout;

namespace attest::ui {

/// The images: viewports in rows, as the state's layout says.
class ViewerGrid final : public QWidget {
  Q_OBJECT
 public:
  ViewerGrid(Store& store, ViewerServices services, QWidget* parent = nullptr);
  /// Gives the active viewport the keyboard.
  void takeFocus();
  const std::vector<ViewerCell*>& cells() const noexcept { return cells_; }

 Q_SIGNALS:
  /// "−612 HU", and "R 41.0 P 12.4 H 148.5 mm"; both empty where the pointer is on no image.
  void cursor(const QString& value, const QString& position);

 private:
  void draw(const session::State& now);
  void arrange(const view::Layout& layout);
  Store& store_;
  ViewerServices services_;
  QGridLayout* layout_;
  std::vector<ViewerCell*> cells_;
  view::Layout arranged_;
};

}  // namespace attest::ui
