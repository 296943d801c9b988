#pragma once

#include <optional>

#include "core/agents/working_volume.h"

namespace attest::agents {

/// The standard deviation of the noise in soft tissue: half the squared difference of voxels 5 mm apart, by
/// its median, so that edges do not count, and too far apart for the point spread to make them alike. None
/// where there is too little soft tissue.
std::optional<double> noiseHu(const imaging::Volume& full, const WorkingVolume& working);

}  // namespace attest::agents
