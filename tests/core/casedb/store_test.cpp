#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <thread>

#include "core/casedb/migrations.h"
#include "tests/core/casedb/samples.h"
#include "tests/support/temp_dir.h"

namespace attest::casedb {
namespace {

using test::import;
using test::slice;
using test::write;

/// SQL past the room's back, as a tool of an administrator would run it; SQLite's answer code.
int sql(const std::filesystem::path& home, const std::string& text) {
  sqlite3* database = nullptr;
  sqlite3_open((home / "attest.db").c_str(), &database);
  const int code = sqlite3_exec(database, text.c_str(), nullptr, nullptr, nullptr);
  sqlite3_close(database);
  return code;
}

audit::Verifier verified(const CaseDb& db) {
  audit::Verifier verifier;
  EXPECT_TRUE(db.auditTrail([&](const AuditRecord& link) { verifier.add(link); }));
  return verifier;
}

TEST(Store, IsMadeOnceAndKeepsWhatItHolds) {
  const attest::test::TempDir home;
  CaseId id;
  {
    const auto db = CaseDb::open(home / "new" / "home").value();
    id = import(*db, 1);
  }
  const auto db = CaseDb::open(home / "new" / "home").value();
  EXPECT_EQ(db->record(id).value().row.images, 3);
  EXPECT_TRUE(db->integrity().value().empty());
}

TEST(Store, OfANewerVersionIsRefused) {
  const attest::test::TempDir home;
  ASSERT_TRUE(CaseDb::open(home.path()));
  ASSERT_EQ(sql(home.path(), "PRAGMA user_version=" + std::to_string(migrations().size() + 1)), SQLITE_OK);
  EXPECT_EQ(CaseDb::open(home.path()).error().code, ErrorCode::unsupported);
}

TEST(Store, ThatIsNoCaseDatabaseIsRefusedAndLeftAlone) {
  const attest::test::TempDir home;
  std::ofstream(home / "attest.db") << std::string(5000, 'x');
  EXPECT_EQ(CaseDb::open(home.path()).error().code, ErrorCode::corrupt);
  EXPECT_EQ(std::filesystem::file_size(home / "attest.db"), 5000U);
  const attest::test::TempDir other;
  ASSERT_EQ(sql(other.path(), "CREATE TABLE recipes (cake TEXT)"), SQLITE_OK);
  EXPECT_EQ(CaseDb::open(other.path()).error().code, ErrorCode::corrupt);
  EXPECT_EQ(sql(other.path(), "SELECT cake FROM recipes"), SQLITE_OK);
}

TEST(Store, ThatWasCutShortIsRefused) {
  const attest::test::TempDir home;
  { ASSERT_TRUE(CaseDb::open(home.path())); }
  std::filesystem::resize_file(home / "attest.db", std::filesystem::file_size(home / "attest.db") / 2);
  EXPECT_EQ(CaseDb::open(home.path()).error().code, ErrorCode::corrupt);
}

TEST(Store, WhereNoFolderCanBeIsAnError) {
  const attest::test::TempDir home;
  std::ofstream(home / "file") << "x";
  EXPECT_EQ(CaseDb::open(home / "file" / "home").error().code, ErrorCode::io);
}

TEST(Store, SaysWhatIsDamaged) {
  const attest::test::TempDir home;
  const auto db = CaseDb::open(home.path()).value();
  import(*db, 1);
  ASSERT_EQ(sql(home.path(), "PRAGMA foreign_keys=OFF; DELETE FROM patients"), SQLITE_OK);
  const auto complaints = db->integrity().value();
  ASSERT_EQ(complaints.size(), 1U);
  EXPECT_EQ(complaints[0], "a row of studies names none in patients");
}

TEST(Store, AStoredValueThatDoesNotReadIsCorruptAndItsTextStaysInside) {
  const attest::test::TempDir home;
  const auto db = CaseDb::open(home.path()).value();
  import(*db, 1);
  ASSERT_EQ(sql(home.path(), "UPDATE instances SET header = '{\"rows\": \"SECRET'"), SQLITE_OK);
  const auto read = db->instances(slice(1, 1, 1).header.series.uid);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::corrupt);
  EXPECT_EQ(read.error().detail.find("SECRET"), std::string::npos);
}

TEST(AuditTrail, HasOneSoundLinkForEveryWrite) {
  const attest::test::TempDir home;
  test::SetClock clock;
  const auto db = CaseDb::open(home.path(), clock).value();
  for (int i = 1; i <= 5; ++i) {
    clock.forward(std::chrono::seconds(1));
    ASSERT_TRUE(db->write(test::event("import"), [&](WriteTx&, AuditEvent& event) -> Result<> {
      event.subject = "case " + std::to_string(i);
      event.detail = "3 files";
      return {};
    }));
  }
  std::vector<AuditRecord> links;
  ASSERT_TRUE(db->auditTrail([&](const AuditRecord& link) { links.push_back(link); }));
  ASSERT_EQ(links.size(), 5U);
  EXPECT_EQ(links[1].seq, 2);
  EXPECT_EQ(links[1].event.actor, "anna");
  EXPECT_EQ(links[1].event.action, "import");
  EXPECT_EQ(links[1].event.subject, "case 2");
  EXPECT_EQ(links[1].event.detail, "3 files");
  EXPECT_EQ(links[4].time, clock.now());
  const auto verifier = verified(*db);
  EXPECT_TRUE(verifier.broken().empty());
  EXPECT_EQ(verifier.head(), links[4].hash);
}

TEST(AuditTrail, HasALinkForEachActOfAWrite) {
  const attest::test::TempDir home;
  const auto db = CaseDb::open(home.path()).value();
  ASSERT_TRUE(db->write(test::event("review"), [&](WriteTx& tx, AuditEvent&) -> Result<> {
    ATTEST_CHECK(tx.alsoAudit(test::event("review.accept")));
    return tx.alsoAudit(test::event("review.reject"));
  }));
  std::vector<std::string> actions;
  ASSERT_TRUE(db->auditTrail([&](const AuditRecord& link) { actions.push_back(link.event.action); }));
  EXPECT_EQ(actions, (std::vector<std::string>{"review.accept", "review.reject", "review"}));
  EXPECT_TRUE(verified(*db).broken().empty());
}

TEST(AuditTrail, HasNoLinkForAWriteThatFailed) {
  const attest::test::TempDir home;
  const auto db = CaseDb::open(home.path()).value();
  EXPECT_FALSE(write(*db, [](WriteTx&) -> Result<> { return fail(ErrorCode::not_signable); }));
  EXPECT_FALSE(write(*db, [](WriteTx&) -> Result<> { throw std::runtime_error("a bug"); }));
  EXPECT_EQ(verified(*db).events(), 0);
  EXPECT_TRUE(write(*db, [](WriteTx&) -> Result<> { return {}; }));
  EXPECT_EQ(verified(*db).events(), 1);
}

TEST(AuditTrail, AndSignedVersionsAreAppendOnly) {
  const attest::test::TempDir home;
  const auto db = CaseDb::open(home.path()).value();
  const CaseId id = import(*db, 1);
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) { return tx.addVersion(id, {1, "h", {}, {}, "{}", "s", "c"}); }));
  for (const char* table : {"audit_events", "versions"}) {
    const std::string name(table);
    EXPECT_EQ(sql(home.path(), "UPDATE " + name + " SET hash = 'forged'"), SQLITE_CONSTRAINT) << name;
    EXPECT_EQ(sql(home.path(), "DELETE FROM " + name), SQLITE_CONSTRAINT) << name;
  }
}

