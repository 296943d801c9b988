#include <gtest/gtest.h>

#include "tests/core/casedb/samples.h"
#include "tests/support/temp_dir.h"

namespace attest::casedb {
namespace {

using test::finding;
using test::import;
using test::write;

class Cases : public ::testing::Test {
 protected:
  CaseRecord record() { return db->record(id).value(); }
  template <class F>
  ErrorCode refusal(F&& change) {
    const auto written = write(*db, change);
    EXPECT_FALSE(written);
    return written ? ErrorCode::internal : written.error().code;
  }

  attest::test::TempDir home;
  std::unique_ptr<CaseDb> db = CaseDb::open(home.path()).value();
  CaseId id = import(*db, 1);
};

TEST_F(Cases, AnItemComesBackAsItWas) {
  Item item = finding(ItemState::corrected);
  item.category = {"SCT", "49755003", "Morphologically Altered Structure"};
  item.code = {"SCT", "27925004", "Nodule"};
  item.laterality = Code{"SCT", "24028007", "Right"};
  item.confidence = 0.1 + 0.2;
  item.flags = {"outside_plausible_range"};
  item.color = {1, 128, 255};
  item.source = {SeriesUid{"1.2.3.1.1"}, 2};
  item.maskHash = std::string(64, 'a');
  item.maskVersion = 2;
  item.measurement.voxels = 5'000'000'000;
  item.measurement.volumeMm3 = 1.0 / 3;
  item.measurement.longestMm = 12.4;
  item.measurement.longestEndsMm = {Vec3{1, 2, 3}, Vec3{-4, 5.5, 6}};
  item.measurement.values = ValueStatistics{-12.5, 3, -40, 20, -11};
  item.trackingUid = "2.25.1";
  item.madeBy = {"nodules", "1.2.0", "", ""};
  item.rejectReason = RejectReason{"boundary_too_big", "it leaks \"here\""};
  item.reviewedBy.value = "anna";
  item.reviewedAt = Time(std::chrono::milliseconds(1'760'000'000'123));
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) { return tx.putItem(id, item); }));
  EXPECT_EQ(record().items, std::vector{item});
}

TEST_F(Cases, ItemsKeepTheirOrderWhenOneChanges) {
  Item first = finding();
  const Item second = finding();
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) -> Result<> {
    ATTEST_CHECK(tx.putItem(id, first));
    return tx.putItem(id, second);
  }));
  first.state = ItemState::accepted;
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) { return tx.putItem(id, first); }));
  EXPECT_EQ(record().items, (std::vector{first, second}));
}

TEST_F(Cases, EveryMaskOfAnItemIsRemembered) {
  Item item = finding();
  for (const int version : {1, 2, 3}) {
    item.maskVersion = version;
    item.maskHash = std::string(64, static_cast<char>('a' + version));
    ASSERT_TRUE(write(*db, [&](WriteTx& tx) { return tx.putItem(id, item); }));
  }
  EXPECT_EQ(db->masks(item.id).value(),
            (std::vector{std::string(64, 'b'), std::string(64, 'c'), std::string(64, 'd')}));
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) { return tx.removeItem(id, item.id); }));
  EXPECT_EQ(db->masks(item.id)->size(), 3U) << "what was taken back is still something to learn from";
  EXPECT_TRUE(record().items.empty());
}

TEST_F(Cases, AMaskIsNeverReplacedByAnotherOfItsVersion) {
  Item item = finding();
  item.maskVersion = 1;
  item.maskHash = std::string(64, 'a');
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) { return tx.putItem(id, item); }));
  item.maskHash = std::string(64, 'b');
  EXPECT_EQ(refusal([&](WriteTx& tx) { return tx.putItem(id, item); }), ErrorCode::conflict);
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) -> Result<> {
    ATTEST_TRY(item.maskVersion, tx.nextMaskVersion(item.id));
    return tx.putItem(id, item);
  }));
  EXPECT_EQ(item.maskVersion, 2);
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) { return tx.removeItem(id, item.id); }));
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) -> Result<> {
    ATTEST_TRY(item.maskVersion, tx.nextMaskVersion(item.id));
    return {};
  }));
  EXPECT_EQ(item.maskVersion, 3);
}

TEST_F(Cases, AnItemOfAnotherCaseIsNotTaken) {
  const CaseId other = import(*db, 2);
  const Item item = finding();
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) { return tx.putItem(id, item); }));
  EXPECT_EQ(refusal([&](WriteTx& tx) { return tx.putItem(other, item); }), ErrorCode::conflict);
  EXPECT_EQ(refusal([&](WriteTx& tx) { return tx.removeItem(other, item.id); }), ErrorCode::not_found);
  EXPECT_EQ(record().items.size(), 1U);
}

TEST_F(Cases, AReportComesBackAsItWas) {
  Report report;
  report.section(SectionKind::findings) = {{"s1", "Nodule {x:longest}.", "report", true},
                                           {"s2", "\xC3\x84", "", false}};
  report.section(SectionKind::impression) = {{"s3", "Follow up.", "", true}};
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) { return tx.setReport(id, report); }));
  EXPECT_EQ(record().report, report);
}

