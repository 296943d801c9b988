#include "core/imaging/measure.h"

#include "core/imaging/distribution.h"
#include "core/imaging/hull.h"

namespace attest::imaging {
namespace {

/// The outer corners of a slice's voxels that can lie on the hull, in half voxels: voxel i reaches from 2i -
/// 1 to 2i + 1.
std::vector<Corner> cornersOf(const Mask& mask, const Box& box, int k) {
  std::vector<Corner> corners;
  for (int j = box.low.j; j <= box.high.j; ++j) {
    int first = box.high.i + 1;
    int last = -1;
    for (int i = box.low.i / Mask::edge * Mask::edge; i <= box.high.i; i += Mask::edge) {
      const std::uint32_t bits = mask.row({i, j, k});
      if (bits == 0) continue;
      first = std::min(first, i + std::countr_zero(bits));
      last = i + Mask::edge - 1 - std::countl_zero(bits);
    }
    if (last < 0) continue;
    for (const int y : {2 * j - 1, 2 * j + 1}) {
      corners.push_back({2 * first - 1, y});
      corners.push_back({2 * last + 1, y});
    }
  }
  return corners;
}

/// Millimetres within the slice: x along i, y at a right angle to it; the axes may be oblique to each other.
std::vector<Point> inMillimetres(const std::vector<Corner>& hull, const Grid& grid) {
  const double along = dot(grid.axes[0], grid.axes[1]);
  const double across = length(grid.axes[1] - along * grid.axes[0]);
  std::vector<Point> points;
  for (const Corner& corner : hull) {
    const double v = 0.5 * corner.y * grid.spacingMm.y;
    points.push_back({0.5 * corner.x * grid.spacingMm.x + v * along, v * across});
  }
  return points;
}

/// Back to patient space.
Vec3 toPatient(Point point, const Grid& grid, int k) {
  const double along = dot(grid.axes[0], grid.axes[1]);
  const double across = length(grid.axes[1] - along * grid.axes[0]);
  const double v = point.y / across;
  return grid.toPatient(
      Vec3{(point.x - v * along) / grid.spacingMm.x, v / grid.spacingMm.y, static_cast<double>(k)});
}

void measureDiameters(const Mask& mask, const Box& box, Measurement& result) {
  const Grid& grid = mask.grid();
  Chord longest;
  std::vector<Point> hullOfLongest;
  int slice = 0;
  for (int k = box.low.k; k <= box.high.k; ++k) {
    const auto hull = inMillimetres(convexHull(cornersOf(mask, box, k)), grid);
    const Chord diameter = longestChord(hull);
    if (diameter.lengthMm <= longest.lengthMm) continue;
    longest = diameter;
    hullOfLongest = hull;
    slice = k;
  }
  const Chord perpendicular = longestPerpendicular(hullOfLongest, longest);
  const auto ends = [&](const Chord& chord) {
    return std::array{toPatient(chord.from, grid, slice), toPatient(chord.to, grid, slice)};
  };
  result.longestMm = longest.lengthMm;
  result.longestEndsMm = ends(longest);
  result.perpendicularMm = perpendicular.lengthMm;
  result.perpendicularEndsMm = ends(perpendicular);
  result.meanMm = (longest.lengthMm + perpendicular.lengthMm) / 2;
}

void measureExtent(const Mask& mask, Measurement& result) {
  std::int64_t i = 0;
  std::int64_t j = 0;
  std::int64_t k = 0;
  mask.forEach([&](Index3 at) {
    ++result.voxels;
    i += at.i;
    j += at.j;
    k += at.k;
  });
  const auto count = static_cast<double>(result.voxels);
  const auto mean = [count](std::int64_t sum) { return static_cast<double>(sum) / count; };
  result.volumeMm3 = count * mask.grid().voxelVolumeMm3();
  result.centroidMm = mask.grid().toPatient(Vec3{mean(i), mean(j), mean(k)});
}

}  // namespace

Measurement measure(const Mask& mask, const Volume* volume) {
  Measurement result;
  const auto box = mask.box();
  if (!box) return result;
  measureExtent(mask, result);
  measureDiameters(mask, *box, result);
  if (volume != nullptr && sameGrid(volume->grid(), mask.grid())) {
    Distribution values(volume->type());
    visit(*volume,
          [&](auto voxels) { mask.forEach([&](Index3 at) { values.add(voxels[mask.grid().offset(at)]); }); });
    if (values.count() > 0) result.values = values.statistics();
  }
  return result;
}

}  // namespace attest::imaging
