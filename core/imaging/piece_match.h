#pragma once

#include <stop_token>

#include "core/base/result.h"
#include "core/domain/prior.h"
#include "core/imaging/coarse.h"

namespace attest::imaging {

/// How well small pieces of two volumes lie on each other where a transform lays the volumes over each other.
struct PieceMatch {
  int pieces = 0;      ///< that have something to be told by
  int found = 0;       ///< that have their like nearby in the other volume
  double errorMm = 0;  ///< how far from where the transform says, root mean square over those found
};
/// Cubes of 9 voxels of `fixed`, each looked for up to 4 voxels to all sides. Errors: cancelled.
Result<PieceMatch> matchPieces(const Coarse& fixed, const Coarse& moving, const RigidTransform& toMoving,
                               std::stop_token stop);

}  // namespace attest::imaging
