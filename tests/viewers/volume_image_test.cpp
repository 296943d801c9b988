#include "viewers/volume_image.h"

#include <gmock/gmock.h>

#include <cmath>
#include <numbers>
#include <optional>
#include <thread>

#include "tests/support/phantom.h"
#include "tests/viewers/scene.h"
#include "viewers/volume_texture.h"

namespace attest::viewers {
namespace {

struct VolumePicture : testing::Test {
  VolumePicture() : phantom(test::makeChestPhantom({64, 64, 32}, {5.4, 5.4, 8})) {
    state = test::middleState(phantom.grid, view::Orientation::volume3d);
    lungs.mask = std::make_shared<const imaging::Mask>(phantom.rightLung);
    lungs.color = {80, 160, 240};
    lungs.style = view::OverlayStyle::outline;
    nodule = test::boxOverlay(phantom.grid, {{40, 28, 12}, {48, 36, 20}});
  }
  QImage render(Quality quality = Quality::still) {
    const std::vector overlays{lungs, nodule};
    return images.render(state, phantom.volume, overlays, {120, 100, 1}, quality, serial, {})
        .value_or(QImage());
  }
  static int bright(const QImage& image) {
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x) count += qGray(image.pixel(x, y)) > 20 ? 1 : 0;
    return count;
  }
  /// Middle of the pixels where red stands out.
  static std::optional<QPointF> redCentre(const QImage& image) {
    QPointF sum;
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x)
        if (const QRgb p = image.pixel(x, y); qRed(p) > qBlue(p) + 40 && qRed(p) > qGreen(p) + 40)
          sum += QPointF(x, y), ++count;
    if (count == 0) return std::nullopt;
    return sum / count;
  }
  Serial serial;
  test::ChestPhantom phantom;
  view::ViewportState state;
  view::OverlayItem lungs;
  view::OverlayItem nodule;
  VolumeImage images;
};

TEST_F(VolumePicture, ShowsTheMasks) {
  const QImage image = render();
  ASSERT_EQ(image.size(), QSize(120, 100));
  EXPECT_GT(bright(image), 200);
  EXPECT_EQ(image.pixel(0, 0), qRgb(0, 0, 0));
}

TEST_F(VolumePicture, TurnsTheWayThatTheCameraWalks) {
  // The finding lies on the patient's left, which is the screen's right from the front and its left from the
  // back.
  const auto front = redCentre(render());
  state.camera.azimuthDegrees = 180;
  const auto back = redCentre(render());
  ASSERT_TRUE(front && back);
  EXPECT_GT(front->x(), 65);
  EXPECT_LT(back->x(), 55);
  EXPECT_NEAR(front->y(), back->y(), 2);
  // From the left side it lies in the middle or nearer to the front, which is then on the left.
  state.camera.azimuthDegrees = 90;
  const auto side = redCentre(render());
  ASSERT_TRUE(side);
  EXPECT_LT(side->x(), 66);
}

TEST_F(VolumePicture, PansAndZoomsLikeASlice) {
  const auto before = redCentre(render());
  state.pan.rightMm = 60;
  const auto after = redCentre(render());
  ASSERT_TRUE(before && after);
  const double pixelMm = length(view::planeFor(state, phantom.grid, 120, 100).stepXMm);
  EXPECT_NEAR(after->x() - before->x(), 60 / pixelMm, 2);
  state.pan = {};
  state.zoom = 1.5;
  const auto nearer = redCentre(render());
  ASSERT_TRUE(nearer);
  EXPECT_NEAR(nearer->x() - 60, 1.5 * (before->x() - 60), 3);
}

TEST_F(VolumePicture, CoarseFramesShowTheSameAndFillTheSize) {
  const auto fine = redCentre(render());
  const QImage coarse = render(Quality::moving);
  EXPECT_EQ(coarse.size(), QSize(120, 100));
  const auto centre = redCentre(coarse);
  ASSERT_TRUE(fine && centre);
  EXPECT_NEAR(centre->x(), fine->x(), 3);
  EXPECT_NEAR(centre->y(), fine->y(), 3);
}

