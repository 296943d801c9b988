#include <gmock/gmock.h>

#include <QPixmap>
#include <QTest>
#include <cstdlib>
#include <filesystem>

#include "core/dicom/blocks.h"
#include "core/dicom/header.h"
#include "core/dicom/load.h"
#include "core/imaging/filters.h"
#include "tests/support/real_data.h"
#include "tests/viewers/scene.h"
#include "viewers/slice_view.h"
#include "viewers/volume_image.h"

namespace attest::viewers {
namespace {

imaging::VolumePtr loadChest(const std::filesystem::path& folder, Parallel& parallel) {
  std::vector<InstanceHeader> headers;
  std::vector<std::filesystem::path> paths;
  SeriesInfo series;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    auto header = entry.is_regular_file() ? dicom::readHeader(entry.path())
                                          : Result<FileHeader>(fail(ErrorCode::not_found));
    if (!header) continue;
    headers.push_back(header->instance);
    paths.push_back(entry.path());
    series = header->series;
  }
  const auto blocks = dicom::formBlocks(headers, series);
  if (blocks.empty()) return nullptr;
  std::vector<dicom::SliceFile> files;
  for (const SliceRef& slice : blocks[0].slices)
    for (std::size_t n = 0; n < headers.size(); ++n)
      if (headers[n].sopUid == slice.sopUid) files.push_back({paths[n], slice.frame});
  return dicom::loadVolume(blocks[0], files, parallel, {}, {}).value_or(nullptr);
}

/// The chest with air inside the body as a structure and a ball as a finding, in each of our views. With
/// ATTEST_PICTURES set to a folder the pictures are kept there, to be looked at.
struct RealChest : testing::Test {
  void SetUp() override {
    const auto folder = test::realData("ct-chest-248");
    if (!folder) GTEST_SKIP() << "no ct-chest-248 on this machine";
    volume = loadChest(*folder, serial);
    ASSERT_TRUE(volume);
    const auto air = imaging::threshold(*volume, -1024, -400, serial, {});
    ASSERT_TRUE(air);
    const auto parts = imaging::components(*air, 100'000, 10, {});
    ASSERT_TRUE(parts);
    for (const auto& part : *parts) {
      if (part.touchesSide) continue;
      view::OverlayItem lungs;
      lungs.mask = std::make_shared<const imaging::Mask>(part.mask);
      lungs.color = {111, 184, 232};
      lungs.style = view::OverlayStyle::outline;
      overlays.push_back(lungs);
      break;
    }
    const Grid& grid = volume->grid();
    const Vec3 at = grid.toPatient(Index3{grid.dims.i * 3 / 10, grid.dims.j / 2, grid.dims.k / 2});
    auto ball = test::boxOverlay(grid, {});
    imaging::Mask mask(grid);
    mask.paint({{0, 0, 0}, {grid.dims.i, grid.dims.j, grid.dims.k}}, true,
               [&](Index3 v) { return length(grid.toPatient(v) - at) < 12; });
    ball.mask = std::make_shared<const imaging::Mask>(std::move(mask));
    ball.color = {227, 169, 60};
    ball.dashed = true;
    overlays.push_back(ball);
    focus = at;
  }
  static void keep(const QImage& image, const QString& name) {
    const char* folder = std::getenv("ATTEST_PICTURES");
    if (folder)
      image.save(QString::fromLocal8Bit(folder) + QStringLiteral("/") + name + QStringLiteral(".png"));
  }
  view::ViewportState stateOf(view::Orientation orientation) const {
    auto state = test::middleState(volume->grid(), orientation);
    state.focusMm = focus;
    state.window = {-600, 1500};
    return state;
  }
  Serial serial;
  imaging::VolumePtr volume;
  std::vector<view::OverlayItem> overlays;
  Vec3 focus;
};

TEST_F(RealChest, SlicesShowTheBodyWithItsMasks) {
  SliceView slices(serial);
  slices.resize(640, 480);
  slices.setImages(volume);
  slices.setOverlays(overlays);
  slices.setSelected(true);
  slices.setCrosshairVisible(true);
  slices.setTexts([](const view::ViewportState& state, const imaging::Plane&) {
    return view::CornerTexts{{"PHANTOM, Chest A", "ATT-0001"},
                             {"CT Chest \u00b7 Lung 1.0", "2026-08-14 09:12"},
                             {"W 1500 L \u2212600", "Zoom 142 %", "Im 121 / 248"},
                             {std::string("1.2 mm \u00b7 ") + view::name(state.orientation)}};
  });
  slices.setMark(QStringLiteral("unsaved"));
  for (const auto o : {view::Orientation::axial, view::Orientation::coronal, view::Orientation::sagittal}) {
    slices.setState(stateOf(o));
    const QImage image = slices.grab().toImage();
    keep(image, QString::fromLatin1(view::name(o)));
    const auto at = view::patientToScreen(view::planeFor(stateOf(o), volume->grid(), 640, 480), focus);
    const QRgb middle = image.pixel(static_cast<int>(at.x) + 6, static_cast<int>(at.y) + 6);
    EXPECT_GT(qRed(middle), qBlue(middle)) << view::name(o);  // the ball's fill
  }
}

TEST_F(RealChest, VolumeShowsBonesLungsAndTheFinding) {
  VolumeImage images;
  auto state = stateOf(view::Orientation::volume3d);
  for (const double azimuth : {0.0, -40.0}) {
    state.camera = {azimuth, 10};
    const auto image = images.render(state, volume, overlays, {640, 480, 1}, Quality::still, serial, {});
    ASSERT_TRUE(image);
    keep(*image, QStringLiteral("volume-%1").arg(azimuth));
    int bright = 0;
    for (int y = 0; y < 480; ++y)
      for (int x = 0; x < 640; ++x) bright += qGray(image->pixel(x, y)) > 60 ? 1 : 0;
    EXPECT_GT(bright, 20'000);
  }
  const auto moving = images.render(state, volume, overlays, {640, 480, 1}, Quality::moving, serial, {});
  ASSERT_TRUE(moving);
  keep(*moving, QStringLiteral("volume-moving"));
}

}  // namespace
}  // namespace attest::viewers
