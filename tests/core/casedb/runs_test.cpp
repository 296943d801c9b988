#include <gtest/gtest.h>

#include "tests/core/casedb/samples.h"
#include "tests/support/temp_dir.h"

namespace attest::casedb {
namespace {

using namespace std::chrono_literals;
using test::import;
using test::write;

class Runs : public ::testing::Test {
 protected:
  /// A run whose steps need the ones named.
  RunId add(std::vector<std::vector<int>> needs, Priority priority = Priority::routine) {
    attest::Run run{RunId{newUuid()}, id, "default", priority, RunState::queued, clock.now(), {}};
    for (std::size_t i = 0; i < needs.size(); ++i) {
      Step& step = run.steps.emplace_back();
      step.number = static_cast<int>(i);
      step.agent = "agent" + std::to_string(i);
      step.agentVersion = "1.0.0";
      step.needs = needs[i];
    }
    EXPECT_TRUE(write(*db, [&](WriteTx& tx) { return tx.addRun(run); }));
    return run.id;
  }
  std::optional<ClaimedStep> claim(const std::string& worker = "w1") {
    return db->claimStep(worker, 60s).value();
  }
  Step step(const RunId& run, int number) {
    return db->run(run).value().steps.at(static_cast<std::size_t>(number));
  }
  Result<> finish(const RunId& run, int number, StepState state, const std::string& worker = {}) {
    Step ended = step(run, number);
    ended.state = state;
    ended.worker.clear();
    ended.leaseUntil.reset();
    return write(*db, [&](WriteTx& tx) { return tx.setStep(run, ended, worker); });
  }

  test::SetClock clock;
  attest::test::TempDir home;
  std::unique_ptr<CaseDb> db = CaseDb::open(home.path(), clock).value();
  CaseId id = import(*db, 1);
};

TEST_F(Runs, ComeBackAsTheyWere) {
  const RunId first = add({{}, {0}});
  const RunId second = add({{}}, Priority::stat);
  const auto runs = db->runs(id).value();
  ASSERT_EQ(runs.size(), 2U);
  EXPECT_EQ(runs[0].id, first);
  EXPECT_EQ(runs[0].caseId, id);
  EXPECT_EQ(runs[0].created, clock.now());
  EXPECT_EQ(runs[0].steps[1].needs, std::vector{0});
  EXPECT_EQ(runs[1].priority, Priority::stat);
  EXPECT_EQ(db->runs(std::nullopt).value().size(), 2U);
  EXPECT_EQ(db->runs(CaseId{"none"}).error().code, ErrorCode::not_found);
  EXPECT_EQ(db->run(RunId{"none"}).error().code, ErrorCode::not_found);
  EXPECT_EQ(db->run(second).value().steps.size(), 1U);
}

TEST_F(Runs, AStepComesBackAsItWas) {
  const RunId run = add({{}});
  Step changed = step(run, 0);
  changed.state = StepState::failed;
  changed.attempts = 3;
  changed.progress = 0.25;
  changed.started = clock.now();
  changed.seconds = 1.5;
  changed.error = "no lung";
  changed.notes = {makeNote(NoteCode::lungs, 4512345.6, -851.25), makeNote(NoteCode::no_earlier_study)};
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) { return tx.setStep(run, changed); }));
  const Step read = step(run, 0);
  EXPECT_EQ(read.state, StepState::failed);
  EXPECT_EQ(read.attempts, 3);
  EXPECT_EQ(read.progress, 0.25);
  EXPECT_EQ(read.started, clock.now());
  EXPECT_EQ(read.seconds, 1.5);
  EXPECT_EQ(read.error, "no lung");
  EXPECT_EQ(read.notes, changed.notes);
  EXPECT_EQ(read.leaseUntil, std::nullopt);
}

TEST_F(Runs, AClaimedStepIsRunningAndHeld) {
  const RunId run = add({{}});
  const auto claimed = claim();
  ASSERT_TRUE(claimed);
  EXPECT_EQ(claimed->run, run);
  EXPECT_EQ(claimed->caseId, id);
  EXPECT_EQ(claimed->step, 0);
  const Step held = step(run, 0);
  EXPECT_EQ(held.state, StepState::running);
  EXPECT_EQ(held.worker, "w1");
  EXPECT_EQ(held.attempts, 1);
  EXPECT_EQ(held.leaseUntil, clock.now() + 60s);
  EXPECT_EQ(db->run(run).value().state, RunState::running);
  EXPECT_FALSE(claim("w2"));
}

