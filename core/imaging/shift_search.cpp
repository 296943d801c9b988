#include "core/imaging/shift_search.h"

#include <algorithm>
#include <cmath>

namespace attest::imaging {
namespace {

constexpr std::size_t mostSamples = 4000;
constexpr double acrossMm =
    48;  ///< how far to the sides a patient may lie otherwise than the bodies' middles
constexpr double stepAcrossMm = 12;
constexpr double stepAlongMm = 8;
constexpr double apartMm = 24;  ///< of two shifts that are not the same one

struct Extent {
  Vec3 middle;  ///< of the body
  double lowZ = 0;
  double highZ = 0;
};

Extent extentOf(const std::vector<Coarse::Sample>& samples) {
  Extent extent{{}, samples.front().mm.z, samples.front().mm.z};
  for (const auto& sample : samples) {
    extent.middle = extent.middle + sample.mm;
    extent.lowZ = std::min(extent.lowZ, sample.mm.z);
    extent.highZ = std::max(extent.highZ, sample.mm.z);
  }
  extent.middle = (1.0 / static_cast<double>(samples.size())) * extent.middle;
  return extent;
}

struct Scored {
  RigidTransform shift;
  double score = 0;
};

}  // namespace

Likeness likeness(const std::vector<Coarse::Sample>& samples, double bodyMm3, const Coarse& moving,
                  const RigidTransform& toMoving) {
  const IndexMap index = moving.fromPatient();
  double n = 0;
  double a = 0;
  double b = 0;
  double aa = 0;
  double bb = 0;
  double ab = 0;
  for (const auto& sample : samples) {
    const double value = moving.at(index(toMoving(sample.mm)));
    if (std::isnan(value)) continue;
    ++n;
    a += sample.value;
    b += value;
    aa += static_cast<double>(sample.value) * sample.value;
    bb += value * value;
    ab += sample.value * value;
  }
  Likeness result;
  if (n < 2) return result;
  const double variances = (aa - a * a / n) * (bb - b * b / n);
  if (variances > 0) result.correlation = (ab - a * b / n) / std::sqrt(variances);
  const double movingMm3 = static_cast<double>(moving.bodyVoxels()) * moving.grid.voxelVolumeMm3();
  const double commonMm3 = bodyMm3 * n / static_cast<double>(samples.size());
  result.overlap = commonMm3 / std::max(1.0, std::min(bodyMm3, movingMm3));
  return result;
}

Result<std::vector<RigidTransform>> likelyShifts(const Coarse& fixed, const Coarse& moving, std::size_t most,
                                                 std::stop_token stop) {
  const auto samples = fixed.bodySamples(mostSamples);
  const auto others = moving.bodySamples(mostSamples);
  std::vector<RigidTransform> best;
  if (samples.empty() || others.empty()) return best;
  const double bodyMm3 = static_cast<double>(fixed.bodyVoxels()) * fixed.grid.voxelVolumeMm3();
  const Extent here = extentOf(samples);
  const Extent there = extentOf(others);
  const Vec3 middle = there.middle - here.middle;
  std::vector<Scored> all;
  for (double z = there.lowZ - here.highZ; z <= there.highZ - here.lowZ; z += stepAlongMm) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled);
    for (double x = -acrossMm; x <= acrossMm; x += stepAcrossMm)
      for (double y = -acrossMm; y <= acrossMm; y += stepAcrossMm) {
        RigidTransform shift;
        shift.translationMm = {middle.x + x, middle.y + y, z};
        const Likeness like = likeness(samples, bodyMm3, moving, shift);
        if (like.overlap >= leastOverlap) all.push_back({shift, like.correlation});
      }
  }
  std::ranges::stable_sort(all, std::greater{}, &Scored::score);
  for (const Scored& one : all) {
    if (best.size() == most) break;
    const bool known = std::ranges::any_of(best, [&](const RigidTransform& other) {
      return length(other.translationMm - one.shift.translationMm) < apartMm;
    });
    if (!known) best.push_back(one.shift);
  }
  return best;
}

}  // namespace attest::imaging
