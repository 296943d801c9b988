#include "core/imaging/phantom/phantom.h"

#include <numbers>

#include "core/imaging/measure.h"
#include "core/imaging/phantom/anatomy.h"
#include "core/imaging/phantom/blur.h"
#include "core/imaging/phantom/lesions.h"
#include "core/imaging/phantom/paint.h"
#include "core/imaging/phantom/subdivide.h"

namespace attest::imaging::phantom {
namespace {

constexpr double airHu = -1000;
constexpr double lungHu = -850;
constexpr double vesselHu = 42;
constexpr double airwayWallHu = 0;
constexpr double lumenHu = -985;
constexpr Vec3 fieldMm{358.4, 358.4, 310};
constexpr int mostVoxels = 1024;
constexpr int slabSlices = 16;
constexpr int truthSamples = 40;       // of a lesion's reach
constexpr double clearPatient = 0.94;  // as large as the other one
constexpr double lowest = -1024;       // what a stored value of 0 means
constexpr double highest = 3071;

/// The middle of the grid of each study, LPS: scans have origins of their own.
Vec3 middleOf(Study study) {
  switch (study) {
    case Study::prior:
      return {-7.5, 16, 85};
    case Study::clear:
      return {2, -160, -420};
    case Study::current:
      break;
  }
  return {4.5, -12, -160};
}

/// A turn about z, then about x, in degrees.
RigidTransform turned(double aboutZ, double aboutX, Vec3 shiftMm) {
  const double z = aboutZ * std::numbers::pi / 180;
  const double x = aboutX * std::numbers::pi / 180;
  const double cz = std::cos(z);
  const double sz = std::sin(z);
  const double cx = std::cos(x);
  const double sx = std::sin(x);
  return {{cz, -sz, 0, cx * sz, cx * cz, -sx, sx * sz, sx * cz, cx}, shiftMm};
}

/// How the patient lies on the table.
Placement placementOf(Study study) {
  const Vec3 middle = middleOf(study);
  if (study == Study::prior) return {turned(3.2, -2.1, middle + Vec3{5, -3, 7}), 1};
  if (study == Study::clear) return {turned(-1.5, 1, middle + Vec3{-3, 2, 0}), clearPatient};
  return {turned(0, 0, middle), 1};
}

Result<Grid> gridOf(const Options& options) {
  Grid grid;
  const Vec3 spacing = options.spacingMm;
  for (const double one : {spacing.x, spacing.y, spacing.z})
    if (!(one > 0) || !(one < 50))
      return fail(ErrorCode::bad_argument, "a spacing of a phantom is 0 to 50 mm");
  if (!(options.pointSpreadFwhmMm > 0) || !(options.noiseHu >= 0))
    return fail(ErrorCode::bad_argument,
                "the point spread of a phantom is above 0 mm, its noise not below 0 HU");
  const auto count = [](double field, double step) { return std::floor(field / step + 1e-6); };
  const Vec3 counts{count(fieldMm.x, spacing.x), count(fieldMm.y, spacing.y), count(fieldMm.z, spacing.z)};
  if (std::max({counts.x, counts.y, counts.z}) > mostVoxels)
    return fail(ErrorCode::bad_argument, "a phantom has at most 1024 voxels along an axis");
  grid.dims = {static_cast<int>(counts.x), static_cast<int>(counts.y), static_cast<int>(counts.z)};
  grid.spacingMm = spacing;
  grid.originMm = middleOf(options.study) - 0.5 * Vec3{(counts.x - 1) * spacing.x, (counts.y - 1) * spacing.y,
                                                       (counts.z - 1) * spacing.z};
  return grid;
}

/// The voxels whose centre lies inside; `distance` is in the body's own frame.
template <class Distance>
Result<Mask> maskOf(const Grid& grid, const Placement& placement, const Distance& distance,
                    const std::stop_token& stop) {
  constexpr int slab = Mask::edge;
  const RigidTransform toBody = placement.toPatient.inverse();
  Mask mask(grid);
  const auto at = [&](Vec3 index) {
    return placement.scale * distance((1 / placement.scale) * toBody(grid.toPatient(index)));
  };
  const auto whole = [&](Index3 low, Index3 high) {
    mask.paint({low, high}, true, [](Index3) { return true; });
  };
  const auto edge = [&](Index3 voxel, double d) {
    if (d < 0) mask.set(voxel, true);
  };
  for (int k = 0; k < grid.dims.k; k += slab) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled);
    subdivide(grid, {0, 0, k}, {grid.dims.i - 1, grid.dims.j - 1, std::min(k + slab, grid.dims.k) - 1}, 0, at,
              whole, edge);
  }
  return mask;
}

