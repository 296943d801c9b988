#include "core/agents/nodule_outline.h"

#include <numbers>

#include "core/imaging/filters.h"

namespace attest::agents {
namespace {

/// The box of voxels within `reachMm` of a place, inside the grid. Oblique axes included.
imaging::Box boxAround(const Grid& grid, Vec3 centerMm, double reachMm) {
  const Vec3 at = grid.toIndex(centerMm);
  const auto low = [&](double middle, double spacing) {
    return std::max(0, static_cast<int>(std::floor(middle - reachMm / spacing)));
  };
  const auto high = [&](double middle, double spacing, int dim) {
    return std::min(dim - 1, static_cast<int>(std::ceil(middle + reachMm / spacing)));
  };
  const Vec3 mm = grid.spacingMm;
  return {{low(at.x, mm.x), low(at.y, mm.y), low(at.z, mm.z)},
          {high(at.x, mm.x, grid.dims.i), high(at.y, mm.y, grid.dims.j), high(at.z, mm.z, grid.dims.k)}};
}

/// The value at the true edge: a blurred ball is there below half its height, by sigma / (r sqrt(2 pi)).
double edgeLevel(const Star& star) {
  const double blur = std::clamp(star.blurMm, 0.2, 1.5);
  const double below = blur / (star.shape.radiusMm() * std::sqrt(2 * std::numbers::pi));
  return star.aroundHu + (0.5 - std::min(below, 0.2)) * (star.coreHu - star.aroundHu);
}

/// How far a nodule may reach along each ray: to the air that it met, and no farther than the shape where it
/// met none, or beside such a ray, which may end in the flank of what it touches.
std::vector<double> limitsOf(const Star& star) {
  constexpr double slackMm = 0.8;  // from half way to the true edge, and between rays
  const Directions& directions = Directions::all();
  std::vector<bool> ends;
  for (std::size_t n = 0; n < directions.size(); ++n)
    ends.push_back(star.edges[n] == Edge::air &&
                   star.reachMm[n] < 1.35 * star.shape.reachMm(directions.vectors()[n]));
  std::vector<double> limits;
  for (std::size_t n = 0; n < directions.size(); ++n) {
    const double expected = star.shape.reachMm(directions.vectors()[n]);
    const bool free = ends[n] && std::ranges::all_of(directions.beside(n), [&](auto m) { return ends[m]; });
    limits.push_back(free ? std::max(star.reachMm[n], expected) + slackMm : expected);
  }
  return limits;
}

/// The voxels of the mask that hang together with the one nearest to the middle.
imaging::Mask around(const imaging::Mask& mask, Vec3 centerMm) {
  auto parts = imaging::components(mask, 1, 1000, {});
  if (!parts || parts->empty()) return mask;
  const Index3 middle = mask.grid().nearest(centerMm);
  for (auto& part : *parts)
    if (part.mask.at(middle)) return std::move(part.mask);
  return std::move(parts->front().mask);
}

}  // namespace

imaging::Mask outlineOf(const Star& star, const imaging::Volume& full, const imaging::Mask* pleura) {
  const Grid& grid = full.grid();
  const std::vector<double> limits = limitsOf(star);
  const double level = edgeLevel(star);
  imaging::Mask mask(grid);
  imaging::visit(full, [&](auto values) {
    mask.paint(boxAround(grid, star.centerMm, std::ranges::max(limits)), true, [&](Index3 at) {
      const Vec3 from = grid.toPatient(at) - star.centerMm;
      const double far = length(from);
      const std::size_t ray = Directions::all().nearest(from);
      if (far > limits[ray]) return false;
      if (pleura != nullptr && !pleura->at(at)) return false;
      const bool deep = far < 0.5 * star.shape.reachMm(Directions::all().vectors()[ray]);
      return deep || imaging::toDouble(values[grid.offset(at)]) >= level;
    });
  });
  return around(mask, star.centerMm);
}

Result<imaging::Mask> pleuraNear(const Star& star, const imaging::Mask& lung, std::stop_token stop) {
  constexpr double ballMm = 20;
  const imaging::Box box = boxAround(lung.grid(), star.centerMm, star.shape.axesMm()[0] + ballMm + 5);
  Grid part = lung.grid();
  part.dims = box.size();
  part.originMm = lung.grid().toPatient(box.low);
  ATTEST_TRY(const imaging::Mask closed,
             imaging::close(imaging::Mask::fromDense(part, lung.toDense(box)), ballMm, stop));
  return imaging::Mask::fromDense(lung.grid(), box, closed.toDense());
}

}  // namespace attest::agents
