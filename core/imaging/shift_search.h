#pragma once

#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "core/domain/prior.h"
#include "core/imaging/coarse.h"

namespace attest::imaging {

/// How alike two volumes are where a transform lays one over the other.
struct Likeness {
  double correlation = 0;  ///< Pearson, over the samples that both have
  double overlap = 0;      ///< part of the smaller body that lies within both volumes
};
/// `toMoving` takes points of `samples` (of a volume with so many voxels of the body, each of that volume)
/// into the space of `moving`.
Likeness likeness(const std::vector<Coarse::Sample>& samples, double bodyMm3, const Coarse& moving,
                  const RigidTransform& toMoving);

/// The least overlap with which two volumes may be said to show the same.
inline constexpr double leastOverlap = 0.35;

/// Shifts from `fixed` to `moving` at which they look alike, the best first, at most `most`: those of patient
/// space along z over the whole of both, and around the middles of the bodies across. Errors: cancelled.
Result<std::vector<RigidTransform>> likelyShifts(const Coarse& fixed, const Coarse& moving, std::size_t most,
                                                 std::stop_token stop);

}  // namespace attest::imaging
