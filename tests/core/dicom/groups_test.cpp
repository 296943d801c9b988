// Functional groups, time, diffusion and nuclear medicine: what pydicom writes comes back as it was meant.

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>

#include "core/dicom/suv.h"
#include "tests/core/dicom/load_support.h"
#include "tests/support/temp_dir.h"

namespace attest::dicom {
namespace {

using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

class MadeImages : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<test::TempDir>();
    const std::string command = ATTEST_PYTHON " " ATTEST_SOURCE_DIR "/tests/core/dicom/make_images.py '" +
                                folder_->path().string() + "' 2>/dev/null";
    made_ = std::system(ATTEST_PYTHON " -c 'import pydicom, numpy' 2>/dev/null") == 0
                ? std::optional(std::system(command.c_str()))
                : std::nullopt;
  }
  static void TearDownTestSuite() { folder_.reset(); }
  void SetUp() override {
    if (!made_) GTEST_SKIP() << "no pydicom here";
    ASSERT_EQ(*made_, 0);
  }
  static std::filesystem::path below(const char* name) { return *folder_ / name; }
  static FileHeader headerOf(const char* name) { return readHeader(below(name) / "one.dcm").value(); }

  static inline std::unique_ptr<test::TempDir> folder_;
  static inline std::optional<int> made_;
};

TEST_F(MadeImages, FunctionalGroupsOfAFrameStandOverThoseOfAll) {
  const InstanceHeader header = headerOf("enhanced").instance;
  ASSERT_THAT(header.perFrame, SizeIs(6));
  const FrameGroups& second = groupsOf(header, 1);  // of the lowest place
  EXPECT_EQ(second.positionMm, (Vec3{-5, -6, 10}));
  EXPECT_EQ(second.orientation, (std::array{Vec3{1, 0, 0}, Vec3{0, 1, 0}}));
  EXPECT_EQ(second.pixelSpacingMm, (std::array{0.8, 0.7}));
  EXPECT_EQ(second.rescaleSlope, 1);
  EXPECT_EQ(header.groups.rescaleSlope, 9);
  EXPECT_EQ(second.rescaleType, "HU");
  EXPECT_EQ(second.kernel, "B30f");
  EXPECT_EQ(second.windows, (std::vector{Window{40, 400}}));
  EXPECT_EQ(second.stackId, "1");
  EXPECT_EQ(second.inStack, 1);
  EXPECT_EQ(second.acquisitionDate, "20260801");
  EXPECT_EQ(second.acquisitionTime, "091500.25");
}

TEST_F(MadeImages, AnEnhancedImageIsAVolumeWithTheRescaleOfEachFrame) {
  const auto series = readFolder(below("enhanced"));
  ASSERT_THAT(series.blocks, SizeIs(1));
  const Block& block = series.blocks[0];
  EXPECT_THAT(block.geometry, ElementsAre(Geometry::regular));
  EXPECT_EQ(block.unit, Unit::hu);
  EXPECT_EQ(block.calibration.kind, CalibrationKind::exact);
  EXPECT_EQ(block.grid->spacingMm, (Vec3{0.7, 0.8, 2.5}));
  const auto loaded = loadVolume(block, series.filesOf(block), serial, {}, {});
  ASSERT_TRUE(loaded) << loaded.error().detail;
  constexpr int order[] = {3, 0, 5, 1, 4, 2};
  for (int f = 0; f < 6; ++f)
    EXPECT_EQ((*loaded)->at({2, 1, order[f]}), (7 + 100 * f) * (1 + order[f]) - 1000);
  const auto frame = loadFrame({below("enhanced") / "one.dcm", 2});
  ASSERT_TRUE(frame);
  EXPECT_EQ((*frame)->grid().originMm.z, 22.5);
  EXPECT_EQ((*frame)->at({2, 1, 0}), 207 * 6 - 1000);
  EXPECT_EQ(loadFrame({below("enhanced") / "one.dcm", 6}).error().code, ErrorCode::bad_argument);
}

TEST_F(MadeImages, TimesAreBlocksThatKnowOneAnother) {
  const auto series = readFolder(below("fourd"));
  ASSERT_THAT(series.blocks, SizeIs(4));
  for (const Block& block : series.blocks) {
    EXPECT_THAT(block.geometry, ElementsAre(Geometry::regular));
    EXPECT_THAT(block.notes, Contains(HasSubstr("temporal position")));
    ASSERT_TRUE(block.timePoint);
    EXPECT_EQ(block.timePoint->count, 4);
    EXPECT_EQ(block.timePoint->group, series.blocks[0].timePoint->group);
    EXPECT_EQ(block.slices.front().frame, 3 * block.timePoint->index);
  }
  const auto last = loadVolume(series.blocks[3], series.filesOf(series.blocks[3]), serial, {}, {});
  ASSERT_TRUE(last) << last.error().detail;
  EXPECT_EQ((*last)->at({0, 0, 2}), 1100);
}

