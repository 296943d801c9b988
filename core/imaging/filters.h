#pragma once

#include <stop_token>
#include <vector>

#include "core/base/parallel.h"
#include "core/base/result.h"
#include "core/imaging/mask.h"
#include "core/imaging/volume.h"

namespace attest::imaging {

// Building blocks for agents and editing. All take and give masks on the grid of their input; radii are in
// millimetres of patient space, balls, not cubes, and one that is not above 0 changes nothing. Each answers a
// stop request within 200 ms with ErrorCode::cancelled.

/// Voxels with low <= value <= high.
Result<Mask> threshold(const Volume& volume, double low, double high, Parallel& parallel,
                       std::stop_token stop);

struct Component {
  Mask mask;
  std::int64_t voxels = 0;
  Box box;
  bool touchesSide = false;  ///< reaches the border of the grid in i or j
};
/// Connected components (6-neighbours) of at least `minimumVoxels`, the largest first, at most `most` of
/// them.
Result<std::vector<Component>> components(const Mask& mask, std::int64_t minimumVoxels, std::size_t most,
                                          std::stop_token stop);

Result<Mask> dilate(const Mask& mask, double radiusMm, std::stop_token stop);
Result<Mask> erode(const Mask& mask, double radiusMm,
                   std::stop_token stop);  ///< outside the grid counts as mask
Result<Mask> close(const Mask& mask, double radiusMm, std::stop_token stop);
Result<Mask> open(const Mask& mask, double radiusMm, std::stop_token stop);
/// Fills what cannot be reached from the slice's border, slice by slice (constant k).
Result<Mask> fillHolesBySlice(const Mask& mask, std::stop_token stop);
/// Voxels of `within` that are nearer (geodesically, 6-neighbour steps) to `seedA` than to `seedB`, and the
/// others.
Result<std::pair<Mask, Mask>> splitBySeeds(const Mask& within, const Mask& seedA, const Mask& seedB,
                                           std::stop_token stop);

}  // namespace attest::imaging
