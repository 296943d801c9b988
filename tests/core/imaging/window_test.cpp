#include "core/imaging/window.h"

#include <gtest/gtest.h>

#include <cmath>

namespace attest::imaging {
namespace {

TEST(Window, LinearOfTheStandard) {
  const Window window{2048, 4096};
  EXPECT_EQ(applyWindow(0, window), 0);
  EXPECT_EQ(applyWindow(4095, window), 255);
  EXPECT_EQ(applyWindow(-5000, window), 0);
  EXPECT_EQ(applyWindow(99999, window), 255);
  EXPECT_EQ(applyWindow(2047.5, window), 128) << "127.5 is rounded up";
}

TEST(Window, WidthOneIsAStepAtHalfBelowTheCentre) {
  EXPECT_EQ(applyWindow(99.5, {100, 1}), 0);
  EXPECT_EQ(applyWindow(99.6, {100, 1}), 255);
  EXPECT_EQ(applyWindow(std::nan(""), {100, 1}), 0);
}

TEST(Window, AWidthBelowOneIsExact) {
  EXPECT_EQ(applyWindow(0.0, {0.2, 0.4}), 0);
  EXPECT_EQ(applyWindow(0.1, {0.2, 0.4}), 64);
  EXPECT_EQ(applyWindow(0.2, {0.2, 0.4}), 128);
  EXPECT_EQ(applyWindow(0.4, {0.2, 0.4}), 255);
  for (const double width : {0.0, -7.0}) {
    EXPECT_EQ(applyWindow(100, {100, width}), 0);
    EXPECT_EQ(applyWindow(100.001, {100, width}), 255);
  }
}

TEST(Window, LinearExactUsesTheWholeWidth) {
  EXPECT_EQ(applyWindow(0, {2.5, 5}, WindowFunction::linear_exact), 0);
  EXPECT_EQ(applyWindow(2.5, {2.5, 5}, WindowFunction::linear_exact), 128);
  EXPECT_EQ(applyWindow(5, {2.5, 5}, WindowFunction::linear_exact), 255);
}

TEST(Window, OnlyFloatsInOtherUnitsThanHuAreExact) {
  const auto functionOf = [](PixelType type, Unit unit) {
    return windowFunction(Volume(Grid{{2, 2, 2}, {}, {1, 1, 1}}, type, unit));
  };
  EXPECT_EQ(functionOf(PixelType::int16, Unit::hu), WindowFunction::linear);
  EXPECT_EQ(functionOf(PixelType::uint16, Unit::none), WindowFunction::linear);
  EXPECT_EQ(functionOf(PixelType::float32, Unit::hu), WindowFunction::linear);
  EXPECT_EQ(functionOf(PixelType::float32, Unit::none), WindowFunction::linear_exact);
}

TEST(Window, WidthTwoRampsOverOneUnit) {
  EXPECT_EQ(applyWindow(0, {1, 2}), 0);
  EXPECT_EQ(applyWindow(0.25, {1, 2}), 64);
  EXPECT_EQ(applyWindow(1, {1, 2}), 255);
}

TEST(Window, NotANumberIsBlackAndInfinityIsClipped) {
  const Window window{40, 400};
  EXPECT_EQ(applyWindow(std::nan(""), window), 0);
  EXPECT_EQ(applyWindow(INFINITY, window), 255);
  EXPECT_EQ(applyWindow(-INFINITY, window), 0);
}

TEST(Window, ImageIsWindowedAsItsPixelsAre) {
  Image image{201, 1, {}};
  for (int n = -100; n <= 100; ++n) image.values.push_back(static_cast<float>(n) * 3.3F);
  image.values[7] = std::nanf("");
  for (const Window window : {Window{40, 400}, Window{0, 1}, Window{-3, 17.5}}) {
    const auto grey = applyWindow(image, window);
    ASSERT_EQ(grey.size(), image.values.size());
    for (std::size_t n = 0; n < grey.size(); ++n)
      ASSERT_EQ(grey[n], applyWindow(static_cast<double>(image.values[n]), window));
  }
}

TEST(PercentileWindow, EndsAreBlackAndWhite) {
  const Grid grid{{1001, 1, 1}, {}, {1, 1, 1}};
  Volume volume(grid, PixelType::int16, Unit::hu);
  for (int n = 0; n <= 1000; ++n)
    volume.writable<std::int16_t>()[static_cast<std::size_t>(n)] = static_cast<std::int16_t>(n - 500);
  const Window window = percentileWindow(volume, 10, 90);
  EXPECT_EQ(window, (Window{0.5, 801}));
  EXPECT_EQ(applyWindow(-400, window), 0);
  EXPECT_EQ(applyWindow(400, window), 255);
}

TEST(PercentileWindow, FloatsInterpolateBetweenRanksAndIgnoreNan) {
  Volume volume(Grid{{5, 1, 1}, {}, {1, 1, 1}}, PixelType::float32, Unit::suv_bw);
  const auto values = volume.writable<float>();
  values[0] = std::nanf("");
  values[1] = 0.0F;
  values[2] = 1.0F;
  values[3] = 3.0F;
  values[4] = 2.0F;
  const Window window = percentileWindow(volume, 50, 100);
  EXPECT_DOUBLE_EQ(window.width, 3 - 1.5);
  EXPECT_DOUBLE_EQ(window.center, (3 + 1.5) / 2);
}

TEST(PercentileWindow, ConstantAndEmptyVolumesHaveAWindow) {
  EXPECT_EQ(percentileWindow(Volume(Grid{{2, 2, 2}, {}, {1, 1, 1}}, PixelType::uint16, Unit::none)),
            (Window{0.5, 1}));
  EXPECT_EQ(percentileWindow(Volume(Grid{}, PixelType::float32, Unit::none)), Window{});
}

}  // namespace
}  // namespace attest::imaging
