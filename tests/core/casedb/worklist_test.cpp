#include <gtest/gtest.h>

#include "tests/core/casedb/samples.h"
#include "tests/support/temp_dir.h"

namespace attest::casedb {
namespace {

using test::finding;
using test::import;
using test::slice;
using test::write;

class Worklist : public ::testing::Test {
 protected:
  std::vector<std::string> ids(const std::string& text) {
    std::vector<std::string> list;
    const WorklistPage page = db->worklist({text, {}, 100}).value();
    for (const CaseRow& row : page.rows) list.push_back(row.patient.id.reveal());
    return list;
  }
  CaseId named(int study, const std::string& name) {
    NewInstance instance = slice(study, 1, 1);
    instance.header.patient.name = Phi(name);
    EXPECT_TRUE(write(*db, [&](WriteTx& tx) { return tx.addInstance(instance).map([](Stored) {}); }));
    return db->resolve(instance.header.study.uid.value).value();
  }
  void setStatus(const CaseId& id, CaseStatus status) {
    ASSERT_TRUE(write(*db, [&](WriteTx& tx) { return tx.setStatus(id, status); }));
  }

  attest::test::TempDir home;
  std::unique_ptr<CaseDb> db = CaseDb::open(home.path()).value();
};

using Ids = std::vector<std::string>;

TEST_F(Worklist, OfAnEmptyHomeIsEmpty) {
  const WorklistPage page = db->worklist({}).value();
  EXPECT_EQ(page.total, 0);
  EXPECT_TRUE(page.rows.empty());
}

TEST_F(Worklist, TheNewestComesFirstAndNewImagesMakeACaseTheNewest) {
  for (const int study : {1, 2, 3}) import(*db, study);
  EXPECT_EQ(ids(""), (Ids{"ATT-3", "ATT-2", "ATT-1"}));
  import(*db, 1, 2);
  EXPECT_EQ(ids(""), (Ids{"ATT-1", "ATT-3", "ATT-2"}));
  EXPECT_EQ(ids("doe"), (Ids{"ATT-1", "ATT-3", "ATT-2"}));
}

TEST_F(Worklist, PagesContinueBelowTheLastKeyWithoutHolesOrRepeats) {
  for (int study = 1; study <= 25; ++study) import(*db, study, 1, 1);
  for (const std::string text : {"", "chest"}) {
    Ids all;
    WorklistQuery query{text, {}, 10};
    for (;;) {
      const WorklistPage page = db->worklist(query).value();
      EXPECT_EQ(page.total, 25);
      if (page.rows.empty()) break;
      for (const CaseRow& row : page.rows) all.push_back(row.patient.id.reveal());
      query.afterRecency = page.rows.back().recency;
    }
    EXPECT_EQ(all, ids(text));
    EXPECT_EQ(all.size(), 25U);
  }
}

TEST_F(Worklist, WordsMatchBeginningsInAnyFieldAndAllMustMatch) {
  named(1, "M\xC3\xBCller^Zo\xC3\xAB");
  named(2, "DOE^John");
  EXPECT_EQ(ids("doe"), (Ids{"ATT-2"}));
  EXPECT_EQ(ids("jo"), (Ids{"ATT-2"}));
  EXPECT_EQ(ids("ATT-1"), (Ids{"ATT-1"}));
  EXPECT_EQ(ids("ACC2"), (Ids{"ATT-2"}));
  EXPECT_EQ(ids("chest routine"), (Ids{"ATT-2", "ATT-1"}));
  EXPECT_EQ(ids("doe zoe"), Ids{});
}

TEST_F(Worklist, ADiacriticMattersNeitherInTheNameNorInTheWord) {
  named(1, "M\xC3\xBCller^Zo\xC3\xAB");    // composed
  named(2, "Mu\xCC\x88ller^Zoe\xCC\x88");  // decomposed
  for (const char* word : {"muller", "M\xC3\x9CLLER", "mu\xCC\x88ller", "zoe", "zo\xC3\xAB"}) {
    EXPECT_EQ(ids(word), (Ids{"ATT-2", "ATT-1"})) << word;
  }
}

TEST_F(Worklist, LettersMatchWhateverTheirWidthAndSpelling) {
  named(1, "M\u00fcller^Zo\u00eb");
  named(2, "MUELLER^ZOE");
  named(3, "Yamada^Tarou=\u5c71\u7530^\u592a\u90ce=\uff94\uff8f\uff80\uff9e^\uff80\uff9b\uff73");
  named(4, "WEISS^S\u00f8ren");
  named(5, "Wei\u00df^\u0141ukasz");
  const std::map<std::string, Ids> expected = {{"m\u00fcller", {"ATT-2", "ATT-1"}},
                                               {"mueller", {"ATT-2", "ATT-1"}},
                                               {"MULLER", {"ATT-1"}},
                                               {"name:\"m\u00fcller zo\u00eb\"", {"ATT-2", "ATT-1"}},
                                               {"\u5c71\u7530", {"ATT-3"}},
                                               {"\u30e4\u30de\u30c0", {"ATT-3"}},  // katakana of full width
                                               {"\uff39\uff21\uff2d\uff21", {"ATT-3"}},  // YAMA of full width
                                               {"wei\u00df", {"ATT-5", "ATT-4"}},
                                               {"weiss", {"ATT-5", "ATT-4"}},
                                               {"soren", {"ATT-4"}},
                                               {"soeren", {"ATT-4"}},
                                               {"S\u00d8REN", {"ATT-4"}},
                                               {"lukasz", {"ATT-5"}},
                                               {"\uff02yamada\uff02", {"ATT-3"}},
                                               {"\u00ad", {}}};
  for (const auto& [word, found] : expected) EXPECT_EQ(ids(word), found) << word;
}

TEST_F(Worklist, AFieldIsSearchedAlone) {
  named(1, "CT^Seven");
  NewInstance mr = slice(2, 1, 1);
  mr.header.series.modality = "MR";
  mr.header.series.bodyPart = "HEAD";
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) { return tx.addInstance(mr).map([](Stored) {}); }));
  EXPECT_EQ(ids("modality:CT"), (Ids{"ATT-1"}));
  EXPECT_EQ(ids("MODALITY:mr"), (Ids{"ATT-2"}));
  EXPECT_EQ(ids("name:ct"), (Ids{"ATT-1"}));
  EXPECT_EQ(ids("id:doe"), Ids{});
  EXPECT_EQ(ids("body:head doe"), (Ids{"ATT-2"}));
  EXPECT_EQ(ids("description:\"chest routine\""), (Ids{"ATT-2", "ATT-1"}));
  EXPECT_EQ(ids("accession:ACC1 modality:CT"), (Ids{"ATT-1"}));
}

