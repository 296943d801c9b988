#pragma once

#include <algorithm>

#include "core/base/geometry.h"

namespace attest::imaging::phantom {

/// Finds where a surface passes through the box of voxels from `low` to `high` without asking each of them:
/// `whole(low, high)` gets the boxes that lie inside it, `edge(at, d)` the voxels within about `nearMm` of
/// it; what lies outside is left. `distance(index)` is signed, at a fractional index, in millimetres, and may
/// be wrong by a third of itself.
template <class Distance, class Whole, class Edge>
void subdivide(const Grid& grid, Index3 low, Index3 high, double nearMm, const Distance& distance,
               const Whole& whole, const Edge& edge) {
  constexpr double spare = 1.5;
  const Index3 size{high.i - low.i, high.j - low.j, high.k - low.k};
  if (size.i < 0 || size.j < 0 || size.k < 0) return;
  const Vec3 sizeMm{size.i * grid.spacingMm.x, size.j * grid.spacingMm.y, size.k * grid.spacingMm.z};
  const double d = distance({(low.i + high.i) / 2.0, (low.j + high.j) / 2.0, (low.k + high.k) / 2.0});
  const double sure = spare * (length(sizeMm) / 2 + nearMm);
  if (d > sure) return;
  if (d < -sure) return whole(low, high);
  if (size == Index3{}) return edge(low, d);
  Index3 lowEnd = high;
  Index3 highBegin = low;
  if (sizeMm.x >= std::max(sizeMm.y, sizeMm.z)) {
    lowEnd.i = low.i + size.i / 2;
    highBegin.i = lowEnd.i + 1;
  } else if (sizeMm.y >= sizeMm.z) {
    lowEnd.j = low.j + size.j / 2;
    highBegin.j = lowEnd.j + 1;
  } else {
    lowEnd.k = low.k + size.k / 2;
    highBegin.k = lowEnd.k + 1;
  }
  subdivide(grid, low, lowEnd, nearMm, distance, whole, edge);
  subdivide(grid, highBegin, high, nearMm, distance, whole, edge);
}

}  // namespace attest::imaging::phantom
