#include <gtest/gtest.h>

#include <fstream>

#include "tests/core/casedb/samples.h"
#include "tests/support/temp_dir.h"

namespace attest::casedb {
namespace {

using test::import;
using test::slice;
using test::write;

class Images : public ::testing::Test {
 protected:
  Stored add(const NewInstance& instance) {
    Stored stored{};
    const auto written = write(*db, [&](WriteTx& tx) -> Result<> {
      ATTEST_TRY(stored, tx.addInstance(instance));
      return {};
    });
    EXPECT_TRUE(written) << name(written.error().code) << written.error().detail;
    return stored;
  }
  ErrorCode refusal(const NewInstance& instance) {
    const auto written = write(*db, [&](WriteTx& tx) { return tx.addInstance(instance).map([](Stored) {}); });
    return written ? ErrorCode::internal : written.error().code;
  }

  attest::test::TempDir home;
  std::unique_ptr<CaseDb> db = CaseDb::open(home.path()).value();
};

TEST_F(Images, TheFirstFileOfAStudyMakesItsCase) {
  const CaseId id = import(*db, 7);
  const CaseRecord record = db->record(id).value();
  EXPECT_EQ(record.study, slice(7, 1, 1).header.study);
  EXPECT_EQ(record.patient, slice(7, 1, 1).header.patient);
  ASSERT_EQ(record.series.size(), 1U);
  EXPECT_EQ(record.series[0].info, slice(7, 1, 1).header.series);
  EXPECT_EQ(record.series[0].instances, 3);
  EXPECT_EQ(record.row.images, 3);
  EXPECT_EQ(record.row.status, CaseStatus::received);
  EXPECT_EQ(record.row.priority, Priority::routine);
}

TEST_F(Images, AHeaderComesBackAsItWas) {
  NewInstance full = slice(1, 1, 1);
  InstanceHeader& header = full.header.instance;
  header.transferSyntax = "1.2.840.10008.1.2.1";
  header.groups.imageType = "ORIGINAL\\PRIMARY\\AXIAL";
  header.groups.orientation = {Vec3{1, 0, 0}, Vec3{0, 0.9999999999, 1e-17}};
  header.groups.pixelSpacingMm = {0.703125, 0.1 + 0.2};
  header.groups.rescaleSlope = 1;
  header.paddingValue = -2000;
  header.paddingLimit = -1990;
  header.frameOfReference = {"1.2.9"};
  header.isSigned = true;
  header.kvp = 120;
  header.frames = 3;
  header.frameTimesMs = {0, 33.3, 40};
  header.calibration = {CalibrationKind::projected, std::array{0.16, 0.2}, "magnification"};
  header.pet.emplace().doseBq = 370e6;
  header.groups.gradient = Vec3{1, 0, 0};
  header.perFrame.assign(3, header.groups);
  header.perFrame[1].positionMm = Vec3{0, 0, 2.5};
  header.perFrame[1].bValue = 800;
  header.perFrame[2].gradient.reset();
  header.perFrame[2].windows.clear();
  add(full);
  const auto read = db->instances(full.header.series.uid).value();
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(read[0], header);
}

TEST_F(Images, InstancesComeInTheOrderOfTheirNumbers) {
  for (const int number : {10, 2, 1}) add(slice(1, 1, number));
  std::vector<int> numbers;
  const auto headers = db->instances(slice(1, 1, 1).header.series.uid).value();
  for (const auto& header : headers) {
    numbers.push_back(header.instanceNumber);
  }
  EXPECT_EQ(numbers, (std::vector{1, 2, 10}));
}

TEST_F(Images, TheSameFileAgainChangesNothing) {
  const CaseId id = import(*db, 1);
  import(*db, 2);
  const CaseRecord before = db->record(id).value();
  EXPECT_EQ(add(slice(1, 1, 2)), Stored::duplicate);
  const CaseRecord after = db->record(id).value();
  EXPECT_EQ(after.row.images, 3);
  EXPECT_EQ(after.revision, before.revision);
  EXPECT_EQ(after.row.recency, before.row.recency);
}

TEST_F(Images, OtherBytesOfTheSameUidAreKeptApart) {
  const CaseId id = import(*db, 1);
  const auto revision = db->record(id).value().revision;
  EXPECT_EQ(add(slice(1, 1, 2, "other")), Stored::conflict);
  EXPECT_EQ(add(slice(1, 1, 2, "other")), Stored::duplicate);
  EXPECT_EQ(add(slice(1, 1, 2, "third")), Stored::conflict);
  const CaseRecord record = db->record(id).value();
  EXPECT_EQ(record.row.images, 3);
  EXPECT_EQ(record.series[0].instances, 3);
  EXPECT_EQ(record.revision, revision);
  EXPECT_EQ(db->instances(record.series[0].info.uid).value().size(), 3U);
}

TEST_F(Images, FilesThatCannotBelongTogetherAreRefused) {
  const CaseId id = import(*db, 1);
  NewInstance stranger = slice(1, 1, 9);
  stranger.header.patient.id = Phi(std::string("SOMEBODY-ELSE"));
  EXPECT_EQ(refusal(stranger), ErrorCode::conflict);
  NewInstance strayed = slice(2, 1, 9);
  strayed.header.series.uid = slice(1, 1, 1).header.series.uid;
  EXPECT_EQ(refusal(strayed), ErrorCode::conflict);
  NewInstance nameless = slice(1, 1, 9);
  nameless.header.instance.sopUid = {};
  EXPECT_EQ(refusal(nameless), ErrorCode::bad_argument);
  EXPECT_EQ(db->record(id).value().row.images, 3);
  EXPECT_EQ(db->worklist({}).value().total, 1);
}

TEST_F(Images, ARefusedFileSpoilsNotTheOthersOfItsTransaction) {
  NewInstance stranger = slice(1, 1, 9);
  stranger.header.patient.id = Phi(std::string("SOMEBODY-ELSE"));
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) -> Result<> {
    ATTEST_CHECK(tx.addInstance(slice(1, 1, 1)));
    EXPECT_FALSE(tx.addInstance(stranger));
    ATTEST_CHECK(tx.addInstance(slice(1, 1, 2)));
    return {};
  }));
  EXPECT_EQ(db->worklist({}).value().rows.at(0).images, 2);
}

