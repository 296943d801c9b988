#include <gmock/gmock.h>

#include "core/base/hash.h"
#include "tests/core/orchestrator/small_case.h"

namespace attest::orchestrator::test {
namespace {

using testing::ElementsAre;
using Change = std::function<void(Comparison&)>;

CarriedLesion carried(const CaseRecord& prior, const Item& item) {
  CarriedLesion lesion;
  lesion.earlier = {prior.row.id, item.id, prior.study.date, 90, item.measurement};
  lesion.label = item.label;
  lesion.trackingUid = item.trackingUid;
  lesion.maskHash = item.maskHash;
  lesion.expectedMm = item.measurement.centroidMm;
  lesion.uncertaintyMm = 5;
  return lesion;
}

/// What an agent should leave: every lesion, the first one paired with the first item of the run.
Comparison comparisonOf(const AgentContext& context) {
  const CaseRecord& prior = *context.prior();
  Comparison comparison;
  comparison.prior = prior.row.id;
  comparison.priorStudy = prior.study.uid;
  comparison.priorDate = prior.study.date;
  comparison.priorVersion = prior.versions.empty() ? 0 : prior.versions.back().number;
  comparison.from = {prior.series.at(0).info.uid, 0};
  comparison.to = blockRef;
  for (const Item& item : prior.items) comparison.lesions.push_back(carried(prior, item));
  if (!comparison.lesions.empty() && !context.items().empty())
    comparison.lesions[0].match = context.items()[0].id;
  return comparison;
}

class PriorTest : public OrchestratorTest {
 protected:
  void SetUp() override {
    OrchestratorTest::SetUp();
    current_ = makeCase();
    asSigned_ = [this](const CaseRecord& record) -> Result<CaseRecord> {
      CaseRecord frozen = record;
      frozen.items = signed_;
      return frozen;
    };
  }

  /// An earlier study in which lesions at these voxels were signed.
  CaseId signedPrior(std::vector<int> voxels) {
    const CaseId id = makeCase({"1.1.3"}, "20260101");
    for (const int n : voxels) {
      Item item;
      item.id = {"00000000-0000-4000-8000-00000000000" + std::to_string(n)};
      item.label = "Lesion " + std::to_string(n);
      item.state = ItemState::accepted;
      item.source = {{"1.1.3.4"}, 0};
      item.trackingUid = "2.25." + std::to_string(n);
      item.maskHash = *db_->blobs().put(imaging::encode(*voxel(n).mask));
      item.measurement.voxels = n;
      item.measurement.volumeMm3 = n;
      signed_.push_back(item);
    }
    EXPECT_TRUE(db_->write({"reader", "sign", "", ""}, [&](casedb::WriteTx& tx, AuditEvent&) {
      Version version;
      version.number = 1;
      version.hash = sha256("1");
      version.signedBy = {"reader"};
      version.document = "{}";
      return tx.addVersion(id, version);
    }));
    return id;
  }

  /// An agent "prior" behind "a", which proposes those voxels.
  void agents(const std::vector<int>& voxels, Work prior, bool proposes = false) {
    agent("a", {}, proposing(voxels));
    AgentCard card;
    card.id = "prior";
    card.needs = {"a"};
    card.readsPrior = true;
    card.proposes = proposes;
    agent(card, std::move(prior));
  }
  Work comparing(Change change = [](Comparison&) {}) {
    return [change](AgentContext& context) -> Result<Output> {
      Output output;
      output.comparison = comparisonOf(context);
      change(*output.comparison);
      return output;
    };
  }
  attest::Run run() { return runAll(*orchestrator(), current_); }
  Item itemOf(const std::string& label) {
    const CaseRecord record = *db_->record(current_);
    for (const Item& item : record.items)
      if (item.label == label) return item;
    return {};
  }

