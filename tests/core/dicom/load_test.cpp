#include "core/dicom/load.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <gmock/gmock.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <set>
#include <thread>

#include "core/dicom/blocks.h"
#include "core/dicom/header.h"
#include "tests/core/dicom/load_support.h"
#include "tests/support/phantom.h"
#include "tests/support/real_data.h"
#include "tests/support/temp_dir.h"

namespace attest::dicom {
namespace {

using imaging::PixelType;
using imaging::Volume;
using imaging::VolumePtr;
using test::CtOptions;
using test::TempDir;
using test::writeCt;
using testing::ElementsAre;

class EverySyntax : public testing::TestWithParam<const char*> {};

TEST_P(EverySyntax, GivesTheVoxelsBack) {
  TempDir folder;
  const Volume volume = pattern({33, 20, 5});
  CtOptions options;
  options.transferSyntax = GetParam();
  writeCt(folder.path(), volume, options);
  const auto loaded = loadFolder(folder.path());
  ASSERT_TRUE(loaded) << loaded.error().detail;
  expectSame(**loaded, volume);
}

INSTANTIATE_TEST_SUITE_P(Syntaxes, EverySyntax,
                         testing::Values("1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2",
                                         "1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.5",
                                         "1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70",
                                         "1.2.840.10008.1.2.4.80"));

TEST(LoadVolume, ReportsProgressAndAnswersAStop) {
  TempDir folder;
  writeCt(folder.path(), pattern({8, 8, 6}));
  const auto series = readFolder(folder.path());
  const Block& block = series.blocks.at(0);
  std::set<std::size_t> done;
  ASSERT_TRUE(loadVolume(block, series.filesOf(block), serial, {}, [&](std::size_t d, std::size_t total) {
    EXPECT_EQ(total, 6U);
    done.insert(d);
  }));
  EXPECT_THAT(done, ElementsAre(1, 2, 3, 4, 5, 6));
  std::stop_source stop;
  const auto stopped = loadVolume(block, series.filesOf(block), serial, stop.get_token(),
                                  [&](std::size_t, std::size_t) { stop.request_stop(); });
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
}

TEST(LoadVolume, RefusesAFileThatIsNoLongerTheOneIndexed) {
  TempDir folder;
  TempDir other;
  const auto files = writeCt(folder.path(), pattern({8, 8, 3}));
  const auto series = readFolder(folder.path());
  const Block& block = series.blocks.at(0);
  const auto reload = [&] { return loadVolume(block, series.filesOf(block), serial, {}, {}); };
  const auto others = writeCt(other.path(), pattern({8, 8, 3}));
  std::filesystem::copy_file(others[1], files[1], std::filesystem::copy_options::overwrite_existing);
  ASSERT_FALSE(reload());
  EXPECT_EQ(reload().error().code, ErrorCode::bad_geometry);
  std::filesystem::remove(files[1]);
  EXPECT_EQ(reload().error().code, ErrorCode::not_found);
}

TEST(LoadVolume, StraightensATiltedStackExactlyWhereTheShiftIsWholePixels) {
  TempDir folder;
  const Volume volume = pattern({16, 12, 4}, {1, 1, 3});
  CtOptions options;
  options.change = [](void* data, int slice) {
    const std::string position =
        "-100\\" + std::to_string(-80 + 2 * slice) + "\\" + std::to_string(3 * slice);
    static_cast<DcmDataset*>(data)->putAndInsertString(DCM_ImagePositionPatient, position.c_str());
  };
  writeCt(folder.path(), volume, options);
  const auto loaded = loadFolder(folder.path());
  ASSERT_TRUE(loaded) << loaded.error().detail;
  const Volume& straight = **loaded;
  EXPECT_EQ(straight.grid().dims, (Index3{16, 12 + 6, 4}));
  EXPECT_EQ(straight.grid().axes[2], (Vec3{0, 0, 1}));
  for (int k = 0; k < 4; ++k)
    for (int j = 0; j < 18; ++j)
      for (int i = 0; i < 16; ++i) {
        const Index3 source{i, j - 2 * k, k};
        EXPECT_EQ(straight.at({i, j, k}), volume.grid().contains(source) ? volume.at(source) : -1024);
      }
}

TEST(LoadVolume, InterpolatesUnevenStepsInBetweenTheirNeighbours) {
  TempDir folder;
  Volume volume(Grid{{3, 3, 4}, {}, {1, 1, 2}}, PixelType::int16, Unit::hu);
  const double heights[] = {0, 2, 4, 7};
  for (std::size_t i = 0; i < 36; ++i)
    volume.writable<std::int16_t>()[i] = static_cast<std::int16_t>(100 * heights[i / 9]);
  CtOptions options;
  options.change = [&](void* data, int slice) {
    const std::string position = "0\\0\\" + std::to_string(heights[slice]);
    static_cast<DcmDataset*>(data)->putAndInsertString(DCM_ImagePositionPatient, position.c_str());
  };
  writeCt(folder.path(), volume, options);
  const auto loaded = loadFolder(folder.path());
  ASSERT_TRUE(loaded) << loaded.error().detail;
  const Grid& grid = (*loaded)->grid();
  ASSERT_EQ(grid.dims.k, 5);
  EXPECT_DOUBLE_EQ(grid.toPatient(Index3{0, 0, 4}).z, 7);
  for (int k = 0; k < grid.dims.k; ++k) {
    EXPECT_NEAR((*loaded)->at({1, 1, k}), 100 * grid.toPatient(Index3{1, 1, k}).z, 0.5);
  }
}

TEST(LoadFrame, LiesInItsOwnPlaceOrInNone) {
  TempDir folder;
  CtOptions options;
  options.change = [](void* data, int slice) {
    if (slice == 1) delete static_cast<DcmDataset*>(data)->remove(DCM_ImagePositionPatient);
  };
  const Volume volume = pattern({7, 6, 2});
  const auto files = writeCt(folder.path(), volume, options);
  const auto placed = loadFrame({files[0], 0});
  ASSERT_TRUE(placed) << placed.error().detail;
  EXPECT_EQ((*placed)->grid().originMm, volume.grid().originMm);
  EXPECT_DOUBLE_EQ((*placed)->grid().spacingMm.y, 0.8);
  EXPECT_EQ((*placed)->at({6, 5, 0}), volume.at({6, 5, 0}));
  const auto nowhere = loadFrame({files[1], 0});
  ASSERT_TRUE(nowhere);
  EXPECT_EQ((*nowhere)->grid().originMm, Vec3{});
  EXPECT_EQ((*nowhere)->grid().spacingMm, (Vec3{0.7, 0.8, 1}));
  EXPECT_EQ(loadFrame({files[0], 1}).error().code, ErrorCode::bad_argument);
}

TEST(LoadFrame, WithoutAPlaceHasTheShapeOfItsPixels) {
  const auto spacingOf = [](std::function<void(DcmDataset&)> change) {
    TempDir folder;
    CtOptions options;
    options.change = [&](void* data, int) {
      auto& dataset = *static_cast<DcmDataset*>(data);
      for (const auto& tag : {DCM_ImagePositionPatient, DCM_PixelSpacing}) delete dataset.remove(tag);
      change(dataset);
    };
    const auto files = writeCt(folder.path(), pattern({7, 6, 1}), options);
    return loadFrame({files[0], 0}).value()->grid().spacingMm;
  };
  const auto aspect = [](DcmDataset& d) { d.putAndInsertString(DCM_PixelAspectRatio, "2\\1"); };
  const auto detector = [&](DcmDataset& d) {
    aspect(d);
    d.putAndInsertString(DCM_ImagerPixelSpacing, "0.3\\0.2");
  };
  EXPECT_EQ(spacingOf([](DcmDataset&) {}), (Vec3{1, 1, 1}));
  EXPECT_EQ(spacingOf(aspect), (Vec3{1, 2, 1}));
  EXPECT_EQ(spacingOf(detector), (Vec3{0.2, 0.3, 1}));
  EXPECT_EQ(spacingOf([&](DcmDataset& d) {
              detector(d);
              d.putAndInsertString(DCM_PixelSpacing, "0.9\\0.6");
            }),
            (Vec3{0.6, 0.9, 1}));
}

TEST(LoadVolume, GivesARealChestAsDcmtkDecodesIt) {
  const auto folder = test::realData("ct-chest-248");
  if (!folder) GTEST_SKIP() << "ct-chest-248 is not on this machine";
  const auto series = readFolder(*folder);
  const Block& block = series.blocks.at(0);
  EXPECT_THAT(block.geometry, ElementsAre(Geometry::regular));
  EXPECT_EQ(block.dims, (Index3{512, 512, 248}));
  const auto loaded = loadVolume(block, series.filesOf(block), serial, {}, {});
  ASSERT_TRUE(loaded) << loaded.error().detail;
  ASSERT_EQ((*loaded)->type(), PixelType::int16);
  for (const int k : {0, 100, 247}) {
    const auto path = series.filesOf(block)[static_cast<std::size_t>(k)].path;
    DcmFileFormat file;
    ASSERT_TRUE(file.loadFile(path.c_str()).good());
    DcmDataset& dataset = *file.getDataset();
    ASSERT_TRUE(dataset.chooseRepresentation(EXS_LittleEndianExplicit, nullptr).good());
    const Uint16* words = nullptr;
    Float64 intercept = 0;
    ASSERT_TRUE(dataset.findAndGetUint16Array(DCM_PixelData, words).good());
    ASSERT_TRUE(dataset.findAndGetFloat64(DCM_RescaleIntercept, intercept).good());
    const auto slice =
        (*loaded)->values<std::int16_t>().subspan((*loaded)->grid().offset({0, 0, k}), 512 * 512);
    int wrong = 0;
    for (std::size_t i = 0; i < slice.size(); ++i) {
      const int stored = static_cast<Sint16>(words[i]);
      wrong += slice[i] != stored + static_cast<int>(intercept);
    }
    EXPECT_EQ(wrong, 0) << "slice " << k;
  }
}

TEST(WriteCt, MakesFilesThatDciodvfyAccepts) {
  if (std::system("command -v dciodvfy > /dev/null 2>&1") != 0) GTEST_SKIP() << "no dciodvfy here";
  TempDir folder;
  for (const char* syntax : {"1.2.840.10008.1.2.1", "1.2.840.10008.1.2.4.70"}) {
    CtOptions options;
    options.transferSyntax = syntax;
    const auto files = writeCt(folder.path(), pattern({16, 16, 1}), options);
    const std::string command = "! dciodvfy " + files[0].string() + " 2>&1 | grep -q Error";
    EXPECT_EQ(std::system(command.c_str()), 0) << syntax;
  }
}

// What Debian's pydicom makes of the same native files, value by value.
TEST(LoadVolume, AgreesWithPydicom) {
  TempDir folder;
  writeCt(folder.path(), pattern({31, 17, 4}));
  const std::string script =
      "import glob,numpy,pydicom,sys\n"
      "d=[pydicom.dcmread(f) for f in glob.glob(sys.argv[1]+'/*.dcm')]\n"
      "d.sort(key=lambda x:float(x.ImagePositionPatient[2]))\n"
      "v=numpy.stack([x.pixel_array*float(x.RescaleSlope)+float(x.RescaleIntercept) for x in d])\n"
      "v.astype('<i2').tofile(sys.argv[1]+'/values.raw')\n";
  std::ofstream(folder / "script.py") << script;
  const std::string command =
      ATTEST_PYTHON " " + (folder / "script.py").string() + " " + folder.path().string() + " 2>/dev/null";
  if (std::system(ATTEST_PYTHON " -c 'import pydicom, numpy' 2>/dev/null") != 0)
    GTEST_SKIP() << "no pydicom here";
  ASSERT_EQ(std::system(command.c_str()), 0);
  const auto loaded = loadFolder(folder.path());
  ASSERT_TRUE(loaded);
  std::ifstream file(folder / "values.raw", std::ios::binary);
  std::vector<std::int16_t> values((*loaded)->values<std::int16_t>().size());
  file.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>((*loaded)->bytes()));
  ASSERT_EQ(static_cast<std::size_t>(file.gcount()), (*loaded)->bytes());
  EXPECT_TRUE(std::ranges::equal((*loaded)->values<std::int16_t>(), values));
}

}  // namespace
}  // namespace attest::dicom