/// What is in the lung of a lesion, on voxels so small that their edges do not count.
Result<Nodule> noduleOf(const Lesion& lesion, const Placement& placement, const std::stop_token& stop) {
  const double step = placement.scale * reach(lesion) / truthSamples;
  const int edge = 2 * truthSamples + 3;
  const double half = step * (edge - 1) / 2;
  const Grid fine{.dims = {edge, edge, edge},
                  .originMm = placement(lesion.center) - Vec3{half, half, half},
                  .spacingMm = {step, step, step}};
  const auto inLung = [&](Vec3 p) {
    const double d = distance(p, lesion);
    return lesion.atPleura ? std::max(d, lungDistance(p, *lesion.atPleura)) : d;
  };
  ATTEST_TRY(const Mask mask, maskOf(fine, placement, inLung, stop));
  const Measurement measured = measure(mask, nullptr);
  return Nodule{.name = lesion.name,
                .kind = lesion.kind,
                .hu = attenuationHu(lesion.kind),
                .centerMm = measured.centroidMm,
                .volumeMm3 = measured.volumeMm3,
                .diameterMm = std::cbrt(6 * measured.volumeMm3 / std::numbers::pi),
                .longestMm = measured.longestMm.value_or(0),
                .perpendicularMm = measured.perpendicularMm.value_or(0),
                .touchesPleura = lesion.atPleura.has_value(),
                .touchesVessel = lesion.atVessel};
}

void addTubes(Layer& layer, const std::vector<Tree>& trees, double widerBy, double widerPart) {
  for (const Tree& tree : trees)
    for (const Branch& branch : tree) {
      layer.tubes.push_back(tube(branch));
      layer.tubes.back().fromRadius += widerBy + widerPart * branch.radius;
      layer.tubes.back().toRadius = layer.tubes.back().fromRadius;
    }
}

/// The lungs and what branches in them; the lumen comes last, so that airways stay open where vessels cross.
void addLungs(std::vector<Layer>& layers, const Trees& trees) {
  Layer lungs{lungHu, {}, {}};
  for (const Side side : bothSides)
    lungs.solids.push_back({lungBounds(side), [side](Vec3 p) { return lungDistance(p, side); }});
  Layer walls{airwayWallHu, {}, largeAirways()};
  for (Tube& large : walls.tubes) {
    large.fromRadius += 1.6;
    large.toRadius += 1.6;
  }
  addTubes(walls, trees.airways, 0.35, 0.15);
  Layer vessels{vesselHu, {}, {}};
  addTubes(vessels, trees.arteries, 0, 0);
  addTubes(vessels, trees.veins, 0, 0);
  Layer lumen{lumenHu, {}, largeAirways()};
  addTubes(lumen, trees.airways, 0, 0);
  for (Layer* layer : {&lungs, &walls, &vessels, &lumen}) layers.push_back(std::move(*layer));
}

std::vector<Layer> layersOf(const Patient& patient) {
  std::vector<Layer> layers = bodyLayers();
  addLungs(layers, patient.trees);
  for (const Lesion& lesion : patient.lesions) {
    const double around = reach(lesion);
    const Vec3 half{around, around, around};
    layers.push_back({attenuationHu(lesion.kind),
                      {{{lesion.center - half, lesion.center + half},
                        [&lesion](Vec3 p) { return distance(p, lesion); },
                        true}},
                      {}});
  }
  return layers;
}

class Scanner {
 public:
  Scanner(const Options& options, const Grid& grid, const std::vector<Layer>& layers)
      : options_(options),
        grid_(grid),
        layers_(layers),
        placement_(placementOf(options.study)),
        spread_(pointSpread(options.pointSpreadFwhmMm, grid.spacingMm)) {}