TEST_F(Cases, TheRevisionGrowsWithWhatASignatureCoversAndWithNothingElse) {
  const auto grows = [&](auto&& change) {
    const auto before = record().revision;
    EXPECT_TRUE(write(*db, change));
    return record().revision - before;
  };
  const Item item = finding();
  Report report;
  report.section(SectionKind::findings) = {{"s1", "Text.", "", true}};
  EXPECT_EQ(grows([&](WriteTx& tx) { return tx.putItem(id, item); }), 1);
  EXPECT_EQ(grows([&](WriteTx& tx) { return tx.removeItem(id, item.id); }), 1);
  EXPECT_EQ(grows([&](WriteTx& tx) { return tx.setReport(id, report); }), 1);
  EXPECT_EQ(grows([&](WriteTx& tx) { return tx.setReport(id, report); }), 0);
  EXPECT_EQ(grows([&](WriteTx& tx) { return tx.addInstance(test::slice(1, 2, 1)).map([](Stored) {}); }), 1);
  EXPECT_EQ(grows([&](WriteTx& tx) { return tx.setStatus(id, CaseStatus::in_review); }), 0);
  EXPECT_EQ(grows([&](WriteTx& tx) { return tx.setReader(id, ReaderId{"anna"}); }), 0);
  EXPECT_EQ(grows([&](WriteTx& tx) { return tx.markViewed(id, SeriesUid{"1.2.3.1.1"}); }), 0);
}

TEST_F(Cases, ATransactionSeesItsOwnChangesAndRefusesWhatMovedOn) {
  const auto before = record().revision;
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) -> Result<> {
    ATTEST_CHECK(tx.expectRevision(id, before));
    ATTEST_CHECK(tx.putItem(id, finding()));
    ATTEST_TRY(const CaseRecord seen, tx.record(id));
    EXPECT_EQ(seen.items.size(), 1U);
    EXPECT_EQ(seen.row.unreviewed, 1);
    EXPECT_EQ(seen.revision, before + 1);
    return {};
  }));
  EXPECT_EQ(refusal([&](WriteTx& tx) { return tx.expectRevision(id, before); }), ErrorCode::stale);
}

TEST_F(Cases, ViewedSeriesAreOfTheCase) {
  import(*db, 1, 2);
  import(*db, 2);
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(write(*db, [&](WriteTx& tx) { return tx.markViewed(id, SeriesUid{"1.2.3.1.2"}); }));
  }
  EXPECT_EQ(record().viewed, std::vector{SeriesUid{"1.2.3.1.2"}});
  EXPECT_EQ(refusal([&](WriteTx& tx) { return tx.markViewed(id, SeriesUid{"1.2.3.2.1"}); }),
            ErrorCode::not_found);
}

TEST_F(Cases, VersionsAndTheirDeliveriesStand) {
  const Version one{1,           "hash", ReaderId{"anna"}, Time(std::chrono::milliseconds(5)), "{}",
                    "signature", "pem"};
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) -> Result<> {
    ATTEST_CHECK(tx.addVersion(id, one));
    return tx.addDelivery(id, {0, 1, "pacs", "seg", "due", 0, "", {}, "", {}});
  }));
  const CaseRecord now = record();
  ASSERT_EQ(now.versions.size(), 1U);
  EXPECT_EQ(now.versions[0].document, "{}");
  EXPECT_EQ(now.versions[0].signedAt, one.signedAt);
  ASSERT_EQ(now.deliveries.size(), 1U);
  EXPECT_GT(now.deliveries[0].id, 0);
  EXPECT_EQ(now.deliveries[0].state, "due");
  EXPECT_EQ(refusal([&](WriteTx& tx) { return tx.addVersion(id, one); }), ErrorCode::stale);
  EXPECT_FALSE(write(*db, [&](WriteTx& tx) {
    return tx.addDelivery(id, {0, 2, "pacs", "seg", "due", 0, "", {}, "", {}});
  }));
}

TEST_F(Cases, WhatIsSaidOfNoCaseIsRefused) {
  const CaseId none{"none"};
  EXPECT_EQ(refusal([&](WriteTx& tx) { return tx.setStatus(none, CaseStatus::ready); }),
            ErrorCode::not_found);
  EXPECT_EQ(refusal([&](WriteTx& tx) { return tx.putItem(none, finding()); }), ErrorCode::not_found);
  EXPECT_EQ(refusal([&](WriteTx& tx) { return tx.setReport(none, {}); }), ErrorCode::not_found);
  EXPECT_EQ(refusal([&](WriteTx& tx) { return tx.caseOf(StudyUid{"9"}).map([](const CaseId&) {}); }),
            ErrorCode::not_found);
}

TEST_F(Cases, ReadersAndSettingsAreKept) {
  Reader anna{ReaderId{"anna"},
              {Role::attending, Role::admin},
              true,
              "hash",
              "key",
              "pem",
              3,
              Time(std::chrono::milliseconds(77))};
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) -> Result<> {
    ATTEST_CHECK(tx.putReader(anna));
    ATTEST_CHECK(tx.setSetting("theme", "dark"));
    EXPECT_TRUE(tx.reader(anna.id).value().has_value());
    EXPECT_FALSE(tx.reader(ReaderId{"bob"}).value().has_value());
    return tx.setSetting("theme", "light");
  }));
  const Reader read = db->reader(anna.id).value().value();
  EXPECT_EQ(read.roles, anna.roles);
  EXPECT_TRUE(read.disabled);
  EXPECT_EQ(read.wrongSecrets, 3);
  EXPECT_EQ(read.lockedUntil, anna.lockedUntil);
  EXPECT_EQ(db->readers().value().size(), 1U);
  EXPECT_EQ(db->reader(ReaderId{"bob"}).value().has_value(), false);
  EXPECT_EQ(db->setting("theme").value(), "light");
  EXPECT_EQ(db->setting("none").value(), std::nullopt);
}

}  // namespace
}  // namespace attest::casedb
