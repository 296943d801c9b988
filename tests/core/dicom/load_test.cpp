#include "core/dicom/load.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <gmock/gmock.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <set>
#include <thread>

#include "core/dicom/blocks.h"
#include "core/dicom/header.h"
#include "tests/core/dicom/series.h"
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
using testing::HasSubstr;

Serial serial;

// Asymmetric in every axis, with the extremes of CT and an odd number of columns.
Volume pattern(Index3 dims, Vec3 spacingMm = {0.7, 0.8, 2.5}) {
  Grid grid{dims, {-100.25, -80.5, 30}, spacingMm, {Vec3{1, 0, 0}, Vec3{0, 1, 0}, Vec3{0, 0, 1}}};
  Volume volume(grid, PixelType::int16, Unit::hu);
  auto values = volume.writable<std::int16_t>();
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = static_cast<std::int16_t>((i * 37) % 4096 - 1024);
  return volume;
}

Result<VolumePtr> loadFolder(const std::filesystem::path& folder, std::size_t index = 0) {
  const auto series = readFolder(folder);
  return loadVolume(series.blocks.at(index), series.filesOf(series.blocks.at(index)), serial, {}, {});
}

void expectSame(const Volume& a, const Volume& b) {
  ASSERT_EQ(a.type(), b.type());
  ASSERT_TRUE(sameGrid(a.grid(), b.grid()));
  EXPECT_EQ(a.unit(), b.unit());
  EXPECT_TRUE(std::ranges::equal(a.values<std::int16_t>(), b.values<std::int16_t>()));
}

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

TEST(LoadVolume, MakesFloatsWhereTheRescaleDiffersBySlice) {
  TempDir folder;
  CtOptions options;
  options.change = [](void* dataset, int slice) {
    static_cast<DcmDataset*>(dataset)->putAndInsertString(DCM_RescaleSlope, slice == 1 ? "0.5" : "2");
  };
  const Volume volume = pattern({6, 5, 3});
  writeCt(folder.path(), volume, options);
  const auto loaded = loadFolder(folder.path());
  ASSERT_TRUE(loaded) << loaded.error().detail;
  ASSERT_EQ((*loaded)->type(), PixelType::float32);
  for (int k = 0; k < 3; ++k) {
    const double stored = volume.at({3, 2, k}) + 1024;
    EXPECT_DOUBLE_EQ((*loaded)->at({3, 2, k}), stored * (k == 1 ? 0.5 : 2) - 1024);
  }
}

TEST(LoadVolume, MakesFloatsWhereAnIntegerRescaleLeavesSixteenBits) {
  TempDir folder;
  CtOptions options;
  options.change = [](void* dataset, int) {
    static_cast<DcmDataset*>(dataset)->putAndInsertString(DCM_RescaleIntercept, "-30000");
    static_cast<DcmDataset*>(dataset)->putAndInsertString(DCM_RescaleSlope, "100");
  };
  const Volume volume = pattern({6, 5, 2});
  writeCt(folder.path(), volume, options);
  const auto loaded = loadFolder(folder.path());
  ASSERT_TRUE(loaded) << loaded.error().detail;
  ASSERT_EQ((*loaded)->type(), PixelType::float32);
  EXPECT_DOUBLE_EQ((*loaded)->at({5, 4, 1}), (volume.at({5, 4, 1}) + 1024) * 100 - 30000);
}

// Stored words as they come, with their attributes, and the values that are in them.
struct Bits {
  int allocated;
  int stored;
  int highBit;
  bool isSigned;
  std::vector<std::uint16_t> words;
  std::vector<double> values;
  PixelType type;
};
class StoredBits : public testing::TestWithParam<Bits> {};

TEST_P(StoredBits, AreMaskedAndSignExtended) {
  const Bits& bits = GetParam();
  TempDir folder;
  CtOptions options;
  options.change = [&](void* data, int) {
    auto& dataset = *static_cast<DcmDataset*>(data);
    dataset.putAndInsertUint16(DCM_BitsAllocated, static_cast<Uint16>(bits.allocated));
    dataset.putAndInsertUint16(DCM_BitsStored, static_cast<Uint16>(bits.stored));
    dataset.putAndInsertUint16(DCM_HighBit, static_cast<Uint16>(bits.highBit));
    dataset.putAndInsertUint16(DCM_PixelRepresentation, bits.isSigned ? 1 : 0);
    dataset.putAndInsertString(DCM_RescaleIntercept, "0");
    if (bits.allocated == 8) {
      const std::vector<Uint8> bytes(bits.words.begin(), bits.words.end());
      dataset.putAndInsertUint8Array(DCM_PixelData, bytes.data(), bytes.size());
    } else {
      dataset.putAndInsertUint16Array(DCM_PixelData, bits.words.data(), bits.words.size());
    }
  };
  writeCt(folder.path(), pattern({2, 1, 2}), options);
  const auto loaded = loadFolder(folder.path());
  ASSERT_TRUE(loaded) << loaded.error().detail;
  EXPECT_EQ((*loaded)->type(), bits.type);
  EXPECT_EQ((*loaded)->at({0, 0, 1}), bits.values[0]);
  EXPECT_EQ((*loaded)->at({1, 0, 1}), bits.values[1]);
}

INSTANTIATE_TEST_SUITE_P(
    Layouts, StoredBits,
    testing::Values(Bits{16, 12, 11, false, {0xF123, 0x0FFF}, {0x123, 4095}, PixelType::int16},
                    Bits{16, 12, 11, true, {0x0FFF, 0x07FF}, {-1, 2047}, PixelType::int16},
                    Bits{16, 12, 15, false, {0x1230, 0xFFF0}, {0x123, 4095}, PixelType::int16},
                    Bits{16, 16, 15, false, {65535, 1}, {65535, 1}, PixelType::uint16},
                    Bits{16, 16, 15, true, {0x8000, 1}, {-32768, 1}, PixelType::int16},
                    Bits{8, 8, 7, false, {200, 3}, {200, 3}, PixelType::uint8},
                    Bits{8, 8, 7, true, {0x80, 3}, {-128, 3}, PixelType::int16}));

TEST(LoadVolume, KeepsPaddingAndInvertedGreyAsTheyAre) {
  TempDir folder;
  CtOptions options;
  options.change = [](void* data, int) {
    auto& dataset = *static_cast<DcmDataset*>(data);
    dataset.putAndInsertString(DCM_PhotometricInterpretation, "MONOCHROME1");
    dataset.putAndInsertSint16(DCM_PixelPaddingValue, -2000);
  };
  const Volume volume = pattern({4, 4, 2});
  writeCt(folder.path(), volume, options);
  const auto header = readHeader(folder / "0000.dcm");
  ASSERT_TRUE(header);
  EXPECT_EQ(header->instance.paddingValue, -2000);
  const auto loaded = loadFolder(folder.path());
  ASSERT_TRUE(loaded);
  expectSame(**loaded, volume);
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
  EXPECT_EQ((*nowhere)->grid().spacingMm.x, 1);
  EXPECT_EQ(loadFrame({files[0], 1}).error().code, ErrorCode::bad_argument);
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
      wrong += slice[i] != static_cast<Sint16>(words[i]) + static_cast<int>(intercept);
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
