#include "core/dicom/ct_write.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "core/dicom/blocks.h"
#include "core/dicom/header.h"
#include "core/dicom/load.h"
#include "tests/support/phantom.h"
#include "tests/support/temp_dir.h"

namespace attest::dicom {
namespace {

namespace fs = std::filesystem;

class CtWriteTest : public testing::Test {
 protected:
  static CtSeries series() {
    CtSeries series;
    series.patient = {Phi<std::string>("ATT-1"), Phi<std::string>("MÜLLER^Ätna"),
                      Phi<std::string>("19500102"), "F"};
    series.study = {StudyUid{"2.25.1"}, "CT Thorax", "20260914", "101500", Phi<std::string>("A1"), {}, "1"};
    series.series = {SeriesUid{"2.25.2"},
                     FrameUid{"2.25.3"},
                     "CT",
                     "Thorax 1 mm",
                     2,
                     "CHEST",
                     "Attest",
                     "Phantom",
                     "Thorax"};
    series.windows = {{-600, 1500}, {40, 400}};
    series.kernel = "B50";
    return series;
  }
  Result<std::vector<fs::path>> write(const std::string& name, std::stop_token stop = {}) {
    return writeCt(folder_ / name, *phantom_.volume, series(), serial_, std::move(stop));
  }
  static int run(const std::string& command) { return std::system(command.c_str()); }
  static std::string bytesOf(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  attest::test::TempDir folder_;
  attest::test::ChestPhantom phantom_ = attest::test::makeChestPhantom({40, 36, 20}, {8, 7, 12.5});
  Serial serial_;
};

TEST_F(CtWriteTest, AVolumeComesBackAsItWas) {
  const auto paths = write("ct");
  ASSERT_TRUE(paths) << paths.error().detail;
  std::vector<InstanceHeader> headers;
  std::vector<SliceFile> slices;
  SeriesInfo info;
  for (const auto& path : *paths) {
    const auto header = readHeader(path);
    ASSERT_TRUE(header) << header.error().detail;
    EXPECT_EQ(header->patient.name.reveal(), "MÜLLER^Ätna");
    headers.push_back(header->instance);
    info = header->series;
    slices.push_back({path, 0});
  }
  EXPECT_EQ(info, series().series);
  EXPECT_EQ(headers[0].groups.windows, series().windows);
  const auto blocks = formBlocks(headers, info);
  ASSERT_EQ(blocks.size(), 1U);
  ASSERT_TRUE(blocks[0].grid);
  EXPECT_TRUE(sameGrid(*blocks[0].grid, phantom_.grid));
  const auto volume = loadVolume(blocks[0], slices, serial_, {}, {});
  ASSERT_TRUE(volume) << volume.error().detail;
  EXPECT_EQ((*volume)->unit(), Unit::hu);
  EXPECT_TRUE(std::ranges::equal((*volume)->values<std::int16_t>(), phantom_.volume->values<std::int16_t>()));
}

TEST_F(CtWriteTest, OtherProgramsAcceptAndReadIt) {
  const auto paths = write("ct");
  ASSERT_TRUE(paths);
  if (run("command -v dciodvfy > /dev/null 2>&1") != 0) GTEST_SKIP() << "no dciodvfy here";
  for (const auto& path : {paths->front(), paths->back()})
    EXPECT_NE(run("dciodvfy " + path.string() + " 2>&1 | grep -E '^Error'"), 0);
  const std::string script =
      "import pydicom, sys; d = pydicom.dcmread(sys.argv[1]); "
      "assert str(d.PatientName) == 'MÜLLER^Ätna'; assert d.pixel_array.min() == -1000; "
      "assert [float(v) for v in d.PixelSpacing] == [7, 8]; assert d.WindowCenter == [-600, 40]; "
      "assert float(d.ImagePositionPatient[2]) == float(sys.argv[2])";
  const std::string z = std::to_string(phantom_.grid.originMm.z);
  EXPECT_EQ(run(std::string(ATTEST_PYTHON) + " -c \"" + script + "\" " + paths->front().string() + " " + z),
            0);
}

TEST_F(CtWriteTest, WritingAgainGivesTheSameBytes) {
  const auto first = write("a");
  const auto second = write("b");
  ASSERT_TRUE(first && second);
  for (std::size_t k = 0; k < first->size(); ++k) EXPECT_EQ(bytesOf((*first)[k]), bytesOf((*second)[k]));
}

TEST_F(CtWriteTest, RefusesWhatIsNoCt) {
  CtSeries nameless = series();
  nameless.series.uid = {};
  EXPECT_EQ(writeCt(folder_ / "x", *phantom_.volume, nameless, serial_, {}).error().code,
            ErrorCode::bad_argument);
  const imaging::Volume pet(Grid{.dims = {4, 4, 4}, .originMm = {}}, imaging::PixelType::float32,
                            Unit::suv_bw);
  EXPECT_EQ(writeCt(folder_ / "x", pet, series(), serial_, {}).error().code, ErrorCode::bad_argument);
  EXPECT_FALSE(fs::exists(folder_ / "x"));
  std::ofstream(folder_ / "file") << "no folder";
  EXPECT_EQ(write("file").error().code, ErrorCode::io);
}

TEST_F(CtWriteTest, AStopIsObeyed) {
  std::stop_source stop;
  stop.request_stop();
  const auto written = write("ct", stop.get_token());
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace attest::dicom
