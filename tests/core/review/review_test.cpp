#include "core/review/review.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

namespace attest::review {
namespace {

constexpr Time now{std::chrono::milliseconds(1786698750250)};

Reader readerOf(Role role) {
  Reader reader;
  reader.id = {"ada"};
  reader.roles = {role};
  return reader;
}

Item agentItem(const std::string& id, ItemKind kind = ItemKind::finding) {
  Item item;
  item.id = {id};
  item.kind = kind;
  item.label = "Nodule " + id;
  item.code = {"SCT", "27925004", "Nodule"};
  item.source = {{"1.2"}, 0};
  item.maskHash = "hash-" + id;
  item.maskVersion = 1;
  item.measurement.voxels = 10;
  item.trackingUid = "2.25." + id;
  item.madeBy = {"nodules", "1.0.0", "", ""};
  return item;
}

CaseRecord makeRecord() {
  CaseRecord record;
  record.row.id = {"case"};
  record.row.status = CaseStatus::in_review;
  record.study.uid = {"1"};
  Series series;
  series.info.uid = {"1.2"};
  Block block;
  block.dims = {4, 4, 2};
  block.grid = Grid{.dims = {4, 4, 2}, .originMm = {}};
  block.slices = {{{"1.2.1"}, 0}, {{"1.2.2"}, 0}};
  series.blocks = {block};
  record.series = {series};
  record.viewed = {{"1.2"}};
  record.items = {agentItem("1"), agentItem("2"), agentItem("3", ItemKind::structure),
                  agentItem("4", ItemKind::structure)};
  record.report.section(SectionKind::findings) = {{"s1", "Lungs are clear.", "report", false}};
  record.report.section(SectionKind::impression) = {{"s2", "Nodule.", "report", false},
                                                    {"s3", "Normal otherwise.", "", true}};
  return record;
}

Measurement measured(std::int64_t voxels) {
  Measurement m;
  m.voxels = voxels;
  m.volumeMm3 = 2.0 * static_cast<double>(voxels);
  return m;
}

Item afterwards(const CaseRecord& record, const Verdict& verdict, Role role = Role::reader) {
  const auto change = apply(record, verdict, readerOf(role), now);
  EXPECT_TRUE(change.has_value()) << (change ? "" : change.error().detail);
  return change && !change->items.empty() ? change->items.front() : Item{};
}

ErrorCode refusal(const CaseRecord& record, const Verdict& verdict, Role role = Role::reader) {
  const auto change = apply(record, verdict, readerOf(role), now);
  EXPECT_FALSE(change.has_value());
  return change ? ErrorCode::internal : change.error().code;
}

TEST(Apply, AcceptNamesWhoAndWhen) {
  const auto change = apply(makeRecord(), Accept{{"1"}}, readerOf(Role::resident), now);
  ASSERT_TRUE(change);
  EXPECT_EQ(change->action, "review.accept");
  EXPECT_EQ(change->subject, "1");
  ASSERT_EQ(change->items.size(), 1U);
  EXPECT_EQ(change->items[0].state, ItemState::accepted);
  EXPECT_EQ(change->items[0].reviewedBy.value, "ada");
  EXPECT_EQ(change->items[0].reviewedAt, now);
}

TEST(Apply, NothingIsAcceptedTwice) {
  CaseRecord record = makeRecord();
  record.items[0].state = ItemState::accepted;
  EXPECT_EQ(refusal(record, Accept{{"1"}}), ErrorCode::not_allowed);
}

TEST(Apply, RejectNeedsAReasonOfTheChips) {
  const CaseRecord record = makeRecord();
  const Item item = afterwards(record, Reject{{"1"}, {"artefact", "motion"}});
  EXPECT_EQ(item.state, ItemState::rejected);
  EXPECT_EQ(item.rejectReason, (RejectReason{"artefact", "motion"}));
  EXPECT_EQ(refusal(record, Reject{{"1"}, {"dislike", ""}}), ErrorCode::bad_argument);
  EXPECT_EQ(refusal(record, Reject{{"none"}, {"artefact", ""}}), ErrorCode::not_found);
  EXPECT_EQ(rejectChips().size(), 8U);
}

TEST(Apply, ARejectedItemMayBeAcceptedAfterAll) {
  CaseRecord record = makeRecord();
  record.items[0] = afterwards(record, Reject{{"1"}, {"duplicate", ""}});
  const Item item = afterwards(record, Accept{{"1"}});
  EXPECT_EQ(item.state, ItemState::accepted);
  EXPECT_FALSE(item.rejectReason.has_value());
}

TEST(Apply, CorrectKeepsWhereItCameFrom) {
  CaseRecord record = makeRecord();
  const Item item = afterwards(record, Correct{{"1"}, "new", measured(7)});
  EXPECT_EQ(item.state, ItemState::corrected);
  EXPECT_EQ(item.maskHash, "new");
  EXPECT_EQ(item.maskVersion, 2);
  EXPECT_EQ(item.measurement.voxels, 7);
  EXPECT_EQ(item.madeBy.agent, "nodules");
  EXPECT_EQ(item.trackingUid, record.items[0].trackingUid);
  EXPECT_EQ(refusal(record, Correct{{"1"}, "new", measured(0)}), ErrorCode::bad_argument);
  EXPECT_EQ(refusal(record, Correct{{"1"}, "", measured(3)}), ErrorCode::bad_argument);
  record.items[0] = afterwards({record}, Correct{{"1"}, "new", measured(7)});
  record.items[0] = afterwards(record, Reject{{"1"}, {"wrong_side", ""}});
  EXPECT_EQ(afterwards(record, Accept{{"1"}}).state, ItemState::corrected) << "its mask is a person's";
}

TEST(Apply, RelabelMakesItAPersonsLabel) {
  const CaseRecord record = makeRecord();
  const Item item = afterwards(record, Relabel{{"1"}, "Granuloma", {"SCT", "45647009", "Granuloma"}});
  EXPECT_EQ(item.state, ItemState::corrected);
  EXPECT_EQ(item.label, "Granuloma");
  EXPECT_EQ(refusal(record, Relabel{{"1"}, "", {"SCT", "1", ""}}), ErrorCode::bad_argument);
  EXPECT_EQ(refusal(record, Relabel{{"1"}, "x", {"", "1", ""}}), ErrorCode::bad_argument);
}

TEST(Apply, UnsureStaysProposedUntilDecided) {
  CaseRecord record = makeRecord();
  record.items[0] = afterwards(record, Unsure{{"1"}});
  EXPECT_EQ(record.items[0].state, ItemState::proposed);
  EXPECT_EQ(record.items[0].flags, std::vector<std::string>{flagUnsure});
  EXPECT_EQ(afterwards(record, Unsure{{"1"}}).flags.size(), 1U);
  record.items[0] = afterwards(record, Accept{{"1"}});
  EXPECT_TRUE(record.items[0].flags.empty());
  EXPECT_EQ(refusal(record, Unsure{{"1"}}), ErrorCode::not_allowed);
}

TEST(Apply, StructuresAreConfirmedTogether) {
  CaseRecord record = makeRecord();
  record.items[3].state = ItemState::rejected;
  const auto change = apply(record, ConfirmStructures{}, readerOf(Role::reader), now);
  ASSERT_TRUE(change);
  ASSERT_EQ(change->items.size(), 1U) << "a rejected structure stays rejected, findings are not touched";
  EXPECT_EQ(change->items[0].id.value, "3");
  EXPECT_EQ(change->items[0].state, ItemState::confirmed);
  EXPECT_EQ(change->subject, "case");
  record.items = merged(record.items, *change);
  EXPECT_TRUE(apply(record, ConfirmStructures{}, readerOf(Role::reader), now)->items.empty());
}

TEST(Apply, OnlyFlaggedFindingsAreDismissedInBulk) {
  CaseRecord record = makeRecord();
  record.items[1].flags = {flagBelowThreshold};
  const auto change = apply(record, DismissBelowThreshold{}, readerOf(Role::reader), now);
  ASSERT_TRUE(change);
  ASSERT_EQ(change->items.size(), 1U);
  EXPECT_EQ(change->items[0].state, ItemState::dismissed);
}

TEST(Apply, DrawingsAreManualAndOnlyTheyAreDeleted) {
  CaseRecord record = makeRecord();
  Item drawing = agentItem("d");
  drawing.confidence = 0.9;
  const Item drawn = afterwards(record, Draw{drawing});
  EXPECT_EQ(drawn.state, ItemState::manual);
  EXPECT_TRUE(drawn.madeBy.agent.empty()) << "nobody draws in an agent's name";
  EXPECT_FALSE(drawn.confidence.has_value());
  record.items.push_back(drawn);
  EXPECT_EQ(refusal(record, Draw{drawing}), ErrorCode::bad_argument);
  EXPECT_EQ(refusal(record, Reject{{"d"}, {"artefact", ""}}), ErrorCode::not_allowed);
  EXPECT_EQ(afterwards(record, Correct{{"d"}, "h2", measured(5)}).state, ItemState::manual);
  EXPECT_EQ(refusal(record, DeleteDrawn{{"1"}}), ErrorCode::not_allowed);
  const auto change = apply(record, DeleteDrawn{{"d"}}, readerOf(Role::reader), now);
  ASSERT_TRUE(change);
  EXPECT_EQ(change->removed, std::vector<ItemId>{{"d"}});
  drawing.id = {"e"};
  drawing.source = {{"1.2"}, 4};
  EXPECT_EQ(refusal(record, Draw{drawing}), ErrorCode::not_found);
  drawing.source = {{"1.2"}, 0};
  drawing.measurement.voxels = 0;
  EXPECT_EQ(refusal(record, Draw{drawing}), ErrorCode::bad_argument);
}

TEST(Apply, RestoreOnlyBringsBackEarlierStates) {
  CaseRecord record = makeRecord();
  const Item before = record.items[0];
  record.items[0] = afterwards(record, Accept{{"1"}});
  EXPECT_EQ(afterwards(record, Restore{before}), before);
  Item forged = before;
  forged.madeBy.agent = "other";
  EXPECT_EQ(refusal(record, Restore{forged}), ErrorCode::not_allowed);
  Item unknown = agentItem("77");
  unknown.state = ItemState::accepted;
  EXPECT_EQ(refusal(record, Restore{unknown}), ErrorCode::not_allowed);
}

TEST(Apply, WhatChangedMeanwhileIsNotTakenBack) {
  CaseRecord record = makeRecord();
  const Item before = record.items[0];
  record.items[0] = afterwards(record, Accept{{"1"}});
  const Item accepted = record.items[0];
  EXPECT_EQ(afterwards(record, Restore{before, accepted}), before);
  record.items[0].label = "by somebody else";
  EXPECT_EQ(refusal(record, Restore{before, accepted}), ErrorCode::stale);
  Item drawn = record.items[1];
  drawn.id = {"mine"};
  drawn.madeBy = {};
  record.items.push_back(drawn);
  EXPECT_TRUE(apply(record, DeleteDrawn{{"mine"}, drawn}, readerOf(Role::reader), now));
  record.items.back().maskHash = "corrected by somebody else";
  EXPECT_EQ(refusal(record, DeleteDrawn{{"mine"}, drawn}), ErrorCode::stale);
}

TEST(Apply, RolesAndSignedCases) {
  CaseRecord record = makeRecord();
  EXPECT_EQ(refusal(record, Accept{{"1"}}, Role::admin), ErrorCode::not_allowed);
  Reader gone = readerOf(Role::reader);
  gone.disabled = true;
  EXPECT_EQ(apply(record, Accept{{"1"}}, gone, now).error().code, ErrorCode::not_allowed);
  record.row.status = CaseStatus::approved;
  EXPECT_EQ(refusal(record, Accept{{"1"}}), ErrorCode::conflict);
  EXPECT_FALSE(maySign(readerOf(Role::resident)));
  EXPECT_TRUE(mayReview(readerOf(Role::resident)));
  EXPECT_TRUE(maySign(readerOf(Role::attending)));
}

TEST(Apply, CriticalFindingsAreAcknowledgedByAnAttending) {
  CaseRecord record = makeRecord();
  record.items[0].flags = {flagCritical};
  EXPECT_EQ(refusal(record, Acknowledge{{"1"}}, Role::reader), ErrorCode::not_allowed);
  EXPECT_EQ(refusal(record, Acknowledge{{"2"}}, Role::attending), ErrorCode::not_allowed);
  EXPECT_THAT(afterwards(record, Acknowledge{{"1"}}, Role::attending).flags,
              testing::Contains(flagAcknowledged));
}

/// Five hundred verdicts that the rules allow, each taken back by the items it found.
TEST(Apply, UndoingEverythingGivesTheStart) {
  std::mt19937 random(20260814);
  const auto pick = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  const CaseRecord start = makeRecord();
  CaseRecord record = start;
  const Reader reader = readerOf(Role::attending);
  struct Done {
    std::vector<Item> before;
    std::vector<ItemId> made;
  };
  std::vector<Done> steps;
  while (steps.size() < 500) {
    const ItemId id = record.items[pick(record.items.size())].id;
    const std::string fresh = "n" + std::to_string(random());
    const std::vector<Verdict> choices{Accept{id},
                                       Reject{id, {rejectChips()[pick(8)].code, ""}},
                                       Correct{id, fresh, measured(1 + static_cast<int>(pick(50)))},
                                       Relabel{id, fresh, {"SCT", "1", fresh}},
                                       Unsure{id},
                                       ConfirmStructures{},
                                       Draw{agentItem(fresh)},
                                       DeleteDrawn{id}};
    const auto change = apply(record, choices[pick(choices.size())], reader, now);
    if (!change || (change->items.empty() && change->removed.empty())) continue;
    Done done;
    const auto keep = [&](const ItemId& changed) {
      if (const Item* item = findItem(record, changed)) {
        done.before.push_back(*item);
      } else {
        done.made.push_back(changed);
      }
    };
    for (const Item& item : change->items) keep(item.id);
    for (const ItemId& removed : change->removed) keep(removed);
    record.items = merged(record.items, *change);
    steps.push_back(done);
  }
  EXPECT_NE(contentHash(record), contentHash(start));
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    std::vector<Verdict> back;
    for (const Item& item : step->before) back.emplace_back(Restore{item});
    for (const ItemId& made : step->made) back.emplace_back(DeleteDrawn{made});
    for (const Verdict& verdict : back) {
      const auto change = apply(record, verdict, reader, now);
      ASSERT_TRUE(change) << change.error().detail;
      record.items = merged(record.items, *change);
    }
  }
  ASSERT_EQ(record.items.size(), start.items.size());
  for (const Item& item : start.items) EXPECT_EQ(*findItem(record, item.id), item);
  EXPECT_EQ(contentHash(record), contentHash(start));
}

}  // namespace
}  // namespace attest::review