TEST_F(Runs, AStepWaitsForAllItNeeds) {
  const RunId run = add({{}, {}, {0, 1}});
  EXPECT_EQ(claim()->step, 0);
  EXPECT_EQ(claim()->step, 1);
  EXPECT_FALSE(claim());
  ASSERT_TRUE(finish(run, 1, StepState::done, "w1"));
  EXPECT_FALSE(claim());
  ASSERT_TRUE(finish(run, 0, StepState::done, "w1"));
  EXPECT_EQ(claim()->step, 2);
}

TEST_F(Runs, AStepWhoseNeedFailedIsNeverDue) {
  const RunId run = add({{}, {0}});
  claim();
  ASSERT_TRUE(finish(run, 0, StepState::failed, "w1"));
  EXPECT_FALSE(claim());
}

TEST_F(Runs, TheBestPriorityComesFirstThenTheOldest) {
  const RunId research = add({{}}, Priority::research);
  const RunId routine = add({{}});
  const RunId younger = add({{}});
  const RunId stat = add({{}}, Priority::stat);
  for (const RunId& expected : {stat, routine, younger, research}) EXPECT_EQ(claim()->run, expected);
}

TEST_F(Runs, AStepWhoseLeaseIsOverIsTakenByAnother) {
  const RunId run = add({{}});
  claim("w1");
  clock.forward(59s);
  EXPECT_FALSE(claim("w2"));
  clock.forward(1s);
  ASSERT_TRUE(claim("w2"));
  EXPECT_EQ(step(run, 0).worker, "w2");
  EXPECT_EQ(step(run, 0).attempts, 2);
}

TEST_F(Runs, AWorkerThatLostItsLeaseIsRefused) {
  const RunId run = add({{}});
  claim("w1");
  clock.forward(60s);
  claim("w2");
  const auto late = finish(run, 0, StepState::done, "w1");
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::stale);
  EXPECT_EQ(step(run, 0).state, StepState::running);
  EXPECT_TRUE(finish(run, 0, StepState::done, "w2"));
  EXPECT_EQ(finish(run, 0, StepState::failed, "w2").error().code, ErrorCode::stale);
}

TEST_F(Runs, ACancelledRunIsNotWorkedOn) {
  const RunId run = add({{}});
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) { return tx.setRunState(run, RunState::cancelled); }));
  EXPECT_FALSE(claim());
  EXPECT_EQ(db->run(run).value().state, RunState::cancelled);
}

TEST_F(Runs, AskingForWorkWhereThereIsNoneWritesNothing) {
  const auto events = [&] {
    int count = 0;
    EXPECT_TRUE(db->auditTrail([&](const AuditRecord&) { ++count; }));
    return count;
  };
  const int before = events();
  EXPECT_FALSE(claim());
  EXPECT_EQ(events(), before);
  add({{}});
  claim();
  EXPECT_EQ(events(), before + 2);
  EXPECT_FALSE(db->claimStep("", 60s));
}

TEST_F(Runs, WhatAStepFoundIsThereForTheNext) {
  const RunId run = add({{}, {0}});
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) -> Result<> {
    ATTEST_CHECK(tx.setStepOutput(run, 0, "{\"a\":1}"));
    return tx.setStepOutput(run, 0, "{\"a\":2}");
  }));
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) -> Result<> {
    EXPECT_EQ(tx.stepOutput(run, 0).value(), "{\"a\":2}");
    EXPECT_EQ(tx.stepOutput(run, 1).value(), std::nullopt);
    return {};
  }));
  EXPECT_FALSE(write(*db, [&](WriteTx& tx) { return tx.setStepOutput(RunId{"none"}, 0, "{}"); }));
  EXPECT_FALSE(write(*db, [&](WriteTx& tx) { return tx.setStepOutput(run, 7, "{}"); }));
}

TEST_F(Runs, AnUnknownStepIsRefused) {
  const RunId run = add({{}});
  Step none = step(run, 0);
  none.number = 4;
  EXPECT_EQ(write(*db, [&](WriteTx& tx) { return tx.setStep(run, none); }).error().code,
            ErrorCode::not_found);
}

}  // namespace
}  // namespace attest::casedb
