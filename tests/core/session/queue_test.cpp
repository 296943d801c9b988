#include <gmock/gmock.h>

#include "core/reporting/report_text.h"
#include "tests/core/session/driver.h"

namespace attest::session {
namespace {

CaseRow rowOf(const std::string& id) {
  CaseRow row;
  row.id = {id};
  return row;
}

CaseRecord named(const std::string& id) {
  CaseRecord record = makeRecord();
  record.row.id = {id};
  return record;
}

class Reading100ADay : public testing::Test {
 protected:
  Reading100ADay() { d.signIn(); }
  /// The hands answer the last question for the queue.
  void answerQueue(const std::vector<std::string>& ids) {
    std::vector<CaseRow> rows;
    for (const auto& id : ids) rows.push_back(rowOf(id));
    d.dispatch(action::QueueLoaded{*d.state.queue->asked, rows});
    while (d.state.queue->asked) d.dispatch(action::QueueLoaded{*d.state.queue->asked, rows});
  }
  void signable() {
    for (Item& item : d.db.items) item.state = ItemState::accepted;
    ++d.db.revision;
    d.dispatch(action::RecordChanged{std::make_shared<CaseRecord>(d.db)});
  }
  void signAndNext() {
    d.dispatch(action::OpenSignDialog{});
    d.dispatch(action::SignAndNext{"secret"});
    ASSERT_NE(d.asked<effect::Sign>(), nullptr);
    EXPECT_TRUE(d.state.signing->goesOn);
    d.dispatch(action::Signed{std::make_shared<CaseRecord>(d.db), 1});
  }
  Driver d;
};

TEST_F(Reading100ADay, TheNextTwoAreAskedForAndPrefetched) {
  d.open(makeRecord());
  answerQueue({"x", "y"});
  const auto* ahead = d.asked<effect::Prefetch>();
  ASSERT_NE(ahead, nullptr);
  EXPECT_THAT(ahead->cases, testing::ElementsAre(CaseId{"x"}, CaseId{"y"}));
  d.dispatch(action::CasePrefetched{{"x"}});
  d.dispatch(action::CasePrefetched{{"somebody"}});
  EXPECT_THAT(d.state.queue->ready, testing::ElementsAre(CaseId{"x"}));
  d.dispatch(action::WorklistChanged{});
  ASSERT_NE(d.asked<effect::LoadQueue>(), nullptr);
  EXPECT_THAT(d.asked<effect::LoadQueue>()->skip, testing::ElementsAre(CaseId{"case"}));
  answerQueue({"x", "y"});
  EXPECT_EQ(d.count<effect::Prefetch>(), 0U) << "they are on their way";
  EXPECT_FALSE(d.state.queue->ready.empty());
}

TEST_F(Reading100ADay, SignAndNextOpensTheFirstOfTheQueue) {
  d.open(makeRecord());
  answerQueue({"x", "y"});
  signable();
  signAndNext();
  ASSERT_NE(d.asked<effect::OpenCase>(), nullptr);
  EXPECT_EQ(d.asked<effect::OpenCase>()->id.value, "x");
  EXPECT_EQ(d.state.reading->caseId, (CaseId{"x"}));
  ASSERT_NE(d.asked<effect::LoadQueue>(), nullptr) << "and the one after the next is looked for";
  EXPECT_THAT(d.asked<effect::LoadQueue>()->skip, testing::ElementsAre(CaseId{"x"}));
}

TEST_F(Reading100ADay, AfterTheLastCaseComesTheWorklist) {
  d.open(makeRecord());
  answerQueue({});
  signable();
  signAndNext();
  EXPECT_EQ(screen(d.state), Screen::worklist);
  EXPECT_EQ(d.state.notices->list.back().kind, NoticeKind::queue_empty);
}

TEST_F(Reading100ADay, AFailedSignatureStays) {
  d.open(makeRecord());
  answerQueue({"x"});
  signable();
  d.dispatch(action::OpenSignDialog{});
  d.dispatch(action::SignAndNext{"wrong"});
  d.dispatch(action::SignFailed{{ErrorCode::bad_secret, ""}, {}});
  EXPECT_EQ(d.state.reading->caseId, (CaseId{"case"}));
  d.dispatch(action::Sign{"right"});
  d.dispatch(action::Signed{std::make_shared<CaseRecord>(d.db), 1});
  EXPECT_EQ(d.state.reading->caseId, (CaseId{"case"})) << "this one was asked to stay";
}

TEST_F(Reading100ADay, AParkedCaseComesBackToTheSamePixel) {
  d.open(makeRecord());
  d.dispatch(action::ScrollTo{0, 1});
  d.dispatch(action::SetZoomPan{1, 2.5, {3, 4}});
  d.dispatch(action::SetTool{Tool::zoom});
  d.dispatch(action::SetTab{Tab::report});
  d.dispatch(action::SelectItem{{"b"}});
  const Reading before = *d.state.reading;
  const Review review = *d.state.review;
  d.dispatch(action::TypeSection{SectionKind::findings, "Half a sen"});
  d.dispatch(action::ParkCase{CaseId{"stat"}});
  EXPECT_EQ(d.state.reading->caseId, (CaseId{"case"})) << "not before it is on disk";
  ASSERT_NE(d.asked<effect::SaveReport>(), nullptr);
  d.commit();
  ASSERT_NE(d.asked<effect::OpenCase>(), nullptr);
  EXPECT_EQ(d.asked<effect::OpenCase>()->id.value, "stat");
  ASSERT_EQ(d.state.queue->parked.size(), 1U);
  for (const auto& [ref, data] : d.state.queue->parked[0].reading->blocks) EXPECT_EQ(data.volume, nullptr);
  const CaseRecord saved = d.db;
  d.db = named("stat");
  d.dispatch(action::CaseOpened{std::make_shared<CaseRecord>(d.db)});
  EXPECT_FALSE(d.state.review->selected.has_value());

  d.db = saved;
  d.dispatch(action::OpenCase{{"case"}});
  EXPECT_TRUE(d.state.queue->parked.empty());
  EXPECT_EQ(d.state.reading->layout, before.layout) << "on screen before the database answers";
  EXPECT_EQ(d.state.reading->tool, before.tool);
  EXPECT_EQ(d.state.reading->tab, before.tab);
  EXPECT_EQ(d.state.review->selected, review.selected);
  EXPECT_EQ(shownText(*d.state.report, *d.state.reading->record, SectionKind::findings), "Half a sen");
  for (const Effect& effect : Effects(d.effects)) d.answerLoad(effect);
  d.dispatch(action::CaseOpened{std::make_shared<CaseRecord>(d.db)});
  EXPECT_EQ(d.state.reading->layout, before.layout);
  EXPECT_NE(shownVolume(*d.state.reading, d.state.reading->layout.viewports[0]), nullptr);
}

TEST_F(Reading100ADay, AParkedCaseOutlivesItsReadersGoing) {
  d.open(makeFollowUp());
  d.dispatch(action::PriorLoaded{std::make_shared<CaseRecord>(makePrior())});
  d.dispatch(action::ToggleComparison{});
  d.dispatch(action::SetTool{Tool::zoom});
  d.dispatch(action::SelectItem{{"b"}});
  const Reading before = *d.state.reading;
  d.dispatch(action::ParkCase{});
  const auto* keep = d.asked<effect::KeepParked>();
  ASSERT_NE(keep, nullptr);
  EXPECT_EQ(keep->reader, ReaderId{"ada"});
  Reading stored = *keep->parked.reading;  // what the disk gives back has no records
  stored.record.reset();
  for (auto& [id, record] : stored.priors.records) record.reset();
  const ParkedCase parked{keep->parked.row, std::make_shared<Reading>(stored), keep->parked.review,
                          std::make_shared<ReportDraft>()};
  const CaseRecord saved = d.db;
  d.dispatch(action::SignOut{});
  d.signIn();
  d.dispatch(action::ParkedLoaded{{"bob"}, {parked}});
  EXPECT_TRUE(d.state.queue->parked.empty()) << "that is another reader's";
  d.dispatch(action::ParkedLoaded{{"ada"}, {parked}});
  d.dispatch(action::ParkedLoaded{{"ada"}, {parked}});
  ASSERT_EQ(d.state.queue->parked.size(), 1U);
  d.dispatch(action::OpenCase{{"case"}});
  EXPECT_NE(d.asked<effect::ForgetParked>(), nullptr);
  d.dispatch(action::CaseOpened{std::make_shared<CaseRecord>(saved)});
  ASSERT_NE(d.asked<effect::LoadPrior>(), nullptr) << "the study beside it is read again";
  EXPECT_EQ(d.state.reading->layout, before.layout);
  EXPECT_EQ(d.state.reading->layoutBefore, before.layoutBefore);
  EXPECT_EQ(d.state.reading->tool, Tool::zoom);
  EXPECT_EQ(d.state.review->selected, (ItemId{"b"}));
  d.dispatch(action::PriorLoaded{std::make_shared<CaseRecord>(makePrior())});
  EXPECT_EQ(d.count<effect::LoadVolume>(), 1U) << "and its images";
  EXPECT_TRUE(isComparing(*d.state.reading));
}

TEST_F(Reading100ADay, AMaskUnderTheBrushIsParkedAsItIs) {
  d.open(makeRecord());
  d.dispatch(action::SelectItem{{"a"}});
  d.dispatch(action::StartEdit{});
  auto mask = std::make_shared<imaging::Mask>(*d.db.series[1].blocks[0].grid);
  mask->set({2, 2, 1}, true);
  d.dispatch(action::StrokeEnded{mask, at(0)});
  const auto save = d.effects;
  d.dispatch(action::ParkCase{});
  EXPECT_EQ(screen(d.state), Screen::reading);
  d.effects = save;
  d.commit();
  EXPECT_EQ(screen(d.state), Screen::worklist);
  d.dispatch(action::OpenCase{{"case"}});
  ASSERT_TRUE(d.state.review->edit.has_value()) << "still under the brush";
  EXPECT_EQ(d.state.review->edit->mask, mask);
  EXPECT_EQ(d.state.reading->tool, Tool::brush);
}

TEST_F(Reading100ADay, WhatCanNotBeSavedIsNotParked) {
  d.open(makeRecord());
  d.dispatch(action::TypeSection{SectionKind::findings, "Text"});
  d.dispatch(action::ParkCase{});
  d.dispatch(action::ReportSaveFailed{d.asked<effect::SaveReport>()->ticket, {ErrorCode::disk_full, ""}});
  EXPECT_EQ(d.state.reading->caseId, (CaseId{"case"}));
  EXPECT_TRUE(d.state.queue->parked.empty());
  EXPECT_EQ(shownText(*d.state.report, *d.state.reading->record, SectionKind::findings), "Text");
}

TEST_F(Reading100ADay, ParkedCasesAreNotOfferedAndLeaveWithTheirReader) {
  d.open(makeRecord());
  answerQueue({"x"});
  d.dispatch(action::ParkCase{});
  ASSERT_NE(d.asked<effect::LoadQueue>(), nullptr);
  EXPECT_THAT(d.asked<effect::LoadQueue>()->skip, testing::ElementsAre(CaseId{"case"}));
  d.dispatch(action::SignOut{});
  EXPECT_TRUE(d.state.queue->parked.empty());
}

TEST_F(Reading100ADay, AParkedCaseThatIsGoneIsSaid) {
  d.open(makeRecord());
  d.dispatch(action::ParkCase{});
  d.dispatch(action::OpenCase{{"case"}});
  d.dispatch(action::CaseOpenFailed{{"case"}, {ErrorCode::not_allowed, ""}});
  EXPECT_EQ(screen(d.state), Screen::worklist);
  EXPECT_EQ(d.state.notices->list.back().kind, NoticeKind::open_failed);
}

}  // namespace
}  // namespace attest::session
