#pragma once

#include <stop_token>
#include <vector>

#include "core/agents/working_volume.h"

namespace attest::agents {

/// Where something about round is denser than what is around it.
struct Blob {
  Vec3 centerMm;        ///< patient LPS
  double radiusMm = 0;  ///< of the ball to which the scale answers most
  double contrastHu = 0;
};

struct BlobSearch {
  std::vector<double> radiiMm;
  double fillHu = -850;     ///< stands for what lies outside the field, so that its border is no edge
  double ceilingHu = 100;   ///< what is denser counts as this, so that a grain of calcium does not outshine
  double contrastHu = 100;  ///< of a ball; less is not reported
};

/// Maxima of the Laplacian of Gaussians at each radius (Lindeberg 1998), where the second derivatives agree
/// that it is no line and no sheet. The same thing may answer at neighbouring radii. In the order of the
/// radii. Errors: cancelled.
Result<std::vector<Blob>> findBlobs(const WorkingVolume& working, const imaging::Mask& field,
                                    const BlobSearch& search, Parallel& parallel, std::stop_token stop);

}  // namespace attest::agents
