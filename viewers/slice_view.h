#pragma once

#include <QImage>
#include <QTimer>
#include <QWidget>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/parallel.h"
#include "core/view/corner_texts.h"
#include "core/view/expected.h"
#include "core/view/overlay.h"
#include "core/view/viewport.h"
#include "viewers/tools/tool.h"

namespace attest::viewers {

/// One viewport with slices: picture, overlays, texts, letters, scale bar, crosshair; turns the mouse into
/// intents. It shows the values it was given; during a gesture it shows its own copy, and says at the end
/// (scrolling and the crosshair: once a frame) what the person wants. Window's thread only.
class SliceView final : public QWidget {
  Q_OBJECT

 public:
  /// Makes the corner texts of what is on the screen now, also during a gesture.
  using Texts = std::function<view::CornerTexts(const view::ViewportState&, const imaging::Plane&)>;

  /// `parallel` must outlive the view.
  explicit SliceView(Parallel& parallel, QWidget* parent = nullptr);
  ~SliceView() override;

  void setState(const view::ViewportState& state);
  const view::ViewportState& state() const { return canvas_.state; }  ///< as shown, gestures included
  /// The images, and for a block that is no volume which one of how many. Null: nothing to show, see
  /// setMessage.
  void setImages(imaging::VolumePtr volume, std::optional<SingleImage> single = std::nullopt);
  void setOverlays(std::vector<view::OverlayItem> overlays);
  void setTexts(Texts texts);
  /// "Expected here", with labels as they shall be read.
  void setMarks(std::vector<view::ExpectedMark> marks);
  /// Words in the middle instead of images: "Loading…", an error, what to do with an empty place.
  void setMessage(const QString& message, bool isError = false);
  /// A short mark beside the top left texts: "unsaved". Empty: none.
  void setMark(const QString& mark);
  void setSelected(bool selected);
  void setCrosshairVisible(bool visible);

  /// The left button's tool.
  void setTool(ToolKind kind);
  ToolKind tool() const { return toolKind_; }
  void setBrushRadius(double radiusMm);
  double brushRadius() const { return canvas_.brushRadiusMm; }
  /// Ends a gesture without an intent; the view shows again what it was given.
  void cancelGesture();

  QSize sizeHint() const override { return {400, 400}; }

 Q_SIGNALS:
  void viewportActivated();
  void scrolled(const attest::view::ViewportState& state);
  void framed(const attest::view::ViewportState& state);  ///< zoom or pan
  void windowChanged(attest::Window window);
  void crosshairMoved(attest::Vec3 focusMm);
  void strokeFinished(const attest::ItemId& item, const attest::imaging::MaskPtr& mask);
  void maximizeToggled();
  void menuRequested(QPoint globalPosition, attest::Vec3 atMm);
  /// After that slice was painted on a visible view, once each time it, the focus or the overlays changed.
  /// `index` counts along the state's orientation (view::sliceIndex), or is the image's number in a block
  /// that is no volume.
  void sliceShown(const attest::view::ViewportState& state, int index);
  /// No value outside the volume and over colours.
  void valueUnderCursor(attest::Vec3 atMm, std::optional<double> value);
  void cursorLeft();

 protected:
  void paintEvent(QPaintEvent*) override;
  void resizeEvent(QResizeEvent*) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void leaveEvent(QEvent*) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  struct Picture;
  bool isReady() const { return canvas_.volume != nullptr && message_.isEmpty(); }
  void measureScreen();
  void updatePicture();
  void paintDecorations(QPainter& painter);
  void reportShown();
  void reportValue(QPointF at);
  Tool* toolFor(Qt::MouseButton button, Qt::KeyboardModifiers modifiers);
  void changed();
  void emitIntent(const std::optional<Intent>& intent);
  void emitLater(Intent intent);
  void finishGesture();

  Parallel& parallel_;
  view::ViewportState given_;
  std::vector<view::OverlayItem> givenOverlays_;
  Canvas canvas_;
  std::unique_ptr<Picture> picture_;
  Texts texts_;
  std::vector<view::ExpectedMark> marks_;
  QString message_;
  QString mark_;
  bool isError_ = false;
  bool selected_ = false;
  bool crosshair_ = false;

  ToolKind toolKind_ = ToolKind::window_level;
  std::unique_ptr<Tool> tool_;
  std::unique_ptr<Tool> pan_;
  std::unique_ptr<Tool> zoom_;
  Tool* active_ = nullptr;  ///< of the gesture under way
  Qt::MouseButton button_ = Qt::NoButton;
  QPointF pressedAt_;
  bool moved_ = false;
  std::optional<QPointF> cursor_;
  int wheelRest_ = 0;
  std::optional<Intent> waiting_;  ///< the newest of this frame
  QTimer frame_;
  QTimer still_;  ///< after a slab moved: time for the sharp picture
  std::optional<std::pair<view::ViewportState, int>> shown_;
};

}  // namespace attest::viewers
