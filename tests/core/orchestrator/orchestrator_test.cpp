#include "core/orchestrator/orchestrator.h"

#include <gmock/gmock.h>

#include <array>
#include <future>
#include <limits>
#include <stdexcept>
#include <thread>

#include "tests/core/orchestrator/small_case.h"

namespace attest::orchestrator::test {
namespace {

using testing::ElementsAre;

TEST_F(OrchestratorTest, runsAgentsAfterWhatTheyNeedAndStoresWhatTheyFound) {
  const CaseId id = makeCase();
  std::string facts;
  std::vector<Item> seen;
  agent("b", {"a"}, [&](AgentContext& context) -> Result<Output> {
    facts = context.facts("a");
    seen = context.items();
    const auto mask = context.mask(seen.at(0).id);
    EXPECT_TRUE(mask && (*mask)->count() == 1);
    return Output{};
  });
  agent("a", {}, proposing({1, 2}));
  agent("mr", {}, proposing({5}));
  auto works = orchestrator();
  EXPECT_EQ(works->cards().size(), 3U);
  const attest::Run run = runAll(*works, id);
  EXPECT_EQ(run.state, RunState::done);
  ASSERT_EQ(run.steps.size(), 3U);
  EXPECT_EQ(run.steps[0].agent, "a");
  EXPECT_EQ(run.steps[0].notes, std::vector{makeNote(NoteCode::findings, 2)});
  EXPECT_EQ(facts, "{\"n\":2}");
  EXPECT_EQ(seen.size(), 2U);
  const CaseRecord record = *db_->record(id);
  EXPECT_EQ(record.row.status, CaseStatus::ready);
  ASSERT_EQ(record.items.size(), 3U);
  for (const Item& item : record.items) {
    EXPECT_EQ(item.state, ItemState::proposed);
    EXPECT_EQ(item.measurement.voxels, 1);
    EXPECT_EQ(item.maskVersion, 1);
    EXPECT_FALSE(item.trackingUid.empty());
    EXPECT_TRUE(db_->blobs().get(item.maskHash));
  }
  EXPECT_EQ(record.report.section(SectionKind::findings).size(), 2U);
  EXPECT_THAT(std::vector(events_.begin(), events_.begin() + 3),
              ElementsAre("a queued", "b queued", "mr queued"));
}

TEST_F(OrchestratorTest, theRosterOfTheProgramIsPlannedByModality) {
  const CaseId id = makeCase();
  const auto roster = agents::makeRoster();
  CaseRecord record = *db_->record(id);
  const auto agentsOf = [&] {
    std::vector<std::string> ids;
    for (const Step& step : plan(record, roster)) ids.push_back(step.agent);
    return ids;
  };
  const std::vector<std::string> all = agentsOf();
  EXPECT_EQ(all.size(), roster.size());
  const auto position = [&](const std::string& which) { return std::ranges::find(all, which) - all.begin(); };
  for (const auto& one : roster) {
    const AgentCard& card = one->card();
    std::vector<std::string> before = card.needs;
    before.insert(before.end(), card.wants.begin(), card.wants.end());
    for (const std::string& need : before) EXPECT_LT(position(need), position(card.id)) << need;
  }
  record.series[0].info.modality = "MR";
  EXPECT_THAT(agentsOf(), ElementsAre("study_context", "prior"));
}

TEST_F(OrchestratorTest, anActiveRunIsReturnedAsItIs) {
  const CaseId id = makeCase();
  agent("a", {}, proposing({1}));
  auto works = orchestrator();
  const auto first = queue(*works, id);
  const auto second = queue(*works, id);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(*first, *second);
  EXPECT_EQ(db_->runs(id)->size(), 1U);
  EXPECT_EQ(db_->record(id)->row.status, CaseStatus::analyzing);
}

TEST_F(OrchestratorTest, triesAFailingStepThreeTimesAndSkipsWhatNeedsIt) {
  const CaseId id = makeCase();
  std::atomic<int> calls = 0;
  agent("a", {}, failing(ErrorCode::internal, &calls));
  agent("b", {"a"}, proposing({1}));
  agent("c", {"b"}, proposing({2}));
  agent("d", {}, proposing({3}));
  auto works = orchestrator();
  const attest::Run run = runAll(*works, id);
  EXPECT_EQ(calls, 3);
  EXPECT_EQ(run.state, RunState::failed);
  EXPECT_EQ(run.steps[0].state, StepState::failed);
  EXPECT_EQ(run.steps[0].attempts, 3);
  EXPECT_EQ(run.steps[0].error, "on purpose");
  EXPECT_EQ(run.steps[1].state, StepState::skipped);
  EXPECT_EQ(run.steps[1].error, "a failed");
  EXPECT_EQ(run.steps[2].error, "b skipped");
  EXPECT_EQ(run.steps[3].state, StepState::done);
  EXPECT_EQ(db_->record(id)->row.status, CaseStatus::ready);
}

TEST_F(OrchestratorTest, theCaseFailsOnlyWhenNothingCouldPropose) {
  const CaseId id = makeCase();
  agent("a", {}, failing(ErrorCode::internal));
  agent("b", {"a"}, proposing({1}));
  agent(
      "words", {}, [](AgentContext&) -> Result<Output> { return Output{}; }, false);
  auto works = orchestrator();
  EXPECT_EQ(runAll(*works, id).state, RunState::failed);
  EXPECT_EQ(db_->record(id)->row.status, CaseStatus::failed);
}

TEST_F(OrchestratorTest, anExceptionIsAFailureWithoutItsWords) {
  const CaseId id = makeCase();
  agent("a", {}, [](AgentContext&) -> Result<Output> { throw std::runtime_error("DOE^JOHN"); });
  auto works = orchestrator();
  const attest::Run run = runAll(*works, id);
  EXPECT_EQ(run.steps[0].state, StepState::failed);
  EXPECT_EQ(run.steps[0].error.find("DOE"), std::string::npos);
}

TEST_F(OrchestratorTest, unsupportedSkipsAtOnceAndTheCaseIsReady) {
  const CaseId id = makeCase();
  std::atomic<int> calls = 0;
  agent("a", {}, failing(ErrorCode::unsupported, &calls));
  auto works = orchestrator();
  const attest::Run run = runAll(*works, id);
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(run.steps[0].state, StepState::skipped);
  EXPECT_EQ(run.state, RunState::done);
  EXPECT_EQ(db_->record(id)->row.status, CaseStatus::ready);
}

TEST_F(OrchestratorTest, theWallRefusesWhatIsNotOnTheBlockOrEmptyOrBeyondItsCard) {
  Grid other = smallGrid();
  other.originMm.x = 3;
  agents::Proposal empty = voxel(1);
  empty.mask = std::make_shared<const imaging::Mask>(smallGrid());
  agents::Proposal vague = voxel(1);
  vague.confidence = std::numeric_limits<double>::quiet_NaN();
  agents::Proposal bare = voxel(1);
  bare.mask = nullptr;
  const CaseId id = makeCase();
  int n = 0;
  for (const agents::Proposal& bad : {voxel(1, other), empty, vague, bare}) {
    agent("bad" + std::to_string(n++), {}, [bad](AgentContext&) -> Result<Output> {
      Output output;
      output.proposals = {voxel(4), bad};
      return output;
    });
  }
  agent("silent", {}, proposing({2}), false);
  auto works = orchestrator();
  const attest::Run run = runAll(*works, id);
  for (const Step& step : run.steps) EXPECT_EQ(step.state, StepState::failed) << step.agent;
  EXPECT_TRUE(db_->record(id)->items.empty());
}

TEST_F(OrchestratorTest, aNewRunReplacesWhatNobodyReviewedAndKeepsWhatAPersonTouched) {
  const CaseId id = makeCase();
  agent("a", {}, proposing({1, 2, 3}));
  auto first = orchestrator();
  runAll(*first, id);
  CaseRecord record = *db_->record(id);
  ASSERT_TRUE(
      db_->write({"reader", "review.accept", "", ""}, [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
        for (Item item : record.items) {
          if (item.label == "Voxel 3") continue;
          item.state = item.label == "Voxel 1" ? ItemState::accepted : ItemState::rejected;
          item.reviewedBy = {"reader"};
          ATTEST_CHECK(tx.putItem(id, item));
        }
        return {};
      }));
  agent("a", {}, proposing({1, 4}));
  auto second = orchestrator();
  runAll(*second, id);
  EXPECT_THAT(labels(id), ElementsAre("Voxel 1", "Voxel 2", "Voxel 4"));
  record = *db_->record(id);
  for (const Item& item : record.items) {
    EXPECT_EQ(item.state, item.label == "Voxel 1"   ? ItemState::accepted
                          : item.label == "Voxel 2" ? ItemState::rejected
                                                    : ItemState::proposed);
  }
  EXPECT_EQ(record.report.section(SectionKind::findings).size(), 1U);
}

TEST_F(OrchestratorTest, flagsReachTheItemsOfTheRun) {
  const CaseId id = makeCase();
  agent("a", {}, proposing({1}));
  agent(
      "qa", {"a"},
      [](AgentContext& context) -> Result<Output> {
        Output output;
        output.flags[context.items().at(0).id] = {"near_threshold_size"};
        return output;
      },
      false);
  auto works = orchestrator();
  runAll(*works, id);
  EXPECT_THAT(db_->record(id)->items.at(0).flags, ElementsAre("near_threshold_size"));
}

TEST_F(OrchestratorTest, cancelStopsTheAgentThatWorksAndKeepsNothingOfIt) {
  const CaseId id = makeCase();
  std::promise<void> inside;
  agent("a", {}, [&](AgentContext& context) -> Result<Output> {
    std::promise<void> asked;
    const std::stop_callback callback(context.stop(), [&] { asked.set_value(); });
    inside.set_value();
    asked.get_future().wait();
    return proposing({1})(context);
  });
  agent("b", {"a"}, proposing({2}));
  auto works = orchestrator();
  const RunId run = *queue(*works, id);
  std::jthread worker([&] { EXPECT_TRUE(works->work({})); });
  inside.get_future().wait();
  EXPECT_TRUE(works->cancel(run, "reader"));
  worker.join();
  EXPECT_EQ(db_->run(run)->state, RunState::cancelled);
  const attest::Run ended = *db_->run(run);
  for (const Step& step : ended.steps) EXPECT_EQ(step.state, StepState::cancelled);
  EXPECT_TRUE(db_->record(id)->items.empty());
  EXPECT_EQ(db_->record(id)->row.status, CaseStatus::received);
  EXPECT_EQ(works->cancel(run, "reader").error().code, ErrorCode::conflict);
}

/// Those that watch over the steps are busy meanwhile.
TEST_F(OrchestratorTest, cancelReachesEveryThreadThatWorksOnTheRunAtOnce) {
  const CaseId id = makeCase();
  std::promise<void> busy;
  std::promise<void> done;
  std::array<std::promise<void>, 2> inside;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    agent(std::string(1, static_cast<char>('a' + i)), {}, [&, i](AgentContext& context) -> Result<Output> {
      std::promise<void> asked;
      const std::stop_callback callback(context.stop(), [&] { asked.set_value(); });
      inside[i].set_value();
      asked.get_future().wait();
      return fail(ErrorCode::cancelled);
    });
  }
  auto works = orchestrator();
  const RunId run = *queue(*works, id);
  pool_.submit(jobs::Lane::database, jobs::Urgency::visible, [&](std::stop_token) {
    busy.set_value();
    done.get_future().wait();
  });
  busy.get_future().wait();
  {
    std::jthread first([&] { EXPECT_TRUE(works->work({})); });
    std::jthread second([&] { EXPECT_TRUE(works->work({})); });
    for (auto& one : inside) one.get_future().wait();
    EXPECT_TRUE(works->cancel(run, "reader"));
  }
  EXPECT_EQ(db_->run(run)->state, RunState::cancelled);
  done.set_value();
  pool_.drain();
}

TEST_F(OrchestratorTest, cancelOfAnotherProcessReachesTheAgentThroughTheDatabase) {
  const CaseId id = makeCase();
  std::promise<void> inside;
  agent("a", {}, [&](AgentContext& context) -> Result<Output> {
    std::promise<void> asked;
    const std::stop_callback callback(context.stop(), [&] { asked.set_value(); });
    inside.set_value();
    asked.get_future().wait();
    return fail(ErrorCode::cancelled);
  });
  auto works = orchestrator();
  auto other = orchestrator("worker 2");
  const RunId run = *queue(*works, id);
  std::jthread worker([&] { EXPECT_TRUE(works->work({})); });
  inside.get_future().wait();
  EXPECT_TRUE(other->cancel(run, "reader"));
  worker.join();
  EXPECT_EQ(db_->run(run)->state, RunState::cancelled);
}

TEST_F(OrchestratorTest, aWorkerThatLeavesGivesItsStepBackWithoutCountingIt) {
  const CaseId id = makeCase();
  std::stop_source leave;
  agent("a", {}, [&](AgentContext& context) -> Result<Output> {
    if (!leave.stop_requested()) {
      leave.request_stop();
      EXPECT_TRUE(context.stop().stop_requested());
      return fail(ErrorCode::cancelled);
    }
    return proposing({1})(context);
  });
  auto works = orchestrator();
  const RunId run = *queue(*works, id);
  EXPECT_TRUE(works->work(leave.get_token()));
  EXPECT_EQ(db_->run(run)->steps[0].state, StepState::queued);
  EXPECT_EQ(db_->run(run)->steps[0].attempts, 0);
  EXPECT_TRUE(works->work({}));
  EXPECT_EQ(db_->run(run)->state, RunState::done);
  EXPECT_THAT(labels(id), ElementsAre("Voxel 1"));
}

TEST_F(OrchestratorTest, aSignedCaseIsNotAnalyzed) {
  const CaseId id = makeCase();
  ASSERT_TRUE(db_->write({"reader", "sign", "", ""}, [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
    Version version;
    version.number = 1;
    version.hash = std::string(64, 'a');
    version.signedBy = {"reader"};
    version.document = "{}";
    ATTEST_CHECK(tx.setStatus(id, CaseStatus::approved));
    return tx.addVersion(id, version);
  }));
  auto works = orchestrator();
  EXPECT_EQ(queue(*works, id).error().code, ErrorCode::conflict);
  EXPECT_EQ(works->queue(id, Priority::routine, "other", "reader").error().code, ErrorCode::bad_argument);
}

}  // namespace
}  // namespace attest::orchestrator::test