TEST_F(Worklist, TheStatusIsFoundAsItIsNow) {
  const CaseId id = named(1, "DOE^Jane");
  EXPECT_EQ(ids("status:received"), (Ids{"ATT-1"}));
  setStatus(id, CaseStatus::ready);
  EXPECT_EQ(ids("status:received"), Ids{});
  EXPECT_EQ(ids("status:ready"), (Ids{"ATT-1"}));
  EXPECT_EQ(ids("status:signed"), Ids{});
  setStatus(id, CaseStatus::approved);
  EXPECT_EQ(ids("status:signed modality:CT doe"), (Ids{"ATT-1"}));
  EXPECT_EQ(db->worklist({}).value().rows[0].status, CaseStatus::approved);
}

TEST_F(Worklist, WhateverIsTypedIsAQuery) {
  import(*db, 1);
  for (const char* text : {"\"", "((", "*", "AND", "NEAR(", "-doe", "name:", ":", "a:b:c", "^", "doe OR",
                           "'; DROP TABLE", "{name} : x", "doe*", "\xFF\xFE", "\"un closed"}) {
    EXPECT_TRUE(db->worklist({text, {}, 10})) << text;
  }
  EXPECT_EQ(ids("doe*"), (Ids{"ATT-1"}));
  EXPECT_EQ(ids("---"), Ids{});
  EXPECT_EQ(ids("  "), (Ids{"ATT-1"}));
}

TEST_F(Worklist, CountsFindingsThatStandAndThoseThatWait) {
  const CaseId id = import(*db, 1);
  Item structure = finding();
  structure.kind = ItemKind::structure;
  Item proposed = finding();
  proposed.confidence = 0.49;
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) -> Result<> {
    for (const Item& item :
         {structure, proposed, finding(ItemState::accepted), finding(ItemState::rejected)}) {
      ATTEST_CHECK(tx.putItem(id, item));
    }
    return {};
  }));
  const auto row = [&] { return db->worklist({}).value().rows.at(0); };
  EXPECT_EQ(row().findings, 2);
  EXPECT_EQ(row().unreviewed, 1);
  EXPECT_EQ(row().lowConfidence, 1);
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) { return tx.removeItem(id, proposed.id); }));
  EXPECT_EQ(row().findings, 1);
  EXPECT_EQ(row().unreviewed, 0);
}

TEST_F(Worklist, ShowsWhoReadsAndTheStepsOfTheNewestRun) {
  const CaseId id = import(*db, 1);
  attest::Run run{RunId{newUuid()}, id, "default", Priority::stat, RunState::queued, {}, {}};
  run.steps.resize(3);
  for (int i = 0; i < 3; ++i) run.steps[static_cast<std::size_t>(i)].number = i;
  run.steps[0].state = StepState::done;
  run.steps[1].state = StepState::failed;
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) -> Result<> {
    ATTEST_CHECK(tx.setReader(id, ReaderId{"anna"}));
    return tx.addRun(run);
  }));
  CaseRow row = db->worklist({}).value().rows.at(0);
  EXPECT_EQ(row.stepsDone, 1);
  EXPECT_EQ(row.stepsTotal, 3);
  EXPECT_EQ(row.priority, Priority::stat);
  EXPECT_EQ(row.reader.value, "anna");
  run.steps[1].state = StepState::done;
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) { return tx.setStep(run.id, run.steps[1]); }));
  EXPECT_EQ(db->worklist({}).value().rows.at(0).stepsDone, 2);
}

