#include "core/agents/lung_field.h"

#include <cmath>

#include "core/imaging/filters.h"

namespace attest::agents {
namespace {

using imaging::Component;
using imaging::Mask;

constexpr double lowestHu = -1e5;
constexpr double highestHu = 1e5;
constexpr double smallestBodyMm3 = 1e6;
constexpr double smallestLungsMm3 = 100e3;
constexpr double smallestPartMm3 = 5e3;
constexpr double closingMm = 6;  ///< bridges vessels up to twice this wide
constexpr double emptyHu =
    -1000;  ///< of air, where there is no trachea to tell; inside a body it is often -950
constexpr std::size_t mostHoles = 10000;

std::int64_t voxelsOf(double volumeMm3, const Grid& grid) {
  return std::max<std::int64_t>(1, std::llround(volumeMm3 / grid.voxelVolumeMm3()));
}

/// On each side of each slice, what lies between the first and the last voxel of the body that touches it
/// becomes body.
void closeSides(Mask& body) {
  const Index3 dims = body.grid().dims;
  const auto closeLine = [&](int length, auto&& place) {
    int first = length;
    int last = -1;
    for (int n = 0; n < length; ++n)
      if (body.at(place(n))) {
        first = std::min(first, n);
        last = n;
      }
    for (int n = first; n < last; ++n) body.set(place(n), true);
  };
  for (int k = 0; k < dims.k; ++k) {
    for (const int i : {0, dims.i - 1}) closeLine(dims.j, [&](int n) { return Index3{i, n, k}; });
    for (const int j : {0, dims.j - 1}) closeLine(dims.i, [&](int n) { return Index3{n, j, k}; });
  }
}

/// The value below which that fraction of the mask's voxels lies.
double quantileHu(const WorkingVolume& working, const Mask& mask, double fraction) {
  const auto values = working.volume().values<float>();
  std::vector<float> inside;
  mask.forEach([&](Index3 at) { inside.push_back(values[working.grid().offset(at)]); });
  const auto at =
      inside.begin() + static_cast<std::ptrdiff_t>(fraction * static_cast<double>(inside.size() - 1));
  std::ranges::nth_element(inside, at);
  return *at;
}

/// The mean index along i: small is the patient's right.
double meanI(const Mask& mask) {
  double sum = 0;
  double count = 0;
  mask.forEach([&](Index3 at) {
    sum += at.i;
    ++count;
  });
  return sum / count;
}

/// The middle of the body at the height of the lungs.
double middleOf(const Mask& inside, const Mask& lungs) {
  Mask band = inside;
  const auto box = lungs.box();
  const Index3 dims = inside.grid().dims;
  const auto clear = [&](int low, int high) {
    band.paint({{0, 0, low}, {dims.i - 1, dims.j - 1, high}}, false, [](Index3) { return true; });
  };
  clear(0, box->low.k - 1);
  clear(box->high.k + 1, dims.k - 1);
  return meanI(band);
}

struct Seeds {
  Mask right;
  Mask left;
};

/// The two largest pieces, where they are of like size and lie on both sides.
std::optional<Seeds> twoSides(std::vector<Component> pieces, double middle) {
  if (pieces.size() < 2 || pieces[1].voxels * 4 < pieces[0].voxels) return std::nullopt;
  const double a = meanI(pieces[0].mask);
  const double b = meanI(pieces[1].mask);
  if ((a - middle) * (b - middle) >= 0) return std::nullopt;
  if (a > b) std::swap(pieces[0], pieces[1]);
  return Seeds{std::move(pieces[0].mask), std::move(pieces[1].mask)};
}

/// Divides the voxels of a mask at the body's middle.
Seeds halves(const Mask& mask, double middle) {
  Seeds sides{Mask(mask.grid()), Mask(mask.grid())};
  mask.forEach([&](Index3 at) { (at.i < middle ? sides.right : sides.left).set(at, true); });
  return sides;
}

/// Tells right from left: as they are where they do not touch; else by what remains of them when their bridge
/// is eroded.
Result<LungField> divide(const std::vector<Component>& parts, double middle, std::stop_token stop) {
  if (auto apart =
          twoSides({parts.begin(), parts.begin() + std::min<std::ptrdiff_t>(2, std::ssize(parts))}, middle)) {
    return LungField{std::move(apart->right), std::move(apart->left)};
  }
  const Mask& joined = parts[0].mask;
  Seeds sides = halves(joined, middle);
  const std::int64_t right = sides.right.count();
  if (right * 100 > parts[0].voxels * 88) return LungField{joined, Mask(joined.grid())};
  if (right * 100 < parts[0].voxels * 12) return LungField{Mask(joined.grid()), joined};
  for (const double radiusMm : {2.5, 5.0, 7.5, 10.0, 14.0}) {
    ATTEST_TRY(const Mask core, imaging::erode(joined, radiusMm, stop));
    ATTEST_TRY(auto pieces, imaging::components(core, parts[0].voxels / 40 + 1, 2, stop));
    const auto seeds = twoSides(std::move(pieces), middle);
    if (!seeds) continue;
    ATTEST_TRY(auto split, imaging::splitBySeeds(joined, seeds->right, seeds->left, stop));
    return LungField{std::move(split.first), std::move(split.second)};
  }
  return LungField{std::move(sides.right), std::move(sides.left), true};
}

/// Vessels and small lesions become lung: what a ball can not pass, and what the lung encloses on all sides.
/// (What it encloses in one slice may be the dome of the liver.)
Result<Mask> filled(const Mask& lung, std::stop_token stop) {
  if (lung.empty()) return lung;
  ATTEST_TRY(Mask closed, imaging::close(lung, closingMm, stop));
  const Index3 dims = lung.grid().dims;
  Mask everything(lung.grid());
  everything.paint({{}, dims}, true, [](Index3) { return true; });
  ATTEST_TRY(const auto others, imaging::components(minus(everything, closed), 1, mostHoles, stop));
  for (const Component& hole : others) {
    if (!hole.touchesSide && hole.box.low.k > 0 && hole.box.high.k < dims.k - 1) closed = closed | hole.mask;
  }
  return closed;
}

/// Gas in stomach and bowel that a thin diaphragm lets flow into the lung: as dark as air, and tissue around
/// it. A bulla has lung around it, an emphysema is not as dark.
Result<Mask> gasBelow(const WorkingVolume& working, const Mask& air, double airHu, Parallel& parallel,
                      std::stop_token stop) {
  constexpr double rimMm = 3.5;     // from the dark core to the wall
  constexpr double aroundMm = 6.5;  // within the wall, or past it
  constexpr double smallestMm3 = 3e3;
  ATTEST_TRY(const Mask dark, imaging::threshold(working.volume(), lowestHu, airHu + 20, parallel, stop));
  ATTEST_TRY(const Mask tissue, imaging::threshold(working.volume(), -500, highestHu, parallel, stop));
  ATTEST_TRY(const Mask core, imaging::open(dark & air, 5, stop));
  ATTEST_TRY(const auto pieces, imaging::components(core, voxelsOf(smallestMm3, working.grid()), 16, stop));
  Mask gas(working.grid());
  for (const Component& piece : pieces) {
    if (quantileHu(working, piece.mask, 0.5) > airHu + 10) continue;
    ATTEST_TRY(const Mask near, imaging::dilate(piece.mask, rimMm, stop));
    ATTEST_TRY(const Mask wide, imaging::dilate(piece.mask, aroundMm, stop));
    const Mask shell = minus(wide, near);
    if ((shell & tissue).count() * 2 > shell.count()) gas = gas | near;
  }
  return gas;
}

/// The air without that gas, and without the thin shells of it that its core does not reach; the lung beyond
/// the diaphragm is thicker than they are and stays.
Result<Mask> withoutGas(const Mask& air, const Mask& gas, std::stop_token stop) {
  constexpr double shellMm = 8;
  constexpr double thinMm = 3;
  if (gas.empty()) return air;
  const Mask rest = minus(air, gas);
  ATTEST_TRY(const Mask thick, imaging::open(rest, thinMm, stop));
  ATTEST_TRY(const Mask reach, imaging::dilate(gas, shellMm, stop));
  return minus(rest, minus(reach, thick));
}

}  // namespace

Result<Mask> insideOfBody(const WorkingVolume& working, Parallel& parallel, std::stop_token stop) {
  ATTEST_TRY(const Mask tissue, imaging::threshold(working.volume(), tissueHu, highestHu, parallel, stop));
  ATTEST_TRY(const Mask solid, imaging::open(tissue, 3, stop));
  ATTEST_TRY(auto largest, imaging::components(solid, voxelsOf(smallestBodyMm3, working.grid()), 1, stop));
  if (largest.empty()) return Mask(working.grid());
  closeSides(largest[0].mask);
  return imaging::fillHolesBySlice(largest[0].mask, stop);
}

Result<LungField> findLungs(const WorkingVolume& working, const Mask& inside, const Mask& airways,
                            Parallel& parallel, std::stop_token stop) {
  const Grid& grid = working.grid();
  const double voxelMm = std::max({grid.spacingMm.x, grid.spacingMm.y, grid.spacingMm.z});
  ATTEST_TRY(const Mask thin, imaging::threshold(working.volume(), lowestHu, lungEdgeHu, parallel, stop));
  ATTEST_TRY(const Mask walls, imaging::dilate(airways, voxelMm, stop));
  const Mask air = minus(thin & inside, walls);
  const double airHu = airways.empty() ? emptyHu : quantileHu(working, airways, 0.25);
  ATTEST_TRY(const Mask gas, gasBelow(working, air, airHu, parallel, stop));
  ATTEST_TRY(const Mask candidates, withoutGas(air, gas, stop));
  ATTEST_TRY(auto parts, imaging::components(candidates, voxelsOf(smallestPartMm3, grid), 16, stop));
  std::erase_if(parts, [&](const Component& part) {
    const double hu = quantileHu(working, part.mask, 0.5);
    return hu < -960 || hu > -500;
  });
  if (parts.empty() || parts[0].voxels < voxelsOf(smallestLungsMm3, grid)) {
    return fail(ErrorCode::unsupported, "nothing in the volume looks like a lung");
  }
  const double middle = middleOf(inside, parts[0].mask);
  ATTEST_TRY(LungField lungs, divide(parts, middle, stop));
  for (const Component& part : parts) {
    const bool known = !(part.mask & (lungs.right | lungs.left)).empty();
    const bool atLungHeight = part.box.high.k >= parts[0].box.low.k && part.box.low.k <= parts[0].box.high.k;
    if (known || !atLungHeight) continue;
    const bool small = part.voxels < voxelsOf(smallestLungsMm3, grid);  // gas in the gullet or the bowel
    if (small && quantileHu(working, part.mask, 0.1) < airHu + 35) continue;
    Mask& side = meanI(part.mask) < middle ? lungs.right : lungs.left;
    side = side | part.mask;
  }
  ATTEST_TRY(Mask right, filled(lungs.right, stop));
  ATTEST_TRY(Mask left, filled(lungs.left, stop));
  right = minus(right, lungs.left);
  left = minus(left, right);
  return LungField{std::move(right), std::move(left), lungs.cutAtMiddle};
}

}  // namespace attest::agents
