#include "viewers/volume_texture.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace attest::viewers {
namespace {

struct Rgba {
  double r = 0;
  double g = 0;
  double b = 0;
  double a = 0;
};

struct Stop {
  double value;
  Rgba color;
};

// Marrow and vessels with contrast faint and red, cortical bone opaque and ivory; soft tissue stays clear.
constexpr std::array<Stop, 4> boneStops{{{120, {150, 60, 45, 0}},
                                         {220, {190, 110, 80, 14}},
                                         {450, {232, 208, 164, 110}},
                                         {1000, {255, 250, 236, 230}}}};
constexpr double solidOpacity = 210;
constexpr double shellOpacity = 14;

Rgba colourOf(double value, Unit unit, Window window) {
  if (std::isnan(value)) return {};
  if (unit != Unit::hu) {
    const double share = std::clamp((value - window.center) / std::max(window.width, 1e-9) + 0.5, 0.0, 1.0);
    return {255 * share, 255 * share, 255 * share, 90 * share * share};
  }
  if (value <= boneStops.front().value) return {};
  for (std::size_t n = 1; n < boneStops.size(); ++n) {
    if (value > boneStops[n].value) continue;
    const Stop &a = boneStops[n - 1], &b = boneStops[n];
    const double t = (value - a.value) / (b.value - a.value);
    const auto mix = [t](double x, double y) { return x + t * (y - x); };
    return {mix(a.color.r, b.color.r), mix(a.color.g, b.color.g), mix(a.color.b, b.color.b),
            mix(a.color.a, b.color.a)};
  }
  return boneStops.back().color;
}

Index3 factorsOf(const Grid& grid, int edge) {
  const auto factor = [edge](int size) { return std::max(1, (size + edge - 1) / edge); };
  return {factor(grid.dims.i), factor(grid.dims.j), factor(grid.dims.k)};
}

std::uint8_t byteOf(double value) {
  return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 255.0)));
}

void paintValues(const imaging::Volume& volume, Window window, Index3 factor, VolumeTexture& texture,
                 Parallel& parallel, const std::stop_token& stop) {
  const Grid& to = texture.grid;
  const double share = 1.0 / (factor.i * factor.j * factor.k);
  imaging::visit(volume, [&](auto values) {
    parallel.forEach(static_cast<std::size_t>(to.dims.k), 1, stop, [&](std::size_t begin, std::size_t end) {
      for (auto k = static_cast<int>(begin); k < static_cast<int>(end); ++k)
        for (int j = 0; j < to.dims.j; ++j)
          for (int i = 0; i < to.dims.i; ++i) {
            double sum = 0;
            for (int dk = 0; dk < factor.k; ++dk)
              for (int dj = 0; dj < factor.j; ++dj) {
                const std::size_t row =
                    volume.grid().offset({i * factor.i, j * factor.j + dj, k * factor.k + dk});
                for (int di = 0; di < factor.i; ++di)
                  sum += imaging::toDouble(values[row + static_cast<std::size_t>(di)]);
              }
            const Rgba c = colourOf(sum * share, volume.unit(), window);
            std::uint8_t* voxel = &texture.rgba[4 * to.offset({i, j, k})];
            voxel[0] = byteOf(c.r), voxel[1] = byteOf(c.g), voxel[2] = byteOf(c.b), voxel[3] = byteOf(c.a);
          }
    });
  });
}

/// How much of each voxel of a box of the thinned grid a mask fills, 0 to 1, softened by one voxel so that
/// rays see smooth sides instead of steps.
struct Coverage {
  imaging::Box box;
  Index3 dims;
  std::vector<float> share;
  std::size_t at(int i, int j, int k) const {
    return static_cast<std::size_t>((std::int64_t{k} * dims.j + j) * dims.i + i);
  }
};

void soften(Coverage& cover, std::size_t stride, int size, int lines, const auto& firstOf) {
  std::vector<float> line(static_cast<std::size_t>(size) + 2, 0.0F);
  for (int n = 0; n < lines; ++n) {
    float* voxel = &cover.share[firstOf(n)];
    for (int x = 0; x < size; ++x)
      line[static_cast<std::size_t>(x) + 1] = voxel[static_cast<std::size_t>(x) * stride];
    for (int x = 0; x < size; ++x) {
      const float* around = &line[static_cast<std::size_t>(x)];
      voxel[static_cast<std::size_t>(x) * stride] = 0.25F * around[0] + 0.5F * around[1] + 0.25F * around[2];
    }
  }
}