TEST(AuditTrail, ShowsWhatWasForgedPastTheTriggers) {
  const attest::test::TempDir home;
  const auto db = CaseDb::open(home.path()).value();
  for (int i = 1; i <= 4; ++i) import(*db, i);
  ASSERT_TRUE(verified(*db).broken().empty());
  ASSERT_EQ(
      sql(home.path(),
          "DROP TRIGGER audit_events_never_change; UPDATE audit_events SET actor = 'bob' WHERE seq = 2"),
      SQLITE_OK);
  const auto verifier = verified(*db);
  ASSERT_EQ(verifier.broken().size(), 1U);
  EXPECT_EQ(verifier.broken()[0].seq, 2);
}

/// Each of several threads on its own database object, as processes are; and pairs of them on one.
TEST(Together, WritersAndReadersOfOneHomeLoseNothing) {
  const attest::test::TempDir home;
  const auto first = CaseDb::open(home.path()).value();
  const auto second = CaseDb::open(home.path()).value();
  constexpr int writers = 4;
  constexpr int each = 25;
  std::atomic<int> failures = 0;
  {
    std::vector<std::jthread> threads;
    for (int w = 0; w < writers; ++w) {
      threads.emplace_back([&, w] {
        CaseDb& db = w % 2 == 0 ? *first : *second;
        for (int i = 1; i <= each; ++i) {
          if (import(db, 1 + w, i, 2).empty()) ++failures;
        }
      });
      threads.emplace_back([&, w] {
        const CaseDb& db = w % 2 == 0 ? *second : *first;
        for (int i = 0; i < each; ++i) {
          const auto page = db.worklist({"doe", {}, 10});
          if (!page || page->total != static_cast<std::int64_t>(page->rows.size())) ++failures;
          for (const CaseRow& row : page ? page->rows : std::vector<CaseRow>{}) {
            const auto record = db.record(row.id);
            // A transaction adds two images and a series: whoever sees one of them sees all.
            if (!record || record->row.images != 2 * static_cast<int>(record->series.size())) ++failures;
          }
        }
      });
    }
  }
  EXPECT_EQ(failures, 0);
  const WorklistPage page = first->worklist({}).value();
  EXPECT_EQ(page.total, writers);
  for (const CaseRow& row : page.rows) EXPECT_EQ(row.images, 2 * each);
  const auto verifier = verified(*second);
  EXPECT_EQ(verifier.events(), writers * each);
  EXPECT_TRUE(verifier.broken().empty());
  EXPECT_TRUE(first->integrity().value().empty());
}

