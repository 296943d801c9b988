#include "core/imaging/phantom/paint.h"

#include "core/imaging/phantom/subdivide.h"

namespace attest::imaging::phantom {
namespace {

constexpr int slabSlices = 4;   // between two looks at a stop request
constexpr int fineSamples = 5;  // along each axis of a voxel

/// How many of the samples within a voxel lie inside.
template <class Distance>
double sampledShare(Index3 at, const Distance& distance) {
  const auto within = [](int n) { return (n + 0.5) / fineSamples - 0.5; };
  int inside = 0;
  for (int z = 0; z < fineSamples; ++z)
    for (int y = 0; y < fineSamples; ++y)
      for (int x = 0; x < fineSamples; ++x)
        inside += distance({at.i + within(x), at.j + within(y), at.k + within(z)}) < 0 ? 1 : 0;
  return inside / static_cast<double>(fineSamples * fineSamples * fineSamples);
}
// Distances of blends and ellipsoids are only near the truth; a block is taken as a whole only with this to
// spare.
constexpr double spare = 2;

/// The radius of the tube whose share, falling evenly over `edge`, adds up to the cross-section of one of
/// `radius`. Below 0.6 edges there is none, and the share has a lower peak instead.
struct Profile {
  double radius;
  double peak;
};
Profile profileOf(double radius, double edge) {
  const double squared = radius * radius - edge * edge / 12;
  if (squared >= edge * edge / 4) return {std::sqrt(squared), 1};
  const double cone = std::pow(radius + edge / 2, 3) / (3 * edge);
  return {radius, radius * radius / cone};
}

}  // namespace

Canvas::Canvas(const Grid& grid, int firstSlice, int slices, double hu)
    : grid_(grid),
      first_(firstSlice),
      slices_(slices),
      // A linear ramp with the variance of the voxel's own box, on average over directions.
      edgeMm_(length(grid.spacingMm) / std::sqrt(3.0)) {
  const std::size_t voxels = static_cast<std::size_t>(grid.dims.i) * static_cast<std::size_t>(grid.dims.j) *
                             static_cast<std::size_t>(slices);
  values_.assign(voxels, static_cast<float>(hu));
  shares_.assign(voxels, 0);
}

Vec3 Canvas::position(Index3 at) const {
  return grid_.toPatient(Index3{at.i, at.j, first_ + at.k});
}

std::span<float> Canvas::slice(int n) {
  const std::size_t area = grid_.offset({0, 0, 1});
  return std::span(values_).subspan(static_cast<std::size_t>(n) * area, area);
}

Canvas::Region Canvas::regionOf(Vec3 lowMm, Vec3 highMm) const {
  const Vec3 low = grid_.toIndex(lowMm);
  const Vec3 high = grid_.toIndex(highMm);
  const auto down = [](double at, int least) { return std::max(static_cast<int>(std::floor(at)), least); };
  const auto up = [](double at, int most) { return std::min(static_cast<int>(std::ceil(at)), most); };
  return {{down(low.x, 0), down(low.y, 0), down(low.z - first_, 0)},
          {up(high.x, grid_.dims.i - 1), up(high.y, grid_.dims.j - 1), up(high.z - first_, slices_ - 1)}};
}

Canvas::Region Canvas::regionOf(const Bounds& body, const Placement& placement) const {
  Vec3 low{1e9, 1e9, 1e9};
  Vec3 high{-1e9, -1e9, -1e9};
  for (int corner = 0; corner < 8; ++corner) {
    const Vec3 at = placement({corner & 1 ? body.low.x : body.high.x, corner & 2 ? body.low.y : body.high.y,
                               corner & 4 ? body.low.z : body.high.z});
    low = {std::min(low.x, at.x), std::min(low.y, at.y), std::min(low.z, at.z)};
    high = {std::max(high.x, at.x), std::max(high.y, at.y), std::max(high.z, at.z)};
  }
  return regionOf(low - grid_.spacingMm, high + grid_.spacingMm);
}

void Canvas::paint(const Layer& layer, const Placement& placement, const std::stop_token& stop) {
  const auto hu = static_cast<float>(layer.hu);
  for (const Solid& solid : layer.solids) paintSolid(solid, hu, placement, stop);
  if (!layer.tubes.empty()) paintTubes(layer.tubes, hu, placement, stop);
}

void Canvas::paintSolid(const Solid& solid, float hu, const Placement& placement,
                        const std::stop_token& stop) {
  const Region region = regionOf(solid.bounds, placement);
  const RigidTransform toBody = placement.toPatient.inverse();
  const auto distance = [&](Vec3 index) {
    const Vec3 at = grid_.toPatient(Vec3{index.x, index.y, first_ + index.z});
    return placement.scale * solid.distance((1 / placement.scale) * toBody(at));
  };
  const auto whole = [&](Index3 low, Index3 high) {
    for (int k = low.k; k <= high.k; ++k)
      for (int j = low.j; j <= high.j; ++j)
        std::fill_n(values_.begin() + static_cast<std::ptrdiff_t>(grid_.offset({low.i, j, k})),
                    high.i - low.i + 1, hu);
  };
  const auto edge = [&](Index3 at, double d) {
    double share = std::clamp(0.5 - d / edgeMm_, 0.0, 1.0);
    if (solid.fine) share = sampledShare(at, distance);
    float& value = values_[grid_.offset(at)];
    value += static_cast<float>(share) * (hu - value);
  };
  for (int k = region.low.k; k <= region.high.k && !stop.stop_requested(); k += slabSlices)
    subdivide(grid_, {region.low.i, region.low.j, k},
              {region.high.i, region.high.j, std::min(k + slabSlices - 1, region.high.k)}, edgeMm_, distance,
              whole, edge);
}

void Canvas::paintTubes(std::span<const Tube> tubes, float hu, const Placement& placement,
                        const std::stop_token& stop) {
  Region touched{{grid_.dims.i, grid_.dims.j, slices_}, {-1, -1, -1}};
  for (const Tube& tube : tubes) {
    if (stop.stop_requested()) return;
    const Tube moved{placement(tube.from), placement(tube.to), placement.scale * tube.fromRadius,
                     placement.scale * tube.toRadius};
    const double wide = std::max(moved.fromRadius, moved.toRadius) + edgeMm_;
    const Vec3 margin{wide, wide, wide};
    const auto [from, to] = std::pair{moved.from, moved.to};
    const Region region =
        regionOf(Vec3{std::min(from.x, to.x), std::min(from.y, to.y), std::min(from.z, to.z)} - margin,
                 Vec3{std::max(from.x, to.x), std::max(from.y, to.y), std::max(from.z, to.z)} + margin);
    if (region.empty()) continue;
    addTube(moved, region);
    touched.low = {std::min(touched.low.i, region.low.i), std::min(touched.low.j, region.low.j),
                   std::min(touched.low.k, region.low.k)};
    touched.high = {std::max(touched.high.i, region.high.i), std::max(touched.high.j, region.high.j),
                    std::max(touched.high.k, region.high.k)};
  }
  for (int k = touched.low.k; k <= touched.high.k; ++k)
    for (int j = touched.low.j; j <= touched.high.j; ++j)
      for (int i = touched.low.i; i <= touched.high.i; ++i) {
        const std::size_t at = grid_.offset({i, j, k});
        values_[at] += shares_[at] * (hu - values_[at]);
        shares_[at] = 0;
      }
}

void Canvas::addTube(const Tube& tube, const Region& region) {
  for (int k = region.low.k; k <= region.high.k; ++k)
    for (int j = region.low.j; j <= region.high.j; ++j)
      for (int i = region.low.i; i <= region.high.i; ++i) {
        const Vec3 p = position({i, j, k});
        const double t = along(tube, p);
        const Vec3 off = p - tube.from - t * (tube.to - tube.from);
        const double radius = tube.fromRadius + t * (tube.toRadius - tube.fromRadius);
        const double limit = radius + edgeMm_ / 2;
        if (dot(off, off) >= limit * limit) continue;
        const Profile profile = profileOf(radius, edgeMm_);
        const double share =
            profile.peak * std::clamp(0.5 - (length(off) - profile.radius) / edgeMm_, 0.0, 1.0);
        float& most = shares_[grid_.offset({i, j, k})];
        most = std::max(most, static_cast<float>(share));
      }
}

}  // namespace attest::imaging::phantom
