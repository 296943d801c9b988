#pragma once

#include <QImage>
#include <span>

#include "core/base/parallel.h"
#include "core/imaging/reslice.h"
#include "core/imaging/volume.h"
#include "core/view/overlay.h"
#include "core/view/viewport.h"

namespace attest::viewers {

/// A picture's size in device pixels and how many of them make a logical pixel (outlines are as wide on every
/// screen).
struct Pixels {
  int width = 1;
  int height = 1;
  double ratio = 1;
  bool operator==(const Pixels&) const = default;
};

/// What a view state shows of a volume: the samples on the plane, the window, then the overlays in their
/// order (fill, then outline; the outline is dashed where nobody stands for the mask). Black outside the
/// volume. No text. RGB32. For the widget, thumbnails, the command line and prints alike; from any thread,
/// without a display or QApplication.
QImage sliceImage(const view::ViewportState& state, const imaging::Volume& volume,
                  std::span<const view::OverlayItem> overlays, const Pixels& pixels, Parallel& parallel);

/// The two halves of `sliceImage`, for a view that keeps the first while only the window changes. Samples of
/// a colour volume are not needed: `paintSlice` takes its colours from the volume (nearest voxel) and windows
/// nothing.
imaging::Image sampleSlice(const view::ViewportState& state, const imaging::Volume& volume,
                           const imaging::Plane& plane, Parallel& parallel);
QImage paintSlice(const view::ViewportState& state, const imaging::Volume& volume,
                  const imaging::Plane& plane, const imaging::Image& samples,
                  std::span<const view::OverlayItem> overlays, double ratio, Parallel& parallel);

}  // namespace attest::viewers
