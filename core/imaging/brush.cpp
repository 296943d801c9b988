#include "core/imaging/brush.h"

namespace attest::imaging {
namespace {

constexpr double slackMm = 1e-6;

/// The box of voxels that reaches `reachMm` beyond both points, in every direction.
Box boxAround(const Grid& grid, Vec3 fromMm, Vec3 toMm, double reachMm) {
  const std::array<Vec3, 3> units{Vec3{1, 0, 0}, Vec3{0, 1, 0}, Vec3{0, 0, 1}};
  Vec3 squares;  // how fast each index can change with a millimetre, squared
  for (const Vec3& unit : units) {
    const Vec3 step = grid.toIndex(grid.originMm + unit);
    squares = squares + Vec3{step.x * step.x, step.y * step.y, step.z * step.z};
  }
  const Vec3 reach = reachMm * Vec3{std::sqrt(squares.x), std::sqrt(squares.y), std::sqrt(squares.z)};
  const Vec3 a = grid.toIndex(fromMm);
  const Vec3 b = grid.toIndex(toMm);
  const auto bound = [](double index) { return static_cast<int>(std::clamp(index, -1e6, 1e6)); };
  return {{bound(std::floor(std::min(a.x, b.x) - reach.x)), bound(std::floor(std::min(a.y, b.y) - reach.y)),
           bound(std::floor(std::min(a.z, b.z) - reach.z))},
          {bound(std::ceil(std::max(a.x, b.x) + reach.x)), bound(std::ceil(std::max(a.y, b.y) + reach.y)),
           bound(std::ceil(std::max(a.z, b.z) + reach.z))}};
}

}  // namespace

Mask stroke(Mask mask, Vec3 fromMm, Vec3 toMm, Vec3 normal, double radiusMm, bool value) {
  const Grid& grid = mask.grid();
  double halfVoxelMm = 0;
  for (int axis = 0; axis < 3; ++axis)
    halfVoxelMm +=
        0.5 * grid.spacingMm[axis] * std::abs(dot(normal, grid.axes[static_cast<std::size_t>(axis)]));
  const Vec3 flat = (toMm - fromMm) - dot(toMm - fromMm, normal) * normal;
  const double squaredLength = dot(flat, flat);
  const double reachMm = radiusMm + halfVoxelMm + slackMm;
  mask.paint(boxAround(grid, fromMm, fromMm + flat, reachMm), value, [&](Index3 at) {
    const Vec3 offset = grid.toPatient(at) - fromMm;
    const double height = dot(offset, normal);
    if (std::abs(height) > halfVoxelMm + slackMm) return false;
    const Vec3 inPlane = offset - height * normal;
    const double t = squaredLength > 0 ? std::clamp(dot(inPlane, flat) / squaredLength, 0.0, 1.0) : 0.0;
    return length(inPlane - t * flat) <= radiusMm + slackMm;
  });
  return mask;
}

}  // namespace attest::imaging
