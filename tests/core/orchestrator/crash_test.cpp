#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "tests/core/orchestrator/small_case.h"

namespace attest::orchestrator::test {
namespace {

using testing::ElementsAre;

class CrashTest : public OrchestratorTest {
 protected:
  /// A worker of another process takes a step and is gone: its lease stays.
  void abandonStep() {
    const auto claimed = db_->claimStep("dead worker", std::chrono::seconds(60));
    ASSERT_TRUE(claimed && *claimed);
  }
};

TEST_F(CrashTest, aStepWaitsForItsLeaseThenAnotherWorkerTakesItOver) {
  const CaseId id = makeCase();
  agent("a", {}, proposing({1, 2}));
  auto works = orchestrator("worker 2");
  const RunId run = *queue(*works, id);
  abandonStep();
  EXPECT_TRUE(works->work({}));
  EXPECT_EQ(db_->run(run)->steps[0].state, StepState::running);
  clock_.advance(std::chrono::seconds(61));
  EXPECT_TRUE(works->work({}));
  EXPECT_EQ(db_->run(run)->state, RunState::done);
  EXPECT_EQ(db_->run(run)->steps[0].attempts, 2);
  EXPECT_THAT(labels(id), ElementsAre("Voxel 1", "Voxel 2"));
}

TEST_F(CrashTest, aStepThatKillsItsWorkersIsGivenUp) {
  const CaseId id = makeCase();
  agent("a", {}, proposing({1}));
  agent("b", {"a"}, proposing({2}));
  auto works = orchestrator("worker 2");
  const RunId run = *queue(*works, id);
  for (int n = 0; n < 3; ++n) {
    abandonStep();
    clock_.advance(std::chrono::seconds(61));
  }
  EXPECT_TRUE(works->work({}));
  EXPECT_EQ(db_->run(run)->steps[0].state, StepState::failed);
  EXPECT_EQ(db_->run(run)->steps[1].state, StepState::skipped);
  EXPECT_EQ(db_->record(id)->row.status, CaseStatus::failed);
}

TEST_F(CrashTest, aWorkerThatLostItsLeaseWritesNothing) {
  const CaseId id = makeCase();
  bool stolen = false;
  agent("a", {}, [&](AgentContext& context) -> Result<Output> {
    if (!stolen) {
      stolen = true;
      clock_.advance(std::chrono::seconds(61));
      abandonStep();
      return proposing({7})(context);
    }
    return proposing({1})(context);
  });
  auto works = orchestrator();
  const RunId run = *queue(*works, id);
  EXPECT_TRUE(works->work({}));
  EXPECT_EQ(db_->run(run)->steps[0].worker, "dead worker");
  EXPECT_TRUE(db_->record(id)->items.empty());
  clock_.advance(std::chrono::seconds(61));
  EXPECT_TRUE(works->work({}));
  EXPECT_THAT(labels(id), ElementsAre("Voxel 1"));
}

TEST_F(CrashTest, killedMidStepARunGoesOnWhereItWas) {
  const CaseId id = makeCase();
  const auto addAgents = [&](bool deadly) {
    agent("a", {}, proposing({1, 2}));
    agent("b", {"a"}, [deadly](AgentContext& context) -> Result<Output> {
      if (deadly) raise(SIGKILL);
      return proposing({3})(context);
    });
  };
  db_.reset();  // no handle of the database may be alive across fork
  const pid_t child = fork();
  if (child == 0) {
    auto opened = casedb::CaseDb::open(home_.path(), clock_);
    db_ = std::move(*opened);
    jobs::Pool pool;
    addAgents(true);
    const auto load = [](const BlockRef&, const std::stop_token&) -> Result<imaging::VolumePtr> {
      return std::make_shared<const imaging::Volume>(smallGrid(), imaging::PixelType::int16, Unit::hu);
    };
    Orchestrator works({*db_, load, asSigned_, pool, {}, "child", std::chrono::seconds(60), clock_},
                       std::move(roster_));
    if (queue(works, id)) (void)works.work({});
    _exit(0);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  open();
  EXPECT_THAT(labels(id), ElementsAre("Voxel 1", "Voxel 2"));
  clock_.advance(std::chrono::seconds(61));
  addAgents(false);
  auto works = orchestrator();
  EXPECT_TRUE(works->work({}));
  const attest::Run run = db_->runs(id)->at(0);
  EXPECT_EQ(run.state, RunState::done);
  EXPECT_EQ(run.steps[0].attempts, 1);
  EXPECT_EQ(run.steps[1].attempts, 2);
  EXPECT_THAT(labels(id), ElementsAre("Voxel 1", "Voxel 2", "Voxel 3"));
  EXPECT_THAT(*db_->integrity(), testing::IsEmpty());
}

}  // namespace
}  // namespace attest::orchestrator::test
