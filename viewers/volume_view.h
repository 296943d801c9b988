#pragma once

#include <QImage>
#include <QTimer>
#include <QWidget>
#include <functional>
#include <memory>
#include <vector>

#include "core/base/parallel.h"
#include "core/view/overlay.h"
#include "core/view/viewport.h"

namespace attest::viewers {

/// One viewport with the volume in 3D. Left drag turns, middle pans, right drag and wheel zoom. Frames are
/// made by jobs: one at a time, always of the newest state; coarse while something moves, fine 150 ms after
/// the last change.
class VolumeView final : public QWidget {
  Q_OBJECT

 public:
  /// Runs a function on another thread (the render lane), or at once in tests.
  using Runner = std::function<void(std::function<void()>)>;

  /// `parallel` must outlive every job given to `runner`.
  VolumeView(Runner runner, Parallel& parallel, QWidget* parent = nullptr);
  ~VolumeView() override;

  void setState(const view::ViewportState& state);
  const view::ViewportState& state() const;
  void setVolume(imaging::VolumePtr volume);
  void setOverlays(std::vector<view::OverlayItem> overlays);
  void setMessage(const QString& message, bool isError = false);
  void setSelected(bool selected);
  /// The newest frame; null before the first.
  const QImage& frame() const;

  QSize sizeHint() const override { return {400, 400}; }

 Q_SIGNALS:
  void viewportActivated();
  void maximizeToggled();
  void cameraMoved(
      const attest::view::ViewportState& state);  ///< at the end of a gesture: camera, zoom or pan
  void frameShown();

 protected:
  void paintEvent(QPaintEvent*) override;
  void showEvent(QShowEvent*) override;
  void resizeEvent(QResizeEvent*) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  struct State;
  void request(bool moving);
  void submit();
  void accept(const QImage& frame);
  std::unique_ptr<State> state_;
};

}  // namespace attest::viewers
