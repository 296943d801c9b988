#include "core/agents/noise.h"

#include <cmath>

namespace attest::agents {
namespace {

constexpr double apartMm = 5;
constexpr double lowestHu = 0;  ///< of soft tissue, averaged over a voxel of the working grid
constexpr double highestHu = 100;
constexpr std::size_t fewest = 2000;
constexpr int every = 3;  ///< a sample of the voxels is enough

}  // namespace

std::optional<double> noiseHu(const imaging::Volume& full, const WorkingVolume& working) {
  const Grid& grid = full.grid();
  const auto small = working.volume().values<float>();
  const auto isTissue = [&](Index3 at) {
    const float hu = small[working.grid().offset(working.toSmall(at))];
    return hu >= lowestHu && hu <= highestHu;
  };
  const int step = std::max(1, static_cast<int>(std::lround(apartMm / grid.spacingMm.x)));
  std::vector<double> differences;
  imaging::visit(full, [&](auto values) {
    for (int k = 0; k < grid.dims.k; k += every)
      for (int j = 0; j < grid.dims.j; j += every)
        for (int i = 0; i + step < grid.dims.i; i += every) {
          const Index3 a{i, j, k};
          const Index3 b{i + step, j, k};
          if (!isTissue(a) || !isTissue(b)) continue;
          differences.push_back(std::abs(imaging::toDouble(values[grid.offset(a)]) -
                                         imaging::toDouble(values[grid.offset(b)])));
        }
  });
  if (differences.size() < fewest) return std::nullopt;
  const auto middle = differences.begin() + static_cast<std::ptrdiff_t>(differences.size() / 2);
  std::ranges::nth_element(differences, middle);
  constexpr double medianOfNormal = 0.6745;  // of the absolute value, with a deviation of 1
  return *middle / (medianOfNormal * std::sqrt(2.0));
}

}  // namespace attest::agents
