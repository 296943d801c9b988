#pragma once

#include <QWidget>

#include "ui/store.h"
#include "ui/viewer_services.h"
#include "viewers/slice_view.h"

class QStackedLayout;

namespace attest::ui {

/// How a block travels when it is dragged from the series rail to a viewport.
inline constexpr const char* blockMime = "application/x-attest-block";

/// One viewport: slices or 3D, as the state says; what the person does in it becomes actions.
class ViewerCell final : public QWidget {
  Q_OBJECT
 public:
  ViewerCell(Store& store, ViewerServices services, int index, QWidget* parent);
  void draw(const session::State& now);
  void takeFocus();
  viewers::SliceView& slices() { return *slices_; }

 Q_SIGNALS:
  void cursor(const QString& value, const QString& position);

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void connectSlices();
  void drawSlices(const session::State& now, const view::ViewportState& viewport);
  void drawVolume(const session::State& now, const view::ViewportState& viewport);
  void setOverlays(const session::State& now, const view::ViewportState& viewport);
  void scrolled(const view::ViewportState& state);
  void showCursor(Vec3 atMm, std::optional<double> value);
  void openMenu(QPoint at);
  Store& store_;
  ViewerServices services_;
  int index_;
  viewers::SliceView* slices_;
  viewers::VolumeView* volume_ = nullptr;  ///< made when first needed
  QStackedLayout* stack_;
  std::vector<view::OverlayItem> overlays_;
};

}  // namespace attest::ui
