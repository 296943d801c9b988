// Verdicts, masks, the report, runs, signature and export.
#include <thread>

#include "core/workflow/analyze.h"
#include "tests/core/workflow/desk.h"

namespace attest::workflow::test {
namespace {

namespace action = session::action;
namespace effect = session::effect;

TEST_F(EffectsTest, VerdictsAnswerWithTheirTicket) {
  const auto done =
      answer<action::VerdictsCommitted>(effect::SubmitVerdicts{3, id_, anna_, {review::Accept{finding_}}});
  EXPECT_EQ(done.ticket, 3);
  EXPECT_EQ(findItem(*done.record, finding_)->state, ItemState::accepted);
  const auto failed =
      answer<action::VerdictsFailed>(effect::SubmitVerdicts{4, id_, anna_, {review::Accept{finding_}}});
  EXPECT_EQ(failed.ticket, 4);
  EXPECT_EQ(failed.error.code, ErrorCode::not_allowed);
  const effect::SubmitVerdicts stranger{5, id_, {"nobody"}, {review::Unsure{finding_}}};
  EXPECT_EQ(answer<action::VerdictsFailed>(stranger).error.code, ErrorCode::not_found);
}

TEST_F(EffectsTest, WritesToACaseKeepTheirOrder) {
  answers_.clear();
  const Item draft = newDrawing(blockRef(id_), "Mass", {"SCT", "4147007", "Mass"});
  const auto mask = shared(boxMask({3, 3, 3}, {4, 4, 4}));
  effects_->perform(effect::SaveMask{1, id_, anna_, draft, true, mask});
  effects_->perform(effect::SaveMask{2, id_, anna_, draft, false, shared(boxMask({3, 3, 3}, {5, 4, 4}))});
  effects_->perform(effect::SubmitVerdicts{3, id_, anna_, {review::DeleteDrawn{draft.id}}});
  services_->pool().drain();
  const auto done = answers_.all<action::VerdictsCommitted>();
  ASSERT_EQ(done.size(), 3U);
  EXPECT_EQ(findItem(*done[0].record, draft.id)->measurement.voxels, 8);
  EXPECT_EQ(findItem(*done[1].record, draft.id)->measurement.voxels, 12);
  EXPECT_EQ(findItem(*done[2].record, draft.id), nullptr);
}

TEST_F(EffectsTest, AMaskIsMeasuredBesideTheDatabaseAndWhatCameAfterItWaits) {
  answers_.clear();
  BusyLane computing(services_->pool(), jobs::Lane::cpu,
                     static_cast<int>(std::thread::hardware_concurrency()));
  const auto mask = shared(boxMask({10, 10, 5}, {13, 12, 6}));
  effects_->perform(effect::SaveMask{1, id_, anna_, item(id_, finding_), false, mask});
  effects_->perform(effect::SubmitVerdicts{2, id_, anna_, {review::Reject{finding_, {"duplicate", ""}}}});
  effects_->perform(effect::RefreshCase{id_});
  const auto refreshed = answers_.await<action::RecordChanged>();  // the lane is free for others
  EXPECT_EQ(findItem(*refreshed.record, finding_)->state, ItemState::proposed);
  EXPECT_TRUE(answers_.all<action::VerdictsCommitted>().empty());
  computing.free();
  services_->pool().drain();
  const auto done = answers_.all<action::VerdictsCommitted>();
  ASSERT_EQ(done.size(), 2U);
  EXPECT_EQ(done[0].ticket, 1);
  EXPECT_EQ(findItem(*done[0].record, finding_)->state, ItemState::corrected);
  EXPECT_EQ(findItem(*done[1].record, finding_)->state, ItemState::rejected);
}

TEST_F(EffectsTest, AMaskThatCannotBeSavedSaysSo) {
  const effect::SaveMask empty{
      8, id_, anna_, item(id_, finding_), false, shared(imaging::Mask(chest().grid))};
  const auto failed = answer<action::VerdictsFailed>(empty);
  EXPECT_EQ(failed.ticket, 8);
  EXPECT_EQ(failed.error.code, ErrorCode::bad_argument);
}

TEST_F(EffectsTest, WhatWasSubmittedIsOnDiskWhenTheWindowIsGone) {
  effects_->perform(effect::SubmitVerdicts{1, id_, anna_, {review::Accept{finding_}}});
  effects_.reset();
  EXPECT_EQ(item(id_, finding_).state, ItemState::accepted);
}

TEST_F(EffectsTest, AReportIsSavedOrStale) {
  Report report;
  report.section(SectionKind::findings) = {{"1", "Nothing.", "", true}};
  const auto revision = record(id_).revision;
  const auto saved = answer<action::ReportSaved>(effect::SaveReport{2, id_, anna_, report, revision});
  EXPECT_EQ(saved.ticket, 2);
  EXPECT_EQ(saved.record->report, report);
  const auto failed = answer<action::ReportSaveFailed>(effect::SaveReport{3, id_, anna_, report, revision});
  EXPECT_EQ(failed.ticket, 3);
  EXPECT_EQ(failed.error.code, ErrorCode::stale);
}

TEST_F(EffectsTest, EveryAgentHasACard) {
  const auto cards = answer<action::CardsLoaded>(effect::LoadCards{}).cards;
  ASSERT_FALSE(cards.empty());
  for (const auto& card : cards) EXPECT_FALSE(card.title.empty()) << card.id;
}

TEST_F(EffectsTest, ARunIsQueuedThenItsStepsAreToldToTheEnd) {
  startAgents();
  effects_->perform(effect::Analyze{id_, Priority::routine, anna_});
  const auto queued = answers_.await<action::RunQueued>();
  EXPECT_EQ(queued.id, id_);
  ASSERT_FALSE(queued.run.steps.empty());
  answers_.await<action::RecordChanged>(
      [](const auto& change) { return !isActive(change.record->runs.back()); });
  const auto runs = record(id_).runs;
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_EQ(runs[0].id, queued.run.id);
  EXPECT_FALSE(isActive(runs[0]));
  std::set<int> ended;
  for (const auto& step : answers_.all<action::StepChanged>()) {
    EXPECT_EQ(step.run, queued.run.id);
    if (step.state != StepState::queued && step.state != StepState::running) ended.insert(step.step);
  }
  EXPECT_EQ(ended.size(), runs[0].steps.size());
}

TEST_F(EffectsTest, ARunThatAnEarlierProgramLeftGoesOn) {
  ASSERT_TRUE(makeOrchestrator(*services_)->queue(id_, Priority::routine, "default", "anna"));
  EXPECT_TRUE(isActive(record(id_).runs.at(0)));
  startAgents();
  answers_.await<action::RecordChanged>(
      [](const auto& change) { return change.record->runs.back().state == RunState::done; });
  EXPECT_FALSE(answers_.all<action::StepChanged>().empty());
}

TEST_F(EffectsTest, ARunThatCannotBeginSaysSo) {
  const auto failed = answer<action::AnalyzeFailed>(effect::Analyze{nowhere_, Priority::routine, anna_});
  EXPECT_EQ(failed.id, nowhere_);
  EXPECT_EQ(failed.error.code, ErrorCode::not_found);
}

TEST_F(EffectsTest, ARunIsQueuedAndStoppedWhileTheAgentsAreBusy) {
  startAgents();
  BusyLane busy(services_->pool(), jobs::Lane::network, networkThreads);
  effects_->perform(effect::Analyze{id_, Priority::stat, anna_});
  const auto queued = answers_.await<action::RunQueued>();
  EXPECT_EQ(record(id_).runs.at(0).state, RunState::queued);
  effects_->perform(effect::CancelRun{queued.run.id, anna_});
  answers_.await<action::StepChanged>([](const auto& step) { return step.state == StepState::cancelled; });
  busy.free();
  effects_.reset();
  EXPECT_EQ(answers_.all<action::StepChanged>().size(), queued.run.steps.size());
  EXPECT_EQ(record(id_).runs.at(0).state, RunState::cancelled);
}

TEST_F(EffectsTest, ARunThatCannotBeStoppedSaysSo) {
  const auto failed = answer<action::StopFailed>(effect::CancelRun{{"no-such-run"}, anna_});
  EXPECT_EQ(failed.run.value, "no-such-run");
  EXPECT_EQ(failed.error.code, ErrorCode::not_found);
}

TEST_F(EffectsTest, ARunIsStoppedByThoseWhoReviewOnly) {
  const Reader olga = enroll("olga", {Role::admin});
  BusyLane busy(services_->pool(), jobs::Lane::network, networkThreads);
  effects_->perform(effect::Analyze{id_, Priority::stat, anna_});
  const auto queued = answers_.await<action::RunQueued>();
  effects_->perform(effect::CancelRun{queued.run.id, olga.id});
  EXPECT_EQ(answers_.await<action::StopFailed>().error.code, ErrorCode::not_allowed);
  EXPECT_TRUE(isActive(record(id_).runs.at(0)));
}

TEST_F(EffectsTest, LeavingStopsTheAgentsAndKeepsTheirRun) {
  startAgents();
  BusyLane busy(services_->pool(), jobs::Lane::network, networkThreads);
  effects_->perform(effect::Analyze{id_, Priority::routine, anna_});
  answers_.await<action::RunQueued>();
  auto leaving = std::async(std::launch::async, [this] { effects_.reset(); });
  busy.free();
  leaving.wait();
  const auto run = record(id_).runs.at(0);
  for (const auto& step : run.steps) EXPECT_NE(step.state, StepState::running) << step.agent;
}

TEST_F(EffectsTest, ASignatureAnswersWithTheVersion) {
  finishReview();
  const auto now = record(id_);
  const auto done =
      answer<action::Signed>(effect::Sign{id_, anna_, secret, now.revision, review::contentHash(now)});
  EXPECT_EQ(done.version, 1);
  EXPECT_EQ(done.record->row.status, CaseStatus::approved);
  EXPECT_FALSE(answers_.all<action::WorklistChanged>().empty());
}

TEST_F(EffectsTest, ASignatureThatIsRefusedSaysWhatIsMissing) {
  const auto now = record(id_);
  const effect::Sign sign{id_, anna_, secret, now.revision, review::contentHash(now)};
  const auto missing = answer<action::SignFailed>(sign);
  EXPECT_EQ(missing.error.code, ErrorCode::not_signable);
  EXPECT_EQ(missing.missing.size(), 3U);
  finishReview();
  const auto stale = answer<action::SignFailed>(sign);
  EXPECT_EQ(stale.missing, (std::vector<review::Missing>{{review::MissingCode::stale, ""}}));
  auto wrong = sign;
  wrong.secret = "not the secret";
  EXPECT_EQ(answer<action::SignFailed>(wrong).error.code, ErrorCode::bad_secret);
  EXPECT_TRUE(record(id_).versions.empty());
}

TEST_F(EffectsTest, AnExportNamesItsFilesAndWhatItRefused) {
  finishReview();
  const std::string folder = (folder_ / "out").string();
  const auto done = answer<action::Exported>(effect::Export{id_, anna_, folder, {"seg", "pdf"}});
  ASSERT_EQ(done.files.size(), 1U);
  EXPECT_EQ(done.files[0].format, "seg");
  ASSERT_EQ(done.refused.size(), 1U);
  EXPECT_EQ(done.refused[0].format, "pdf");
  EXPECT_EQ(answer<action::ExportFailed>(effect::Export{nowhere_, anna_, folder, {"seg"}}).error.code,
            ErrorCode::not_found);
}

}  // namespace
}  // namespace attest::workflow::test
