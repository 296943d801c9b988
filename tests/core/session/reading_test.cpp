#include "core/reporting/report_text.h"
#include "tests/core/session/driver.h"

namespace attest::session {
namespace {

class ReadingRoom : public testing::Test {
 protected:
  ReadingRoom() {
    d.signIn();
    d.open(makeRecord());
  }
  const view::ViewportState& viewport(std::size_t i) const { return d.state.reading->layout.viewports.at(i); }
  Driver d;
};

TEST_F(ReadingRoom, OpensTheVolumeAndNotTheScout) {
  EXPECT_EQ(viewport(0).block, (BlockRef{{"1.2"}, 0}));
  EXPECT_EQ(viewport(0).window, (Window{40, 400}));
  EXPECT_EQ(d.state.reading->blocks.size(), 1U);
  EXPECT_NE(shownVolume(*d.state.reading, viewport(1)), nullptr);
  EXPECT_EQ(overlays(d.state, viewport(0)).size(), 4U);
}

TEST_F(ReadingRoom, ScrollingMovesTheCrosshairOfAll) {
  d.dispatch(action::ScrollTo{0, 1});
  EXPECT_EQ(viewport(0).focusMm.z, 2);
  EXPECT_EQ(viewport(2).focusMm.z, 2);
  d.dispatch(action::Scroll{0, 100});
  EXPECT_EQ(shownSliceIndex(*d.state.reading, viewport(0)), 3);
  d.dispatch(action::Scroll{1, -100});
  EXPECT_EQ(viewport(0).focusMm.y, 0);
  EXPECT_EQ(viewport(0).focusMm.z, 6) << "the others keep their direction";
}

TEST_F(ReadingRoom, AStackOfPicturesLoadsWhatItShows) {
  d.dispatch(action::ShowBlock{0, {{"1.1"}, 0}});
  ASSERT_NE(d.asked<effect::LoadSlice>(), nullptr);
  EXPECT_EQ(viewport(0).orientation, view::Orientation::stack);
  d.dispatch(action::Scroll{0, 1});
  ASSERT_NE(d.asked<effect::LoadSlice>(), nullptr);
  EXPECT_EQ(d.asked<effect::LoadSlice>()->slice, 1);
  d.dispatch(action::Scroll{0, -1});
  EXPECT_TRUE(d.effects.empty());
  d.dispatch(action::SetOrientation{0, view::Orientation::coronal});
  EXPECT_EQ(viewport(0).orientation, view::Orientation::stack) << "it is no volume";
}

TEST_F(ReadingRoom, WindowsBelongToTheBlock) {
  d.dispatch(action::SetWindow{0, {1, 2}});
  EXPECT_EQ(viewport(2).window, (Window{1, 2}));
  d.dispatch(action::ApplyPreset{2, false});
  EXPECT_EQ(viewport(0).window, (Window{-600, 1500}));
  d.dispatch(action::ResetWindow{});
  EXPECT_EQ(viewport(0).window, (Window{40, 400}));
}

TEST_F(ReadingRoom, BrushesNeedAnEdit) {
  d.dispatch(action::SetTool{Tool::brush});
  EXPECT_EQ(d.state.reading->tool, Tool::window);
  d.dispatch(action::SetTool{Tool::pan});
  EXPECT_EQ(d.state.reading->tool, Tool::pan);
}

TEST_F(ReadingRoom, ASeriesIsViewedWhenEverySliceWasPainted) {
  d.dispatch(action::SetZoomPan{0, 2, {}});
  for (int slice = 0; slice < 4; ++slice) {
    EXPECT_EQ(d.count<effect::MarkViewed>(), 0U);
    d.dispatch(action::ScrollTo{0, slice});
    d.dispatch(action::SlicePainted{1, viewport(1)});  // coronal: no slice of the series
    d.dispatch(action::SlicePainted{0, viewport(0)});
  }
  ASSERT_NE(d.asked<effect::MarkViewed>(), nullptr);
  EXPECT_EQ(d.asked<effect::MarkViewed>()->series.value, "1.2");
  d.dispatch(action::SlicePainted{0, viewport(0)});
  EXPECT_EQ(d.count<effect::MarkViewed>(), 0U) << "said once";
}

TEST_F(ReadingRoom, OlderRecordsAreDropped) {
  CaseRecord newer = d.db;
  newer.revision = 5;
  d.dispatch(action::RecordChanged{std::make_shared<CaseRecord>(newer)});
  newer.revision = 4;
  newer.items.clear();
  d.dispatch(action::RecordChanged{std::make_shared<CaseRecord>(newer)});
  EXPECT_EQ(d.state.reading->record->items.size(), 4U);
  newer.revision = 9;
  newer.row.id = {"other"};
  d.dispatch(action::RecordChanged{std::make_shared<CaseRecord>(newer)});
  EXPECT_EQ(d.state.reading->record->revision, 5);
}

TEST_F(ReadingRoom, TheOutlineOfTheBodyWaitsUntilItIsAskedFor) {
  EXPECT_TRUE(d.state.reading->hidden.empty());
  CaseRecord newer = d.db;
  Item body = newer.items.front();
  body.id = {"the-body"};
  body.kind = ItemKind::structure;
  body.code = {"SCT", "38266002", "Entire body"};
  newer.items.push_back(body);
  ++newer.revision;
  d.dispatch(action::RecordChanged{std::make_shared<CaseRecord>(newer)});
  EXPECT_EQ(d.state.reading->hidden, std::set{body.id});
  d.dispatch(action::ToggleItem{body.id});
  ++newer.revision;
  d.dispatch(action::RecordChanged{std::make_shared<CaseRecord>(newer)});
  EXPECT_TRUE(d.state.reading->hidden.empty()) << "what the reader shows stays";
}

TEST_F(ReadingRoom, UntouchedTopicsKeepTheirPointers) {
  const State before = d.state;
  d.dispatch(action::Scroll{0, 1});
  EXPECT_NE(d.state.reading, before.reading);
  EXPECT_EQ(d.state.review, before.review);
  EXPECT_EQ(d.state.worklist, before.worklist);
  EXPECT_EQ(d.state.signing, before.signing);
}

TEST_F(ReadingRoom, UpdateIsPure) {
  const State before = d.state;
  const Vec3 focus = viewport(0).focusMm;
  const auto first = update(before, action::ScrollTo{0, 1});
  const auto again = update(before, action::ScrollTo{0, 1});
  EXPECT_EQ(before.reading->layout.viewports[0].focusMm, focus) << "the old value is untouched";
  EXPECT_EQ(first.first.reading->layout, again.first.reading->layout);
  EXPECT_EQ(first.first.nextTicket, again.first.nextTicket);
  EXPECT_EQ(first.second.size(), again.second.size());
  update(before, action::ConfirmStructures{at(0)});
  EXPECT_TRUE(before.review->pending.empty());
}

TEST_F(ReadingRoom, ClosingWaitsForWhatIsUnsaved) {
  d.dispatch(action::TypeSection{SectionKind::findings, "Half a sen"});
  d.dispatch(action::CloseCase{});
  EXPECT_EQ(screen(d.state), Screen::reading);
  ASSERT_NE(d.asked<effect::SaveReport>(), nullptr);
  d.commit();
  EXPECT_EQ(screen(d.state), Screen::worklist);
  EXPECT_EQ(reporting::sectionText(d.db, SectionKind::findings), "Half a sen");
}

TEST_F(ReadingRoom, AFailedSaveStopsTheClosingUntilThePersonInsists) {
  d.dispatch(action::TypeSection{SectionKind::findings, "Text"});
  d.dispatch(action::CloseCase{});
  d.dispatch(action::ReportSaveFailed{d.asked<effect::SaveReport>()->ticket, {ErrorCode::disk_full, ""}});
  EXPECT_EQ(screen(d.state), Screen::reading);
  EXPECT_EQ(shownText(*d.state.report, *d.state.reading->record, SectionKind::findings), "Text");
  d.dispatch(action::CloseCase{});
  d.dispatch(action::CloseCase{});
  EXPECT_EQ(screen(d.state), Screen::worklist);
}

TEST_F(ReadingRoom, TypingIsKeptWhileASaveIsUnderWayAndSavedAfterIt) {
  d.dispatch(action::TypeSection{SectionKind::findings, "One."});
  d.dispatch(action::SaveReport{});
  const Effects first = d.effects;
  d.dispatch(action::TypeSection{SectionKind::findings, "One. Two."});
  d.dispatch(action::SaveReport{});
  EXPECT_TRUE(d.effects.empty());
  d.effects = first;
  d.commit();
  EXPECT_EQ(shownText(*d.state.report, *d.state.reading->record, SectionKind::findings), "One. Two.");
  d.commit();
  EXPECT_EQ(reporting::sectionText(d.db, SectionKind::findings), "One. Two.");
  EXPECT_FALSE(isUnsaved(*d.state.report));
}

TEST_F(ReadingRoom, AStaleReportIsSavedAgainOnTheNewestRecord) {
  d.dispatch(action::TypeSection{SectionKind::findings, "Mine."});
  d.dispatch(action::SaveReport{});
  d.dispatch(action::ReportSaveFailed{d.asked<effect::SaveReport>()->ticket, {ErrorCode::stale, ""}});
  EXPECT_NE(d.asked<effect::RefreshCase>(), nullptr);
  ++d.db.revision;
  d.dispatch(action::RecordChanged{std::make_shared<CaseRecord>(d.db)});
  ASSERT_NE(d.asked<effect::SaveReport>(), nullptr);
  EXPECT_EQ(d.asked<effect::SaveReport>()->revision, d.db.revision);
}

TEST_F(ReadingRoom, ConfirmingASentenceIsSavedAtOnce) {
  d.dispatch(action::ConfirmSentence{"s1"});
  d.commit();
  EXPECT_TRUE(d.state.reading->record->report.section(SectionKind::findings)[0].confirmed);
  EXPECT_FALSE(isUnsaved(*d.state.report));
  d.dispatch(action::ConfirmSentence{"s1"});
  EXPECT_TRUE(d.effects.empty()) << "it is confirmed already";
}

class SigningRoom : public ReadingRoom {
 protected:
  void reviewAll() {
    for (Item& item : d.db.items) item.state = ItemState::accepted;
    ++d.db.revision;
    d.dispatch(action::RecordChanged{std::make_shared<CaseRecord>(d.db)});
  }
};

TEST_F(SigningRoom, TheDialogNamesWhatIsMissingAndNeverSignsByItself) {
  d.dispatch(action::OpenSignDialog{});
  EXPECT_TRUE(d.state.signing->open);
  EXPECT_FALSE(maySign(*d.state.signing));
  EXPECT_EQ(d.state.signing->missing.at(0).code, attest::review::MissingCode::unreviewed);
  d.dispatch(action::Sign{"secret"});
  EXPECT_EQ(d.asked<effect::Sign>(), nullptr);
  reviewAll();
  EXPECT_TRUE(maySign(*d.state.signing)) << "unread series are named and do not block";
  EXPECT_FALSE(d.state.signing->missing.empty());
  EXPECT_EQ(d.asked<effect::Sign>(), nullptr);
}

TEST_F(SigningRoom, TheSecretPassesThroughWithWhatTheSignerSaw) {
  reviewAll();
  d.dispatch(action::Sign{"secret"});
  EXPECT_EQ(d.asked<effect::Sign>(), nullptr) << "only from the dialog";
  d.dispatch(action::OpenSignDialog{});
  d.dispatch(action::Sign{"secret"});
  ASSERT_NE(d.asked<effect::Sign>(), nullptr);
  EXPECT_EQ(d.asked<effect::Sign>()->secret, "secret");
  EXPECT_EQ(d.asked<effect::Sign>()->revision, d.db.revision);
  EXPECT_EQ(d.asked<effect::Sign>()->contentHash, attest::review::contentHash(d.db));
  d.dispatch(action::Sign{"secret"});
  EXPECT_EQ(d.asked<effect::Sign>(), nullptr) << "once";
  d.dispatch(action::SignFailed{{ErrorCode::bad_secret, ""}, {}});
  EXPECT_TRUE(d.state.signing->open);
  EXPECT_EQ(d.state.signing->error->code, ErrorCode::bad_secret);
}

TEST_F(SigningRoom, WhatOnlyTheSigningFoundStaysNamed) {
  reviewAll();
  d.dispatch(action::OpenSignDialog{});
  d.dispatch(action::Sign{"secret"});
  const std::string item = d.db.items.at(0).id.value;
  d.dispatch(action::SignFailed{{ErrorCode::not_signable, ""}, {{attest::review::MissingCode::stale, item}}});
  EXPECT_EQ(d.asked<effect::RefreshCase>(), nullptr) << "the same record would not name it";
  EXPECT_EQ(d.state.signing->missing.at(0).finding, item);
  EXPECT_FALSE(maySign(*d.state.signing));
}

TEST_F(SigningRoom, SigningIsABarrierForUndo) {
  d.dispatch(action::ConfirmStructures{at(0)});
  d.commit();
  reviewAll();
  d.dispatch(action::OpenSignDialog{});
  d.dispatch(action::Sign{"secret"});
  d.db.row.status = CaseStatus::approved;
  d.dispatch(action::Signed{std::make_shared<CaseRecord>(d.db), 1});
  EXPECT_FALSE(d.state.signing->open);
  EXPECT_EQ(d.state.signing->signedVersion, 1);
  EXPECT_TRUE(d.state.review->undo.empty());
}

TEST_F(SigningRoom, TheDialogFinishesTheOutlineUnderTheBrush) {
  d.dispatch(action::SelectItem{{"a"}});
  d.dispatch(action::StartEdit{});
  ASSERT_TRUE(d.state.review->edit.has_value());
  d.dispatch(action::OpenSignDialog{});
  EXPECT_FALSE(d.state.review->edit.has_value());
  EXPECT_FALSE(d.state.signing->unsaved);
}

TEST_F(SigningRoom, NothingIsSignedWhileSomethingIsOnItsWay) {
  reviewAll();
  d.dispatch(action::OpenSignDialog{});
  d.dispatch(action::TypeSection{SectionKind::findings, "More."});
  EXPECT_FALSE(maySign(*d.state.signing));
  d.dispatch(action::SaveReport{});
  d.commit();
  EXPECT_TRUE(maySign(*d.state.signing));
}

TEST_F(ReadingRoom, RunsAreFollowedStepByStep) {
  d.dispatch(action::Analyze{});
  EXPECT_NE(d.asked<effect::Analyze>(), nullptr);
  d.dispatch(action::Analyze{});
  EXPECT_EQ(d.asked<effect::Analyze>(), nullptr);
  attest::Run run;
  run.id = {"r"};
  run.steps.resize(2);
  d.dispatch(action::RunQueued{{"case"}, run});
  d.dispatch(action::StepChanged{{"case"}, {"r"}, 1, StepState::running, 0.5});
  EXPECT_EQ(d.state.agents->runs.at(0).steps[1].progress, 0.5);
  EXPECT_TRUE(d.effects.empty());
  d.dispatch(action::StepChanged{{"case"}, {"r"}, 1, StepState::done, 1});
  EXPECT_NE(d.asked<effect::RefreshCase>(), nullptr);
  d.dispatch(action::StopRun{{"r"}});
  EXPECT_NE(d.asked<effect::CancelRun>(), nullptr);
  d.dispatch(action::StopRun{{"r"}});
  EXPECT_EQ(d.asked<effect::CancelRun>(), nullptr);
  d.dispatch(action::StepChanged{{"case"}, {"r"}, 99, StepState::failed, 1});
}

TEST_F(ReadingRoom, OneExportAtATime) {
  d.dispatch(action::Export{"/out", {"seg"}});
  EXPECT_NE(d.asked<effect::Export>(), nullptr);
  d.dispatch(action::Export{"/out", {"seg"}});
  EXPECT_EQ(d.asked<effect::Export>(), nullptr);
  d.dispatch(action::Exported{{{"/out/a.dcm", "seg"}}, {}});
  EXPECT_EQ(d.state.exporting->files.size(), 1U);
  const Ticket notice = d.state.notices->list.back().id;
  d.dispatch(action::DismissNotice{notice});
  EXPECT_TRUE(d.state.notices->list.empty());
}

TEST(Late, AnswersWithoutACaseChangeNothing) {
  Driver d;
  d.signIn();
  const State before = d.state;
  d.dispatch(action::CaseOpened{std::make_shared<CaseRecord>(makeRecord())});
  d.dispatch(action::VolumeLoaded{{{"1.2"}, 0}, nullptr, {}, {}});
  d.dispatch(action::VerdictsCommitted{7, std::make_shared<CaseRecord>(makeRecord())});
  d.dispatch(action::ReportSaved{7, std::make_shared<CaseRecord>(makeRecord())});
  d.dispatch(action::Signed{std::make_shared<CaseRecord>(makeRecord()), 1});
  d.dispatch(action::Scroll{0, 1});
  d.dispatch(action::Accept{at(0), false});
  d.dispatch(action::Undo{at(0)});
  d.dispatch(action::SetFocus{0, {}});
  EXPECT_EQ(screen(d.state), Screen::worklist);
  EXPECT_EQ(d.state.reading->record, nullptr);
  EXPECT_TRUE(d.state.reading->blocks.empty());
}

TEST(Addendum, OpensWhatIsSignedAndNothingElse) {
  Driver d;
  d.signIn();
  d.open(makeRecord());
  d.dispatch(action::OpenAddendum{});
  EXPECT_EQ(d.asked<effect::OpenAddendum>(), nullptr);
  d.db.row.status = CaseStatus::approved;
  d.dispatch(action::RecordChanged{std::make_shared<CaseRecord>(d.db)});
  d.dispatch(action::OpenAddendum{});
  ASSERT_NE(d.asked<effect::OpenAddendum>(), nullptr);
  EXPECT_EQ(d.asked<effect::OpenAddendum>()->id, CaseId{"case"});
  d.dispatch(action::AddendumFailed{{"case"}, {ErrorCode::not_allowed, ""}});
  EXPECT_EQ(d.state.notices->list.back().kind, NoticeKind::addendum_failed);
}

}  // namespace
}  // namespace attest::session
