#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <string>
#include <vector>

#include "core/orchestrator/orchestrator.h"
#include "core/orchestrator/plan.h"
#include "tests/support/temp_dir.h"

namespace attest::orchestrator::test {

using agents::AgentContext;
using agents::Output;
using Work = std::function<Result<Output>(AgentContext&)>;

class SetClock final : public Clock {
 public:
  Time now() const override { return Time(std::chrono::milliseconds(ms_.load())); }
  void advance(std::chrono::seconds by) { ms_ += by.count() * 1000; }

 private:
  std::atomic<std::int64_t> ms_ = 1'700'000'000'000;
};

class TestAgent final : public agents::Agent {
 public:
  TestAgent(const std::string& id, std::vector<std::string> needs, Work work, bool proposes = true)
      : work_(std::move(work)) {
    card_.id = id;
    card_.version = "1.0.0";
    card_.needs = std::move(needs);
    card_.proposes = proposes;
  }
  TestAgent(AgentCard card, Work work) : card_(std::move(card)), work_(std::move(work)) {}
  const AgentCard& card() const noexcept override { return card_; }
  Result<Output> run(AgentContext& context) const override { return work_(context); }

 private:
  AgentCard card_;
  Work work_;
};

inline Grid smallGrid() {
  Grid grid;
  grid.dims = {8, 8, 8};
  return grid;
}

inline const BlockRef blockRef{{"1.2.3.4"}, 0};

/// A proposal whose mask is the voxel at (n, n, n).
inline agents::Proposal voxel(int n, const Grid& grid = smallGrid()) {
  imaging::Mask mask(grid);
  mask.set({n, n, n}, true);
  agents::Proposal proposal;
  proposal.label = "Voxel " + std::to_string(n);
  proposal.code = {"SCT", "4147007", "Mass"};
  proposal.source = blockRef;
  proposal.mask = std::make_shared<const imaging::Mask>(std::move(mask));
  return proposal;
}

inline Work proposing(std::vector<int> voxels) {
  return [voxels](AgentContext&) -> Result<Output> {
    Output output;
    for (const int n : voxels) output.proposals.push_back(voxel(n));
    output.sentences.push_back({SectionKind::findings, std::to_string(voxels.size()) + " voxels."});
    output.facts = "{\"n\":" + std::to_string(voxels.size()) + "}";
    output.notes = {makeNote(NoteCode::findings, voxels.size())};
    return output;
  };
}

inline Work failing(ErrorCode code, std::atomic<int>* calls = nullptr) {
  return [=](AgentContext&) -> Result<Output> {
    if (calls != nullptr) ++*calls;
    return fail(code, "on purpose");
  };
}

/// A home with a case of one CT series in one small block, and agents made up by the test.
class OrchestratorTest : public testing::Test {
 protected:
  void SetUp() override { open(); }

  void open() {
    auto opened = casedb::CaseDb::open(home_.path(), clock_);
    ASSERT_TRUE(opened) << opened.error().detail;
    db_ = std::move(*opened);
  }

  /// A case of one CT series with one small block, of the one patient.
  CaseId makeCase(const StudyUid& study = {"1.2.3"}, const std::string& date = "20260401") {
    const SeriesUid series{study.value + ".4"};
    Block block;
    block.grid = smallGrid();
    block.dims = smallGrid().dims;
    block.unit = Unit::hu;
    CaseId id;
    const auto written =
        db_->write({"system", "import", "", ""}, [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
          for (int k = 0; k < 8; ++k) {
            casedb::NewInstance instance;
            instance.header.patient.id = Phi<std::string>("P1");
            instance.header.patient.name = Phi<std::string>("TEST^Patient");
            instance.header.patient.birthDate = Phi<std::string>("19700101");
            instance.header.study.uid = study;
            instance.header.study.date = date;
            instance.header.series.uid = series;
            instance.header.series.modality = "CT";
            instance.header.instance.sopUid = {series.value + "." + std::to_string(k + 1)};
            instance.storedPath = "blobs/" + std::to_string(k);
            instance.sha256 = std::string(64, static_cast<char>('a' + k % 6));
            block.slices.push_back({instance.header.instance.sopUid, 0});
            ATTEST_TRY(const auto stored, tx.addInstance(instance));
            EXPECT_EQ(stored, casedb::Stored::added);
          }
          ATTEST_CHECK(tx.setBlocks(series, {block}));
          ATTEST_TRY(id, tx.caseOf(study));
          return {};
        });
    EXPECT_TRUE(written) << written.error().detail;
    return id;
  }

  /// Adds an agent to the roster of the next orchestrator.
  void agent(AgentCard card, Work work) {
    card.version = "1.0.0";
    roster_.push_back(std::make_unique<TestAgent>(std::move(card), std::move(work)));
  }
  void agent(const std::string& id, std::vector<std::string> needs, Work work, bool proposes = true) {
    roster_.push_back(std::make_unique<TestAgent>(id, std::move(needs), std::move(work), proposes));
  }

  std::unique_ptr<Orchestrator> orchestrator(const std::string& worker = "worker 1") {
    const auto load = [](const BlockRef&, const std::stop_token&) -> Result<imaging::VolumePtr> {
      return std::make_shared<const imaging::Volume>(smallGrid(), imaging::PixelType::int16, Unit::hu);
    };
    const auto listen = [this](const StepEvent& event) {
      const std::lock_guard lock(mutex_);
      events_.push_back(event.agent + " " + name(event.state));
    };
    return std::make_unique<Orchestrator>(
        orchestrator::Setup{*db_, load, asSigned_, pool_, listen, worker, std::chrono::seconds(60), clock_},
        std::move(roster_));
  }

  Result<RunId> queue(Orchestrator& orchestrator, const CaseId& id) {
    return orchestrator.queue(id, Priority::routine, "default", "reader");
  }
  /// Queues a run and works it off.
  attest::Run runAll(Orchestrator& orchestrator, const CaseId& id) {
    const auto run = queue(orchestrator, id);
    EXPECT_TRUE(run) << run.error().detail;
    EXPECT_TRUE(orchestrator.work({}));
    return *db_->run(*run);
  }
  std::vector<std::string> labels(const CaseId& id) {
    std::vector<std::string> labels;
    const CaseRecord record = *db_->record(id);
    for (const Item& item : record.items) labels.push_back(item.label);
    std::ranges::sort(labels);
    return labels;
  }

  SignedRecord asSigned_;
  attest::test::TempDir home_;
  SetClock clock_;
  std::unique_ptr<casedb::CaseDb> db_;
  Roster roster_;
  std::mutex mutex_;
  std::vector<std::string> events_;
  jobs::Pool pool_;
};

}  // namespace attest::orchestrator::test