  CaseId current_;
  std::vector<Item> signed_;
};

TEST_F(PriorTest, whatWasSignedIsCarriedAndPaired) {
  const CaseId prior = signedPrior({3, 5});
  const CaseId newer = makeCase({"1.1.9"}, "20260301");  // nobody has signed it
  agents({1, 2}, [&](AgentContext& context) -> Result<Output> {
    EXPECT_EQ(context.prior()->row.id, prior);
    const auto mask = context.mask(context.prior()->items.at(0).id);
    EXPECT_TRUE(mask && (*mask)->at({3, 3, 3}));
    EXPECT_TRUE(context.volume({{"1.1.3.4"}, 0}));
    return comparing()(context);
  });
  ASSERT_EQ(run().state, RunState::done);
  const CaseRecord record = *db_->record(current_);
  ASSERT_TRUE(record.comparison);
  EXPECT_EQ(record.comparison->prior, prior);
  ASSERT_EQ(record.comparison->lesions.size(), 2U);
  const auto& match = record.comparison->lesions[0].match;
  ASSERT_TRUE(match);
  for (const Item& item : record.items) {
    EXPECT_EQ(item.earlier.has_value(), item.id == *match);
    if (item.earlier) {
      EXPECT_EQ(item.earlier->item, signed_[0].id);
    }
  }
}

TEST_F(PriorTest, onlyWhoseCardSaysSoSeesIt) {
  signedPrior({3});
  agent("a", {}, [](AgentContext& context) -> Result<Output> {
    EXPECT_EQ(context.prior(), nullptr);
    return Output{};
  });
  EXPECT_EQ(run().state, RunState::done);
}

TEST_F(PriorTest, whatIsNotSignedHasNoLesions) {
  const CaseId prior = makeCase({"1.1.3"}, "20260101");
  agents({1}, [&](AgentContext& context) -> Result<Output> {
    EXPECT_EQ(context.prior()->row.id, prior);
    EXPECT_TRUE(context.prior()->items.empty());
    return comparing()(context);
  });
  EXPECT_EQ(run().state, RunState::done);
  EXPECT_EQ(db_->record(current_)->comparison->priorVersion, 0);
}

TEST_F(PriorTest, aResultMayBeALesionItself) {
  signedPrior({3});
  agents(
      {},
      [&](AgentContext& context) -> Result<Output> {
        Output output = *comparing()(context);
        agents::Proposal proposal = voxel(6);
        proposal.earlier = signed_[0].id;
        output.proposals.push_back(std::move(proposal));
        return output;
      },
      true);
  ASSERT_EQ(run().state, RunState::done);
  const Item again = itemOf("Voxel 6");
  EXPECT_EQ(db_->record(current_)->comparison->lesions[0].match, again.id);
  EXPECT_EQ(again.earlier->item, signed_[0].id);
}

TEST_F(PriorTest, whatAPersonSaidOfALesionSurvivesTheNextRun) {
  signedPrior({3, 5});
  agents({1, 2}, comparing());
  ASSERT_EQ(run().state, RunState::done);
  Comparison said = *db_->record(current_)->comparison;
  said.lesions[0] = carried(*db_->record(said.prior), signed_[0]);
  said.lesions[0].outcome = LesionOutcome::resolved;
  said.lesions[0].reviewedBy = {"reader"};
  said.lesions[1].outcome = LesionOutcome::measured;
  said.lesions[1].match = itemOf("Voxel 1").id;
  said.lesions[1].reviewedBy = {"reader"};
  ASSERT_TRUE(db_->write({"reader", "review.lesion_resolved", "", ""},
                         [&](casedb::WriteTx& tx, AuditEvent&) { return tx.setComparison(current_, said); }));
  agents({1, 2}, comparing([](Comparison& found) { found.lesions[1].uncertaintyMm = 9; }));
  ASSERT_EQ(run().state, RunState::done);
  const Comparison after = *db_->record(current_)->comparison;
  EXPECT_EQ(after.lesions[0].outcome, LesionOutcome::resolved);
  EXPECT_FALSE(after.lesions[0].match) << "the person undid the pair";
  EXPECT_EQ(after.lesions[1].match, said.lesions[1].match);
  EXPECT_EQ(after.lesions[1].uncertaintyMm, 9) << "its place is the agent's";
  EXPECT_EQ(itemOf("Voxel 1").earlier->item, signed_[1].id);
}

TEST_F(PriorTest, theSameAgainChangesNothing) {
  signedPrior({3});
  agents({1}, comparing());
  ASSERT_EQ(run().state, RunState::done);
  const CaseRecord before = *db_->record(current_);
  agents({1}, comparing());
  ASSERT_EQ(run().state, RunState::done);
  const CaseRecord after = *db_->record(current_);
  EXPECT_EQ(after.items, before.items);
  EXPECT_EQ(after.comparison, before.comparison);
}

TEST_F(PriorTest, theWallRefusesAComparisonThatForgetsOrInvents) {
  signedPrior({3, 5});
  const std::vector<Change> wrong{[](Comparison& c) { c.lesions.pop_back(); },
                                  [](Comparison& c) { c.lesions.push_back(c.lesions[0]); },
                                  [](Comparison& c) { c.lesions[1].earlier.item = {"other"}; },
                                  [](Comparison& c) { c.lesions[1].earlier.measurement.volumeMm3 = 99; },
                                  [](Comparison& c) { c.lesions[1].outcome = LesionOutcome::resolved; },
                                  [](Comparison& c) { c.lesions[1].reviewedBy = {"reader"}; },
                                  [](Comparison& c) { c.lesions[1].match = ItemId{"nothing"}; },
                                  [](Comparison& c) { c.lesions[1].match = c.lesions[0].match; },
                                  [](Comparison& c) { c.lesions[1].uncertaintyMm = -1; },
                                  [](Comparison& c) { c.lesions[1].expectedMm.x = std::nan(""); },
                                  [](Comparison& c) { c.toCurrent.rotation[0] = 2; },
                                  [](Comparison& c) { c.toCurrent.rotation[0] = -1; },
                                  [](Comparison& c) { c.errorMm = -1; },
                                  [](Comparison& c) { c.to.block = 7; },
                                  [](Comparison& c) { c.from = {}; },
                                  [](Comparison& c) { c.from = c.to = {}; },
                                  [](Comparison& c) { c.priorVersion = 2; },
                                  [](Comparison& c) { c.prior = {"other"}; }};
  for (std::size_t n = 0; n < wrong.size(); ++n) {
    agents({1}, comparing(wrong[n]));
    const attest::Run ended = run();
    EXPECT_EQ(ended.steps.at(1).state, StepState::failed) << n;
    EXPECT_TRUE(ended.steps.at(1).error.starts_with("comparison: ")) << ended.steps.at(1).error;
  }
  EXPECT_FALSE(db_->record(current_)->comparison);
}

TEST_F(PriorTest, aSignedVersionThatDoesNotReadFailsOnlyWhoReadsIt) {
  signedPrior({3});
  asSigned_ = [](const CaseRecord&) -> Result<CaseRecord> { return fail(ErrorCode::corrupt, "damaged"); };
  agents({1}, comparing());
  const attest::Run ended = run();
  EXPECT_EQ(ended.steps.at(0).state, StepState::done);
  EXPECT_EQ(ended.steps.at(1).state, StepState::failed);
  EXPECT_EQ(ended.steps.at(1).error, "damaged");
}

TEST_F(PriorTest, whatIsOnlyWantedComesFirstAndMayFail) {
  AgentCard card;
  card.id = "0";  // first of the roster
  card.wants = {"a", "fails", "not there"};
  std::vector<std::string> facts;
  agent(card, [&](AgentContext& context) -> Result<Output> {
    facts = {context.facts("a"), context.facts("fails")};
    return Output{};
  });
  agent("a", {}, proposing({1}));
  agent("fails", {}, failing(ErrorCode::unsupported));
  const attest::Run ended = run();
  std::vector<std::string> order;
  for (const Step& step : ended.steps) order.push_back(step.agent);
  EXPECT_THAT(order, ElementsAre("a", "fails", "0"));
  EXPECT_EQ(ended.steps.at(2).state, StepState::done) << ended.steps.at(2).error;
  EXPECT_THAT(facts, ElementsAre("{\"n\":1}", ""));
}

}  // namespace
}  // namespace attest::orchestrator::test
