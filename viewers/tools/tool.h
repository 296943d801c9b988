#pragma once

#include <QImage>
#include <QPainter>
#include <QPointF>
#include <Qt>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "core/base/ids.h"
#include "core/imaging/mask.h"
#include "core/imaging/reslice.h"
#include "core/imaging/volume.h"
#include "core/view/overlay.h"
#include "core/view/viewport.h"
#include "viewers/slice_image.h"

namespace attest::viewers {

// What a person wants after a gesture, as values. SliceView hands each on as the signal of the same name.
struct Scrolled {
  view::ViewportState state;
};
struct Framed {
  view::ViewportState state;  ///< zoom or pan changed
};
struct WindowChanged {
  Window window;
};
struct CrosshairMoved {
  Vec3 focusMm;
};
struct StrokeFinished {
  ItemId item;
  imaging::MaskPtr mask;
};
using Intent = std::variant<Scrolled, Framed, WindowChanged, CrosshairMoved, StrokeFinished>;

/// A block that is no volume: which of its images is loaded, and how many it has.
struct SingleImage {
  int index = 0;
  int count = 1;
  bool operator==(const SingleImage&) const = default;
};

/// What a view draws, and what its tools work on: a copy of the state that belongs to the view for as long as
/// a gesture lasts. Points of the screen are logical pixels.
struct Canvas {
  view::ViewportState state;
  imaging::VolumePtr volume;
  std::optional<SingleImage> single;
  std::vector<view::OverlayItem> overlays;
  Pixels pixels;
  double valueRange = 1;  ///< largest minus smallest value of the volume
  double brushRadiusMm = 5;

  imaging::Plane plane() const;
  Vec3 patientAt(QPointF at) const;
  /// Length of a logical pixel.
  double mmPerPixel() const;
  /// The mask that editing tools change, or null.
  view::OverlayItem* selected();
};

struct Pointer {
  QPointF at;
  Qt::KeyboardModifiers modifiers;
};

/// One gesture with a button down, from press to release, over the canvas alone.
class Tool {
 public:
  virtual ~Tool() = default;
  virtual void press(Canvas&, const Pointer& pointer) = 0;
  virtual void drag(Canvas&, const Pointer& pointer) = 0;
  /// What the gesture has come to; none where it changed nothing.
  virtual std::optional<Intent> intent(const Canvas& canvas) const = 0;
  /// True where other views follow during the gesture.
  virtual bool isFollowed() const { return false; }
  /// Drawn over the picture while the tool is chosen and the pointer is over the view.
  virtual void paint(QPainter&, const Canvas&, QPointF /*pointer*/) const {}
  virtual Qt::CursorShape cursor() const { return Qt::ArrowCursor; }
};

enum class ToolKind { window_level, pan, zoom, scroll, crosshair, brush, eraser };
std::unique_ptr<Tool> makeTool(ToolKind kind);

/// Zoom limits, and a zoom about a point of the screen that stays where it is.
inline constexpr double smallestZoom = 0.1;
inline constexpr double largestZoom = 50;
void zoomAbout(Canvas& canvas, QPointF at, double factor);
/// Moves by whole slices: towards the head, back and left in a volume, to earlier images of a block that is
/// none.
void scrollBy(Canvas& canvas, int steps);

}  // namespace attest::viewers
