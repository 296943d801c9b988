#include <array>
#include <cmath>

#include "tests/core/workflow/home.h"

namespace attest::workflow::test {
namespace {

/// Oblique, with sizes and spacings all different.
Grid images() {
  const double c = std::cos(0.3);
  const double s = std::sin(0.3);
  return {.dims = {7, 5, 4},
          .originMm = {-31, 12.5, -240},
          .spacingMm = {0.75, 1.25, 3},
          .axes = {Vec3{c, s, 0}, Vec3{-s, c, 0}, Vec3{0, 0, 1}}};
}

imaging::Mask voxels(const Grid& grid, std::initializer_list<Index3> places) {
  imaging::Mask mask(grid);
  for (const Index3& at : places) mask.set(at, true);
  return mask;
}

/// The same voxels counted from the other end of an axis.
Grid flipped(Grid grid, std::size_t axis) {
  const Index3 last{axis == 0 ? grid.dims.i - 1 : 0, axis == 1 ? grid.dims.j - 1 : 0,
                    axis == 2 ? grid.dims.k - 1 : 0};
  grid.originMm = grid.toPatient(last);
  grid.axes[axis] = -1 * grid.axes[axis];
  return grid;
}

void expectRefused(const imaging::Mask& mask, const Grid& grid) {
  const auto placed = ontoGrid(mask, grid);
  ASSERT_FALSE(placed);
  EXPECT_EQ(placed.error().code, ErrorCode::bad_geometry);
}

TEST(OntoGrid, TheSameGridChangesNothing) {
  const auto mask = voxels(images(), {{0, 0, 0}, {6, 4, 3}, {2, 1, 0}});
  const auto placed = ontoGrid(mask, images());
  ASSERT_TRUE(placed) << placed.error().detail;
  EXPECT_EQ(*placed, mask);
}

TEST(OntoGrid, AxesMayBeTurnedRound) {
  const std::array<Index3, 3> expected{Index3{4, 1, 0}, Index3{2, 3, 0}, Index3{2, 1, 3}};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const auto placed = ontoGrid(voxels(flipped(images(), axis), {{2, 1, 0}}), images());
    ASSERT_TRUE(placed) << placed.error().detail;
    EXPECT_EQ(*placed, voxels(images(), {expected[axis]})) << "axis " << axis;
  }
}

TEST(OntoGrid, AxesMayBeSwapped) {
  const Grid grid = images();
  Grid own = grid;  // its i is our k, its j our i, its k our j
  own.dims = {grid.dims.k, grid.dims.i, grid.dims.j};
  own.spacingMm = {grid.spacingMm.z, grid.spacingMm.x, grid.spacingMm.y};
  own.axes = {grid.axes[2], grid.axes[0], grid.axes[1]};
  const auto placed = ontoGrid(voxels(flipped(own, 0), {{0, 5, 2}, {3, 0, 4}}), grid);
  ASSERT_TRUE(placed) << placed.error().detail;
  EXPECT_EQ(*placed, voxels(grid, {{5, 2, 3}, {0, 4, 0}}));
}

TEST(OntoGrid, ASingleSliceHasAPlaceToo) {
  Grid slice = images();
  slice.dims.k = 1;
  const auto placed = ontoGrid(voxels(flipped(slice, 1), {{3, 0, 0}}), slice);
  ASSERT_TRUE(placed) << placed.error().detail;
  EXPECT_EQ(*placed, voxels(slice, {{3, 4, 0}}));
}

TEST(OntoGrid, AnEmptyMaskIsHeldToTheSameRule) {
  EXPECT_TRUE(ontoGrid(imaging::Mask(images()), images()));
  Grid shifted = images();
  shifted.originMm = shifted.toPatient(Vec3{0.4, 0, 0});
  expectRefused(imaging::Mask(shifted), images());
}

TEST(OntoGrid, AShiftOfAPartOfAVoxelIsRefused) {
  for (const Vec3 shift : {Vec3{0.4, 0, 0}, Vec3{0, -0.4, 0}, Vec3{0, 0, 0.02}}) {
    Grid own = images();
    own.originMm = own.toPatient(shift);
    expectRefused(voxels(own, {{3, 2, 1}}), images());
  }
}

TEST(OntoGrid, AShiftOfWholeVoxelsIsRefused) {
  Grid own = images();
  own.originMm = own.toPatient(Vec3{0, 1, 0});
  expectRefused(voxels(own, {{3, 2, 1}}), images());
}

TEST(OntoGrid, AnotherSizeIsRefused) {
  Grid own = images();
  own.dims.k = 5;
  expectRefused(voxels(own, {{3, 2, 1}}), images());
}

TEST(OntoGrid, VoxelsThatFitDoNotExcuseCornersThatDoNot) {
  for (const double factor : {0.98, 1.02}) {
    Grid own = images();
    own.spacingMm.x *= factor;
    expectRefused(voxels(own, {{0, 0, 0}, {0, 4, 3}}), images());
  }
  Grid turned = images();  // about the corner that the mask marks
  turned.axes[2] = normalized(Vec3{0.05, 0, 1});
  expectRefused(voxels(turned, {{0, 0, 0}}), images());
}

TEST(OntoGrid, EqualCornersDoNotExcuseOtherVoxelsBetween) {
  Grid grid;
  grid.dims = {4, 8, 4};
  Grid own = grid;
  own.dims = {8, 4, 4};
  own.spacingMm = {3.0 / 7, 7.0 / 3, 1};
  expectRefused(voxels(own, {{0, 0, 0}, {7, 3, 3}}), grid);
}

}  // namespace
}  // namespace attest::workflow::test