TEST_F(MadeImages, DiffusionIsTakenApartByWeightThenDirection) {
  const auto series = readFolder(below("diffusion"));
  ASSERT_THAT(series.blocks, SizeIs(3));
  for (const Block& block : series.blocks) {
    EXPECT_THAT(block.geometry, ElementsAre(Geometry::regular));
    EXPECT_THAT(block.notes, Contains(HasSubstr("b-values")));
    EXPECT_FALSE(block.timePoint) << "a direction is no time";
  }
  const InstanceHeader header = headerOf("diffusion").instance;
  EXPECT_EQ(groupsOf(header, 5).bValue, 1000);
  EXPECT_EQ(groupsOf(header, 5).gradient, (Vec3{0, 1, 0}));
  EXPECT_FALSE(groupsOf(header, 0).gradient);
}

TEST_F(MadeImages, OnePlaceInSeveralPhasesIsAFilmInTheOrderOfTime) {
  const auto series = readFolder(below("film"));
  ASSERT_THAT(series.blocks, SizeIs(1));
  EXPECT_THAT(series.blocks[0].geometry, ElementsAre(Geometry::not_3d));
  EXPECT_THAT(series.blocks[0].notes, ElementsAre(HasSubstr("one place at 8 moments")));
  EXPECT_EQ(series.blocks[0].slices.front().frame, 7) << "the earliest phase is the last frame";
}

TEST_F(MadeImages, ATomogramIsStackedToTheSideThatItsSpacingSays) {
  const auto series = readFolder(below("tomo"));
  ASSERT_THAT(series.blocks, SizeIs(1));
  const Block& block = series.blocks[0];
  ASSERT_TRUE(block.grid);
  EXPECT_EQ(block.slices.front().frame, 4);
  EXPECT_EQ(block.grid->originMm, (Vec3{-10, -20, 12}));
  EXPECT_DOUBLE_EQ(block.grid->spacingMm.z, 4.5);
}

TEST_F(MadeImages, TwentyThousandFramesAreAHundredVolumes) {
  const auto series = readFolder(below("many"));
  ASSERT_THAT(series.refused, SizeIs(0));
  ASSERT_THAT(series.blocks, SizeIs(100));
  for (const Block& block : series.blocks) EXPECT_THAT(block.geometry, ElementsAre(Geometry::regular));
  EXPECT_EQ(series.blocks[99].timePoint->index, 99);
  const auto volume = loadVolume(series.blocks[99], series.filesOf(series.blocks[99]), serial, {}, {});
  ASSERT_TRUE(volume) << volume.error().detail;
  EXPECT_EQ((*volume)->at({1, 0, 199}), 1 + (100 * 19999) % 65536);
}

TEST_F(MadeImages, ToldFramesMustBeAsManyAsThereAre) {
  std::ifstream file(below("fourd") / "one.dcm", std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const auto at = bytes.find(std::string("\x28\x00\x08\x00IS", 6));
  ASSERT_NE(at, std::string::npos);
  ASSERT_EQ(bytes.substr(at + 8, 2), "12");
  bytes.replace(at + 8, 2, "11");
  test::TempDir folder;
  std::ofstream(folder / "cut.dcm", std::ios::binary) << bytes;
  const auto refused = readHeader(folder / "cut.dcm");
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().detail, HasSubstr("12 items for 11 frames"));
}

TEST_F(MadeImages, UptakeIsThatOfAnIndependentCalculation) {
  double first = 0;
  double last = 0;
  std::ifstream(below("pet") / "truth.txt") >> first >> last;
  std::filesystem::remove(below("pet") / "truth.txt");
  const auto series = readFolder(below("pet"));
  ASSERT_THAT(series.blocks, SizeIs(1));
  const Block& block = series.blocks[0];
  EXPECT_EQ(block.unit, Unit::suv_bw);
  ASSERT_TRUE(block.suv);
  EXPECT_THAT(block.suv->words, HasSubstr("64.5 min before the scan"));
  const auto volume = loadVolume(block, series.filesOf(block), serial, {}, {});
  ASSERT_TRUE(volume) << volume.error().detail;
  EXPECT_EQ((*volume)->type(), imaging::PixelType::float32);
  EXPECT_EQ((*volume)->unit(), Unit::suv_bw);
  EXPECT_NEAR((*volume)->at({1, 0, 0}), first, 1e-6 * first);
  EXPECT_NEAR((*volume)->at({4, 3, 3}), last, 1e-6 * last);
  EXPECT_EQ(loadFrame(series.filesOf(block)[0]).value()->unit(), Unit::bq_ml);
}

}  // namespace
}  // namespace attest::dicom
