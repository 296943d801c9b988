#include <gmock/gmock.h>

#include "core/session/comparison.h"
#include "tests/core/session/driver.h"

namespace attest::session {
namespace {

constexpr double tolerance = 1e-9;

class FollowUp : public testing::Test {
 protected:
  void begin(const CaseRecord& record) {
    d.signIn();
    d.open(record);
  }
  /// Current beside prior, everything loaded.
  void compare() {
    d.dispatch(action::PriorLoaded{std::make_shared<CaseRecord>(makePrior())});
    answerLoads();
    d.dispatch(action::ToggleComparison{});
    answerLoads();
  }
  void answerLoads() {
    for (const Effect& effect : Effects(d.effects)) d.answerLoad(effect);
  }
  const view::ViewportState& viewport(std::size_t i) const { return d.state.reading->layout.viewports.at(i); }
  Vec3 middleOf(std::size_t i) const {
    const Grid grid = *shownGrid(*d.state.reading, viewport(i));
    return view::screenToPatient(view::planeFor(viewport(i), grid, 100, 100), 49.5, 49.5);
  }
  double mmPerPixel(std::size_t i) const {
    const Grid grid = *shownGrid(*d.state.reading, viewport(i));
    return length(view::planeFor(viewport(i), grid, 100, 100).stepXMm);
  }
  LesionOutcome outcome() const {
    const CaseRecord& record = *d.state.reading->record;
    return attest::review::outcomeOf(record, record.comparison->lesions.at(0));
  }
  Driver d;
};

TEST_F(FollowUp, OpeningReadsTheStudyThatItIsComparedWith) {
  d.signIn();
  d.dispatch(action::OpenCase{{"case"}});
  d.dispatch(action::CaseOpened{std::make_shared<CaseRecord>(makeFollowUp())});
  ASSERT_NE(d.asked<effect::LoadPrior>(), nullptr);
  EXPECT_EQ(d.asked<effect::LoadPrior>()->id.value, "prior");
  d.dispatch(action::LoadPrior{{"prior"}});
  EXPECT_TRUE(d.effects.empty()) << "asked once";
  d.dispatch(action::PriorLoaded{std::make_shared<CaseRecord>(makePrior())});
  EXPECT_EQ(d.count<effect::LoadVolume>(), 0U) << "its images only where they are shown";
  ASSERT_NE(d.asked<effect::Prefetch>(), nullptr) << "but they are on their way into memory";
  EXPECT_THAT(d.asked<effect::Prefetch>()->cases, testing::ElementsAre(CaseId{"case"}));
  EXPECT_EQ(recordOf(*d.state.reading, {{"2.2"}, 0})->row.id.value, "prior");
  d.dispatch(action::LoadPrior{{"somebody else's"}});
  EXPECT_TRUE(d.effects.empty());
}

TEST_F(FollowUp, WithoutAComparisonTheNewestOfTheSameModalityIsTheOne) {
  CaseRecord record = makeFollowUp();
  record.comparison.reset();
  CaseRow mr = record.priors[0];
  mr.id = {"mr"};
  mr.modality = "MR";
  record.priors.insert(record.priors.begin(), mr);
  EXPECT_EQ(comparedCase(record), (CaseId{"prior"}));
  record.priors = {mr};
  EXPECT_EQ(comparedCase(record), std::nullopt);
}

TEST_F(FollowUp, CurrentBesidePriorAndBack) {
  begin(makeFollowUp());
  const view::Layout before = d.state.reading->layout;
  d.dispatch(action::ToggleComparison{});
  EXPECT_EQ(d.state.reading->layout, before) << "the prior is not read yet";
  d.dispatch(action::PriorLoaded{std::make_shared<CaseRecord>(makePrior())});
  answerLoads();
  ASSERT_EQ(d.state.reading->layout.viewports.size(), 2U);
  EXPECT_EQ(viewport(0).block, (BlockRef{{"1.2"}, 0}));
  EXPECT_EQ(viewport(1).block, (BlockRef{{"2.2"}, 0}));
  EXPECT_NE(shownVolume(*d.state.reading, viewport(1)), nullptr);
  EXPECT_TRUE(isComparing(*d.state.reading));
  d.dispatch(action::ScrollTo{0, 1});
  d.dispatch(action::ToggleComparison{});
  EXPECT_EQ(d.state.reading->layout.viewports.size(), 4U);
  EXPECT_EQ(viewport(0).focusMm.z, 2) << "at the place where the reader was";
  EXPECT_FALSE(isComparing(*d.state.reading));
}

TEST_F(FollowUp, RegisteredStudiesMoveTogetherBothWays) {
  begin(makeFollowUp());
  compare();
  d.dispatch(action::SetFocus{0, {3, 2, 4}});
  EXPECT_EQ(viewport(1).focusMm, (Vec3{13, 2, 4}));
  d.dispatch(action::ScrollTo{1, 0});
  EXPECT_EQ(viewport(0).focusMm, (Vec3{3, 2, 0}));
  d.dispatch(action::SetZoomPan{1, 3, {1, -2}});
  EXPECT_NEAR(mmPerPixel(0), mmPerPixel(1), tolerance);
  EXPECT_NEAR(middleOf(0).x, middleOf(1).x - 10, tolerance);
  EXPECT_NEAR(middleOf(0).y, middleOf(1).y, tolerance);
  d.dispatch(action::SetWindow{0, {1, 2}});
  EXPECT_EQ(viewport(1).window, (Window{1, 2}));
}

TEST_F(FollowUp, ThePriorComesInTheWindowOfTheCurrentStudy) {
  begin(makeFollowUp());
  d.dispatch(action::SetWindow{0, {1950, -200}});
  compare();
  EXPECT_EQ(viewport(1).window, (Window{1950, -200}));
  d.dispatch(action::ToggleLinked{});
  d.dispatch(action::SetWindow{1, {80, 40}});
  EXPECT_EQ(viewport(0).window, (Window{1950, -200}));
  d.dispatch(action::ActivateViewport{1});
  d.dispatch(action::ToggleLinked{});
  EXPECT_EQ(viewport(0).window, (Window{80, 40})) << "linked again";
}

TEST_F(FollowUp, UnlinkedStudiesMoveAlone) {
  begin(makeFollowUp());
  compare();
  d.dispatch(action::ToggleLinked{});
  const view::ViewportState prior = viewport(1);
  d.dispatch(action::SetFocus{0, {3, 2, 4}});
  d.dispatch(action::SetWindow{0, {1, 2}});
  d.dispatch(action::SetZoomPan{0, 3, {}});
  EXPECT_EQ(viewport(1), prior);
  d.dispatch(action::ToggleLinked{});
  EXPECT_EQ(viewport(1).focusMm, (Vec3{13, 2, 4})) << "the registration counts again";
}

TEST_F(FollowUp, WithoutARegistrationTheReaderSetsTheOffset) {
  CaseRecord record = makeFollowUp();
  record.comparison.reset();
  begin(record);
  compare();
  EXPECT_FALSE(isRegistered(*d.state.reading, {"prior"}));
  const Vec3 start = viewport(1).focusMm - viewport(0).focusMm;
  d.dispatch(action::ScrollTo{0, 1});
  EXPECT_EQ(viewport(1).focusMm - viewport(0).focusMm, start) << "middle beside middle";
  d.dispatch(action::ToggleLinked{});
  d.dispatch(action::ScrollTo{1, 0});
  d.dispatch(action::ToggleLinked{});
  d.dispatch(action::ScrollTo{0, 2});
  EXPECT_EQ(viewport(0).focusMm.z, 4);
  EXPECT_EQ(viewport(1).focusMm.z, 2) << "one slice less, as it was when they were linked";
}

TEST_F(FollowUp, ThePriorShowsWhatWasSignedAndIsReadOnly) {
  begin(makeFollowUp());
  compare();
  const auto then = overlays(d.state, viewport(1));
  ASSERT_EQ(then.size(), 1U);
  EXPECT_EQ(then[0].item.value, "then");
  d.dispatch(action::SlicePainted{1, viewport(1)});
  EXPECT_TRUE(d.state.reading->painted.empty()) << "looking at the prior is not looking at the case";
  d.dispatch(action::SelectItem{{"then"}});
  EXPECT_FALSE(d.state.review->selected.has_value());
}

TEST_F(FollowUp, ExpectedMarksStandOnBothStudies) {
  begin(makeFollowUp());
  compare();
  const auto now = expectedMarks(d.state, viewport(0));
  ASSERT_EQ(now.size(), 1U);
  EXPECT_EQ(now[0].positionMm, (Vec3{2, 2, 2}));
  EXPECT_EQ(now[0].radiusMm, 4);
  EXPECT_FALSE(now[0].earlier);
  const auto then = expectedMarks(d.state, viewport(1));
  ASSERT_EQ(then.size(), 1U);
  EXPECT_EQ(then[0].positionMm, (Vec3{12, 2, 2}));
  EXPECT_TRUE(then[0].earlier);
  d.dispatch(action::ToggleOverlays{});
  EXPECT_TRUE(expectedMarks(d.state, viewport(0)).empty());
}

TEST_F(FollowUp, ChoosingALesionBringsBothSidesToIt) {
  CaseRecord record = makeFollowUp();
  record.items[0].measurement.centroidMm = {3, 2, 2};  // found a millimetre beside where it was expected
  begin(record);
  compare();
  d.dispatch(action::SelectLesion{{"then"}});
  EXPECT_EQ(d.state.review->selected, (ItemId{"a"}));
  EXPECT_EQ(viewport(0).focusMm, (Vec3{3, 2, 2}));
  EXPECT_EQ(viewport(1).focusMm, (Vec3{12, 2, 2})) << "its own place, not that of the link";
  EXPECT_TRUE(expectedMarks(d.state, viewport(1)).at(0).selected);
  d.dispatch(action::SelectItem{{"b"}});
  EXPECT_FALSE(d.state.review->lesion.has_value());
  d.dispatch(action::SelectItem{{"a"}});
  EXPECT_EQ(d.state.review->lesion, (ItemId{"then"})) << "and the other way round";
}

TEST_F(FollowUp, TheLesionsKeysActOnlyWhereTheLesionItselfWasChosen) {
  begin(makeFollowUp());
  d.dispatch(action::SelectItem{{"a"}});
  EXPECT_EQ(d.state.review->lesion, (ItemId{"then"}));
  EXPECT_FALSE(d.state.review->onLesion);
  d.dispatch(action::SelectLesion{{"then"}});
  EXPECT_EQ(d.state.review->selected, (ItemId{"a"}));
  EXPECT_TRUE(d.state.review->onLesion);
  d.dispatch(action::SelectItem{{"a"}});
  EXPECT_FALSE(d.state.review->onLesion) << "its finding was clicked";
  d.dispatch(action::SelectLesion{{"then"}});
  d.dispatch(action::SelectNext{});
  EXPECT_FALSE(d.state.review->onLesion);
}

TEST_F(FollowUp, AcceptingTheFindingMeasuresItsLesionAndGoesOn) {
  begin(makeFollowUp());
  d.dispatch(action::SelectItem{{"a"}});
  d.paint();
  d.dispatch(action::Accept{at(0), false});
  EXPECT_EQ(d.state.review->selected, (ItemId{"b"}));
  d.commit();
  EXPECT_EQ(outcome(), LesionOutcome::measured);
  d.dispatch(action::Undo{at(1)});
  d.commit();
  EXPECT_EQ(outcome(), LesionOutcome::open);
}

TEST_F(FollowUp, CorrectingTheFindingMeasuresItsLesion) {
  begin(makeFollowUp());
  d.dispatch(action::SelectItem{{"a"}});
  d.dispatch(action::StartEdit{});
  auto mask = std::make_shared<imaging::Mask>(*d.db.series[1].blocks[0].grid);
  mask->set({2, 2, 1}, true);
  d.dispatch(action::StrokeEnded{mask, at(0)});
  d.commit();
  d.dispatch(action::FinishEdit{at(1)});
  EXPECT_EQ(d.item("a").state, ItemState::corrected);
  EXPECT_EQ(outcome(), LesionOutcome::measured);
}

TEST_F(FollowUp, RejectingTheFindingLeavesItsLesionToCheck) {
  begin(makeFollowUp());
  d.dispatch(action::SelectItem{{"a"}});
  d.dispatch(action::Reject{{"false_positive", ""}, at(0)});
  d.commit();
  EXPECT_EQ(outcome(), LesionOutcome::open);
  EXPECT_EQ(shownMatch(d.state, d.state.reading->record->comparison->lesions[0]), nullptr);
  d.dispatch(action::SelectLesion{{"then"}});
  EXPECT_FALSE(d.state.review->selected.has_value());
  d.dispatch(action::JudgeLesion{.earlier = {"then"}, .outcome = LesionOutcome::resolved, .at = at(1)});
  d.commit();
  EXPECT_EQ(outcome(), LesionOutcome::resolved);
}

TEST_F(FollowUp, ALesionIsMeasuredByAFindingThatWasLookedAt) {
  begin(makeFollowUp());
  const action::JudgeLesion measured{{"then"}, LesionOutcome::measured, ItemId{"a"}, at(0)};
  d.dispatch(measured);
  EXPECT_TRUE(d.effects.empty());
  EXPECT_EQ(d.state.review->selected, (ItemId{"a"})) << "there it is";
  EXPECT_TRUE(d.state.review->onLesion);
  EXPECT_EQ(d.state.review->refusal, Refusal::not_painted);
  d.paint();
  d.dispatch(measured);
  d.commit();
  EXPECT_EQ(outcome(), LesionOutcome::measured);
  EXPECT_EQ(d.item("a").state, ItemState::accepted);
  d.dispatch(measured);
  EXPECT_TRUE(d.effects.empty()) << "it is said already: nothing to undo";
}

TEST_F(FollowUp, ALesionThatNobodyFoundIsLookedForWhereItIsExpected) {
  CaseRecord record = makeFollowUp();
  record.comparison->lesions[0].match.reset();
  record.items[0].earlier.reset();
  begin(record);
  d.dispatch(action::SelectItem{{"b"}});
  d.dispatch(action::SelectLesion{{"then"}});
  EXPECT_FALSE(d.state.review->selected.has_value());
  EXPECT_EQ(viewport(0).focusMm, (Vec3{2, 2, 2}));
}

TEST_F(FollowUp, AVerdictOnALesionIsUndoneLikeAnyOther) {
  begin(makeFollowUp());
  d.dispatch(action::JudgeLesion{.earlier = {"then"}, .outcome = LesionOutcome::resolved, .at = at(0)});
  EXPECT_TRUE(isPendingLesion(*d.state.review, {"then"}));
  EXPECT_EQ(outcome(), LesionOutcome::open) << "not before it is on disk";
  d.commit();
  EXPECT_EQ(outcome(), LesionOutcome::resolved);
  d.dispatch(action::Undo{at(1)});
  d.commit();
  EXPECT_EQ(outcome(), LesionOutcome::open);
  EXPECT_EQ(d.state.reading->record->comparison->lesions[0].match, (ItemId{"a"})) << "the pair is back";
  d.dispatch(action::Redo{at(2)});
  d.commit();
  EXPECT_EQ(outcome(), LesionOutcome::resolved);
}

TEST_F(FollowUp, AFindingThatIsAnotherLesionsPartnerGoesBackToIt) {
  CaseRecord record = makeFollowUp();
  CarriedLesion second = record.comparison->lesions[0];
  second.earlier.item = {"other"};
  second.match.reset();
  record.comparison->lesions.push_back(second);
  record.items[0].state = ItemState::accepted;
  begin(record);
  const auto lesions = [&] { return d.state.reading->record->comparison->lesions; };
  d.dispatch(action::JudgeLesion{{"other"}, LesionOutcome::measured, ItemId{"a"}, at(0)});
  d.commit();
  EXPECT_EQ(lesions()[0].match, std::nullopt);
  EXPECT_EQ(lesions()[1].match, (ItemId{"a"}));
  d.dispatch(action::Undo{at(1)});
  d.commit();
  EXPECT_EQ(lesions()[0].match, (ItemId{"a"}));
  EXPECT_EQ(lesions()[1].match, std::nullopt);
}

TEST_F(FollowUp, APriorThatCanNotBeReadIsSaidAndAskedForAgain) {
  begin(makeFollowUp());
  d.dispatch(action::PriorFailed{{"prior"}, {ErrorCode::io, ""}});
  EXPECT_EQ(d.state.notices->list.back().kind, NoticeKind::prior_failed);
  d.dispatch(action::ToggleComparison{});
  EXPECT_NE(d.asked<effect::LoadPrior>(), nullptr);
}

}  // namespace
}  // namespace attest::session