  void scan(int first, int slices, std::span<std::int16_t> out, const std::stop_token& stop) const {
    const int reach = spread_.reach(spread_.k);
    Canvas canvas(grid_, first - reach, slices + 2 * reach, airHu);
    canvas.paint(table(), {turned(0, 0, middleOf(options_.study)), 1}, stop);
    for (const Layer& layer : layers_) canvas.paint(layer, placement_, stop);
    const double deviation = options_.noiseHu / spread_.ofWhiteNoise();
    for (int n = 0; n < slices + 2 * reach && !stop.stop_requested(); ++n) {
      const auto number = static_cast<std::uint64_t>(first - reach + n);
      const std::uint64_t study = Random::mixed(options_.seed + static_cast<std::uint64_t>(options_.study));
      addWhiteNoise(canvas.slice(n), deviation, Random::mixed(study ^ number));
      blurInPlane(canvas.slice(n), grid_.dims.i, grid_.dims.j, spread_);
    }
    if (!stop.stop_requested()) blurThrough(canvas, slices, out);
  }

 private:
  void blurThrough(Canvas& canvas, int slices, std::span<std::int16_t> out) const {
    const std::size_t area = canvas.slice(0).size();
    std::vector<float> sums(area);
    for (int n = 0; n < slices; ++n) {
      std::ranges::fill(sums, 0.0F);
      for (std::size_t w = 0; w < spread_.k.size(); ++w) {
        const auto slice = canvas.slice(n + static_cast<int>(w));
        for (std::size_t at = 0; at < area; ++at) sums[at] += spread_.k[w] * slice[at];
      }
      const auto to = out.subspan(static_cast<std::size_t>(n) * area, area);
      for (std::size_t at = 0; at < area; ++at)
        to[at] = static_cast<std::int16_t>(
            std::lround(std::clamp(sums[at], static_cast<float>(lowest), static_cast<float>(highest))));
    }
  }

  const Options& options_;
  const Grid& grid_;
  const std::vector<Layer>& layers_;
  Placement placement_;
  PointSpread spread_;
};

Result<VolumePtr> scan(const Options& options, const Grid& grid, const Patient& patient, Parallel& parallel,
                       const std::stop_token& stop) {
  const std::vector<Layer> layers = layersOf(patient);
  const Scanner scanner(options, grid, layers);
  auto volume = std::make_shared<Volume>(grid, PixelType::int16, Unit::hu);
  const auto values = volume->writable<std::int16_t>();
  const std::size_t area = grid.offset({0, 0, 1});
  parallel.forEach(static_cast<std::size_t>(grid.dims.k), slabSlices, stop,
                   [&](std::size_t begin, std::size_t end) {
                     scanner.scan(static_cast<int>(begin), static_cast<int>(end - begin),
                                  values.subspan(begin * area, (end - begin) * area), stop);
                   });
  if (stop.stop_requested()) return fail(ErrorCode::cancelled);
  return volume;
}

Result<Truth> truthOf(const Grid& grid, const Patient& patient, Study study, const std::stop_token& stop) {
  const Placement placement = placementOf(study);
  Truth truth;
  for (const Lesion& lesion : patient.lesions) {
    ATTEST_TRY(auto nodule, noduleOf(lesion, placement, stop));
    truth.nodules.push_back(std::move(nodule));
  }
  const auto lung = [](Side side) { return [side](Vec3 p) { return lungDistance(p, side); }; };
  ATTEST_TRY(truth.rightLung, maskOf(grid, placement, lung(Side::right), stop));
  ATTEST_TRY(truth.leftLung, maskOf(grid, placement, lung(Side::left), stop));
  const RigidTransform currentToBody = placementOf(Study::current).toPatient.inverse();
  truth.fromCurrent = placement.toPatient;
  truth.fromCurrent.translationMm = placement.toPatient(currentToBody({}));
  return truth;
}

}  // namespace

Result<Truth> makeTruth(const Options& options, std::stop_token stop) {
  ATTEST_TRY(const Grid grid, gridOf(options));
  return truthOf(grid, makePatient(options.study, options.seed), options.study, stop);
}

Result<Chest> makeChest(const Options& options, Parallel& parallel, std::stop_token stop) {
  ATTEST_TRY(const Grid grid, gridOf(options));
  const Patient patient = makePatient(options.study, options.seed);
  Chest chest;
  ATTEST_TRY(chest.truth, truthOf(grid, patient, options.study, stop));
  ATTEST_TRY(chest.volume, scan(options, grid, patient, parallel, stop));
  return chest;
}

}  // namespace attest::imaging::phantom
