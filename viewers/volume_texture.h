#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "core/base/parallel.h"
#include "core/base/result.h"
#include "core/domain/study.h"
#include "core/imaging/volume.h"
#include "core/view/overlay.h"

namespace attest::viewers {

/// What a ray caster shows: a colour and an opacity (0 to 255, for the length of one voxel) a voxel, i
/// fastest.
struct VolumeTexture {
  Grid grid;
  std::vector<std::uint8_t> rgba;
};

/// The grid thinned by whole factors to at most `edge` voxels along each axis. Its voxels are the means of
/// those it covers.
Grid thinned(const Grid& grid, int edge);

/// Bone of a CT (values in HU) or what is bright in the window elsewhere; over it each visible mask: solid
/// where it is filled, a thin shell where it is only an outline. Errors: cancelled.
Result<VolumeTexture> makeTexture(const imaging::Volume& volume, Window window,
                                  std::span<const view::OverlayItem> overlays, int edge, Parallel& parallel,
                                  std::stop_token stop);

}  // namespace attest::viewers
