#include "viewers/overlay_image.h"

#include <gmock/gmock.h>

#include <cmath>

#include "tests/viewers/scene.h"
#include "viewers/slice_image.h"

namespace attest::viewers {
namespace {

/// One voxel a pixel: a flat grey volume of 40 x 40 x 3 with a box in its middle slice.
struct OverlayImage : testing::Test {
  OverlayImage() {
    grid.dims = {40, 40, 3};
    volume = std::make_shared<const imaging::Volume>(grid, imaging::PixelType::int16, Unit::hu);
    state = test::middleState(grid, view::Orientation::axial);
    overlay = test::boxOverlay(grid, {{10, 12, 1}, {29, 27, 1}});
  }
  QImage image(double ratio = 1) {
    return sliceImage(state, *volume, std::span(&overlay, 1), {40, 40, ratio}, serial);
  }
  Serial serial;
  Grid grid;
  imaging::VolumePtr volume;
  view::ViewportState state;
  view::OverlayItem overlay;
};

TEST_F(OverlayImage, FillsWithFortyPercentInsideATwoPixelOutline) {
  const QImage picture = image();
  const int grey = qRed(picture.pixel(2, 2));
  EXPECT_EQ(grey, 128);
  const auto mixed = [&](int colour) { return static_cast<int>(std::lround(grey + 0.4 * (colour - grey))); };
  EXPECT_EQ(picture.pixel(20, 20), qRgb(mixed(255), mixed(0), mixed(0)));
  for (const QPoint edge : {QPoint(10, 20), QPoint(11, 20), QPoint(29, 20), QPoint(20, 12), QPoint(20, 26)})
    EXPECT_EQ(picture.pixel(edge), qRgb(255, 0, 0)) << edge.x() << ", " << edge.y();
  EXPECT_EQ(picture.pixel(12, 20), qRgb(mixed(255), mixed(0), mixed(0)));
  EXPECT_EQ(picture.pixel(9, 20), qRgb(grey, grey, grey));
  EXPECT_EQ(picture.pixel(30, 20), qRgb(grey, grey, grey));
}

TEST_F(OverlayImage, OutlineIsAsWideOnAFinerScreen) {
  const QImage picture = image(2);
  EXPECT_EQ(picture.pixel(13, 20), qRgb(255, 0, 0));
  EXPECT_NE(picture.pixel(14, 20), qRgb(255, 0, 0));
}

TEST_F(OverlayImage, OutlineStyleLeavesTheInsideAlone) {
  overlay.style = view::OverlayStyle::outline;
  const QImage picture = image();
  EXPECT_EQ(picture.pixel(20, 20), qRgb(128, 128, 128));
  EXPECT_EQ(picture.pixel(10, 20), qRgb(255, 0, 0));
}

TEST_F(OverlayImage, UnapprovedOutlinesHaveGapsInEveryDirection) {
  const QImage solid = image();
  overlay.dashed = true;
  const QImage dashed = image();
  int onTop = 0, onLeft = 0;
  for (int x = 10; x <= 29; ++x) onTop += dashed.pixel(x, 12) == qRgb(255, 0, 0) ? 1 : 0;
  for (int y = 12; y <= 27; ++y) onLeft += dashed.pixel(10, y) == qRgb(255, 0, 0) ? 1 : 0;
  EXPECT_GT(onTop, 5);
  EXPECT_LT(onTop, 20);
  EXPECT_GT(onLeft, 4);
  EXPECT_LT(onLeft, 16);
  EXPECT_NE(solid, dashed);
}

TEST_F(OverlayImage, DrawsNothingOfHiddenMasksAndOfOtherSlices) {
  const QImage with = image();
  overlay.visible = false;
  const QImage hidden = image();
  EXPECT_NE(with, hidden);
  overlay.visible = true;
  state.focusMm = view::focusFor(view::Orientation::axial, grid, 2);
  EXPECT_EQ(image(), hidden);
  overlay.mask = std::make_shared<const imaging::Mask>(grid);
  state.focusMm = view::focusFor(view::Orientation::axial, grid, 1);
  EXPECT_EQ(image(), hidden);
}

TEST_F(OverlayImage, KeepsMasksInPlaceWhenZoomedBeyondTheScreen) {
  state.zoom = 8;
  const QImage picture = image();
  EXPECT_EQ(picture.pixel(0, 0), picture.pixel(39, 39));  // the screen lies inside the box
  EXPECT_EQ(qGreen(picture.pixel(20, 20)), 77);           // 128 blended with 0 at 40 %
}

}  // namespace
}  // namespace attest::viewers
