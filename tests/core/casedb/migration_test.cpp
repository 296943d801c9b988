#include <gtest/gtest.h>
#include <sqlite3.h>

#include "core/casedb/migrations.h"
#include "tests/core/casedb/samples.h"
#include "tests/support/temp_dir.h"

namespace attest::casedb {
namespace {

/// A home as version 2 of the schema left it: a signed case with a delivery, to which images came later, an
/// untouched signed one, and an open one that a reader has in hand.
constexpr const char* olderHome = R"sql(
  INSERT INTO patients VALUES (1, 'ATT-1', 'Müller^Zoë', '19700101', 'F');
  INSERT INTO studies VALUES (1, '1.2.1', 1, 'Chest', '20260101', '', 'ACC1', '', ''),
    (2, '1.2.2', 1, 'Chest', '20260301', '', 'ACC2', '', ''), (3, '1.2.3', 1, 'Chest', '20260601', '', 'ACC3', '', '');
  INSERT INTO cases (id, uuid, recency, revision, status, reader, priority, findings, unreviewed) VALUES
    (1, 'one', 3, 4, 'approved', 'anna', 2, 1, 0), (2, 'two', 1, 3, 'approved', 'bob', 2, 0, 0),
    (3, 'three', 2, 2, 'in review', 'anna', 0, 2, 2);
  INSERT INTO search (rowid, name, id, description, modality, status, body, accession) VALUES
    (3, 'Müller^Zoë', 'ATT-1', 'Chest', 'CT', 'approved signed', '', 'ACC1'),
    (1, 'Müller^Zoë', 'ATT-1', 'Chest', 'CT', 'approved signed', '', 'ACC2'),
    (2, 'Müller^Zoë', 'ATT-1', 'Chest', 'CT', 'in review', '', 'ACC3');
  INSERT INTO series VALUES (1, 1, '1.2.1.1', '', 'CT', '', 1, '', '', '', '');
  INSERT INTO runs VALUES (1, 3, 'run', 'default', 0, 'done', 5);
  INSERT INTO steps (run, number, agent, agent_version, needs, state, attempts, progress, seconds, error, worker, note)
    VALUES (1, 0, 'lungs', '1.0.0', '[]', 'done', 1, 1, 2, '', '', '3 structures'),
    (1, 1, 'qa', '1.0.0', '[0]', 'skipped', 1, 0, 0, 'no results', '', '');
  INSERT INTO items ("case", uuid, kind, state, data) VALUES
    (1, 'seen', 'finding', 'accepted', '{"label":"nodule","confidence":0.2}'),
    (3, 'weak', 'finding', 'proposed', '{"label":"nodule","confidence":0.2}'),
    (3, 'strong', 'finding', 'proposed', '{"label":"nodule","confidence":0.9}');
  INSERT INTO masks VALUES ('seen', 1, 'hash');
  INSERT INTO versions VALUES (1, 1, 'h1', 'anna', 7, '{}', 's', 'c'), (2, 1, 'h2', 'bob', 8, '{}', 's', 'c');
  INSERT INTO deliveries VALUES (9, 1, 1, 'pacs', 'seg', 'due', 2, 'no answer');
)sql";

class Migration : public ::testing::Test {
 protected:
  void SetUp() override {
    sqlite3* database = nullptr;
    sqlite3_open((home / "attest.db").c_str(), &database);
    const auto run = [&](const std::string& sql) {
      char* error = nullptr;
      EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &error), SQLITE_OK)
          << (error == nullptr ? "" : error);
      sqlite3_free(error);
    };
    for (std::size_t i = 0; i < 2; ++i) run(std::string(migrations()[i]));
    run(olderHome);
    std::string previous = audit::genesis();
    std::int64_t seq = 0;
    for (const AuditEvent& event :
         {AuditEvent{"anna", "import", "one", "3 images added, 0 duplicates"},
          AuditEvent{"anna", "sign", "one", "h1"}, AuditEvent{"bob", "sign", "two", "h2"},
          AuditEvent{"anna", "import", "one", "1 images added, 0 duplicates"},
          AuditEvent{"anna", "import", "two", "0 images added, 3 duplicates"}}) {
      const AuditRecord link = audit::append(previous, ++seq, Time{}, event);
      run("INSERT INTO audit_events VALUES (" + std::to_string(seq) + ", 0, '" + event.actor + "', '" +
          event.action + "', '" + event.subject + "', '" + event.detail + "', '" + previous + "', '" +
          link.hash + "')");
      previous = link.hash;
    }
    run("PRAGMA application_id=" + std::to_string(0x41545354) + "; PRAGMA user_version=2");
    sqlite3_close(database);
  }
  std::vector<std::string> found(const CaseDb& db, const std::string& text) {
    std::vector<std::string> list;
    const WorklistPage page = db.worklist({text, {}, 10}).value();
    for (const CaseRow& row : page.rows) list.push_back(row.id.value);
    return list;
  }

  attest::test::TempDir home;
};

