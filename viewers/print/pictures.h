#pragma once

#include <span>
#include <stop_token>
#include <string>

#include "core/base/parallel.h"
#include "core/base/result.h"
#include "core/imaging/volume.h"
#include "core/view/overlay.h"
#include "core/view/viewport.h"

namespace attest::viewers {

inline constexpr int largestPicture = 16384;  ///< pixels an edge

/// A view state as the bytes of a PNG file of that size: what `attest render` writes and reports show. The
/// picture is the view's own (fitted and centred where the state has no zoom and no pan), grey as 8 bits, RGB
/// where overlays or 3D bring colour. Works without a display and without QApplication. Errors: bad_argument
/// (size, no volume), cancelled.
Result<std::string> pngPicture(const view::ViewportState& state, const imaging::VolumePtr& volume,
                               std::span<const view::OverlayItem> overlays, int width, int height,
                               Parallel& parallel, std::stop_token stop = {});

}  // namespace attest::viewers
