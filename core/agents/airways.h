#pragma once

#include <optional>
#include <stop_token>

#include "core/agents/working_volume.h"

namespace attest::agents {

/// A point in the trachea: the round tube of air near the body's middle that goes on through the upper
/// slices. `inside` is the body with its cavities, on the working grid. None where there is no such tube.
/// Patient LPS, mm.
std::optional<Vec3> findTrachea(const WorkingVolume& working, const imaging::Mask& inside);

/// What is filled with air and connected to the seed, on the full grid: grown with rising thresholds until it
/// bursts into the lungs, and taken before it did. Empty where even the lowest threshold bursts or finds no
/// tube. Errors: cancelled.
Result<imaging::Mask> growAirways(const imaging::Volume& full, const WorkingVolume& working,
                                  const imaging::Mask& inside, Vec3 seedMm, std::stop_token stop);

}  // namespace attest::agents
