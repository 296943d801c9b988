#include "viewers/slice_image.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

#include "tests/viewers/scene.h"
#include "viewers/thumbnail.h"

namespace attest::viewers {
namespace {

using test::middleState;
using test::rampVolume;

/// PS3.3 C.11.2.1.2, written down once more and plainly.
int linearGrey(double x, Window w) {
  if (x <= w.center - 0.5 - (w.width - 1) / 2) return 0;
  if (x > w.center - 0.5 + (w.width - 1) / 2) return 255;
  return static_cast<int>(std::lround(255 * ((x - (w.center - 0.5)) / (w.width - 1) + 0.5)));
}

/// Trilinear, outermost values held for half a voxel; -1 outside.
double sampled(const imaging::Volume& volume, Vec3 patient, bool& outside) {
  const Vec3 index = volume.grid().toIndex(patient);
  const Index3 dims = volume.grid().dims;
  const double position[3] = {index.x, index.y, index.z};
  const int size[3] = {dims.i, dims.j, dims.k};
  int low[3], high[3];
  double share[3];
  outside = false;
  for (int a = 0; a < 3; ++a) {
    if (position[a] < -0.5 || position[a] > size[a] - 0.5) outside = true;
    const double held = std::clamp(position[a], 0.0, size[a] - 1.0);
    low[a] = static_cast<int>(std::floor(held));
    high[a] = std::min(low[a] + 1, size[a] - 1);
    share[a] = held - low[a];
  }
  double sum = 0;
  for (int corner = 0; corner < 8; ++corner) {
    const bool i = (corner & 1) != 0, j = (corner & 2) != 0, k = (corner & 4) != 0;
    sum += (i ? share[0] : 1 - share[0]) * (j ? share[1] : 1 - share[1]) * (k ? share[2] : 1 - share[2]) *
           volume.at({i ? high[0] : low[0], j ? high[1] : low[1], k ? high[2] : low[2]});
  }
  return sum;
}

class SliceImageOf : public testing::TestWithParam<view::Orientation> {};

TEST_P(SliceImageOf, EqualsTheBruteForceReference) {
  const auto volume = rampVolume();
  const auto state = middleState(volume->grid(), GetParam());
  Serial serial;
  const Pixels pixels{123, 97, 1};
  const QImage image = sliceImage(state, *volume, {}, pixels, serial);
  ASSERT_EQ(image.size(), QSize(123, 97));
  const imaging::Plane plane = view::planeFor(state, volume->grid(), pixels.width, pixels.height);
  int inside = 0;
  for (int y = 0; y < pixels.height; ++y)
    for (int x = 0; x < pixels.width; ++x) {
      bool outside = false;
      const double value = sampled(*volume, view::screenToPatient(plane, x, y), outside);
      const int expected = outside ? 0 : linearGrey(value, state.window);
      const QRgb got = image.pixel(x, y);
      ASSERT_EQ(qRed(got), qGreen(got));
      ASSERT_EQ(qRed(got), qBlue(got));
      ASSERT_NEAR(qRed(got), expected, 1) << x << ", " << y;  // a sample on a rounding edge
      inside += outside ? 0 : 1;
    }
  EXPECT_GT(inside, 1000);
}

INSTANTIATE_TEST_SUITE_P(AllPlanes, SliceImageOf,
                         testing::Values(view::Orientation::axial, view::Orientation::coronal,
                                         view::Orientation::sagittal, view::Orientation::stack),
                         [](const auto& tested) { return std::string(view::name(tested.param)); });

TEST(SliceImage, IsRadiological) {
  // Values grow to the patient's left (i), back (j) and head (k).
  const auto volume = rampVolume();
  Serial serial;
  auto grey = [&](view::Orientation o, int x, int y) {
    auto state = middleState(volume->grid(), o);
    state.window = {0, 900};
    return qRed(sliceImage(state, *volume, {}, {101, 101, 1}, serial).pixel(x, y));
  };
  EXPECT_LT(grey(view::Orientation::axial, 20, 50), grey(view::Orientation::axial, 80, 50));
  EXPECT_LT(grey(view::Orientation::axial, 50, 20), grey(view::Orientation::axial, 50, 80));
  EXPECT_GT(grey(view::Orientation::coronal, 50, 20), grey(view::Orientation::coronal, 50, 80));
  EXPECT_LT(grey(view::Orientation::sagittal, 20, 50), grey(view::Orientation::sagittal, 80, 50));
}

TEST(SliceImage, IsBlackOutsideAlsoWhenInverted) {
  const auto volume = rampVolume();
  auto state = middleState(volume->grid(), view::Orientation::axial);
  state.inverted = true;
  Serial serial;
  const QImage image = sliceImage(state, *volume, {}, {200, 100, 1}, serial);
  EXPECT_EQ(image.pixel(0, 50), qRgb(0, 0, 0));
  EXPECT_EQ(image.pixel(199, 50), qRgb(0, 0, 0));
  state.inverted = false;
  const QImage plain = sliceImage(state, *volume, {}, {200, 100, 1}, serial);
  EXPECT_EQ(qRed(image.pixel(100, 50)), 255 - qRed(plain.pixel(100, 50)));
}

TEST(SliceImage, ShowsLowAsBrightWhereTheVolumeSaysSo) {
  const auto plain = rampVolume();
  imaging::Volume bright = *plain;  // shares the voxels
  bright.setLowIsBright(true);
  auto state = middleState(plain->grid(), view::Orientation::axial);
  Serial serial;
  const auto grey = [&](const imaging::Volume& volume) {
    return qRed(sliceImage(state, volume, {}, {200, 100, 1}, serial).pixel(100, 50));
  };
  EXPECT_EQ(grey(bright), 255 - grey(*plain));
  const int before = grey(*plain);
  state.inverted = true;
  EXPECT_EQ(grey(bright), before);
}

TEST(SliceImage, ShowsFractionsInTheirOwnWindow) {
  Grid grid;
  grid.dims = {2, 1, 1};
  imaging::Volume volume(grid, imaging::PixelType::float32, Unit::none);
  volume.writable<float>()[0] = 0.2F;
  volume.writable<float>()[1] = 0.4F;
  auto state = middleState(grid, view::Orientation::stack);
  state.window = {0.2, 0.4};
  Serial serial;
  const QImage image = sliceImage(state, volume, {}, {40, 20, 1}, serial);
  EXPECT_EQ(qRed(image.pixel(2, 10)), 128);
  EXPECT_EQ(qRed(image.pixel(37, 10)), 255);
}

TEST(SliceImage, ShowsColoursAsTheyAre) {
  Grid grid;
  grid.dims = {2, 1, 1};
  imaging::Volume volume(grid, imaging::PixelType::rgb24, Unit::none);
  volume.writable<imaging::Rgb24>()[0] = {10, 20, 30};
  volume.writable<imaging::Rgb24>()[1] = {200, 100, 0};
  Serial serial;
  const QImage image =
      sliceImage(middleState(grid, view::Orientation::stack), volume, {}, {40, 40, 1}, serial);
  EXPECT_EQ(image.pixel(5, 20), qRgb(10, 20, 30));
  EXPECT_EQ(image.pixel(35, 20), qRgb(200, 100, 0));
  EXPECT_EQ(image.pixel(5, 2), qRgb(0, 0, 0));
}

TEST(SliceImage, ThumbnailShowsTheMiddleSlice) {
  const auto volume = rampVolume();
  Serial serial;
  const QImage image = thumbnail(*volume, {0, 400}, {84, 68}, serial);
  auto state = middleState(volume->grid(), view::Orientation::stack);
  state.focusMm = view::focusFor(view::Orientation::stack, volume->grid(), 4);
  EXPECT_EQ(image, sliceImage(state, *volume, {}, {84, 68, 1}, serial));
  EXPECT_EQ(image.size(), QSize(84, 68));
}

}  // namespace
}  // namespace attest::viewers
