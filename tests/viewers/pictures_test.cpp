#include "viewers/print/pictures.h"

#include <gmock/gmock.h>

#include <QImage>
#include <optional>

#include "tests/support/phantom.h"
#include "tests/viewers/scene.h"
#include "viewers/slice_image.h"

namespace attest::viewers {
namespace {

QImage decoded(const std::string& png) {
  return QImage::fromData(QByteArray(png.data(), static_cast<qsizetype>(png.size())), "PNG");
}

TEST(Picture, IsTheSliceAsGreyPng) {
  const auto volume = test::rampVolume();
  const auto state = test::middleState(volume->grid(), view::Orientation::coronal);
  Serial serial;
  const auto png = pngPicture(state, volume, {}, 130, 70, serial);
  ASSERT_TRUE(png);
  const QImage image = decoded(*png);
  EXPECT_EQ(image.format(), QImage::Format_Grayscale8);
  EXPECT_EQ(image.convertToFormat(QImage::Format_RGB32),
            sliceImage(state, *volume, {}, {130, 70, 1}, serial));
}

TEST(Picture, IsCentredWithBlackBordersAndKeepsTheAspect) {
  Grid grid;
  grid.dims = {20, 10, 4};
  grid.spacingMm = {1, 2, 3};  // 20 mm by 20 mm
  imaging::Volume flat(grid, imaging::PixelType::uint8, Unit::none);
  std::ranges::fill(flat.writable<std::uint8_t>(), std::uint8_t{200});
  auto state = test::middleState(grid, view::Orientation::axial);
  state.window = {100, 200};
  Serial serial;
  const auto png =
      pngPicture(state, std::make_shared<const imaging::Volume>(std::move(flat)), {}, 160, 80, serial);
  ASSERT_TRUE(png);
  const QImage image = decoded(*png).convertToFormat(QImage::Format_RGB32);
  ASSERT_EQ(image.size(), QSize(160, 80));
  for (const int y : {0, 40, 79}) {
    EXPECT_EQ(qRed(image.pixel(39, y)), 0);
    EXPECT_EQ(qRed(image.pixel(40, y)), 255);
    EXPECT_EQ(qRed(image.pixel(119, y)), 255);
    EXPECT_EQ(qRed(image.pixel(120, y)), 0);
  }
}

TEST(Picture, OfOverlaysHasColour) {
  const auto volume = test::rampVolume();
  const auto overlay = test::boxOverlay(volume->grid(), {{5, 5, 2}, {15, 12, 7}});
  Serial serial;
  const auto png = pngPicture(test::middleState(volume->grid(), view::Orientation::axial), volume,
                              std::span(&overlay, 1), 100, 100, serial);
  ASSERT_TRUE(png);
  EXPECT_FALSE(decoded(*png).isGrayscale());
}

TEST(Picture, OfTheVolumeNeedsNoDisplay) {
  const auto phantom = test::makeChestPhantom({48, 48, 24}, {7, 7, 10});
  auto state = test::middleState(phantom.grid, view::Orientation::volume3d);
  auto nodule = test::boxOverlay(phantom.grid, {{20, 20, 8}, {28, 28, 16}});
  Serial serial;
  const auto png = pngPicture(state, phantom.volume, std::span(&nodule, 1), 90, 90, serial);
  ASSERT_TRUE(png);
  const QImage image = decoded(*png);
  EXPECT_EQ(image.size(), QSize(90, 90));
  EXPECT_GT(qRed(image.pixel(45, 45)), 60);
}

TEST(Picture, RefusesImpossibleSizesAndNothing) {
  const auto volume = test::rampVolume();
  const auto state = test::middleState(volume->grid(), view::Orientation::axial);
  Serial serial;
  for (const auto& [width, height] : {std::pair{0, 10}, {10, -1}, {largestPicture + 1, 10}}) {
    const auto png = pngPicture(state, volume, {}, width, height, serial);
    ASSERT_FALSE(png);
    EXPECT_EQ(png.error().code, ErrorCode::bad_argument);
  }
  EXPECT_FALSE(pngPicture(state, nullptr, {}, 10, 10, serial));
}

TEST(Picture, StopsWhenAsked) {
  const auto volume = test::rampVolume();
  Serial serial;
  std::stop_source stop;
  stop.request_stop();
  for (const auto o : {view::Orientation::axial, view::Orientation::volume3d}) {
    const auto png =
        pngPicture(test::middleState(volume->grid(), o), volume, {}, 20, 20, serial, stop.get_token());
    ASSERT_FALSE(png);
    EXPECT_EQ(png.error().code, ErrorCode::cancelled);
  }
}

}  // namespace
}  // namespace attest::viewers
