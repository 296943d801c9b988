#include "tests/core/workflow/home.h"

namespace attest::workflow::test {
namespace {

class ReviewTest : public HomeTest {
 protected:
  void SetUp() override {
    id_ = importChest();
    first_ = propose(id_, boxMask({10, 10, 5}, {12, 12, 6}));
    second_ = propose(id_, boxMask({20, 10, 5}, {22, 13, 6}));
  }
  Result<CaseRecord> act(const std::vector<Act>& acts, const Reader& reader = person({Role::reader})) {
    return submit(*services_, id_, acts, hire(reader));
  }
  void expectNothingHappened(const Result<CaseRecord>& answer, ErrorCode code) {
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, code) << answer.error().detail;
    EXPECT_EQ(item(id_, first_).state, ItemState::proposed);
    EXPECT_EQ(item(id_, second_).state, ItemState::proposed);
    EXPECT_EQ(record(id_).row.status, CaseStatus::received);
    EXPECT_EQ(events("review") + events("review.accept"), 0);
  }

  CaseId id_;
  ItemId first_;
  ItemId second_;
};

Act accept(const ItemId& id) {
  return review::Verdict{review::Accept{id}};
}

TEST_F(ReviewTest, AVerdictBeginsTheReview) {
  const auto after = act({accept(first_)});
  ASSERT_TRUE(after) << after.error().detail;
  EXPECT_EQ(findItem(*after, first_)->state, ItemState::accepted);
  EXPECT_EQ(after->row.status, CaseStatus::in_review);
  EXPECT_EQ(after->row.reader.value, "anna");
  EXPECT_EQ(after->row.unreviewed, 1);
  EXPECT_EQ(record(id_).revision, after->revision);
}

TEST_F(ReviewTest, EveryActHasItsEvent) {
  const auto after =
      act({accept(first_), review::Verdict{review::Reject{second_, {"false_positive", ""}}}, ReadDone{}});
  ASSERT_TRUE(after) << after.error().detail;
  EXPECT_EQ(events("review.accept"), 1);
  EXPECT_EQ(events("review.reject"), 1);
  EXPECT_EQ(events("review.read_done"), 1);
  EXPECT_EQ(events("review"), 1);
  EXPECT_EQ(after->viewed, std::vector{blockRef(id_).series});
}

TEST_F(ReviewTest, AllActsHappenOrNone) {
  expectNothingHappened(act({accept(first_), accept({"no-such-item"})}), ErrorCode::not_found);
  const auto empty = shared(imaging::Mask(chest().grid));
  expectNothingHappened(act({accept(first_), CorrectMask{second_, empty}}), ErrorCode::bad_argument);
}

TEST_F(ReviewTest, AnActSeesWhatTheOneBeforeItDid) {
  expectNothingHappened(act({accept(first_), accept(first_)}), ErrorCode::not_allowed);
  const Item draft = newDrawing(blockRef(id_), "Mass", {"SCT", "4147007", "Mass"});
  const auto after = act({DrawMask{draft, shared(boxMask({3, 3, 3}, {4, 4, 4}))},
                          review::Verdict{review::Relabel{draft.id, "Cyst", {"SCT", "441457006", "Cyst"}}}});
  ASSERT_TRUE(after) << after.error().detail;
  EXPECT_EQ(findItem(*after, draft.id)->label, "Cyst");
  const auto gone = act({accept(first_), review::Verdict{review::DeleteDrawn{draft.id}}});
  ASSERT_TRUE(gone) << gone.error().detail;
  EXPECT_EQ(findItem(*gone, draft.id), nullptr);
  EXPECT_EQ(findItem(*gone, first_)->state, ItemState::accepted);
}

TEST_F(ReviewTest, ManyVerdictsAreOneWrite) {
  std::vector<Act> acts;
  for (int i = 0; i < 100; ++i) acts.push_back(accept(propose(id_, boxMask({1, 1, 1}, {2, 2, 2}))));
  const auto before = record(id_).revision;
  const auto after = act(acts);
  ASSERT_TRUE(after) << after.error().detail;
  EXPECT_EQ(after->row.unreviewed, 2);
  EXPECT_EQ(after->revision, before + 1);
  EXPECT_EQ(events("review.accept"), 100);
}

TEST_F(ReviewTest, ACorrectedMaskIsStoredAndMeasured) {
  const auto mask = shared(boxMask({10, 10, 5}, {13, 12, 6}));
  const auto after = act({CorrectMask{first_, mask}});
  ASSERT_TRUE(after) << after.error().detail;
  const Item& now = *findItem(*after, first_);
  EXPECT_EQ(now.state, ItemState::corrected);
  EXPECT_EQ(now.maskVersion, 2);
  EXPECT_EQ(now.measurement, imaging::measure(*mask, chest().volume.get()));
  const auto stored = loadMask(*services_, now);
  ASSERT_TRUE(stored) << stored.error().detail;
  EXPECT_EQ(**stored, *mask);
  EXPECT_EQ(services_->db().masks(first_)->size(), 2U);
}

TEST_F(ReviewTest, ADrawingIsAPersonsOwn) {
  const Item draft = newDrawing(blockRef(id_), "Mass", {"SCT", "4147007", "Mass"});
  const auto mask = shared(boxMask({3, 3, 3}, {4, 4, 4}));
  const auto after = act({DrawMask{draft, mask}});
  ASSERT_TRUE(after) << after.error().detail;
  const Item& now = *findItem(*after, draft.id);
  EXPECT_EQ(now.state, ItemState::manual);
  EXPECT_TRUE(isExportable(now));
  EXPECT_EQ(now.maskVersion, 1);
  EXPECT_EQ(now.measurement.voxels, mask->count());
  EXPECT_FALSE(draft.trackingUid.empty());
}

TEST_F(ReviewTest, AMaskWithoutVoxelsIsRefused) {
  const Item draft = newDrawing(blockRef(id_), "Mass", {"SCT", "4147007", "Mass"});
  for (const auto& mask : {shared(imaging::Mask(chest().grid)), imaging::MaskPtr()}) {
    expectNothingHappened(act({CorrectMask{first_, mask}}), ErrorCode::bad_argument);
    expectNothingHappened(act({DrawMask{draft, mask}}), ErrorCode::bad_argument);
  }
}

TEST_F(ReviewTest, AMaskOnAnotherGridIsRefused) {
  Grid other = chest().grid;
  other.originMm.x += 4;
  const auto mask = shared(boxMask({3, 3, 3}, {4, 4, 4}, other));
  expectNothingHappened(act({accept(first_), CorrectMask{second_, mask}}), ErrorCode::bad_geometry);
}

TEST_F(ReviewTest, ADrawingOnTheImagesOfAnotherCaseIsRefused) {
  const CaseId other = importChest("other");
  const Item draft = newDrawing(blockRef(other), "Mass", {"SCT", "4147007", "Mass"});
  expectNothingHappened(act({DrawMask{draft, shared(boxMask({3, 3, 3}, {4, 4, 4}))}}), ErrorCode::not_found);
}

TEST_F(ReviewTest, OnlyThoseWhoReadMayReview) {
  expectNothingHappened(act({accept(first_)}, person({Role::admin})), ErrorCode::not_allowed);
  Reader left = person({Role::attending});
  left.disabled = true;
  expectNothingHappened(act({accept(first_)}, left), ErrorCode::not_allowed);
  EXPECT_TRUE(act({accept(first_)}, person({Role::resident})));
}

TEST_F(ReviewTest, ASentenceThatWouldNotBeSeenIsNotTakenInSilence) {
  const Reader anna = hire(person({Role::reader}));
  Report report;
  report.section(SectionKind::findings) = {{newUuid(), "See {" + first_.value + ":size}.", "", true}};
  EXPECT_EQ(codeOf(saveReport(*services_, id_, report, record(id_).revision, anna)), ErrorCode::bad_argument);
  ASSERT_TRUE(submit(*services_, id_, {accept(first_)}, anna));
  EXPECT_TRUE(saveReport(*services_, id_, report, record(id_).revision, anna));
  report.section(SectionKind::findings).front().text = "Nodule {stable: since 2019}.";
  EXPECT_TRUE(saveReport(*services_, id_, report, record(id_).revision, anna));
}

TEST_F(ReviewTest, WhoWasDisabledSinceTheyWereReadIsRefused) {
  const Reader before = hire(person({Role::attending}));
  Reader now = before;
  const auto refused = [&](const Reader& changed) {
    hire(changed);
    const auto saved = saveReport(*services_, id_, Report{}, record(id_).revision, before);
    EXPECT_EQ(codeOf(saved), ErrorCode::not_allowed);
    expectNothingHappened(submit(*services_, id_, {accept(first_)}, before), ErrorCode::not_allowed);
  };
  now.disabled = true;
  refused(now);
  now = before;
  now.roles = {Role::admin};
  refused(now);
  now = before;
  now.certificatePem = "another";
  refused(now);
  now = before;
  now.secretHash = "another";
  refused(now);
  hire(before);
  EXPECT_TRUE(submit(*services_, id_, {accept(first_)}, before));
}

TEST_F(ReviewTest, EveryMaskKeepsItsNumberThroughUndoAndRedo) {
  const Reader anna = hire(person({Role::reader}));
  const auto maskOf = [](int width) { return shared(boxMask({10, 10, 5}, {10 + width, 12, 6})); };
  const Item proposed = item(id_, first_);
  ASSERT_TRUE(act({CorrectMask{first_, maskOf(3)}}));
  const Item corrected = item(id_, first_);
  ASSERT_TRUE(act({review::Verdict{review::Restore{proposed, corrected}}}));
  EXPECT_EQ(item(id_, first_), proposed);
  ASSERT_TRUE(act({CorrectMask{first_, maskOf(4)}}));
  EXPECT_EQ(item(id_, first_).maskVersion, 3);
  const auto masks = services_->db().masks(first_).value();
  EXPECT_EQ(masks, (std::vector{proposed.maskHash, corrected.maskHash, item(id_, first_).maskHash}));
}

TEST_F(ReviewTest, WhatIsUndoneDoesNotOverwriteWhatAnotherDidSince) {
  const Item proposed = item(id_, first_);
  ASSERT_TRUE(act({accept(first_)}));
  const Item accepted = item(id_, first_);
  const Reader bert = person({Role::reader}, "bert");
  ASSERT_TRUE(act({review::Verdict{review::Reject{first_, {"duplicate", ""}}}}, bert));
  const auto undone = act({review::Verdict{review::Restore{proposed, accepted}}});
  ASSERT_FALSE(undone);
  EXPECT_EQ(undone.error().code, ErrorCode::stale);
  EXPECT_EQ(item(id_, first_).state, ItemState::rejected);
}

TEST_F(ReviewTest, ADrawingThatIsTakenBackLeavesItsMask) {
  const Item draft = newDrawing(blockRef(id_), "Mass", {"SCT", "4147007", "Mass"});
  ASSERT_TRUE(act({DrawMask{draft, shared(boxMask({3, 3, 3}, {4, 4, 4}))}}));
  const Item drawn = item(id_, draft.id);
  ASSERT_TRUE(act({review::Verdict{review::DeleteDrawn{draft.id, drawn}}}));
  EXPECT_EQ(services_->db().masks(draft.id).value(), std::vector{drawn.maskHash});
  EXPECT_TRUE(services_->db().blobs().get(drawn.maskHash));
  ASSERT_TRUE(act({DrawMask{draft, shared(boxMask({3, 3, 3}, {5, 4, 4}))}}));
  EXPECT_EQ(item(id_, draft.id).maskVersion, 2);
  EXPECT_EQ(services_->db().masks(draft.id)->size(), 2U);
}

TEST_F(ReviewTest, AMaskThatIsNotThereIsNotFound) {
  Item none;
  EXPECT_EQ(loadMask(*services_, none).error().code, ErrorCode::not_found);
  EXPECT_EQ(loadMask(*services_, std::string(64, 'a')).error().code, ErrorCode::not_found);
}

TEST_F(ReviewTest, AReportIsSavedOnTheRevisionItWasReadAt) {
  const Reader anna = hire(person({Role::reader}));
  const auto read = record(id_).revision;
  Report report;
  report.section(SectionKind::findings) = {{"1", "Nothing.", "", true}};
  const auto saved = saveReport(*services_, id_, report, read, anna);
  ASSERT_TRUE(saved) << saved.error().detail;
  EXPECT_EQ(saved->report, report);
  EXPECT_GT(saved->revision, read);
  EXPECT_EQ(saved->row.status, CaseStatus::in_review);
  EXPECT_EQ(events("report.edit"), 1);

  const auto late = saveReport(*services_, id_, Report{}, read, hire(person({Role::reader}, "bert")));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::stale);
  EXPECT_EQ(record(id_).report, report);
  EXPECT_EQ(record(id_).row.reader, anna.id);
}

}  // namespace
}  // namespace attest::workflow::test
