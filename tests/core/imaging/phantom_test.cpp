#include "core/imaging/phantom/phantom.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numbers>
#include <numeric>

#include "core/imaging/measure.h"
#include "core/imaging/phantom/anatomy.h"
#include "core/imaging/phantom/blur.h"
#include "core/imaging/phantom/paint.h"
#include "core/imaging/phantom/tree.h"

namespace attest::imaging::phantom {
namespace {

constexpr double sigmaOfFwhm = 0.424661;

const Chest& chest() {
  static const Chest made = [] {
    Serial serial;
    return *makeChest({.spacingMm = {1.4, 1.4, 2}}, serial, {});
  }();
  return made;
}

/// As coarse as what is asked of it allows.
const Chest& coarseChest() {
  static const Chest made = [] {
    Serial serial;
    return *makeChest({.spacingMm = {3, 3, 4}}, serial, {});
  }();
  return made;
}

/// Of a grid so coarse that only the lesions take time.
const Truth& truth(Study study) {
  static std::map<Study, Truth> known;
  if (!known.contains(study)) known[study] = *makeTruth({.study = study, .spacingMm = {5, 5, 8}}, {});
  return known[study];
}
const Nodule* find(const std::vector<Nodule>& nodules, const std::string& name) {
  const auto at = std::ranges::find(nodules, name, &Nodule::name);
  return at == nodules.end() ? nullptr : &*at;
}

double meanAround(const Volume& volume, Vec3 centerMm, int reach) {
  const Index3 at = volume.grid().nearest(centerMm);
  double sum = 0;
  for (int k = -reach; k <= reach; ++k)
    for (int j = -reach; j <= reach; ++j)
      for (int i = -reach; i <= reach; ++i) sum += volume.at({at.i + i, at.j + j, at.k + k});
  return sum / std::pow(2 * reach + 1, 3);
}

TEST(Phantom, HasTheNodulesOfTheDemonstration) {
  const auto& current = chest().truth.nodules;
  ASSERT_EQ(current.size(), 8U);
  EXPECT_NEAR(current.front().diameterMm, 4, 0.3);
  EXPECT_NEAR(std::ranges::max(current, {}, &Nodule::diameterMm).diameterMm, 25, 0.5);
  EXPECT_EQ(std::ranges::count(current, NoduleKind::ground_glass, &Nodule::kind), 1);
  EXPECT_EQ(std::ranges::count(current, true, &Nodule::touchesPleura), 2);
  EXPECT_EQ(std::ranges::count(current, true, &Nodule::touchesVessel), 1);
  const Grid& grid = chest().volume->grid();
  for (const Nodule& nodule : current) {
    const double part = meanAround(*chest().volume, nodule.centerMm, nodule.diameterMm > 9 ? 1 : 0);
    EXPECT_NEAR(part, nodule.hu, nodule.diameterMm > 9 ? 30 : 650) << nodule.name;
    const bool inLung = chest().truth.rightLung.at(grid.nearest(nodule.centerMm)) ||
                        chest().truth.leftLung.at(grid.nearest(nodule.centerMm));
    EXPECT_TRUE(inLung) << nodule.name;
    EXPECT_GE(nodule.longestMm, nodule.perpendicularMm);
    EXPECT_NEAR(nodule.longestMm, nodule.diameterMm, 0.12 * nodule.diameterMm) << nodule.name;
  }
}

TEST(Phantom, ThePriorKnowsTheSameLesionsElsewhere) {
  const auto& current = chest().truth.nodules;
  const auto& prior = truth(Study::prior).nodules;
  const RigidTransform& fromCurrent = truth(Study::prior).fromCurrent;
  EXPECT_EQ(find(prior, "n3"), nullptr);    // new
  EXPECT_EQ(find(current, "n9"), nullptr);  // resolved
  ASSERT_NE(find(prior, "n9"), nullptr);
  const std::map<std::string, double> growth{{"n1", 1}, {"n2", 1},   {"n4", 1.7}, {"n5", 1.35},
                                             {"n6", 2}, {"n7", 0.7}, {"n8", 1}};
  for (const auto& [name, factor] : growth) {
    const Nodule* now = find(current, name);
    const Nodule* then = find(prior, name);
    ASSERT_TRUE(now != nullptr && then != nullptr) << name;
    EXPECT_NEAR(now->volumeMm3 / then->volumeMm3, factor, 0.05 * factor) << name;
    // A lesion at the pleura grows away from it.
    const double far = length(fromCurrent(now->centerMm) - then->centerMm);
    EXPECT_LT(far, now->touchesPleura ? 1.2 : 0.3) << name;
  }
  EXPECT_GT(length(fromCurrent({}) - Vec3{}), 20);  // scans have origins of their own
  EXPECT_TRUE(truth(Study::clear).nodules.empty());
}

TEST(Phantom, VolumesAreThoseOfTheVoxels) {
  // What is brighter than the lung, blur or not, adds up to the volume of the nodule; noise is as often
  // darker.
  for (const char* name : {"n3", "n6", "n7"}) {
    const Nodule& nodule = *find(chest().truth.nodules, name);
    const Volume& volume = *chest().volume;
    const Index3 at = volume.grid().nearest(nodule.centerMm);
    const int reach = static_cast<int>(nodule.longestMm / 2) + 2;
    double sum = 0;
    for (int k = -reach; k <= reach; ++k)
      for (int j = -reach; j <= reach; ++j)
        for (int i = -reach; i <= reach; ++i) {
          const Index3 voxel{at.i + i, at.j + j, at.k + k};
          const double far = length(volume.grid().toPatient(voxel) - nodule.centerMm);
          if (far < reach) sum += (volume.at(voxel) + 850) / (nodule.hu + 850);
        }
    EXPECT_NEAR(sum * volume.grid().voxelVolumeMm3(), nodule.volumeMm3, 0.04 * nodule.volumeMm3) << name;
  }
}

TEST(Phantom, LooksLikeAChest) {
  const Volume& volume = *chest().volume;
  const Mask lungs = chest().truth.rightLung | chest().truth.leftLung;
  const double litres = static_cast<double>(lungs.count()) * volume.grid().voxelVolumeMm3() / 1e6;
  EXPECT_GT(litres, 3.5);
  EXPECT_LT(litres, 7);
  EXPECT_TRUE((chest().truth.rightLung & chest().truth.leftLung).empty());
  EXPECT_LT(measure(chest().truth.rightLung, nullptr).centroidMm.x, 0);  // LPS: the right one has the lower x
  const auto values = measure(lungs, &volume).values;
  ASSERT_TRUE(values);
  EXPECT_LT(values->mean, -760);  // air with vessels in it
  EXPECT_GT(values->mean, -850);
  EXPECT_NEAR(meanAround(volume, Vec3{4.5, -12, -160} + Vec3{18, -26, -42}, 3), 42, 5);   // heart
  EXPECT_NEAR(meanAround(volume, Vec3{4.5, -12, -160} + Vec3{-1, 9, 110}, 1), -985, 20);  // trachea
}

TEST(Phantom, NoiseHasTheDeviationAndCorrelationThatItSays) {
  const Options options{.spacingMm = {0.7, 0.7, 1}};
  const PointSpread spread = pointSpread(options.pointSpreadFwhmMm, options.spacingMm);
  constexpr int edge = 200;
  std::vector<float> noise(edge * edge);
  addWhiteNoise(noise, 25 / spread.ofWhiteNoise(), 7);
  blurInPlane(noise, edge, edge, {spread.i, spread.j, {1}});
  const double inSlice = PointSpread{spread.i, spread.j, {1}}.ofWhiteNoise() / spread.ofWhiteNoise() * 25;
  double squares = 0;
  double beside = 0;
  int count = 0;
  for (int j = 8; j < edge - 8; ++j)
    for (int i = 8; i < edge - 8; ++i, ++count) {
      const double value = noise[static_cast<std::size_t>(j * edge + i)];
      squares += value * value;
      beside += value * noise[static_cast<std::size_t>(j * edge + i + 1)];
    }
  EXPECT_NEAR(std::sqrt(squares / count), inSlice, 0.05 * inSlice);
  const double sigma = 1.2 * sigmaOfFwhm / 0.7;
  EXPECT_NEAR(beside / squares, std::exp(-1 / (4 * (sigma * sigma - 1.0 / 12))), 0.06);
}

TEST(Phantom, TheNoiseOfTheImageIsTheOneAskedFor) {
  Serial serial;
  const auto quiet = makeChest({.spacingMm = {3, 3, 4}, .noiseHu = 0}, serial, {});
  ASSERT_TRUE(quiet);
  double sum = 0;
  double squares = 0;
  int count = 0;
  const auto values = coarseChest().volume->values<std::int16_t>();
  const auto without = quiet->volume->values<std::int16_t>();
  for (std::size_t n = 0; n < values.size(); ++n) {
    if (without[n] < -900) continue;  // stored values end at -1024
    const double difference = values[n] - without[n];
    sum += difference;
    squares += difference * difference;
    ++count;
  }
  EXPECT_NEAR(sum / count, 0, 0.2);
  EXPECT_NEAR(std::sqrt(squares / count), 25, 0.4);
}

TEST(Phantom, ThePointSpreadIsTheOneAskedFor) {
  for (const Vec3 spacing : {Vec3{0.7, 0.7, 1}, Vec3{0.5, 0.9, 1.2}}) {
    const PointSpread spread = pointSpread(1.2, spacing);
    const auto variance = [](const std::vector<float>& weights, double step) {
      const auto reach = static_cast<double>(weights.size() / 2);
      double sum = 1.0 / 12;  // of the voxel's own box
      for (std::size_t n = 0; n < weights.size(); ++n)
        sum += weights[n] * std::pow(static_cast<double>(n) - reach, 2);
      return sum * step * step;
    };
    const double wanted = std::pow(1.2 * sigmaOfFwhm, 2);
    EXPECT_NEAR(variance(spread.i, spacing.x), wanted, 0.01 * wanted);
    EXPECT_NEAR(variance(spread.j, spacing.y), wanted, 0.01 * wanted);
    EXPECT_NEAR(variance(spread.k, spacing.z), wanted, 0.01 * wanted);
  }
}

TEST(Phantom, ATubeHasItsOwnVolumeHoweverThin) {
  const Grid grid{.dims = {40, 40, 60}, .originMm = {}, .spacingMm = {0.7, 0.7, 1}};
  for (const double radius : {0.25, 0.5, 1.0, 3.0}) {
    Canvas canvas(grid, 0, grid.dims.k, 0);
    Layer layer{1, {}, {{{13.3, 12.9, -10}, {15.1, 14.2, 80}, radius, radius}}};
    canvas.paint(layer, {}, {});
    double sum = 0;
    for (int k = 10; k < 50; ++k)
      for (const float value : canvas.slice(k)) sum += static_cast<double>(value) * 0.7 * 0.7;
    const double slant = length(Vec3{1.8, 1.3, 90}) / 90;
    EXPECT_NEAR(sum / 40, std::numbers::pi * radius * radius * slant,
                0.06 * std::numbers::pi * radius * radius)
        << radius;
  }
}

TEST(Phantom, BranchesFillTheLungAndFollowMurraysLaw) {
  const Trees trees = growTrees(1);
  for (std::size_t side = 0; side < 2; ++side) {
    const Tree& tree = trees.arteries[side];
    EXPECT_GT(tree.size(), 5000U);
    int outside = 0;
    for (const Branch& branch : tree)
      if (branch.parent >= 0 && branch.radius < 4 && lungDistance(branch.to, bothSides[side]) > 0) ++outside;
    EXPECT_LT(outside, static_cast<int>(tree.size()) / 100);
  }
  std::vector<Vec3> places;
  for (int n = 0; n < 64; ++n) places.push_back({10.0 * (n % 4), 10.0 * (n / 4 % 4), 10.0 * (n / 16)});
  const Tree tree = grow({-20, 15, 15}, places, 0.5);
  std::vector<double> ofChildren(tree.size());
  for (const Branch& branch : tree)
    if (branch.parent >= 0) ofChildren[static_cast<std::size_t>(branch.parent)] += std::pow(branch.radius, 3);
  for (std::size_t n = 0; n < tree.size(); ++n)
    if (ofChildren[n] > 0) {
      EXPECT_NEAR(ofChildren[n], std::pow(tree[n].radius, 3), 1e-6);
    }
}

/// Several pieces from the last to the first, as another machine may take them.
class Backwards final : public Parallel {
 public:
  void forEach(std::size_t count, std::size_t grain, std::stop_token stop,
               const std::function<void(std::size_t, std::size_t)>& body) override {
    for (std::size_t piece = (count + grain - 1) / grain; piece-- > 0 && !stop.stop_requested();)
      body(piece * grain, std::min(count, (piece + 1) * grain));
  }
};

TEST(Phantom, TheSameSeedGivesTheSameVoxels) {
  Serial serial;
  Backwards backwards;
  const auto same = [](const Chest& a, const Chest& b) {
    return std::ranges::equal(a.volume->values<std::int16_t>(), b.volume->values<std::int16_t>());
  };
  EXPECT_TRUE(same(coarseChest(), *makeChest({.spacingMm = {3, 3, 4}}, backwards, {})));
  EXPECT_FALSE(same(coarseChest(), *makeChest({.seed = 2, .spacingMm = {3, 3, 4}}, serial, {})));
}

TEST(Phantom, RefusesAGridThatIsNone) {
  Serial serial;
  for (const Vec3 spacing : {Vec3{0, 1, 1}, Vec3{1, -1, 1}, Vec3{1, 1, std::nan("")}, Vec3{0.1, 1, 1}}) {
    const auto made = makeChest({.spacingMm = spacing}, serial, {});
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::bad_argument);
  }
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(makeChest({.spacingMm = {3, 3, 4}}, serial, stop.get_token()).error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace attest::imaging::phantom
