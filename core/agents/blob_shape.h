#pragma once

#include "core/imaging/mask.h"

namespace attest::agents {

/// The shape of a mask, from the second moments of its voxels: that of the ellipsoid with the same moments.
struct BlobShape {
  double diameterMm = 0;  ///< of the ball with the same volume
  double elongation = 1;  ///< longest axis over the middle one
  double flatness = 1;    ///< middle axis over the shortest
  double compactness =
      1;  ///< volume over that of the ellipsoid: 1 for an ellipsoid, less for a branching thing
};
/// The mask must not be empty. Moments count each voxel as a box, so a single voxel has a shape too.
BlobShape blobShape(const imaging::Mask& mask);

}  // namespace attest::agents
