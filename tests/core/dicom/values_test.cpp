// What stored values become: bits, rescale, padding, units.

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <gmock/gmock.h>

#include <cmath>
#include <optional>
#include <vector>

#include "core/dicom/header.h"
#include "tests/core/dicom/load_support.h"
#include "tests/support/phantom.h"
#include "tests/support/temp_dir.h"

namespace attest::dicom {
namespace {

using imaging::PixelType;
using imaging::Volume;
using test::CtOptions;
using test::TempDir;
using test::writeCt;
using testing::HasSubstr;

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

TEST(LoadVolume, KeepsInvertedGreyAsItIsAndSaysSo) {
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
  EXPECT_TRUE((*loaded)->lowIsBright());
  EXPECT_TRUE(loadFrame({folder / "0000.dcm", 0}).value()->lowIsBright());
  options.change = {};
  writeCt(folder.path(), volume, options);
  EXPECT_FALSE(loadFolder(folder.path()).value()->lowIsBright());
}

// A signed CT whose first row is padding; with a range, its last pixel is a value within it.
void padRow(DcmDataset& dataset, Sint16 low, std::optional<Sint16> high) {
  const Uint16* words = nullptr;
  unsigned long count = 0;
  ASSERT_TRUE(dataset.findAndGetUint16Array(DCM_PixelData, words, &count).good());
  std::vector<Uint16> padded(words, words + count);
  std::fill_n(padded.begin(), 4, static_cast<Uint16>(low));
  if (high) padded[3] = static_cast<Uint16>(*high - 1);
  dataset.putAndInsertSint16(DCM_PixelPaddingValue, low);
  if (high) dataset.putAndInsertSint16(DCM_PixelPaddingRangeLimit, *high);
  dataset.putAndInsertUint16Array(DCM_PixelData, padded.data(), padded.size());
  dataset.putAndInsertUint16(DCM_PixelRepresentation, 1);
}

TEST(LoadVolume, CutsOnlyPaddingThatIsBeyondSixteenBits) {
  for (const auto high : {std::optional<Sint16>(), std::optional<Sint16>(-32000)}) {
    TempDir folder;
    CtOptions options;
    options.change = [&](void* data, int) { padRow(*static_cast<DcmDataset*>(data), -32768, high); };
    const Volume volume = pattern({4, 4, 2});
    writeCt(folder.path(), volume, options);
    const auto loaded = loadFolder(folder.path());
    ASSERT_TRUE(loaded) << loaded.error().detail;
    EXPECT_EQ((*loaded)->type(), PixelType::int16) << "padding beyond 16 bits is no reason for floats";
    for (int i = 0; i < 4; ++i) EXPECT_EQ((*loaded)->at({i, 0, 1}), -32768);
    EXPECT_EQ((*loaded)->at({2, 3, 1}), volume.at({2, 3, 1}));
  }
}

TEST(LoadVolume, LeavesPaddingItsValue) {
  TempDir folder;
  CtOptions options;
  options.change = [](void* data, int) { padRow(*static_cast<DcmDataset*>(data), -2000, {}); };
  writeCt(folder.path(), pattern({4, 4, 2}), options);
  const auto loaded = loadFolder(folder.path());
  ASSERT_TRUE(loaded) << loaded.error().detail;
  for (int i = 0; i < 4; ++i) EXPECT_EQ((*loaded)->at({i, 0, 1}), -3024);
}

TEST(LoadVolume, MakesNothingOfPaddingInOtherFloats) {
  TempDir folder;
  CtOptions options;
  options.change = [](void* data, int) {
    auto& dataset = *static_cast<DcmDataset*>(data);
    padRow(dataset, -32768, {});
    dataset.putAndInsertString(DCM_RescaleSlope, "0.5");
    dataset.putAndInsertString(DCM_RescaleType, "US");
  };
  writeCt(folder.path(), pattern({4, 4, 2}), options);
  const auto loaded = loadFolder(folder.path());
  ASSERT_TRUE(loaded) << loaded.error().detail;
  ASSERT_EQ((*loaded)->type(), PixelType::float32);
  EXPECT_TRUE(std::isnan((*loaded)->at({0, 0, 1})));
  EXPECT_FALSE(std::isnan((*loaded)->at({0, 1, 1})));
}

TEST(LoadVolume, TakesASlopeOfZeroAsNone) {
  TempDir folder;
  CtOptions options;
  options.change = [](void* data, int) {
    static_cast<DcmDataset*>(data)->putAndInsertString(DCM_RescaleSlope, "0");
  };
  const Volume volume = pattern({4, 4, 2});
  writeCt(folder.path(), volume, options);
  const auto loaded = loadFolder(folder.path());
  ASSERT_TRUE(loaded) << loaded.error().detail;
  EXPECT_EQ((*loaded)->unit(), Unit::none);
  EXPECT_EQ((*loaded)->at({2, 3, 1}), volume.at({2, 3, 1}) + 1024);
}

TEST(LoadVolume, RefusesASliceWhoseUnitIsNoLongerThatOfTheBlock) {
  TempDir folder;
  const auto files = writeCt(folder.path(), pattern({8, 8, 3}));
  const auto series = readFolder(folder.path());
  DcmFileFormat file;
  ASSERT_TRUE(file.loadFile(files[1].c_str()).good());
  file.getDataset()->putAndInsertString(DCM_RescaleType, "US");
  ASSERT_TRUE(file.saveFile(files[1].c_str(), EXS_LittleEndianExplicit).good());
  const auto loaded = loadVolume(series.blocks[0], series.filesOf(series.blocks[0]), serial, {}, {});
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, ErrorCode::bad_geometry);
  EXPECT_THAT(loaded.error().detail, HasSubstr("unit"));
}

}  // namespace
}  // namespace attest::dicom