TEST(Together, ProgramsThatStartAtOnceMakeOneDatabase) {
  const attest::test::TempDir home;
  std::atomic<int> opened = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 6; ++i) {
      threads.emplace_back([&, i] {
        const auto db = CaseDb::open(home.path());
        if (db && !import(**db, 1 + i).empty()) ++opened;
      });
    }
  }
  EXPECT_EQ(opened, 6);
  EXPECT_EQ(CaseDb::open(home.path()).value()->worklist({}).value().total, 6);
}

TEST(Together, NoStepIsClaimedTwice) {
  const attest::test::TempDir home;
  const auto first = CaseDb::open(home.path()).value();
  const auto second = CaseDb::open(home.path()).value();
  attest::Run run{
      RunId{newUuid()}, import(*first, 1), "default", Priority::routine, RunState::queued, {}, {}};
  run.steps.resize(40);
  for (std::size_t i = 0; i < run.steps.size(); ++i) run.steps[i].number = static_cast<int>(i);
  ASSERT_TRUE(write(*first, [&](WriteTx& tx) { return tx.addRun(run); }));
  std::vector<std::vector<int>> claimed(4);
  {
    std::vector<std::jthread> threads;
    for (std::size_t w = 0; w < claimed.size(); ++w) {
      threads.emplace_back([&, w] {
        CaseDb& db = w % 2 == 0 ? *first : *second;
        for (;;) {
          const auto step = db.claimStep("w" + std::to_string(w), std::chrono::hours(1));
          if (!step) break;
          if (!*step) {
            if (db.run(run.id).value().steps.back().state == StepState::running) break;
            continue;  // another was faster
          }
          claimed[w].push_back((*step)->step);
        }
      });
    }
  }
  std::vector<int> all;
  for (const auto& part : claimed) all.insert(all.end(), part.begin(), part.end());
  std::ranges::sort(all);
  ASSERT_EQ(all.size(), run.steps.size());
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i], static_cast<int>(i));
}

TEST(Home, IsNobodyElsesBusiness) {
  const attest::test::TempDir temp;
  const auto open = temp / "home";
  std::filesystem::create_directories(open);
  std::filesystem::permissions(open, std::filesystem::perms::all);
  const auto rights = [](const std::filesystem::path& path) {
    return std::filesystem::status(path).permissions() & std::filesystem::perms::mask;
  };
  for (const char* name : {"home", "new"}) {
    const auto home = temp / name;
    const auto db = CaseDb::open(home);
    ASSERT_TRUE(db) << db.error().detail;
    import(**db, 1);
    const auto blob = (*db)->blobs().put("bytes");
    EXPECT_EQ(rights(home), std::filesystem::perms::owner_all);
    const auto ownFile = std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;
    for (const char* file : {"attest.db", "attest.db-wal", "attest.db-shm"})
      EXPECT_EQ(rights(home / file), ownFile);
    EXPECT_EQ(rights((*db)->blobs().pathOf(*blob)), ownFile);
  }
}

}  // namespace
}  // namespace attest::casedb
