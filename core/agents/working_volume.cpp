#include "core/agents/working_volume.h"

#include <cmath>

namespace attest::agents {
namespace {

int& along(Index3& index, int axis) {
  return axis == 0 ? index.i : axis == 1 ? index.j : index.k;
}
int along(const Index3& index, int axis) {
  return axis == 0 ? index.i : axis == 1 ? index.j : index.k;
}

/// Where the block of full voxels of small index `at` begins and ends along one axis of the full grid, as a
/// half-open span.
std::array<int, 2> span(int at, int factor, bool flipped, int size) {
  const int low = at * factor;
  const int high = std::min(size, low + factor);
  return flipped ? std::array{size - high, size - low} : std::array{low, high};
}

}  // namespace

std::array<WorkingVolume::Axis, 3> WorkingVolume::chooseAxes(const Grid& full, double targetMm) {
  constexpr std::array<std::array<int, 3>, 6> orders{
      {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}};
  const auto fit = [&](const std::array<int, 3>& order) {
    double sum = 0;
    for (int a = 0; a < 3; ++a)
      sum += std::abs(full.axes[static_cast<std::size_t>(order[static_cast<std::size_t>(a)])][a]);
    return sum;
  };
  const auto best = *std::ranges::max_element(orders, {}, fit);
  std::array<Axis, 3> axes;
  for (int a = 0; a < 3; ++a) {
    const int source = best[static_cast<std::size_t>(a)];
    const int factor = std::max(1, static_cast<int>(std::lround(targetMm / full.spacingMm[source])));
    axes[static_cast<std::size_t>(a)] = {source, full.axes[static_cast<std::size_t>(source)][a] < 0,
                                         std::min(factor, along(full.dims, source))};
  }
  return axes;
}

Grid WorkingVolume::smallGrid(const Grid& full, const std::array<Axis, 3>& axes) {
  Grid grid;
  std::array<double, 3> start{};  // index in the full grid of the middle of small voxel (0,0,0)
  std::array<double, 3> spacing{};
  for (int a = 0; a < 3; ++a) {
    const Axis& axis = axes[static_cast<std::size_t>(a)];
    const auto source = static_cast<std::size_t>(axis.source);
    const int size = along(full.dims, axis.source);
    along(grid.dims, a) = (size + axis.factor - 1) / axis.factor;
    spacing[static_cast<std::size_t>(a)] = full.spacingMm[axis.source] * axis.factor;
    grid.axes[static_cast<std::size_t>(a)] = (axis.flipped ? -1.0 : 1.0) * full.axes[source];
    const double half = (axis.factor - 1) / 2.0;
    start[source] = axis.flipped ? size - 1 - half : half;
  }
  grid.spacingMm = {spacing[0], spacing[1], spacing[2]};
  grid.originMm = full.toPatient(Vec3{start[0], start[1], start[2]});
  return grid;
}

Result<WorkingVolume> WorkingVolume::make(const imaging::Volume& full, double targetMm, Parallel& parallel,
                                          std::stop_token stop) {
  if (full.type() == imaging::PixelType::rgb24)
    return fail(ErrorCode::bad_geometry, "a colour volume has no density");
  const auto axes = chooseAxes(full.grid(), targetMm);
  imaging::Volume small(smallGrid(full.grid(), axes), imaging::PixelType::float32, full.unit());
  const Index3 dims = small.grid().dims;
  const auto out = small.writable<float>();
  const auto fill = [&]<class T>(std::span<const T> values) {
    parallel.forEach(static_cast<std::size_t>(dims.k), 1, stop, [&](std::size_t begin, std::size_t end) {
      for (int k = static_cast<int>(begin); k < static_cast<int>(end); ++k)
        for (int j = 0; j < dims.j; ++j)
          for (int i = 0; i < dims.i; ++i) {
            std::array<std::array<int, 2>, 3> from;  // spans by axis of the full grid
            for (int a = 0; a < 3; ++a) {
              const Axis& axis = axes[static_cast<std::size_t>(a)];
              from[static_cast<std::size_t>(axis.source)] =
                  span(a == 0   ? i
                       : a == 1 ? j
                                : k,
                       axis.factor, axis.flipped, along(full.grid().dims, axis.source));
            }
            double sum = 0;
            for (int z = from[2][0]; z < from[2][1]; ++z)
              for (int y = from[1][0]; y < from[1][1]; ++y) {
                const T* row = values.data() + full.grid().offset({0, y, z});
                for (int x = from[0][0]; x < from[0][1]; ++x) sum += imaging::toDouble(row[x]);
              }
            const int count =
                (from[0][1] - from[0][0]) * (from[1][1] - from[1][0]) * (from[2][1] - from[2][0]);
            out[small.grid().offset({i, j, k})] = static_cast<float>(sum / count);
          }
    });
  };
  imaging::visit(full, fill);
  if (stop.stop_requested()) return fail(ErrorCode::cancelled);
  return WorkingVolume(full.grid(), axes, std::move(small));
}

Index3 WorkingVolume::toSmall(Index3 full) const {
  Index3 small;
  for (int a = 0; a < 3; ++a) {
    const Axis& axis = axes_[static_cast<std::size_t>(a)];
    const int at = along(full, axis.source);
    along(small, a) = (axis.flipped ? along(full_.dims, axis.source) - 1 - at : at) / axis.factor;
  }
  return small;
}

imaging::Box WorkingVolume::toFull(imaging::Box small) const {
  imaging::Box box;
  for (int a = 0; a < 3; ++a) {
    const Axis& axis = axes_[static_cast<std::size_t>(a)];
    const int size = along(full_.dims, axis.source);
    const int last = along(grid().dims, a) - 1;
    const auto low = span(std::clamp(along(small.low, a), 0, last), axis.factor, axis.flipped, size);
    const auto high = span(std::clamp(along(small.high, a), 0, last), axis.factor, axis.flipped, size);
    along(box.low, axis.source) = std::min(low[0], high[0]);
    along(box.high, axis.source) = std::max(low[1], high[1]) - 1;
  }
  return box;
}

std::array<std::vector<std::size_t>, 3> WorkingVolume::smallOffsets() const {
  std::array<std::vector<std::size_t>, 3> parts;
  const std::array<std::size_t, 3> strides{
      1, static_cast<std::size_t>(grid().dims.i),
      static_cast<std::size_t>(grid().dims.i) * static_cast<std::size_t>(grid().dims.j)};
  for (std::size_t a = 0; a < 3; ++a) {
    const Axis& axis = axes_[a];
    const int size = along(full_.dims, axis.source);
    for (int at = 0; at < size; ++at) {
      const int small = (axis.flipped ? size - 1 - at : at) / axis.factor;
      parts[static_cast<std::size_t>(axis.source)].push_back(static_cast<std::size_t>(small) * strides[a]);
    }
  }
  return parts;
}

imaging::Mask WorkingVolume::shrink(const imaging::Mask& full, double fraction) const {
  std::vector<std::uint32_t> covered(static_cast<std::size_t>(grid().voxels()));
  full.forEach([&](Index3 at) { ++covered[grid().offset(toSmall(at))]; });
  const double whole = axes_[0].factor * axes_[1].factor * axes_[2].factor;
  std::vector<std::uint8_t> dense(covered.size());
  std::ranges::transform(covered, dense.begin(),
                         [&](std::uint32_t n) { return n > fraction * whole ? 1 : 0; });
  return imaging::Mask::fromDense(grid(), dense);
}

}  // namespace attest::agents
