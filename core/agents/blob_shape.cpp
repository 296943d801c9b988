#include "core/agents/blob_shape.h"

#include <cmath>
#include <numbers>

#include "core/agents/eigenvalues.h"

namespace attest::agents {

BlobShape blobShape(const imaging::Mask& mask) {
  const Grid& grid = mask.grid();
  std::int64_t count = 0;
  Vec3 sum;
  Matrix3 products{};
  mask.forEach([&](Index3 at) {
    const Vec3 p = grid.toPatient(at) - grid.originMm;
    ++count;
    sum = sum + p;
    for (int r = 0; r < 3; ++r)
      for (int c = 0; c < 3; ++c)
        products[static_cast<std::size_t>(r)][static_cast<std::size_t>(c)] += p[r] * p[c];
  });
  const double n = static_cast<double>(count);
  const Vec3 mean = (1 / n) * sum;
  for (int r = 0; r < 3; ++r)
    for (int c = 0; c < 3; ++c) {
      double& entry = products[static_cast<std::size_t>(r)][static_cast<std::size_t>(c)];
      entry = entry / n - mean[r] * mean[c];
      for (int a = 0; a < 3; ++a) {  // each voxel is a box with moments of its own
        const Vec3 edge = grid.spacingMm[a] * grid.axes[static_cast<std::size_t>(a)];
        entry += edge[r] * edge[c] / 12;
      }
    }
  const auto [a, b, c] = eigenvalues(products);
  const double volume = n * grid.voxelVolumeMm3();
  const double ellipsoid = 4.0 / 3 * std::numbers::pi * std::sqrt(125 * a * b * c);
  return {std::cbrt(6 * volume / std::numbers::pi), std::sqrt(a / b), std::sqrt(b / c), volume / ellipsoid};
}

}  // namespace attest::agents
