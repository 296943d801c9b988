#pragma once

#include <stop_token>

#include "core/agents/working_volume.h"

namespace attest::agents {

struct HuRange {
  double low = -1e5;
  double high = 1e5;
};
/// A mask of the working grid on the full one: all of it but its edge, and near its edge, up to a small voxel
/// beyond, what has values in `range` and does not belong to the `other` mask of the working grid, which may
/// be empty. Errors: cancelled.
Result<imaging::Mask> atFullResolution(const imaging::Mask& small, const imaging::Mask& other, HuRange range,
                                       const imaging::Volume& full, const WorkingVolume& working,
                                       Parallel& parallel, std::stop_token stop);

}  // namespace attest::agents
