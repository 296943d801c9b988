#include <map>

#include "core/imaging/bit_field.h"
#include "core/imaging/filters.h"

namespace attest::imaging {
namespace {

tl::unexpected<Error> cancelled() {
  return fail(ErrorCode::cancelled, "stopped");
}

/// The lines along i of a ball: those that reach `half` voxels to both sides, by half.
using Ball = std::map<int, std::vector<std::pair<int, int>>>;

Ball ballOf(const Grid& grid, double radiusMm) {
  constexpr double slack = 1e-9;  // a voxel exactly on the sphere belongs to the ball
  const double squared = radiusMm * radiusMm * (1 + slack);
  const Index3 most{0, static_cast<int>(radiusMm / grid.spacingMm.y + slack),
                    static_cast<int>(radiusMm / grid.spacingMm.z + slack)};
  Ball ball;
  for (int dk = -most.k; dk <= most.k; ++dk)
    for (int dj = -most.j; dj <= most.j; ++dj) {
      const double y = dj * grid.spacingMm.y;
      const double z = dk * grid.spacingMm.z;
      const double rest = squared - y * y - z * z;
      if (rest >= 0) ball[static_cast<int>(std::sqrt(rest) / grid.spacingMm.x + slack)].emplace_back(dj, dk);
    }
  return ball;
}

Index3 reachOf(const Grid& grid, double radiusMm) {
  const auto reach = [radiusMm](double spacing) { return static_cast<int>(radiusMm / spacing) + 1; };
  return {reach(grid.spacingMm.x), reach(grid.spacingMm.y), reach(grid.spacingMm.z)};
}

Box grown(const Box& box, Index3 by) {
  return {{box.low.i - by.i, box.low.j - by.j, box.low.k - by.k},
          {box.high.i + by.i, box.high.j + by.j, box.high.k + by.k}};
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
  BitField source(grown(*box, reach), reach);
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
  BitField source(grown(*box, reach), reach);
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
