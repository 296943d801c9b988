#include "core/imaging/registration.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "core/imaging/coarse.h"
#include "tests/support/load_ct.h"
#include "tests/support/phantom.h"
#include "tests/support/real_data.h"

namespace attest::imaging {
namespace {

constexpr double degree = std::numbers::pi / 180;

/// Turns about x, then y, then z, around `middle`, then a shift.
RigidTransform turnAndShift(Vec3 degrees, Vec3 shiftMm, Vec3 middle) {
  const double cx = std::cos(degrees.x * degree), sx = std::sin(degrees.x * degree);
  const double cy = std::cos(degrees.y * degree), sy = std::sin(degrees.y * degree);
  const double cz = std::cos(degrees.z * degree), sz = std::sin(degrees.z * degree);
  RigidTransform turn{{cz * cy, cz * sy * sx - sz * cx, cz * sy * cx + sz * sx, sz * cy,
                       sz * sy * sx + cz * cx, sz * sy * cx - cz * sx, -sy, cy * sx, cy * cx},
                      {}};
  turn.translationMm = middle - turn(middle) + shiftMm;
  return turn;
}

Vec3 middleOf(const Grid& grid) {
  return grid.toPatient(Vec3{(grid.dims.i - 1) / 2.0, (grid.dims.j - 1) / 2.0, (grid.dims.k - 1) / 2.0});
}

/// The patient as they lay earlier: a point p of `grid` shows what is at toCurrent(p) in `current`, with
/// noise of its own; air where that was not imaged.
VolumePtr earlierOf(const Volume& current, const RigidTransform& toCurrent, const Grid& grid,
                    double noise = 0) {
  Coarse fine{current.grid(), std::vector<float>(static_cast<std::size_t>(current.grid().voxels())), -1000,
              0};
  visit(current, [&](auto values) {
    std::ranges::transform(values, fine.values.begin(),
                           [](auto value) { return static_cast<float>(toDouble(value)); });
  });
  const IndexMap index = fine.fromPatient();
  auto moved = std::make_shared<Volume>(grid, PixelType::int16, Unit::hu);
  std::mt19937 random(7);
  std::normal_distribution<double> gauss(0, 1);
  std::size_t n = 0;
  const auto values = moved->writable<std::int16_t>();
  for (int k = 0; k < grid.dims.k; ++k)
    for (int j = 0; j < grid.dims.j; ++j)
      for (int i = 0; i < grid.dims.i; ++i) {
        const double value = fine.at(index(toCurrent(grid.toPatient(Index3{i, j, k}))));
        values[n++] = static_cast<std::int16_t>(
            std::lround((std::isnan(value) ? -1000 : value) + (noise > 0 ? noise * gauss(random) : 0)));
      }
  return moved;
}

/// A grid of that spacing around what `toCurrent` takes into the middle of `current`, so much smaller that it
/// stays inside.
Grid gridAround(const Grid& current, const RigidTransform& toCurrent, Vec3 spacingMm) {
  Grid grid = current;
  const auto voxels = [](int n, double from, double to) { return static_cast<int>(0.82 * n * from / to); };
  grid.dims = {voxels(current.dims.i, current.spacingMm.x, spacingMm.x),
               voxels(current.dims.j, current.spacingMm.y, spacingMm.y),
               voxels(current.dims.k, current.spacingMm.z, spacingMm.z)};
  grid.spacingMm = spacingMm;
  grid.originMm = {};
  const Vec3 middle = toCurrent.inverse()(middleOf(current));
  grid.originMm = middle - middleOf(grid);
  return grid;
}

double degreesApart(const RigidTransform& a, const RigidTransform& b) {
  double trace = 0;
  for (std::size_t n = 0; n < 9; ++n) trace += a.rotation[n] * b.rotation[n];
  return std::acos(std::clamp((trace - 1) / 2, -1.0, 1.0)) / degree;
}

void expectFound(const Volume& current, const RigidTransform& truth, Vec3 spacingMm, bool sameFrame = false) {
  const Grid grid = gridAround(current.grid(), truth, spacingMm);
  const VolumePtr earlier = earlierOf(current, truth, grid, 20);
  const auto found = registerRigid(*earlier, current, sameFrame, {});
  ASSERT_TRUE(found) << found.error().detail;
  const Vec3 middle = middleOf(grid);
  EXPECT_LT(length(found->toCurrent(middle) - truth(middle)), 1.0);
  EXPECT_LT(degreesApart(found->toCurrent, truth), 0.5);
  EXPECT_LT(found->errorMm, 2.0);
}

TEST(Registration, findsTurnsAndShiftsOfThePhantom) {
  const auto phantom = attest::test::makeChestPhantom();
  const Vec3 middle = middleOf(phantom.grid);
  expectFound(*phantom.volume, turnAndShift({}, {12, -7, 9}, middle), {2.7, 2.7, 4}, true);
  expectFound(*phantom.volume, turnAndShift({5, -4, 8}, {25, -18, 14}, middle), {2.2, 2.2, 5});
  expectFound(*phantom.volume, turnAndShift({-2, 3, -6}, {-140, 260, 1234.5}, middle), {3, 3, 3});
}

TEST(Registration, findsTurnsAndShiftsOfARealChest) {
  const auto folder = attest::test::realData("ct-chest-248");
  if (!folder) GTEST_SKIP() << "ct-chest-248 is not on this machine";
  const auto whole = attest::test::loadLargest(*folder);
  ASSERT_TRUE(whole) << whole.error().detail;
  const VolumePtr current = attest::test::thinned(**whole, {2, 2, 2});  // still finer than what is compared
  const Vec3 middle = middleOf(current->grid());
  expectFound(*current, turnAndShift({3, -2, 6}, {18, 12, -430}, middle), {2, 2, 2.5});
  const RigidTransform prone = turnAndShift({0, 0, 180}, {}, middle);
  const auto earlier = earlierOf(*current, prone, gridAround(current->grid(), prone, {2.8, 2.8, 4}));
  EXPECT_EQ(registerRigid(*earlier, *current, false, {}).error().code, ErrorCode::unsupported);
}

TEST(Registration, findsAPartInTheWhole) {
  const auto phantom = attest::test::makeChestPhantom();
  const RigidTransform truth = turnAndShift({2, 0, -3}, {5, 5, 700}, middleOf(phantom.grid));
  Grid part = gridAround(phantom.grid, truth, {2.7, 2.7, 4});
  part.originMm.z += 15 * 4.0;
  part.dims.k = 36;
  const auto found = registerRigid(*earlierOf(*phantom.volume, truth, part, 20), *phantom.volume, false, {});
  ASSERT_TRUE(found) << found.error().detail;
  EXPECT_LT(length(found->toCurrent(middleOf(part)) - truth(middleOf(part))), 1.0);
  EXPECT_LT(degreesApart(found->toCurrent, truth), 0.5);
}

TEST(Registration, givesTheSameAnswerEachTime) {
  const auto phantom = attest::test::makeChestPhantom();
  const RigidTransform truth = turnAndShift({1, 2, 3}, {4, 5, 6}, middleOf(phantom.grid));
  const auto earlier = earlierOf(*phantom.volume, truth, gridAround(phantom.grid, truth, {2.7, 2.7, 4}), 20);
  const auto once = registerRigid(*earlier, *phantom.volume, false, {});
  const auto twice = registerRigid(*earlier, *phantom.volume, false, {});
  ASSERT_TRUE(once && twice);
  EXPECT_EQ(once->toCurrent, twice->toCurrent);
  EXPECT_EQ(once->errorMm, twice->errorMm);
}

VolumePtr noise(const Grid& grid, Unit unit = Unit::hu) {
  auto volume = std::make_shared<Volume>(grid, PixelType::int16, unit);
  std::mt19937 random(3);
  for (auto& value : volume->writable<std::int16_t>()) value = static_cast<std::int16_t>(random() % 900);
  return volume;
}

TEST(Registration, neverGuesses) {
  const auto phantom = attest::test::makeChestPhantom();
  const Volume& chest = *phantom.volume;
  Grid flat = phantom.grid;
  flat.dims.k = 2;
  const Volume air(phantom.grid, PixelType::int16, Unit::hu);
  Volume colour(phantom.grid, PixelType::rgb24, Unit::none);
  EXPECT_EQ(registerRigid(*noise(flat), chest, false, {}).error().code, ErrorCode::bad_geometry);
  EXPECT_EQ(registerRigid(colour, chest, false, {}).error().code, ErrorCode::bad_geometry);
  for (const bool sameFrame : {false, true}) {
    EXPECT_EQ(registerRigid(*noise(phantom.grid), chest, sameFrame, {}).error().code, ErrorCode::unsupported);
    EXPECT_EQ(registerRigid(air, chest, sameFrame, {}).error().code, ErrorCode::unsupported);
  }
  const RigidTransform elsewhere = turnAndShift({}, {0, 0, 5000}, {});
  const auto away = earlierOf(chest, elsewhere, gridAround(phantom.grid, elsewhere, {2.7, 2.7, 4}));
  EXPECT_EQ(registerRigid(*away, chest, true, {}).error().code, ErrorCode::unsupported)
      << "one frame of reference, and nothing in common";
}

TEST(Registration, answersAStop) {
  const auto phantom = attest::test::makeChestPhantom();
  std::stop_source stop;
  stop.request_stop();
  const auto stopped = registerRigid(*phantom.volume, *phantom.volume, false, stop.get_token());
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace attest::imaging