TEST_F(VolumePicture, FollowsAChangedMask) {
  const QImage before = render();
  nodule.visible = false;
  EXPECT_FALSE(redCentre(render()));
  nodule.visible = true;
  EXPECT_EQ(render(), before);
}

TEST_F(VolumePicture, IsMadeOnAnotherThreadToo) {
  const QImage here = render();
  QImage there;
  std::jthread([&] { there = render(); }).join();
  EXPECT_EQ(there, here);
}

TEST_F(VolumePicture, HasNoHoles) {
  // A thin ring, in a volume large enough that VTK splits its work: seen from the front it is lit all around.
  Grid grid;
  grid.dims = {128, 128, 124};
  const auto empty = std::make_shared<const imaging::Volume>(grid, imaging::PixelType::int16, Unit::hu);
  imaging::Mask mask(grid);
  constexpr double radius = 50, middle = 62;
  mask.paint({{0, 60, 0}, {127, 62, 123}}, true,
             [](Index3 v) { return std::abs(std::hypot(v.i - middle, v.k - middle) - radius) < 2; });
  auto ring = test::boxOverlay(grid, {});
  ring.mask = std::make_shared<const imaging::Mask>(mask);
  state = test::middleState(grid, view::Orientation::volume3d);
  const auto image =
      images.render(state, empty, std::span(&ring, 1), {256, 256, 1}, Quality::still, serial, {});
  ASSERT_TRUE(image);
  const imaging::Plane plane = view::planeFor(state, grid, 256, 256);
  for (int degrees = 0; degrees < 360; ++degrees) {
    const double angle = degrees * std::numbers::pi / 180;
    const Vec3 at{middle + radius * std::cos(angle), 60, middle + radius * std::sin(angle)};
    const auto pixel = view::patientToScreen(plane, grid.toPatient(at));
    ASSERT_GT(
        qRed(image->pixel(static_cast<int>(std::lround(pixel.x)), static_cast<int>(std::lround(pixel.y)))),
        30)
        << degrees;
  }
}

TEST_F(VolumePicture, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(
      images.render(state, phantom.volume, {}, {50, 50, 1}, Quality::still, serial, stop.get_token()));
}

TEST_F(VolumePicture, OfNothingIsBlack) {
  const auto image = images.render(state, nullptr, {}, {10, 10, 1}, Quality::still, serial, {});
  ASSERT_TRUE(image);
  EXPECT_EQ(bright(*image), 0);
}

TEST(VolumePictureTexture, ThinsByWholeFactorsAndStaysInPlace) {
  Grid grid;
  grid.dims = {301, 40, 7};
  grid.spacingMm = {0.5, 1, 2};
  grid.originMm = {1, 2, 3};
  const Grid out = thinned(grid, 100);
  EXPECT_EQ(out.dims, (Index3{75, 40, 7}));
  EXPECT_EQ(out.spacingMm, (Vec3{2, 1, 2}));
  EXPECT_EQ(out.originMm, (Vec3{1.75, 2, 3}));
}

TEST(VolumePictureTexture, IsClearInSoftTissueAndOpaqueInBone) {
  Grid grid;
  grid.dims = {2, 1, 1};
  imaging::Volume volume(grid, imaging::PixelType::int16, Unit::hu);
  volume.writable<std::int16_t>()[0] = 40;
  volume.writable<std::int16_t>()[1] = 1200;
  Serial serial;
  const auto texture = makeTexture(volume, {40, 400}, {}, 256, serial, {});
  ASSERT_TRUE(texture);
  EXPECT_EQ(texture->rgba[3], 0);
  EXPECT_GT(texture->rgba[7], 200);
}

}  // namespace
}  // namespace attest::viewers