TEST_F(Worklist, TheTabsAreQueries) {
  const CaseId first = named(1, "DOE^Jane");
  const CaseId second = named(2, "STAT^Unread");
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) -> Result<> {
    ATTEST_CHECK(tx.setPriority(first, Priority::stat));
    ATTEST_CHECK(tx.setReader(first, ReaderId{"Dr. Anna-Lena"}));
    return tx.setReader(second, ReaderId{"Dr. Anna"});
  }));
  EXPECT_EQ(ids("priority:stat"), (Ids{"ATT-1"}));
  EXPECT_EQ(ids("priority:routine"), (Ids{"ATT-2"}));
  EXPECT_EQ(ids("reader:\"dr. anna\""), (Ids{"ATT-2"})) << "not of those whose names begin so";
  EXPECT_EQ(ids("reader:\"Dr. Anna-Lena\" is:unread"), (Ids{"ATT-1"}));
  EXPECT_EQ(ids("is:unread"), (Ids{"ATT-2", "ATT-1"}));
  setStatus(first, CaseStatus::approved);
  EXPECT_EQ(ids("is:unread"), (Ids{"ATT-2"}));
  EXPECT_EQ(ids("unread"), (Ids{"ATT-2"})) << "a name: a word without its field asks about the patient";
  EXPECT_EQ(ids("routine stat"), (Ids{"ATT-2"}));
}

TEST_F(Worklist, APersonsPriorityStandsOverThatOfTheRunsAndHurriesThem) {
  const CaseId id = import(*db, 1);
  const auto add = [&](Priority priority) {
    attest::Run run{RunId{newUuid()}, id, "default", priority, RunState::queued, {}, {}};
    EXPECT_TRUE(write(*db, [&](WriteTx& tx) { return tx.addRun(run); }));
    return run.id;
  };
  const RunId waiting = add(Priority::routine);
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) { return tx.setPriority(id, Priority::stat); }));
  EXPECT_EQ(db->run(waiting)->priority, Priority::stat);
  add(Priority::research);
  EXPECT_EQ(db->record(id)->row.priority, Priority::stat);
}

TEST_F(Worklist, WhatCameAfterTheSignatureIsSeen) {
  const CaseId id = import(*db, 1);
  Report report;
  report.section(SectionKind::findings) = {{"s1", "Text.", "", true}};
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) -> Result<> {
    ATTEST_CHECK(tx.addVersion(id, {1, "h", {}, {}, "{}", "s", "c"}));
    ATTEST_CHECK(tx.record(id));
    return tx.setReport(id, report);  // the signature confirms its sentences
  }));
  EXPECT_FALSE(db->record(id)->row.changed);
  EXPECT_EQ(ids("is:changed"), Ids{});
  import(*db, 1, 2, 1);
  EXPECT_TRUE(db->record(id)->row.changed);
  EXPECT_EQ(ids("is:changed"), (Ids{"ATT-1"}));
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) { return tx.addVersion(id, {2, "h", {}, {}, "{}", "s", "c"}); }));
  EXPECT_FALSE(db->record(id)->row.changed);
  EXPECT_EQ(ids("is:changed"), Ids{});
}

TEST_F(Worklist, TheQueueIsWhatWaitsForThisReaderTheMostUrgentFirst) {
  std::vector<CaseId> made;
  for (const int study : {1, 2, 3, 4, 5, 6}) made.push_back(import(*db, study));
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) -> Result<> {
    ATTEST_CHECK(tx.setPriority(made[3], Priority::stat));
    ATTEST_CHECK(tx.setReader(made[1], ReaderId{"bob"}));
    ATTEST_CHECK(tx.setReader(made[2], ReaderId{"anna"}));
    return tx.setStatus(made[0], CaseStatus::approved);
  }));
  const auto queue = [&](const std::vector<CaseId>& skip, int limit) {
    std::vector<CaseId> list;
    const auto rows = db->queue(ReaderId{"anna"}, skip, limit).value();
    for (const CaseRow& row : rows) list.push_back(row.id);
    return list;
  };
  EXPECT_EQ(queue({}, 10), (std::vector{made[3], made[2], made[4], made[5]}));
  EXPECT_EQ(queue({made[3]}, 2), (std::vector{made[2], made[4]}));
}

TEST_F(Worklist, ACaseIsFoundByItsIdItsStudyAndItsSeries) {
  const CaseId id = import(*db, 4);
  EXPECT_EQ(db->resolve(id.value).value(), id);
  EXPECT_EQ(db->resolve("1.2.3.4").value(), id);
  EXPECT_EQ(db->caseOfSeries(SeriesUid{"1.2.3.4.1"}).value(), id);
  EXPECT_EQ(db->caseOfSeries(SeriesUid{"1.2.3"}).value(), std::nullopt);
  EXPECT_EQ(db->resolve("1.2.3").error().code, ErrorCode::not_found);
  EXPECT_EQ(db->record(CaseId{"none"}).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace attest::casedb
