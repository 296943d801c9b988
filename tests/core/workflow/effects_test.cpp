// Sign-in, the worklist, import and the open case.
#include "tests/core/workflow/desk.h"

namespace attest::workflow::test {
namespace {

namespace action = session::action;
namespace effect = session::effect;

TEST_F(EffectsTest, LoadReadersNamesThoseWhoMaySignIn) {
  enroll("bert", {Role::reader});
  ASSERT_TRUE(disableReader(*services_, {"bert"}, admin_));
  EXPECT_EQ(answer<action::ReadersLoaded>(effect::LoadReaders{}).readers, std::vector{anna_});
}

TEST_F(EffectsTest, SignInAnswersWithAReaderWithoutSecrets) {
  const auto reader = answer<action::SignedIn>(effect::SignIn{anna_, secret}).reader;
  EXPECT_EQ(reader.id, anna_);
  EXPECT_TRUE(reader.secretHash.empty() && reader.sealedKey.empty());
  EXPECT_EQ(answer<action::SignInFailed>(effect::SignIn{anna_, "not the secret"}).error.code,
            ErrorCode::bad_secret);
}

TEST_F(EffectsTest, CreateFirstReaderIsForAnEmptyHome) {
  EXPECT_EQ(answer<action::SignInFailed>(effect::CreateFirstReader{"bert", secret}).error.code,
            ErrorCode::not_allowed);
  effects_.reset();
  services_ = *Services::open(folder_ / "empty", clock_);
  start();
  EXPECT_TRUE(
      answer<action::SignedIn>(effect::CreateFirstReader{"bert", secret}).reader.roles.contains(Role::admin));
}

TEST_F(EffectsTest, APageAnswersForItsGeneration) {
  const auto page = answer<action::WorklistPageLoaded>(effect::LoadWorklistPage{7, 2, "chest", {}});
  EXPECT_EQ(page.generation, 7);
  EXPECT_EQ(page.page, 2);
  EXPECT_EQ(page.total, static_cast<std::int64_t>(page.rows.size()));
  const auto all = answer<action::WorklistPageLoaded>(effect::LoadWorklistPage{8, 0, "", {}});
  ASSERT_EQ(all.rows.size(), 1U);
  EXPECT_EQ(all.rows[0].id, id_);
}

TEST_F(EffectsTest, APreviewIsTheRecordOrAnError) {
  EXPECT_EQ(answer<action::PreviewLoaded>(effect::LoadPreview{id_}).record->row.id, id_);
  const auto failed = answer<action::PreviewFailed>(effect::LoadPreview{nowhere_});
  EXPECT_EQ(failed.id, nowhere_);
  EXPECT_EQ(failed.error.code, ErrorCode::not_found);
}

TEST_F(EffectsTest, AnImportTellsWhatItMade) {
  write("more");
  setBytes(folder_ / "more/letter.txt", "Dear colleague");
  const auto finished =
      answer<action::ImportFinished>(effect::ImportPaths{5, {(folder_ / "more").string()}, false});
  EXPECT_EQ(finished.ticket, 5);
  EXPECT_EQ(finished.cases.size(), 1U);
  EXPECT_EQ(finished.skipped.size(), 1U);
  const auto progress = answers_.all<action::ImportProgressed>();
  ASSERT_FALSE(progress.empty());
  EXPECT_EQ(progress.back().total, 21);
  EXPECT_FALSE(answers_.all<action::WorklistChanged>().empty());
}

TEST_F(EffectsTest, AnImportThatFailsSaysSo) {
  const auto failed =
      answer<action::ImportFailed>(effect::ImportPaths{6, {(folder_ / "nowhere").string()}, false});
  EXPECT_EQ(failed.ticket, 6);
  EXPECT_EQ(failed.error.code, ErrorCode::not_found);
}

TEST_F(EffectsTest, AnImportThatIsCancelledBeforeItBeginsAnswersToo) {
  write("more");
  answers_.clear();
  BusyLane busy(services_->pool(), jobs::Lane::io, 2);
  effects_->perform(effect::ImportPaths{9, {(folder_ / "more").string()}, false});
  effects_->perform(effect::CancelImport{9});
  busy.free();
  EXPECT_TRUE(answers_.await<action::ImportFinished>().cases.empty());
  EXPECT_EQ(services_->db().worklist({})->total, 1);
}

TEST_F(EffectsTest, OpeningACaseBeginsItsReview) {
  const auto opened = answer<action::CaseOpened>(effect::OpenCase{id_, anna_});
  EXPECT_EQ(opened.record->row.status, CaseStatus::in_review);
  EXPECT_EQ(events("open"), 1);
  EXPECT_EQ(answer<action::CaseOpenFailed>(effect::OpenCase{nowhere_, anna_}).error.code,
            ErrorCode::not_found);
}

TEST_F(EffectsTest, WhoMayNotReadOpensNothing) {
  enroll("root", {Role::admin});
  EXPECT_EQ(answer<action::CaseOpenFailed>(effect::OpenCase{id_, {"root"}}).error.code,
            ErrorCode::not_allowed);
  EXPECT_EQ(record(id_).row.status, CaseStatus::received);
}

TEST_F(EffectsTest, OpeningASignedCaseLeavesItSigned) {
  change([&](casedb::WriteTx& tx) { return tx.setStatus(id_, CaseStatus::approved); });
  EXPECT_EQ(answer<action::CaseOpened>(effect::OpenCase{id_, anna_}).record->row.status,
            CaseStatus::approved);
}

TEST_F(EffectsTest, AnAddendumThatCannotBeOpenedSaysWhy) {
  const auto failed = answer<action::AddendumFailed>(effect::OpenAddendum{id_, anna_});
  EXPECT_EQ(failed.id, id_);
  EXPECT_EQ(failed.error.code, ErrorCode::conflict);
}

TEST_F(EffectsTest, RefreshAnswersWithTheNewestRecord) {
  const auto changed = answer<action::RecordChanged>(effect::RefreshCase{id_});
  EXPECT_EQ(changed.record->revision, record(id_).revision);
}

TEST_F(EffectsTest, AVolumeComesWithItsWindowAndRange) {
  const auto loaded = answer<action::VolumeLoaded>(effect::LoadVolume{id_, blockRef(id_)});
  ASSERT_NE(loaded.volume, nullptr);
  EXPECT_EQ(loaded.block, blockRef(id_));
  EXPECT_EQ(loaded.valueRange, (std::array<double, 2>{-1000, 700}));
  EXPECT_GT(loaded.fileWindow.width, 0);
  EXPECT_FALSE(answers_.all<action::VolumeProgressed>().empty());
  const BlockRef other{blockRef(id_).series, 3};
  EXPECT_EQ(answer<action::VolumeFailed>(effect::LoadVolume{id_, other}).block, other);
}

TEST_F(EffectsTest, ASliceComesAlone) {
  const auto loaded = answer<action::SliceLoaded>(effect::LoadSlice{id_, blockRef(id_), 4});
  EXPECT_EQ(loaded.slice, 4);
  ASSERT_NE(loaded.volume, nullptr);
  EXPECT_EQ(loaded.volume->at({20, 18, 0}), chest().volume->at({20, 18, 4}));
  const auto failed = answer<action::SliceFailed>(effect::LoadSlice{id_, blockRef(id_), 20});
  EXPECT_EQ(failed.slice, 20);
  EXPECT_EQ(failed.error.code, ErrorCode::bad_argument);
}

TEST_F(EffectsTest, AMaskComesByItsHash) {
  const std::string hash = item(id_, finding_).maskHash;
  const auto loaded = answer<action::MaskLoaded>(effect::LoadMask{id_, hash});
  EXPECT_EQ(loaded.hash, hash);
  EXPECT_EQ(loaded.mask->count(), 18);
  const std::string none(64, 'a');
  const auto failed = answer<action::MaskFailed>(effect::LoadMask{id_, none});
  EXPECT_EQ(failed.hash, none);
  EXPECT_EQ(failed.error.code, ErrorCode::not_found);
}

TEST_F(EffectsTest, ClosingACaseDropsWhatItStillLoads) {
  const std::string hash = item(id_, finding_).maskHash;
  answers_.clear();
  BusyLane busy(services_->pool(), jobs::Lane::io, 2);
  effects_->perform(effect::LoadMask{id_, hash});
  effects_->perform(effect::CloseCase{id_});
  busy.free();
  services_->pool().drain();
  EXPECT_EQ(answers_.count(), 0U);
}

TEST_F(EffectsTest, ViewedSeriesAreKept) {
  const SeriesUid series = blockRef(id_).series;
  EXPECT_EQ(answer<action::RecordChanged>(effect::MarkViewed{id_, series, anna_}).record->viewed,
            std::vector{series});
  EXPECT_EQ(events("view"), 1);
  enroll("root", {Role::admin});
  perform(effect::MarkViewed{id_, series, {"root"}});
  perform(effect::MarkViewed{id_, series, {"nobody"}});
  EXPECT_TRUE(answers_.all<action::RecordChanged>().empty());
  EXPECT_EQ(events("view"), 1);
}

}  // namespace
}  // namespace attest::workflow::test