TEST_F(Images, FramesCountAsImagesAndObjectsWithoutPixelsDoNot) {
  NewInstance multi = slice(1, 1, 1);
  multi.header.instance.frames = 40;
  add(multi);
  NewInstance report = slice(1, 2, 1);
  report.header.instance.rows = 0;
  report.header.series.modality = "SR";
  add(report);
  const CaseRow row = db->worklist({}).value().rows.at(0);
  EXPECT_EQ(row.images, 40);
  EXPECT_EQ(row.modality, "CT/SR");
  EXPECT_EQ(row.bodyPart, "CHEST");
}

TEST_F(Images, ATransactionSeesTheInstancesItAdded) {
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) -> Result<> {
    for (const int number : {2, 1}) ATTEST_CHECK(tx.addInstance(slice(1, 1, number)));
    ATTEST_CHECK(tx.addInstance(slice(1, 1, 1, "conflict")));
    ATTEST_TRY(const auto seen, tx.instances(slice(1, 1, 1).header.series.uid));
    EXPECT_EQ(seen, (std::vector{slice(1, 1, 1).header.instance, slice(1, 1, 2).header.instance}));
    return {};
  }));
}

TEST_F(Images, ManyOfThemInBatchesAreAllThereInOrder) {
  constexpr int batches = 20;
  constexpr int each = 500;
  for (int batch = 0; batch < batches; ++batch) {
    ASSERT_TRUE(write(*db, [&](WriteTx& tx) -> Result<> {
      for (int i = 0; i < each; ++i) ATTEST_CHECK(tx.addInstance(slice(1, 1 + i % 3, batch * each + i)));
      return {};
    }));
  }
  const CaseRow row = db->worklist({}).value().rows.at(0);
  EXPECT_EQ(row.images, batches * each);
  const CaseRecord record = db->record(row.id).value();
  int instances = 0;
  for (const Series& series : record.series) instances += series.instances;
  EXPECT_EQ(instances, batches * each);
}

TEST_F(Images, AllOfATransactionOrNothing) {
  const auto failed = write(*db, [&](WriteTx& tx) -> Result<> {
    ATTEST_CHECK(tx.addInstance(slice(1, 1, 1)));
    return fail(ErrorCode::cancelled);
  });
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::cancelled);
  EXPECT_EQ(db->worklist({}).value().total, 0);
  EXPECT_NE(import(*db, 1), CaseId{});
}

