#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/review/review.h"

namespace attest::review {
namespace {

constexpr Time now{std::chrono::milliseconds(1786698750250)};

Reader reader() {
  Reader reader;
  reader.id = {"ada"};
  reader.roles = {Role::reader};
  return reader;
}

Item finding(const std::string& id, ItemState state) {
  Item item;
  item.id = {id};
  item.label = id;
  item.state = state;
  item.source = {{"1.2"}, 0};
  item.maskHash = "mask";
  item.maskVersion = 1;
  item.measurement.voxels = 10;
  if (state != ItemState::manual) item.madeBy.agent = "nodules";
  return item;
}

CarriedLesion lesion(const std::string& id, const std::optional<ItemId>& match = {}) {
  CarriedLesion lesion;
  lesion.earlier.item = {id};
  lesion.earlier.days = 90;
  lesion.match = match;
  return lesion;
}

/// Lesions A (paired with "one") and B; findings "one", "two" and the drawn "mine".
CaseRecord makeRecord() {
  CaseRecord record;
  record.row.id = {"case"};
  Series series;
  series.info.uid = {"1.2"};
  series.blocks.resize(1);
  record.series = {series};
  record.items = {finding("one", ItemState::proposed), finding("two", ItemState::proposed),
                  finding("mine", ItemState::manual)};
  record.comparison = Comparison{};
  record.comparison->lesions = {lesion("A", ItemId{"one"}), lesion("B")};
  record.items[0].earlier = record.comparison->lesions[0].earlier;
  return record;
}

/// The record after the verdict, which must be allowed.
CaseRecord after(CaseRecord record, const Verdict& verdict) {
  const auto change = apply(record, verdict, reader(), now);
  EXPECT_TRUE(change) << (change ? "" : change.error().detail);
  if (!change) return record;
  record.items = merged(std::move(record.items), *change);
  if (change->comparison) record.comparison = change->comparison;
  return record;
}

LesionOutcome outcome(const CaseRecord& record, const std::string& id) {
  return outcomeOf(record, *findLesion(record, {id}));
}

ErrorCode refusal(const CaseRecord& record, const Verdict& verdict) {
  const auto change = apply(record, verdict, reader(), now);
  return change ? ErrorCode::internal : change.error().code;
}

TEST(Lesions, AreMeasuredWhileTheFindingTheyAreStands) {
  CaseRecord record = makeRecord();
  EXPECT_EQ(outcome(record, "A"), LesionOutcome::open) << "nobody has accepted it";
  record = after(record, Accept{{"one"}});
  EXPECT_EQ(outcome(record, "A"), LesionOutcome::measured);
  record = after(record, Reject{{"one"}, {"false_positive", ""}});
  EXPECT_EQ(outcome(record, "A"), LesionOutcome::open);
}

TEST(Lesions, APersonSaysWhatBecameOfThem) {
  const auto change = apply(makeRecord(), JudgeLesion{{"B"}, LesionOutcome::resolved}, reader(), now);
  ASSERT_TRUE(change) << change.error().detail;
  EXPECT_EQ(change->action, "review.lesion_resolved");
  EXPECT_EQ(change->subject, "B");
  EXPECT_TRUE(change->items.empty());
  EXPECT_EQ(change->comparison->lesions[1].reviewedBy.value, "ada");
  EXPECT_EQ(change->comparison->lesions[1].reviewedAt, now);
  CaseRecord record = after(makeRecord(), JudgeLesion{{"B"}, LesionOutcome::not_evaluable});
  EXPECT_EQ(outcome(record, "B"), LesionOutcome::not_evaluable);
  record = after(record, JudgeLesion{{"B"}, LesionOutcome::open});
  EXPECT_EQ(record.comparison, makeRecord().comparison) << "taken back";
}

TEST(Lesions, SayingItIsGoneUndoesThePair) {
  CaseRecord record = after(makeRecord(), Accept{{"one"}});
  record = after(record, JudgeLesion{{"A"}, LesionOutcome::resolved});
  EXPECT_EQ(outcome(record, "A"), LesionOutcome::resolved);
  EXPECT_FALSE(record.items[0].earlier);
  record = after(record, JudgeLesion{{"A"}, LesionOutcome::open, ItemId{"one"}});
  EXPECT_EQ(outcome(record, "A"), LesionOutcome::measured);
  EXPECT_EQ(record.items[0].earlier, record.comparison->lesions[0].earlier);
}

TEST(Lesions, APersonPairsThemAndNoFindingIsTwo) {
  CaseRecord record = after(makeRecord(), JudgeLesion{{"B"}, LesionOutcome::measured, ItemId{"one"}});
  EXPECT_FALSE(record.comparison->lesions[0].match) << "an agent's pair gives way";
  EXPECT_EQ(record.items[0].earlier->item.value, "B");
  EXPECT_EQ(refusal(record, JudgeLesion{{"A"}, LesionOutcome::measured, ItemId{"one"}}),
            ErrorCode::not_allowed);
  record = after(record, JudgeLesion{{"A"}, LesionOutcome::measured, ItemId{"mine"}});
  EXPECT_EQ(outcome(record, "A"), LesionOutcome::measured);
  EXPECT_EQ(outcome(record, "B"), LesionOutcome::open) << "its finding waits for a person";
  record = after(record, DeleteDrawn{{"mine"}});
  EXPECT_EQ(outcome(record, "A"), LesionOutcome::open);
}

TEST(Lesions, RefuseWhatMakesNoSense) {
  CaseRecord record = makeRecord();
  EXPECT_EQ(refusal(record, JudgeLesion{{"none"}, LesionOutcome::resolved}), ErrorCode::not_found);
  EXPECT_EQ(refusal(record, JudgeLesion{{"B"}, LesionOutcome::measured}), ErrorCode::bad_argument);
  EXPECT_EQ(refusal(record, JudgeLesion{{"B"}, LesionOutcome::measured, ItemId{"nine"}}),
            ErrorCode::not_found);
  EXPECT_EQ(refusal(record, JudgeLesion{{"B"}, LesionOutcome::resolved, ItemId{"two"}}),
            ErrorCode::bad_argument);
  record.items[1].state = ItemState::rejected;
  EXPECT_EQ(refusal(record, JudgeLesion{{"B"}, LesionOutcome::measured, ItemId{"two"}}),
            ErrorCode::not_allowed);
  record.row.status = CaseStatus::approved;
  EXPECT_EQ(refusal(record, JudgeLesion{{"B"}, LesionOutcome::resolved}), ErrorCode::conflict);
  record.row.status = CaseStatus::in_review;
  record.comparison.reset();
  EXPECT_EQ(refusal(record, JudgeLesion{{"B"}, LesionOutcome::resolved}), ErrorCode::not_found);
}

TEST(Lesions, AnUndoOfAVerdictLeavesPairsAlone) {
  const CaseRecord before = makeRecord();
  CaseRecord record = after(before, JudgeLesion{{"A"}, LesionOutcome::resolved});
  record = after(record, Restore{before.items[0]});
  EXPECT_FALSE(record.items[0].earlier) << "the person said that it is not that lesion";
}

}  // namespace
}  // namespace attest::review