Coverage coverageOf(const imaging::Mask& mask, const imaging::Box& box, Index3 factor, const Grid& to) {
  constexpr int border = 2;
  Coverage cover;
  cover.box = {{box.low.i / factor.i - border, box.low.j / factor.j - border, box.low.k / factor.k - border},
               {std::min(box.high.i / factor.i, to.dims.i - 1) + border,
                std::min(box.high.j / factor.j, to.dims.j - 1) + border,
                std::min(box.high.k / factor.k, to.dims.k - 1) + border}};
  const Index3 low = cover.box.low, high = cover.box.high;
  const Index3 dims{high.i - low.i + 1, high.j - low.j + 1, high.k - low.k + 1};
  cover.dims = dims;
  cover.share.assign(static_cast<std::size_t>(std::int64_t{dims.i} * dims.j * dims.k), 0.0F);
  const float share = 1.0F / static_cast<float>(factor.i * factor.j * factor.k);
  mask.forEach([&](Index3 v) {
    const Index3 t{v.i / factor.i - low.i, v.j / factor.j - low.j, v.k / factor.k - low.k};
    if (t.i < dims.i && t.j < dims.j && t.k < dims.k) cover.share[cover.at(t.i, t.j, t.k)] += share;
  });
  const auto row = static_cast<std::size_t>(dims.i), sheet = row * static_cast<std::size_t>(dims.j);
  soften(cover, 1, dims.i, dims.j * dims.k, [&](int n) { return static_cast<std::size_t>(n) * row; });
  soften(cover, row, dims.j, dims.i * dims.k, [&](int n) { return cover.at(n % dims.i, 0, n / dims.i); });
  soften(cover, sheet, dims.k, dims.i * dims.j, [&](int n) { return static_cast<std::size_t>(n); });
  return cover;
}

void paintMask(const Coverage& cover, const view::OverlayItem& overlay, VolumeTexture& texture) {
  const bool solid = overlay.style == view::OverlayStyle::fill_and_outline;
  const Index3 dims = cover.dims;
  for (int k = 0; k < dims.k; ++k)
    for (int j = 0; j < dims.j; ++j)
      for (int i = 0; i < dims.i; ++i) {
        const double share = cover.share[cover.at(i, j, k)];
        const Index3 at{cover.box.low.i + i, cover.box.low.j + j, cover.box.low.k + k};
        if (share <= 0 || !texture.grid.contains(at)) continue;
        // A shell is opaque where the mask is half there, and clear inside.
        const double opacity = solid ? solidOpacity * share : shellOpacity * 4 * share * (1 - share);
        std::uint8_t* voxel = &texture.rgba[4 * texture.grid.offset(at)];
        const double tint = opacity / std::max(1.0, std::max<double>(opacity, voxel[3]));
        for (std::size_t c = 0; c < 3; ++c)
          voxel[c] = byteOf(voxel[c] + tint * (overlay.color[c] - voxel[c]));
        voxel[3] = byteOf(std::max<double>(voxel[3], opacity));
      }
}

}  // namespace

Grid thinned(const Grid& grid, int edge) {
  const Index3 f = factorsOf(grid, edge);
  Grid out = grid;
  out.dims = {std::max(1, grid.dims.i / f.i), std::max(1, grid.dims.j / f.j), std::max(1, grid.dims.k / f.k)};
  out.spacingMm = {grid.spacingMm.x * f.i, grid.spacingMm.y * f.j, grid.spacingMm.z * f.k};
  out.originMm = grid.toPatient(Vec3{(f.i - 1) / 2.0, (f.j - 1) / 2.0, (f.k - 1) / 2.0});
  return out;
}

Result<VolumeTexture> makeTexture(const imaging::Volume& volume, Window window,
                                  std::span<const view::OverlayItem> overlays, int edge, Parallel& parallel,
                                  std::stop_token stop) {
  const Index3 factor = factorsOf(volume.grid(), edge);
  VolumeTexture texture{thinned(volume.grid(), edge), {}};
  texture.rgba.resize(4 * static_cast<std::size_t>(texture.grid.voxels()));
  paintValues(volume, window, factor, texture, parallel, stop);
  for (const view::OverlayItem& overlay : overlays) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled);
    if (!overlay.visible || overlay.mask == nullptr || !sameGrid(overlay.mask->grid(), volume.grid()))
      continue;
    if (const auto box = overlay.mask->box())
      paintMask(coverageOf(*overlay.mask, *box, factor, texture.grid), overlay, texture);
  }
  if (stop.stop_requested()) return fail(ErrorCode::cancelled);
  return texture;
}

}  // namespace attest::viewers