using Ids = std::vector<std::string>;

TEST_F(Migration, OfAnOlderHomeKeepsAllThatItHeld) {
  const auto opened = CaseDb::open(home.path());
  ASSERT_TRUE(opened) << opened.error().detail;
  const CaseDb& db = **opened;
  EXPECT_TRUE(db.integrity().value().empty());
  const CaseRecord one = db.record(CaseId{"one"}).value();
  EXPECT_EQ(one.row.status, CaseStatus::approved);
  EXPECT_EQ(one.patient.name.reveal(), "Müller^Zoë");
  ASSERT_EQ(one.items.size(), 1U);
  EXPECT_EQ(one.items[0].confidence, 0.2);
  EXPECT_FALSE(one.items[0].earlier);
  ASSERT_EQ(one.versions.size(), 1U);
  ASSERT_EQ(one.deliveries.size(), 1U);
  EXPECT_EQ(one.deliveries[0].id, 9);
  EXPECT_EQ(one.deliveries[0].attempts, 2);
  EXPECT_EQ(one.deliveries[0].error, "no answer");
  EXPECT_EQ(db.masks(ItemId{"seen"}).value(), std::vector<std::string>{"hash"});
  audit::Verifier verifier;
  ASSERT_TRUE(db.auditTrail([&](const AuditRecord& link) { verifier.add(link); }));
  EXPECT_EQ(verifier.events(), 5);
  EXPECT_TRUE(verifier.broken().empty());
}

TEST_F(Migration, GivesWhatWasThereItsNewWords) {
  const auto db = CaseDb::open(home.path()).value();
  EXPECT_EQ(found(*db, "muller"), (Ids{"one", "three", "two"}));
  EXPECT_EQ(found(*db, "is:unread"), Ids{"three"});
  EXPECT_EQ(found(*db, "is:changed"), Ids{"one"}) << "images came after the signature";
  EXPECT_EQ(found(*db, "priority:stat"), Ids{"three"});
  EXPECT_EQ(found(*db, "reader:anna"), (Ids{"one", "three"}));
  EXPECT_EQ(found(*db, "status:signed reader:bob"), Ids{"two"});
  EXPECT_EQ(db->record(CaseId{"three"})->row.lowConfidence, 1);
  const auto priors = db->record(CaseId{"three"})->priors;
  ASSERT_EQ(priors.size(), 2U);
  EXPECT_EQ(priors[0].id.value, "two");
  EXPECT_TRUE(priors[1].changed);
}

TEST_F(Migration, KeepsTheWordsOfItsAgentsAsTheyAre) {
  const auto db = CaseDb::open(home.path()).value();
  const attest::Run run = db->run(RunId{"run"}).value();
  ASSERT_EQ(run.steps.size(), 2U);
  EXPECT_EQ(run.steps[0].notes, std::vector{(Note{NoteCode::text, {}, "3 structures"})});
  EXPECT_TRUE(run.steps[1].notes.empty());
}

TEST_F(Migration, LeavesTheOutboxDue) {
  const auto db = CaseDb::open(home.path()).value();
  const auto claimed = db->claimDelivery("w", std::chrono::seconds(60)).value();
  ASSERT_TRUE(claimed);
  EXPECT_EQ(claimed->delivery.id, 9);
  EXPECT_EQ(claimed->delivery.attempts, 3);
  EXPECT_EQ(db->record(CaseId{"one"})->row.delivery, "due");
}

}  // namespace
}  // namespace attest::casedb