class Blocks : public Images {
 protected:
  void SetUp() override {
    id = import(*db, 1);
    block.slices = {{slice(1, 1, 3).header.instance.sopUid, 0}, {slice(1, 1, 1).header.instance.sopUid, 0}};
    block.dims = {512, 512, 2};
    block.grid =
        Grid{{512, 512, 2}, {-100.25, 10.5, 2.5}, {0.7, 0.7, 2.5}, {Vec3{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
    block.unit = Unit::hu;
    block.frameOfReference = {"1.2.9"};
    block.geometry = {Geometry::tilted, Geometry::gaps};
    block.notes = {"two slices are missing"};
    block.windows = {{40, 400}};
  }
  Result<> set(const std::vector<Block>& blocks) {
    return write(*db, [&](WriteTx& tx) { return tx.setBlocks(series, blocks); });
  }
  void makeFile(int number) {
    const std::filesystem::path path = home / slice(1, 1, number).storedPath;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << number;
  }
  CaseId id;
  SeriesUid series = slice(1, 1, 1).header.series.uid;
  Block block;
};

TEST_F(Blocks, ComeBackAsTheyWere) {
  Block flat;
  flat.index = 1;
  flat.geometry = {Geometry::not_3d};
  ASSERT_TRUE(set({block, flat}));
  EXPECT_EQ(db->record(id).value().series[0].blocks, (std::vector{block, flat}));
}

TEST_F(Blocks, RaiseTheRevisionOnlyWhenTheyChange) {
  const auto revision = [&] { return db->record(id).value().revision; };
  const auto before = revision();
  ASSERT_TRUE(set({block}));
  EXPECT_EQ(revision(), before + 1);
  ASSERT_TRUE(set({block}));
  EXPECT_EQ(revision(), before + 1);
  ASSERT_TRUE(set({}));
  EXPECT_EQ(revision(), before + 2);
  EXPECT_TRUE(db->record(id).value().series[0].blocks.empty());
}

TEST_F(Blocks, KeepTheirIndexWhenLateImagesChangeTheOrder) {
  const auto blockOf = [](int index, const std::vector<std::string>& uids) {
    Block made;
    made.index = index;
    for (const auto& uid : uids) made.slices.push_back({{uid}, 0});
    return made;
  };
  ASSERT_TRUE(set({blockOf(0, {"a", "b", "c"}), blockOf(1, {"x", "y"})}));
  ASSERT_TRUE(
      set({blockOf(0, {"x", "y", "z", "w"}), blockOf(1, {"n"}), blockOf(2, {"a", "b"}), blockOf(3, {"c"})}));
  const auto blocks = db->record(id).value().series[0].blocks;
  ASSERT_EQ(blocks.size(), 4U);
  EXPECT_EQ(blocks[0], blockOf(0, {"a", "b"}));
  EXPECT_EQ(blocks[1], blockOf(1, {"x", "y", "z", "w"}));
  EXPECT_EQ(blocks[2], blockOf(2, {"n"})) << "new ones come behind";
  EXPECT_EQ(blocks[3], blockOf(3, {"c"})) << "the smaller part of what was one";
}

TEST_F(Blocks, OfAnUnknownSeriesAreRefused) {
  const auto refused = write(*db, [&](WriteTx& tx) { return tx.setBlocks(SeriesUid{"9.9"}, {}); });
  EXPECT_EQ(refused.error().code, ErrorCode::not_found);
}

TEST_F(Blocks, GiveTheFilesInTheirOrder) {
  ASSERT_TRUE(set({block}));
  makeFile(1);
  makeFile(3);
  const auto slices = db->slices({series, 0}).value();
  ASSERT_EQ(slices.size(), 2U);
  EXPECT_EQ(slices[0].instanceNumber, 3);
  EXPECT_EQ(slices[0].path, home / slice(1, 1, 3).storedPath);
  EXPECT_EQ(slices[1].sopUid, block.slices[1].sopUid);
  EXPECT_EQ(slices[1].sopClass, "1.2.840.10008.5.1.4.1.1.2");
}

TEST_F(Blocks, SayHowManyFilesAreMissing) {
  ASSERT_TRUE(set({block}));
  makeFile(3);
  const auto slices = db->slices({series, 0});
  ASSERT_FALSE(slices);
  EXPECT_EQ(slices.error().code, ErrorCode::not_found);
  EXPECT_NE(slices.error().detail.find("1 of 2"), std::string::npos);
  EXPECT_EQ(db->slices({series, 5}).error().code, ErrorCode::not_found);
}

TEST_F(Blocks, AFileIndexedInPlaceKeepsItsPath) {
  NewInstance elsewhere = slice(1, 1, 8);
  elsewhere.storedPath = (home / "some where" / "CT 8").string();
  std::filesystem::create_directories(home / "some where");
  std::ofstream(elsewhere.storedPath) << 8;
  add(elsewhere);
  block.slices = {{elsewhere.header.instance.sopUid, 0}};
  ASSERT_TRUE(set({block}));
  EXPECT_EQ(db->slices({series, 0}).value().at(0).path, elsewhere.storedPath);
}

}  // namespace
}  // namespace attest::casedb
