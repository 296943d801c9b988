#pragma once

#include <span>
#include <vector>

#include "core/base/geometry.h"

namespace attest::imaging::phantom {

/// Weights of a Gaussian over voxels that add up to 1 and whose variance is that of the Gaussian, also where
/// it is narrower than a voxel. Their number is odd; one alone where sigma is 0.
std::vector<float> gaussianWeights(double sigmaVoxels);

/// What is left to blur of a point spread once a voxel has averaged over its own box.
struct PointSpread {
  std::vector<float> i;
  std::vector<float> j;
  std::vector<float> k;
  int reach(const std::vector<float>& weights) const { return static_cast<int>(weights.size() / 2); }
  /// The standard deviation that white noise of 1 has after it.
  double ofWhiteNoise() const;
};
PointSpread pointSpread(double fwhmMm, Vec3 spacingMm);

/// Blurs a slice in its own plane; beyond its border its last values go on.
void blurInPlane(std::span<float> slice, int columns, int rows, const PointSpread& spread);

/// Adds Gaussian noise without correlation; each value depends only on `seed` and its own number.
void addWhiteNoise(std::span<float> values, double deviation, std::uint64_t seed);

}  // namespace attest::imaging::phantom
