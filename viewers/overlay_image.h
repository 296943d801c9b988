#pragma once

#include <QImage>
#include <span>

#include "core/base/parallel.h"
#include "core/imaging/reslice.h"
#include "core/view/overlay.h"

namespace attest::viewers {

/// Draws what the plane cuts of each visible mask into an RGB32 picture of the plane: the fill at
/// `view::overlayFill`, the outline inside the mask and `view::overlayOutlinePx` logical pixels wide.
/// `ratio`: device pixels a logical pixel.
void paintOverlays(QImage& image, const imaging::Plane& plane, std::span<const view::OverlayItem> overlays,
                   double ratio, Parallel& parallel);

}  // namespace attest::viewers
