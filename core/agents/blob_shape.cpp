#include "core/agents/blob_shape.h"

#include <cmath>
#include <numbers>

namespace attest::agents {
namespace {

using Matrix = std::array<std::array<double, 3>, 3>;

/// Eigenvalues of a symmetric matrix, the largest first (by its invariants; Smith 1961).
std::array<double, 3> eigenvalues(const Matrix& m) {
  const double mean = (m[0][0] + m[1][1] + m[2][2]) / 3;
  Matrix b = m;
  double square = 0;
  for (std::size_t r = 0; r < 3; ++r) {
    b[r][r] -= mean;
    for (std::size_t c = 0; c < 3; ++c) square += b[r][c] * b[r][c];
  }
  const double scale = std::sqrt(square / 6);
  if (scale <= 0) return {mean, mean, mean};
  const double det = b[0][0] * (b[1][1] * b[2][2] - b[1][2] * b[2][1]) -
                     b[0][1] * (b[1][0] * b[2][2] - b[1][2] * b[2][0]) +
                     b[0][2] * (b[1][0] * b[2][1] - b[1][1] * b[2][0]);
  const double angle = std::acos(std::clamp(det / (2 * scale * scale * scale), -1.0, 1.0)) / 3;
  const double largest = mean + 2 * scale * std::cos(angle);
  const double smallest = mean + 2 * scale * std::cos(angle + 2 * std::numbers::pi / 3);
  return {largest, 3 * mean - largest - smallest, smallest};
}

}  // namespace

BlobShape blobShape(const imaging::Mask& mask) {
  const Grid& grid = mask.grid();
  std::int64_t count = 0;
  Vec3 sum;
  Matrix products{};
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
