#include <map>

#include "core/imaging/bit_field.h"
#include "core/imaging/filters.h"

namespace attest::imaging {
namespace {

constexpr double slack = 1e-9;  // a voxel exactly on the sphere belongs to the ball

tl::unexpected<Error> cancelled() {
  return fail(ErrorCode::cancelled, "stopped");
}

/// How many voxels the ball reaches along each axis; never more than there are, so that no radius takes more
/// than the grid.
Index3 reachOf(const Grid& grid, double radiusMm) {
  const auto reach = [radiusMm](double spacing, int dim) {
    return static_cast<int>(std::min(radiusMm / spacing + slack, static_cast<double>(dim)));
  };
  return {reach(grid.spacingMm.x, grid.dims.i), reach(grid.spacingMm.y, grid.dims.j),
          reach(grid.spacingMm.z, grid.dims.k)};
}

/// The lines along i of a ball: those that reach `half` voxels to both sides, by half.
using Ball = std::map<int, std::vector<std::pair<int, int>>>;

Ball ballOf(const Grid& grid, double radiusMm) {
  const double squared = radiusMm * radiusMm * (1 + slack);
  const Index3 reach = reachOf(grid, radiusMm);
  Ball ball;
  for (int dk = -reach.k; dk <= reach.k; ++dk)
    for (int dj = -reach.j; dj <= reach.j; ++dj) {
      const double y = dj * grid.spacingMm.y;
      const double z = dk * grid.spacingMm.z;
      const double half = std::sqrt(std::max(squared - y * y - z * z, 0.0)) / grid.spacingMm.x + slack;
      if (y * y + z * z <= squared)
        ball[static_cast<int>(std::min(half, static_cast<double>(reach.i)))].emplace_back(dj, dk);
    }
  return ball;
}

/// The box of voxels that a ball around some of `box` can reach.
Box grown(const Box& box, Index3 by, Index3 dims) {
  return {{std::max(box.low.i - by.i, 0), std::max(box.low.j - by.j, 0), std::max(box.low.k - by.k, 0)},
          {std::min(box.high.i + by.i, dims.i - 1), std::min(box.high.j + by.j, dims.j - 1),
           std::min(box.high.k + by.k, dims.k - 1)}};
}

/// All that lies within the ball of a set voxel. `source` has a margin of the ball's reach and is used up.
Result<BitField> swept(BitField source, BitField result, const Ball& ball, const std::stop_token& stop) {
  int width = 0;
  for (const auto& [half, lines] : ball) {
    for (; width < half; ++width) source.widen();
    for (const auto& [dj, dk] : lines) {
      if (stop.stop_requested()) return cancelled();
      result.addMoved(source, dj, dk);
    }
  }
  return result;
}

bool isBall(double radiusMm) {
  return std::isfinite(radiusMm) && radiusMm > 0;
}

}  // namespace

Result<Mask> dilate(const Mask& mask, double radiusMm, std::stop_token stop) {
  const auto box = mask.box();
  if (!box || !isBall(radiusMm)) return mask;
  const Index3 reach = reachOf(mask.grid(), radiusMm);
  BitField source(grown(*box, reach, mask.grid().dims), reach);
  const BitField empty = source;
  source.read(mask);
  ATTEST_TRY(const BitField field, swept(std::move(source), empty, ballOf(mask.grid(), radiusMm), stop));
  Mask result = mask;
  field.addTo(result);
  return result;
}

Result<Mask> erode(const Mask& mask, double radiusMm, std::stop_token stop) {
  const auto box = mask.box();
  if (!box || !isBall(radiusMm)) return mask;
  const Index3 reach = reachOf(mask.grid(), radiusMm);
  BitField source(grown(*box, reach, mask.grid().dims), reach);
  const BitField empty = source;
  source.readComplement(mask);
  ATTEST_TRY(const BitField field, swept(std::move(source), empty, ballOf(mask.grid(), radiusMm), stop));
  Mask near(mask.grid());
  field.addTo(near);
  return minus(mask, near);
}

Result<Mask> close(const Mask& mask, double radiusMm, std::stop_token stop) {
  ATTEST_TRY(const Mask grownMask, dilate(mask, radiusMm, stop));
  return erode(grownMask, radiusMm, stop);
}

Result<Mask> open(const Mask& mask, double radiusMm, std::stop_token stop) {
  ATTEST_TRY(const Mask shrunk, erode(mask, radiusMm, stop));
  return dilate(shrunk, radiusMm, stop);
}

}  // namespace attest::imaging
