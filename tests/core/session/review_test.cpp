#include <gmock/gmock.h>

#include "tests/core/session/driver.h"

namespace attest::session {
namespace {

class Reviewing : public testing::Test {
 protected:
  Reviewing() {
    d.signIn();
    d.open(makeRecord());
  }
  Refusal refusal() const { return d.state.review->refusal; }
  std::string selected() const { return d.state.review->selected ? d.state.review->selected->value : ""; }
  void accept(int ms) { d.dispatch(action::Accept{at(ms), false}); }
  imaging::MaskPtr maskOf(int voxels) const {
    auto mask = std::make_shared<imaging::Mask>(*d.db.series[1].blocks[0].grid);
    for (int i = 0; i < voxels; ++i) mask->set({i, 0, 0}, true);
    return mask;
  }
  Driver d;
};

TEST_F(Reviewing, SelectingBringsEveryViewportToTheFinding) {
  d.dispatch(action::SelectItem{{"b"}});
  for (const auto& viewport : d.state.reading->layout.viewports) EXPECT_EQ(viewport.focusMm, (Vec3{5, 4, 6}));
}

TEST_F(Reviewing, SelectingShowsTheSeriesWhereNoneDoes) {
  d.dispatch(action::SetRaster{1, 1});
  d.dispatch(action::ShowBlock{0, {{"1.1"}, 0}});
  d.dispatch(action::SelectItem{{"b"}});
  EXPECT_EQ(d.state.reading->layout.viewports[0].block, (BlockRef{{"1.2"}, 0}));
  EXPECT_EQ(d.state.reading->layout.viewports[0].focusMm, (Vec3{5, 4, 6}));
}

TEST_F(Reviewing, NothingIsAcceptedUnseen) {
  accept(0);
  EXPECT_EQ(refusal(), Refusal::nothing_selected);
  d.paint();
  d.dispatch(action::SelectItem{{"b"}});
  accept(1000);
  EXPECT_EQ(refusal(), Refusal::not_painted) << "painted before it was chosen does not count";
  EXPECT_TRUE(d.effects.empty());
  auto elsewhere = d.state.reading->layout.viewports[0];
  elsewhere.focusMm.z = 2;
  d.dispatch(action::SlicePainted{0, elsewhere});
  accept(1100);
  EXPECT_EQ(refusal(), Refusal::not_painted) << "another slice does not count";
  d.dispatch(action::SlicePainted{3, d.state.reading->layout.viewports[3]});
  accept(1200);
  EXPECT_EQ(refusal(), Refusal::not_painted) << "3D does not count";
  d.dispatch(action::SlicePainted{0, d.state.reading->layout.viewports[0]});
  accept(1300);
  ASSERT_NE(d.asked<effect::SubmitVerdicts>(), nullptr);
}

TEST_F(Reviewing, ChoosingTheSameFindingAgainKeepsThatItWasSeen) {
  d.dispatch(action::SelectItem{{"b"}});
  d.paint();
  d.dispatch(action::SelectItem{{"b"}});  // a click on its card; nothing is painted anew
  accept(1000);
  EXPECT_NE(d.asked<effect::SubmitVerdicts>(), nullptr);
}

TEST_F(Reviewing, AutoRepeatNeverAccepts) {
  d.dispatch(action::SelectItem{{"a"}});
  d.paint();
  d.dispatch(action::Accept{at(5000), true});
  EXPECT_EQ(refusal(), Refusal::auto_repeat);
  EXPECT_TRUE(d.state.review->pending.empty());
}

TEST_F(Reviewing, AfterAnAutomaticAdvanceEnterWaits) {
  d.dispatch(action::SelectItem{{"a"}});
  d.paint();
  accept(5000);
  EXPECT_EQ(selected(), "b") << "the structure is not among the findings";
  d.commit();
  d.paint();
  accept(5249);
  EXPECT_EQ(refusal(), Refusal::too_soon);
  accept(5250);
  EXPECT_EQ(refusal(), Refusal::none);
  EXPECT_EQ(selected(), "c");
}

TEST_F(Reviewing, AHandsChoiceMayBeAcceptedAtOnce) {
  d.dispatch(action::SelectItem{{"a"}});
  d.paint();
  accept(5000);
  d.dispatch(action::SelectNext{});
  d.paint();
  accept(5001);
  EXPECT_EQ(refusal(), Refusal::none);
}

TEST_F(Reviewing, AVerdictShowsOnlyAfterTheCommit) {
  d.dispatch(action::SelectItem{{"a"}});
  d.paint();
  accept(5000);
  EXPECT_TRUE(isPending(*d.state.review, {"a"}));
  EXPECT_EQ(d.item("a").state, ItemState::proposed);
  EXPECT_TRUE(d.state.signing->unsaved);
  d.commit();
  EXPECT_FALSE(isPending(*d.state.review, {"a"}));
  EXPECT_EQ(d.item("a").state, ItemState::accepted);
  EXPECT_EQ(reviewCount(*d.state.reading->record).reviewed, 1);
  EXPECT_EQ(reviewCount(*d.state.reading->record).total, 3);
}

TEST_F(Reviewing, AFailedCommitLeavesTheFindingAndSaysSo) {
  d.dispatch(action::SelectItem{{"a"}});
  d.paint();
  accept(5000);
  const Ticket ticket = d.asked<effect::SubmitVerdicts>()->ticket;
  d.dispatch(action::VerdictsFailed{ticket, {ErrorCode::disk_full, ""}});
  EXPECT_EQ(d.item("a").state, ItemState::proposed);
  EXPECT_FALSE(isPending(*d.state.review, {"a"}));
  ASSERT_FALSE(d.state.notices->list.empty());
  EXPECT_EQ(d.state.notices->list.back().kind, NoticeKind::verdict_failed);
  EXPECT_NE(d.asked<effect::RefreshCase>(), nullptr);
  d.dispatch(action::VerdictsCommitted{ticket, std::make_shared<CaseRecord>(d.db)});
  EXPECT_TRUE(d.state.review->undo.empty()) << "a ticket is answered once";
}

TEST_F(Reviewing, RejectTakesAChipAndGoesOn) {
  d.dispatch(action::SelectItem{{"a"}});
  d.dispatch(action::OpenReject{});
  EXPECT_TRUE(d.state.review->rejecting);
  d.dispatch(action::Reject{{"no_such_chip", ""}, at(0)});
  EXPECT_EQ(d.state.notices->list.back().kind, NoticeKind::verdict_refused);
  EXPECT_EQ(d.asked<effect::SubmitVerdicts>(), nullptr);
  d.dispatch(action::Reject{{"artefact", ""}, at(0)});
  d.commit();
  EXPECT_EQ(d.item("a").state, ItemState::rejected);
  EXPECT_EQ(selected(), "b");
  EXPECT_FALSE(d.state.review->rejecting);
}

TEST_F(Reviewing, NextGoesRoundInBothDirections) {
  for (const char* expected : {"a", "b", "c", "a"}) {
    d.dispatch(action::SelectNext{});
    EXPECT_EQ(selected(), expected);
  }
  d.dispatch(action::SelectNext{.backwards = true});
  EXPECT_EQ(selected(), "c");
}

TEST_F(Reviewing, StructuresAreConfirmedByOneActAndTakenBackByOne) {
  d.dispatch(action::ConfirmStructures{at(0)});
  d.commit();
  EXPECT_EQ(d.item("s").state, ItemState::confirmed);
  EXPECT_EQ(d.item("a").state, ItemState::proposed);
  d.dispatch(action::Undo{at(1)});
  d.commit();
  EXPECT_EQ(d.item("s").state, ItemState::proposed);
  d.dispatch(action::ConfirmStructures{at(2)});
  d.commit();
  d.dispatch(action::ConfirmStructures{at(3)});
  EXPECT_EQ(d.asked<effect::SubmitVerdicts>(), nullptr) << "nothing waits any more";
}

TEST_F(Reviewing, UndoAndRedoRestoreItemsExactly) {
  const std::vector<Item> start = d.db.items;
  d.dispatch(action::SelectItem{{"a"}});
  d.paint();
  accept(5000);
  d.commit();
  d.dispatch(action::Reject{{"duplicate", "twice"}, at(5001)});
  d.commit();
  const std::vector<Item> end = d.db.items;
  for (int i = 0; i < 2; ++i) {
    d.dispatch(action::Undo{at(6000)});
    d.commit();
  }
  EXPECT_EQ(d.db.items, start);
  EXPECT_TRUE(d.state.review->undo.empty());
  d.dispatch(action::Undo{at(6001)});
  EXPECT_TRUE(d.effects.empty());
  for (int i = 0; i < 2; ++i) {
    d.dispatch(action::Redo{at(7000)});
    d.commit();
  }
  EXPECT_EQ(d.db.items, end);
  d.dispatch(action::Undo{at(8000)});
  d.commit();
  d.dispatch(action::ConfirmStructures{at(8001)});
  d.commit();
  EXPECT_TRUE(d.state.review->redo.empty()) << "a new act ends what could be redone";
}

TEST_F(Reviewing, UndoWaitsForTheVerdictThatIsOnItsWay) {
  d.dispatch(action::SelectItem{{"a"}});
  d.paint();
  accept(5000);
  const Effects asked = d.effects;
  d.dispatch(action::Undo{at(5010)});
  EXPECT_TRUE(d.effects.empty());
  d.effects = asked;
  d.commit();  // the answer to Accept makes the undo go out
  d.commit();
  EXPECT_EQ(d.item("a").state, ItemState::proposed);
}

TEST_F(Reviewing, AFailedUndoCanBeTriedAgain) {
  d.dispatch(action::ConfirmStructures{at(0)});
  d.commit();
  d.dispatch(action::Undo{at(1)});
  d.dispatch(action::VerdictsFailed{d.asked<effect::SubmitVerdicts>()->ticket, {ErrorCode::busy, ""}});
  ASSERT_EQ(d.state.review->undo.size(), 1U);
  d.dispatch(action::Undo{at(2)});
  d.commit();
  EXPECT_EQ(d.item("s").state, ItemState::proposed);
  EXPECT_EQ(d.state.review->redo.size(), 1U);
}

TEST_F(Reviewing, StrokesShowAtOnceAndAreSavedOneAfterTheOther) {
  d.dispatch(action::SelectItem{{"a"}});
  d.dispatch(action::StartEdit{});
  ASSERT_TRUE(d.state.review->edit.has_value());
  EXPECT_EQ(d.state.reading->tool, Tool::brush);
  d.dispatch(action::StrokeEnded{maskOf(2), at(0)});
  const auto first = d.effects;
  ASSERT_NE(d.asked<effect::SaveMask>(), nullptr);
  d.dispatch(action::StrokeEnded{maskOf(3), at(1)});
  EXPECT_TRUE(d.effects.empty()) << "one save at a time";
  EXPECT_EQ(d.state.review->edit->mask->count(), 3);
  EXPECT_NE(d.state.review->edit->saved, d.state.review->edit->mask) << "unsaved mark";
  const auto shown = overlays(d.state, d.state.reading->layout.viewports[0]);
  EXPECT_EQ(shown.back().mask->count(), 3);
  d.effects = first;
  d.commit();
  EXPECT_EQ(d.item("a").measurement.voxels, 2);
  d.commit();
  EXPECT_EQ(d.item("a").measurement.voxels, 3);
  EXPECT_EQ(d.item("a").state, ItemState::corrected);
  EXPECT_EQ(d.state.review->edit->saved, d.state.review->edit->mask);
  EXPECT_EQ(d.count<effect::LoadMask>(), 0U) << "what was just saved is not read back";
}

TEST_F(Reviewing, UndoOfAllStrokesGivesTheItemAsItWas) {
  const Item before = d.item("a");
  d.dispatch(action::SelectItem{{"a"}});
  d.dispatch(action::StartEdit{});
  const imaging::MaskPtr base = d.state.review->edit->mask;
  for (int i = 2; i < 5; ++i) {
    d.dispatch(action::StrokeEnded{maskOf(i), at(i)});
    d.commit();
  }
  for (int i = 0; i < 3; ++i) {
    d.dispatch(action::Undo{at(10 + i)});
    d.commit();
  }
  EXPECT_EQ(d.state.review->edit->mask, base);
  EXPECT_EQ(d.item("a"), before) << "proposed again, mask version 1";
  d.dispatch(action::Redo{at(20)});
  d.commit();
  EXPECT_EQ(d.item("a").measurement.voxels, 2);
  d.dispatch(action::Undo{at(21)});
  d.commit();
  d.dispatch(action::FinishEdit{at(22)});
  EXPECT_FALSE(d.state.review->edit.has_value());
  EXPECT_TRUE(d.state.review->undo.empty()) << "nothing changed in the end";
}

TEST_F(Reviewing, AFinishedEditIsOneUndoStep) {
  const Item before = d.item("a");
  d.dispatch(action::SelectItem{{"a"}});
  d.dispatch(action::StartEdit{});
  d.dispatch(action::StrokeEnded{maskOf(2), at(0)});
  const auto save = d.effects;
  d.dispatch(action::FinishEdit{at(1)});
  EXPECT_TRUE(d.state.review->edit.has_value()) << "it closes when the stroke is on disk";
  accept(5000);
  EXPECT_EQ(refusal(), Refusal::editing);
  d.effects = save;
  d.commit();
  EXPECT_FALSE(d.state.review->edit.has_value());
  EXPECT_EQ(d.state.reading->tool, Tool::window);
  d.dispatch(action::Undo{at(2)});
  d.commit();
  EXPECT_EQ(d.item("a"), before);
  d.dispatch(action::Redo{at(3)});
  d.commit();
  EXPECT_EQ(d.item("a").measurement.voxels, 2);
}

TEST_F(Reviewing, CancellingAnEditTakesBackWhatWasSaved) {
  const Item before = d.item("a");
  d.dispatch(action::SelectItem{{"a"}});
  d.dispatch(action::StartEdit{});
  d.dispatch(action::StrokeEnded{maskOf(2), at(0)});
  d.commit();
  d.dispatch(action::CancelEdit{at(1)});
  d.commit();
  EXPECT_FALSE(d.state.review->edit.has_value());
  EXPECT_EQ(d.item("a"), before);
}

TEST_F(Reviewing, AnAgentsItemCanNotBecomeEmpty) {
  d.dispatch(action::SelectItem{{"a"}});
  d.dispatch(action::StartEdit{});
  d.dispatch(action::StrokeEnded{maskOf(0), at(0)});
  EXPECT_EQ(d.asked<effect::SaveMask>(), nullptr);
  EXPECT_EQ(d.state.notices->list.back().kind, NoticeKind::verdict_refused);
  d.dispatch(action::FinishEdit{at(1)});
  ASSERT_TRUE(d.state.review->edit.has_value());
  d.dispatch(action::Undo{at(2)});
  d.dispatch(action::FinishEdit{at(3)});
  EXPECT_FALSE(d.state.review->edit.has_value());
}

TEST_F(Reviewing, AFailedSaveKeepsTheStrokes) {
  d.dispatch(action::SelectItem{{"a"}});
  d.dispatch(action::StartEdit{});
  d.dispatch(action::StrokeEnded{maskOf(2), at(0)});
  d.dispatch(action::VerdictsFailed{d.asked<effect::SaveMask>()->ticket, {ErrorCode::disk_full, ""}});
  ASSERT_TRUE(d.state.review->edit.has_value());
  EXPECT_EQ(d.state.review->edit->mask->count(), 2);
  d.dispatch(action::FinishEdit{at(1)});  // tries again
  d.commit();
  EXPECT_FALSE(d.state.review->edit.has_value());
  EXPECT_EQ(d.item("a").measurement.voxels, 2);
}

TEST_F(Reviewing, DrawingMakesAManualItemThatCanBeDeletedAndBroughtBack) {
  d.dispatch(
      action::StartDrawing{drawnItem({"new"}, {{"1.2"}, 0}, "Cyst", {}, {"SCT", "1", "Cyst"}, {1, 2, 3})});
  ASSERT_TRUE(d.state.review->edit.has_value());
  EXPECT_EQ(d.state.review->edit->mask->count(), 0);
  d.dispatch(action::StrokeEnded{maskOf(3), at(0)});
  EXPECT_EQ(overlays(d.state, d.state.reading->layout.viewports[0]).back().item.value, "new");
  d.commit();
  d.dispatch(action::FinishEdit{at(1)});
  ASSERT_NE(findItem(d.db, {"new"}), nullptr);
  EXPECT_EQ(d.item("new").state, ItemState::manual);
  EXPECT_EQ(selected(), "new");
  d.dispatch(action::DeleteSelected{at(2)});
  d.commit();
  EXPECT_EQ(findItem(d.db, {"new"}), nullptr);
  d.dispatch(action::Undo{at(3)});
  d.commit();
  EXPECT_NE(findItem(d.db, {"new"}), nullptr);
  d.dispatch(action::Undo{at(4)});
  d.commit();
  EXPECT_EQ(findItem(d.db, {"new"}), nullptr) << "the drawing itself is taken back";
  d.dispatch(action::SelectItem{{"a"}});
  d.dispatch(action::DeleteSelected{at(5)});
  EXPECT_EQ(d.asked<effect::SubmitVerdicts>(), nullptr) << "an agent's item is rejected, never deleted";
}

TEST_F(Reviewing, AnUnusedDrawingLeavesNothing) {
  d.dispatch(action::StartDrawing{drawnItem({"new"}, {{"1.2"}, 0}, "Cyst", {}, {}, {})});
  d.dispatch(action::FinishEdit{at(1)});
  EXPECT_FALSE(d.state.review->edit.has_value());
  EXPECT_TRUE(d.effects.empty());
  EXPECT_TRUE(d.state.review->undo.empty());
}

TEST_F(Reviewing, NobodyActsBehindTheLock) {
  d.dispatch(action::SelectItem{{"a"}});
  d.paint();
  d.dispatch(action::Lock{});
  accept(5000);
  d.dispatch(action::ConfirmStructures{at(5000)});
  d.dispatch(action::StartEdit{});
  EXPECT_TRUE(d.state.review->pending.empty());
  EXPECT_FALSE(d.state.review->edit.has_value());
}

}  // namespace
}  // namespace attest::session
