#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "core/view/plane.h"

namespace attest::view {
namespace {

constexpr Orientation flat[] = {Orientation::axial, Orientation::coronal, Orientation::sagittal,
                                Orientation::stack};

Grid chest() {
  return {.dims = {40, 30, 20}, .originMm = {-60, -40, 100}, .spacingMm = {3, 2.5, 5}};
}

/// The same voxels of the patient, acquired feet first: rows run to the right, slices to the feet.
Grid feetFirst() {
  Grid grid = chest();
  grid.originMm = {57, -40, 195};
  grid.axes = {Vec3{-1, 0, 0}, Vec3{0, 1, 0}, Vec3{0, 0, -1}};
  return grid;
}

Grid oblique() {
  Grid grid = chest();
  const double a = 25 * std::numbers::pi / 180;
  grid.axes = {Vec3{1, 0, 0}, Vec3{0, std::cos(a), std::sin(a)}, Vec3{0, -std::sin(a), std::cos(a)}};
  return grid;
}

ViewportState stateOf(Orientation orientation, const Grid& grid, int index = 7) {
  ViewportState state;
  state.orientation = orientation;
  state.focusMm = focusFor(orientation, grid, index);
  return state;
}

void expectNear(Vec3 a, Vec3 b, double tolerance = 1e-9) {
  EXPECT_NEAR(a.x, b.x, tolerance);
  EXPECT_NEAR(a.y, b.y, tolerance);
  EXPECT_NEAR(a.z, b.z, tolerance);
}

TEST(Plane, SidesAreRadiological) {
  for (const Grid& grid : {chest(), feetFirst(), oblique()}) {
    const auto letters = [&](Orientation o) {
      return orientationLetters(planeFor(stateOf(o, grid), grid, 90, 70));
    };
    EXPECT_EQ(letters(Orientation::axial), (EdgeLetters{"R", "L", "A", "P"}));
    EXPECT_EQ(letters(Orientation::coronal), (EdgeLetters{"R", "L", "H", "F"}));
    EXPECT_EQ(letters(Orientation::sagittal), (EdgeLetters{"A", "P", "H", "F"}));
  }
}

TEST(Plane, AStackKeepsItsOwnAxes) {
  const Grid grid = feetFirst();
  EXPECT_EQ(orientationLetters(planeFor(stateOf(Orientation::stack, grid), grid, 50, 50)),
            (EdgeLetters{"L", "R", "A", "P"}));
  const Grid tilted = oblique();
  EXPECT_EQ(orientationLetters(planeFor(stateOf(Orientation::stack, tilted), tilted, 50, 50)),
            (EdgeLetters{"R", "L", "AF", "PH"}));
}

TEST(Plane, LettersGoBySizeAndDropWhatIsTooSmall) {
  EXPECT_EQ(directionLetters({0.2, 0.5, -0.9}), "FPL");
  EXPECT_EQ(directionLetters({-1, 0.5e-4, 0}), "R");
  EXPECT_EQ(directionLetters({0, 0, 0}), "");
}

TEST(Plane, AtItsOwnSizePixelsLieOnVoxels) {
  Grid grid = chest();
  grid.spacingMm = {2, 2, 5};
  const imaging::Plane plane = planeFor(stateOf(Orientation::axial, grid, 3), grid, 40, 30);
  expectNear(screenToPatient(plane, 0, 0), grid.toPatient(Index3{0, 0, 3}));
  expectNear(screenToPatient(plane, 39, 29), grid.toPatient(Index3{39, 29, 3}));
}

TEST(Plane, FitsIsCentredAndKeepsTheAspect) {
  const Grid grid = chest();
  for (const Orientation o : flat) {
    const imaging::Plane plane = planeFor(stateOf(o, grid), grid, 301, 117);
    EXPECT_NEAR(length(plane.stepXMm), length(plane.stepYMm), 1e-12) << name(o);
    EXPECT_NEAR(dot(plane.stepXMm, plane.stepYMm), 0, 1e-12);
    double low = 1e9;
    double high = -1e9;
    for (int corner = 0; corner < 8; ++corner) {
      const ScreenPoint at = patientToScreen(
          plane, grid.toPatient(Vec3{(corner & 1) != 0 ? 39.5 : -0.5, (corner & 2) != 0 ? 29.5 : -0.5,
                                     (corner & 4) != 0 ? 19.5 : -0.5}));
      low = std::min(low, at.y);
      high = std::max(high, at.y);
    }
    EXPECT_NEAR(low, -0.5, 1e-9) << "these grids are taller than 301 x 117 in every plane";
    EXPECT_NEAR(high, 116.5, 1e-9);
    const Vec3 middle = grid.toPatient(Vec3{19.5, 14.5, 9.5});
    EXPECT_NEAR(patientToScreen(plane, middle).x, 150, 1e-9);
  }
}

TEST(Plane, ScreenAndPatientAreInverse) {
  for (const Grid& grid : {chest(), feetFirst(), oblique()}) {
    for (const Orientation o : flat) {
      ViewportState state = stateOf(o, grid, 4);
      state.zoom = 2.3;
      state.pan = {12, -7.5};
      const imaging::Plane plane = planeFor(state, grid, 333, 211);
      const ScreenPoint back = patientToScreen(plane, screenToPatient(plane, 17.25, 200));
      EXPECT_NEAR(back.x, 17.25, 1e-9);
      EXPECT_NEAR(back.y, 200, 1e-9);
      EXPECT_NEAR(back.depthMm, 0, 1e-9);
      EXPECT_NEAR(patientToScreen(plane, state.focusMm).depthMm, 0, 1e-9)
          << "the plane goes through the focus";
    }
  }
}

TEST(Plane, ZoomKeepsTheMiddleAndPanMovesByMillimetres) {
  const Grid grid = chest();
  ViewportState state = stateOf(Orientation::coronal, grid);
  const imaging::Plane fitted = planeFor(state, grid, 201, 101);
  const Vec3 middle = screenToPatient(fitted, 100, 50);
  state.zoom = 4;
  const imaging::Plane zoomed = planeFor(state, grid, 201, 101);
  expectNear(screenToPatient(zoomed, 100, 50), middle);
  EXPECT_NEAR(length(zoomed.stepXMm) * 4, length(fitted.stepXMm), 1e-12);
  state.pan = {10, 5};
  const ScreenPoint moved = patientToScreen(planeFor(state, grid, 201, 101), middle);
  EXPECT_NEAR((moved.x - 100) * length(zoomed.stepXMm), 10, 1e-9);
  EXPECT_NEAR((moved.y - 50) * length(zoomed.stepYMm), 5, 1e-9);
}

TEST(Slices, CountTowardsHeadBackAndLeftWhateverTheAcquisition) {
  for (const Grid& grid : {chest(), feetFirst()}) {
    EXPECT_EQ(sliceCount(Orientation::axial, grid), 20);
    EXPECT_EQ(sliceCount(Orientation::coronal, grid), 30);
    EXPECT_EQ(sliceCount(Orientation::sagittal, grid), 40);
    EXPECT_NEAR(focusFor(Orientation::axial, grid, 0).z, 100, 1e-9);
    EXPECT_NEAR(focusFor(Orientation::axial, grid, 19).z, 195, 1e-9);
    EXPECT_NEAR(focusFor(Orientation::coronal, grid, 2).y, -35, 1e-9);
    EXPECT_NEAR(focusFor(Orientation::sagittal, grid, 1).x, -57, 1e-9);
  }
  EXPECT_NEAR(focusFor(Orientation::stack, feetFirst(), 0).z, 195, 1e-9) << "sorted order";
}

TEST(Slices, IndexIsTheInverseOfFocus) {
  for (const Grid& grid : {chest(), feetFirst(), oblique()}) {
    for (const Orientation o : flat) {
      const int count = sliceCount(o, grid);
      for (int index = 0; index < count; ++index) {
        EXPECT_EQ(sliceIndex(o, grid, focusFor(o, grid, index)), index) << name(o);
      }
    }
  }
}

TEST(Slices, SteppingStaysInsideAndKeepsTheOtherDirections) {
  const Grid grid = chest();
  const Vec3 focus{3, 4, 117};  // between slices
  EXPECT_EQ(stepped(Orientation::axial, grid, focus, 1), (Vec3{3, 4, 120}));
  EXPECT_EQ(stepped(Orientation::axial, grid, focus, -100), (Vec3{3, 4, 100}));
  EXPECT_EQ(stepped(Orientation::axial, grid, focus, 100), (Vec3{3, 4, 195}));
  EXPECT_EQ(sliceIndex(Orientation::axial, grid, {0, 0, 5000}), 19);
  EXPECT_EQ(sliceIndex(Orientation::axial, grid, {0, 0, -5000}), 0);
}

TEST(Slices, ASingleSliceIsOne) {
  Grid grid = chest();
  grid.dims.k = 1;
  EXPECT_EQ(sliceCount(Orientation::axial, grid), 1);
  EXPECT_EQ(stepped(Orientation::axial, grid, grid.originMm, 3), grid.originMm);
  EXPECT_EQ(sliceCount(Orientation::stack, grid), 1);
}

TEST(Layouts, MprGoesThroughAVoxelInTheMiddle) {
  const Layout layout = mprLayout({{"1.2"}, 0}, chest(), {40, 400});
  ASSERT_EQ(layout.viewports.size(), 4U);
  EXPECT_EQ(layout.viewports[3].orientation, Orientation::volume3d);
  for (const ViewportState& viewport : layout.viewports) {
    EXPECT_EQ(viewport.focusMm, chest().toPatient(Index3{20, 15, 10}));
    EXPECT_EQ(viewport.window, (Window{40, 400}));
  }
}

TEST(Layouts, ARasterKeepsWhatIsThereAndFillsWithStacks) {
  Layout layout = withRaster(mprLayout({{"1.2"}, 0}, chest(), {}), 2, 3);
  ASSERT_EQ(layout.viewports.size(), 6U);
  EXPECT_EQ(layout.viewports[1].orientation, Orientation::coronal);
  EXPECT_EQ(layout.viewports[5].orientation, Orientation::stack);
  EXPECT_EQ(layout.viewports[5].block, (BlockRef{{"1.2"}, 0}));
  layout.active = 5;
  layout = withRaster(layout, 1, 1);
  EXPECT_EQ(layout.viewports.size(), 1U);
  EXPECT_EQ(layout.active, 0);
}

TEST(Orientations, HaveTheCommandLinesWords) {
  EXPECT_EQ(orientation("volume"), Orientation::volume3d);
  EXPECT_EQ(orientation("axial"), Orientation::axial);
  EXPECT_FALSE(orientation("diagonal").has_value());
}

}  // namespace
}  // namespace attest::view
