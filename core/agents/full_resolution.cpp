#include "core/agents/full_resolution.h"

#include "core/imaging/filters.h"

namespace attest::agents {

Result<imaging::Mask> atFullResolution(const imaging::Mask& small, const imaging::Mask& other, HuRange range,
                                       const imaging::Volume& full, const WorkingVolume& working,
                                       Parallel& parallel, std::stop_token stop) {
  const Vec3 spacing = working.grid().spacingMm;
  const double voxelMm = std::max({spacing.x, spacing.y, spacing.z});
  ATTEST_TRY(const imaging::Mask core, imaging::erode(small, voxelMm, stop));
  ATTEST_TRY(const imaging::Mask wide, imaging::dilate(small, voxelMm, stop));
  const auto box = wide.box();
  if (!box) return imaging::Mask(full.grid());
  const auto inCore = core.toDense();
  const auto inBand = minus(wide, other).toDense();
  imaging::Mask mask = imaging::visit(full, [&](auto values) {
    return working.refine(*box, parallel, stop, [&](std::size_t at, std::size_t part) {
      if (inCore[part] != 0 || inBand[part] == 0) return inCore[part] != 0;
      const double hu = imaging::toDouble(values[at]);
      return hu >= range.low && hu <= range.high;
    });
  });
  if (stop.stop_requested()) return fail(ErrorCode::cancelled);
  return mask;
}

}  // namespace attest::agents
