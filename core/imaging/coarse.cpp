#include "core/imaging/coarse.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/imaging/distribution.h"

namespace attest::imaging {
namespace {

constexpr int leastVoxels = 4;
constexpr float airHu = -1000;
constexpr float highestHu = 300;  ///< bone and contrast agent above it do not outweigh the rest
constexpr float bodyHu = -950;    ///< between air and lung
constexpr float bodyPart = 0.1F;  ///< of the range, where values have no absolute meaning

/// Sums of the voxels of each coarse voxel of one coarse slice.
template <class T>
void addSlice(std::span<const T> voxels, const Grid& grid, int k, std::array<int, 3> factor, Index3 dims,
              float* sums) {
  for (int j = 0; j < dims.j * factor[1]; ++j) {
    const T* row = voxels.data() + grid.offset({0, j, k});
    float* to = sums + static_cast<std::size_t>(j / factor[1]) * static_cast<std::size_t>(dims.i);
    for (int i = 0; i < dims.i; ++i) {
      float sum = 0;
      for (int n = 0; n < factor[0]; ++n, ++row) {
        const auto value = static_cast<float>(toDouble(*row));
        sum += std::isfinite(value) ? value : 0;
      }
      to[i] += sum;
    }
  }
}

void cutToRange(Coarse& coarse, Unit unit) {
  float highest = highestHu;
  coarse.background = airHu;
  coarse.body = bodyHu;
  if (unit != Unit::hu) {
    Distribution values(PixelType::float32);
    for (const float value : coarse.values) values.add(value);
    coarse.background = static_cast<float>(values.quantile(0.01));
    highest = static_cast<float>(values.quantile(0.99));
    coarse.body = coarse.background + bodyPart * (highest - coarse.background);
  }
  for (float& value : coarse.values) value = std::clamp(value, coarse.background, highest);
}

/// Means of each voxel and its neighbours along one axis, weighted 1 2 1; at the ends the voxel itself.
void soften(std::vector<float>& values, std::size_t count, std::size_t stride, std::size_t first) {
  float before = values[first];
  for (std::size_t n = 0; n < count; ++n) {
    float& value = values[first + n * stride];
    const float after = n + 1 < count ? values[first + (n + 1) * stride] : value;
    const float here = value;
    value = 0.25F * before + 0.5F * here + 0.25F * after;
    before = here;
  }
}

/// Takes off the noise: between voxels interpolation does, too, which would draw two volumes half a voxel
/// off.
void soften(Coarse& coarse) {
  const auto i = static_cast<std::size_t>(coarse.grid.dims.i);
  const auto j = static_cast<std::size_t>(coarse.grid.dims.j);
  const auto k = static_cast<std::size_t>(coarse.grid.dims.k);
  for (std::size_t row = 0; row < j * k; ++row) soften(coarse.values, i, 1, row * i);
  for (std::size_t slice = 0; slice < k; ++slice)
    for (std::size_t column = 0; column < i; ++column) soften(coarse.values, j, i, slice * i * j + column);
  for (std::size_t column = 0; column < i * j; ++column) soften(coarse.values, k, i * j, column);
}

}  // namespace

Result<Coarse> Coarse::of(const Volume& volume, double targetMm, std::stop_token stop) {
  if (volume.type() == PixelType::rgb24) return fail(ErrorCode::bad_geometry, "colour is not registered");
  const Grid& full = volume.grid();
  std::array<int, 3> factor{};
  for (int a = 0; a < 3; ++a) {
    factor[static_cast<std::size_t>(a)] =
        std::max(1, static_cast<int>(std::lround(targetMm / full.spacingMm[a])));
  }
  Coarse coarse;
  coarse.grid = full;
  Index3& dims = coarse.grid.dims;
  dims = {full.dims.i / factor[0], full.dims.j / factor[1], full.dims.k / factor[2]};
  if (std::min({dims.i, dims.j, dims.k}) < leastVoxels)
    return fail(ErrorCode::bad_geometry, "the volume is too small to be registered");
  coarse.grid.originMm =
      full.toPatient(Vec3{(factor[0] - 1) / 2.0, (factor[1] - 1) / 2.0, (factor[2] - 1) / 2.0});
  coarse.grid.spacingMm = {full.spacingMm.x * factor[0], full.spacingMm.y * factor[1],
                           full.spacingMm.z * factor[2]};
  coarse.values.assign(static_cast<std::size_t>(coarse.grid.voxels()), 0.0F);
  const auto share = 1.0F / static_cast<float>(factor[0] * factor[1] * factor[2]);
  for (int k = 0; k < dims.k * factor[2]; ++k) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled);
    float* slice = coarse.values.data() + coarse.grid.offset({0, 0, k / factor[2]});
    visit(volume, [&](auto voxels) { addSlice(voxels, full, k, factor, dims, slice); });
  }
  for (float& value : coarse.values) value *= share;
  cutToRange(coarse, volume.unit());
  soften(coarse);
  return coarse;
}

IndexMap Coarse::fromPatient() const {
  const Vec3 origin = grid.toIndex({0, 0, 0});
  return {origin, grid.toIndex({1, 0, 0}) - origin, grid.toIndex({0, 1, 0}) - origin,
          grid.toIndex({0, 0, 1}) - origin};
}

std::size_t Coarse::bodyVoxels() const {
  return static_cast<std::size_t>(std::ranges::count_if(values, [&](float value) { return value > body; }));
}

std::vector<Coarse::Sample> Coarse::bodySamples(std::size_t most) const {
  // A step by the golden ratio between those of the body: even, and on no lattice of the grid.
  const auto count = static_cast<double>(bodyVoxels());
  const double share = std::min(1.0, static_cast<double>(most) / std::max(count, 1.0));
  std::vector<Sample> samples;
  samples.reserve(static_cast<std::size_t>(count * share * 1.1) + 1);
  double phase = 0;
  std::size_t n = 0;
  for (int k = 0; k < grid.dims.k; ++k)
    for (int j = 0; j < grid.dims.j; ++j)
      for (int i = 0; i < grid.dims.i; ++i, ++n) {
        if (!(values[n] > body)) continue;
        phase += 0.6180339887498949;
        phase -= std::floor(phase);
        if (phase < share) samples.push_back({grid.toPatient(Index3{i, j, k}), values[n]});
      }
  return samples;
}

}  // namespace attest::imaging
