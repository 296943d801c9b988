#include <gtest/gtest.h>

#include <random>

#include "core/imaging/brush.h"
#include "core/imaging/outline.h"

namespace attest::imaging {
namespace {

Grid rotatedGrid() {
  const double c = std::cos(0.5);
  const double s = std::sin(0.5);
  return {{60, 50, 20}, {-20, 10, -70}, {0.8, 0.8, 3}, {Vec3{c, s, 0}, Vec3{-s, c, 0}, Vec3{0, 0, 1}}};
}

TEST(Brush, ADabIsADiscInItsSliceOnly) {
  const Grid grid = rotatedGrid();
  const Vec3 at = grid.toPatient(Vec3{30.2, 25.4, 7});
  const Mask mask = stroke(Mask(grid), at, at, {0, 0, 1}, 5, true);
  std::int64_t expected = 0;
  for (int j = 0; j < 50; ++j)
    for (int i = 0; i < 60; ++i) {
      const bool inside = length(grid.toPatient(Index3{i, j, 7}) - at) <= 5;
      EXPECT_EQ(mask.at({i, j, 7}), inside);
      expected += inside;
    }
  EXPECT_EQ(mask.count(), expected);
}

TEST(Brush, AStrokeIsTheSameAsItsDabsAndErasingTakesItBack) {
  const Grid grid = rotatedGrid();
  const Vec3 from = grid.toPatient(Vec3{10, 10, 3});
  const Vec3 to = grid.toPatient(Vec3{40, 35, 3});
  const Mask drawn = stroke(Mask(grid), from, to, {0, 0, 1}, 3, true);
  Mask dabs(grid);
  for (int n = 0; n <= 400; ++n) {
    const Vec3 at = from + n / 400.0 * (to - from);
    dabs = stroke(dabs, at, at, {0, 0, 1}, 3, true);
  }
  EXPECT_TRUE(minus(dabs, drawn).empty());
  EXPECT_LE(minus(drawn, dabs).count(), 2) << "a voxel on the very edge";
  EXPECT_TRUE(stroke(drawn, from, to, {0, 0, 1}, 3, false).empty());
}

TEST(Brush, BetweenTwoSliceCentresTheNearerOneIsPainted) {
  const Grid grid = rotatedGrid();
  const Vec3 at = grid.toPatient(Vec3{30, 25, 7.4});
  const Mask mask = stroke(Mask(grid), at, at, {0, 0, 1}, 1, true);
  ASSERT_TRUE(mask.box());
  EXPECT_EQ(mask.box()->low.k, 7);
  EXPECT_EQ(mask.box()->high.k, 7);
}

TEST(Brush, AnObliqueStrokeShowsWithoutHolesOnItsOwnPlane) {
  const Grid grid = rotatedGrid();
  const Vec3 normal = normalized({0.4, 0.3, 1});
  const Vec3 x = normalized(cross({0, 1, 0}, normal));
  const Vec3 y = cross(normal, x);
  const Vec3 center = grid.toPatient(Vec3{30, 25, 10});
  const Mask mask = stroke(Mask(grid), center, center, normal, 8, true);
  const Plane plane{center - 5.0 * x - 5.0 * y, 0.25 * x, 0.25 * y, 41, 41};
  for (const std::uint8_t pixel : maskOnPlane(mask, plane)) EXPECT_NE(pixel, 0);
}

TEST(Brush, OutsideTheGridNothingHappens) {
  const Grid grid = rotatedGrid();
  const Vec3 away = grid.toPatient(Vec3{500, 500, 3});
  EXPECT_TRUE(stroke(Mask(grid), away, away, {0, 0, 1}, 4, true).empty());
  EXPECT_TRUE(stroke(Mask(), away, away, {0, 0, 1}, 4, true).empty());
}

TEST(Brush, TouchesOnlyTheBlocksUnderIt) {
  const Grid grid{{256, 256, 64}, {}, {1, 1, 1}};
  Mask before(grid);
  before.paint({{0, 0, 0}, {255, 255, 63}}, true, [](Index3 at) { return (at.i + at.j + at.k) % 2 == 0; });
  const Mask after = stroke(before, {16, 16, 5}, {20, 16, 5}, {0, 0, 1}, 6, true);
  EXPECT_EQ(after.ownBlocks(before), 1U);
}

TEST(MaskOnPlane, AgreesWithTheNearestVoxelOnAnyPlane) {
  const Grid grid = rotatedGrid();
  std::mt19937 random(1);
  std::vector<std::uint8_t> dense(static_cast<std::size_t>(grid.voxels()));
  for (auto& voxel : dense) voxel = random() % 3 == 0;
  const Mask mask = Mask::fromDense(grid, dense);
  const Vec3 x = normalized({1, 0.4, 0.2});
  const Vec3 y = normalized(cross({0.3, 0, 1}, x));
  const Plane plane{grid.toPatient(Vec3{-3, -3, 8}), 0.613 * x, 0.587 * y, 90, 80};
  const auto pixels = maskOnPlane(mask, plane);
  std::size_t n = 0;
  for (int row = 0; row < plane.height; ++row)
    for (int column = 0; column < plane.width; ++column, ++n) {
      const Vec3 at = plane.originMm + static_cast<double>(column) * plane.stepXMm +
                      static_cast<double>(row) * plane.stepYMm;
      ASSERT_EQ(pixels[n] != 0, mask.at(grid.nearest(at))) << column << " " << row;
    }
}

TEST(MaskOnPlane, BorderPixelsAreThoseWithAnOutsideNeighbour) {
  const Grid grid{{10, 10, 1}, {}, {1, 1, 1}};
  Mask mask(grid);
  mask.paint({{0, 2, 0}, {6, 8, 0}}, true, [](Index3) { return true; });
  const auto pixels = maskOnPlane(mask, {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, 10, 10});
  const auto at = [&](int x, int y) {
    return static_cast<int>(pixels[static_cast<std::size_t>(y * 10 + x)]);
  };
  EXPECT_EQ(at(3, 5), 1);
  EXPECT_EQ(at(0, 5), 1) << "the edge of the picture is no border";
  EXPECT_EQ(at(6, 5), 2);
  EXPECT_EQ(at(3, 2), 2);
  EXPECT_EQ(at(7, 5), 0);
}

TEST(MaskOnPlane, EmptyMasksAndEmptyPlanes) {
  const Plane plane{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, 4, 3};
  EXPECT_EQ(maskOnPlane(Mask(), plane), std::vector<std::uint8_t>(12));
  EXPECT_TRUE(maskOnPlane(Mask(), {}).empty());
}

}  // namespace
}  // namespace attest::imaging
