#include <gmock/gmock.h>

#include "tests/core/session/driver.h"

namespace attest::session {
namespace {

TEST(SignInTopic, AnEmptyHomeAsksForItsFirstReader) {
  Driver d;
  EXPECT_TRUE(std::holds_alternative<effect::LoadReaders>(start().at(0)));
  EXPECT_TRUE(std::holds_alternative<effect::StartServices>(start().at(1)))
      << "what a closed window left goes on";
  d.dispatch(action::ReadersLoaded{{}});
  EXPECT_EQ(d.state.signIn->phase, SignInPhase::first_reader);
  d.dispatch(action::CreateFirstReader{"ada", "a long secret"});
  ASSERT_NE(d.asked<effect::CreateFirstReader>(), nullptr);
  EXPECT_EQ(d.asked<effect::CreateFirstReader>()->secret, "a long secret");
  d.dispatch(action::SignInFailed{{ErrorCode::bad_argument, ""}});
  EXPECT_EQ(d.state.signIn->phase, SignInPhase::first_reader);
  EXPECT_TRUE(d.state.signIn->error.has_value());
}

TEST(SignInTopic, TheStateHoldsNoSecretAndNoKey) {
  Driver d;
  d.dispatch(action::ReadersLoaded{{{"ada"}}});
  d.dispatch(action::EnterSecret{{"ada"}, "hush"});
  Reader reader;
  reader.id = {"ada"};
  reader.secretHash = "hash";
  reader.sealedKey = "key";
  d.dispatch(action::SignedIn{reader});
  EXPECT_EQ(d.state.signIn->reader->secretHash, "");
  EXPECT_EQ(d.state.signIn->reader->sealedKey, "");
  EXPECT_EQ(screen(d.state), Screen::worklist);
  EXPECT_NE(d.asked<effect::LoadWorklistPage>(), nullptr);
}

TEST(SignInTopic, ALateAnswerSignsNobodyIn) {
  Driver d;
  d.signIn();
  d.dispatch(action::SignOut{});
  EXPECT_EQ(screen(d.state), Screen::sign_in);
  d.dispatch(action::SignedIn{Reader{}});
  EXPECT_EQ(screen(d.state), Screen::sign_in);
}

TEST(SignInTopic, TheLockKeepsTheCaseForItsReaderOnly) {
  Driver d;
  d.signIn();
  d.open(makeRecord());
  d.dispatch(action::Lock{});
  EXPECT_EQ(screen(d.state), Screen::sign_in);
  d.dispatch(action::EnterSecret{{"ada"}, "wrong"});
  d.dispatch(action::SignInFailed{{ErrorCode::bad_secret, ""}});
  EXPECT_EQ(d.state.signIn->phase, SignInPhase::locked);
  d.signIn();
  EXPECT_EQ(screen(d.state), Screen::reading);
  EXPECT_NE(d.state.reading->record, nullptr);
  d.dispatch(action::Lock{});
  d.signIn("bob");
  EXPECT_EQ(screen(d.state), Screen::worklist);
  EXPECT_EQ(d.state.signIn->reader->id.value, "bob");
}

std::vector<CaseRow> rows(int count, std::int64_t newest) {
  std::vector<CaseRow> list(static_cast<std::size_t>(count));
  for (auto& row : list) row.recency = newest--;
  return list;
}

class Listing : public testing::Test {
 protected:
  Listing() { d.signIn(); }
  Ticket generation() const { return d.state.worklist->generation; }
  void answerPage(int page, int count, std::int64_t newest) {
    d.dispatch(action::WorklistPageLoaded{generation(), page, 1000, rows(count, newest)});
  }
  Driver d;
};

TEST_F(Listing, PagesContinueBelowTheLastKeyAndComeBeforeTheHand) {
  answerPage(0, 100, 1000);
  EXPECT_EQ(rowCount(*d.state.worklist), 100);
  EXPECT_EQ(d.state.worklist->total, 1000);
  d.dispatch(action::ShowRows{0, 30});
  ASSERT_NE(d.asked<effect::LoadWorklistPage>(), nullptr);
  EXPECT_EQ(d.asked<effect::LoadWorklistPage>()->after, 901);
  EXPECT_EQ(d.asked<effect::LoadWorklistPage>()->page, 1);
  d.dispatch(action::ShowRows{1, 31});
  EXPECT_EQ(d.asked<effect::LoadWorklistPage>(), nullptr) << "it is on its way";
  answerPage(1, 40, 900);
  EXPECT_TRUE(d.state.worklist->complete);
  EXPECT_EQ(rowAt(*d.state.worklist, 139)->recency, 861);
  EXPECT_EQ(rowAt(*d.state.worklist, 140), nullptr);
  d.dispatch(action::ShowRows{100, 139});
  EXPECT_TRUE(d.effects.empty());
}

TEST_F(Listing, FarPagesLoseTheirRowsAndGetThemBack) {
  answerPage(0, 100, 100000);
  for (int page = 1; page < 12; ++page) {
    d.dispatch(action::ShowRows{100 * (page - 1), 100 * (page - 1) + 30});
    answerPage(page, 100, 100000 - 100 * page);
  }
  d.dispatch(action::ShowRows{1100, 1130});
  EXPECT_EQ(rowAt(*d.state.worklist, 0), nullptr);
  EXPECT_EQ(rowCount(*d.state.worklist), 1200);
  d.dispatch(action::ShowRows{110, 130});
  std::vector<int> asked;
  for (const Effect& effect : d.effects) asked.push_back(std::get<effect::LoadWorklistPage>(effect).page);
  EXPECT_THAT(asked, testing::ElementsAre(1, 2));
  answerPage(1, 100, 99900);
  EXPECT_EQ(rowAt(*d.state.worklist, 100)->recency, 99900);
}

TEST_F(Listing, ASearchDropsAnswersToTheOneBefore) {
  const Ticket old = generation();
  d.dispatch(action::Search{"modality:CT"});
  EXPECT_EQ(d.asked<effect::LoadWorklistPage>()->query, "is:unread modality:CT");
  d.dispatch(action::WorklistPageLoaded{old, 0, 5, rows(5, 10)});
  EXPECT_EQ(rowCount(*d.state.worklist), 0);
  answerPage(0, 3, 10);
  EXPECT_EQ(rowCount(*d.state.worklist), 3);
}

TEST_F(Listing, AChangeReadsAgainAsFarAsTheScreenAndOnceMoreIfNeeded) {
  answerPage(0, 100, 1000);
  d.dispatch(action::ShowRows{50, 99});
  answerPage(1, 100, 900);
  d.dispatch(action::ShowRows{90, 120});
  answerPage(2, 100, 800);
  d.dispatch(action::WorklistChanged{});
  d.dispatch(action::WorklistChanged{});
  EXPECT_TRUE(d.effects.empty()) << "one reading at a time";
  answerPage(0, 100, 1001);
  EXPECT_EQ(rowAt(*d.state.worklist, 0)->recency, 1000)
      << "the old rows stay until the new ones cover the screen";
  answerPage(1, 100, 901);
  EXPECT_EQ(rowAt(*d.state.worklist, 0)->recency, 1001);
  ASSERT_NE(d.asked<effect::LoadWorklistPage>(), nullptr);
  EXPECT_EQ(d.asked<effect::LoadWorklistPage>()->page, 0);
}

TEST_F(Listing, ThePreviewIsReadAgainWithTheRowThatItIsOf) {
  auto list = rows(2, 10);
  list[1].id = {"case"};
  d.dispatch(action::WorklistPageLoaded{generation(), 0, 2, list});
  d.dispatch(action::SelectCase{{"case"}});
  d.dispatch(action::WorklistChanged{});
  d.dispatch(action::WorklistPageLoaded{generation(), 0, 2, list});
  ASSERT_NE(d.asked<effect::LoadPreview>(), nullptr);
  EXPECT_EQ(d.asked<effect::LoadPreview>()->id.value, "case");
  d.dispatch(action::WorklistChanged{});
  d.dispatch(action::WorklistPageLoaded{generation(), 0, 1, rows(1, 10)});
  EXPECT_EQ(d.asked<effect::LoadPreview>(), nullptr);
}

TEST_F(Listing, ImportsAreFollowedToTheirEnd) {
  d.dispatch(action::ImportPaths{{"/a"}, false});
  const Ticket ticket = d.asked<effect::ImportPaths>()->ticket;
  d.dispatch(action::ImportProgressed{ticket, 5, 10});
  EXPECT_EQ(d.state.worklist->imports.at(0).done, 5);
  d.dispatch(action::DismissImport{ticket});
  EXPECT_EQ(d.state.worklist->imports.size(), 1U) << "it still runs";
  d.dispatch(action::CancelImport{ticket});
  EXPECT_NE(d.asked<effect::CancelImport>(), nullptr);
  d.dispatch(action::ImportFinished{ticket, {{"c"}}, {{"/a/x", "not DICOM"}}});
  EXPECT_TRUE(d.state.worklist->imports[0].finished);
  EXPECT_EQ(d.state.worklist->imports[0].skipped.at(0).reason, "not DICOM");
  ASSERT_NE(d.asked<effect::Analyze>(), nullptr) << "the agents begin by themselves";
  EXPECT_EQ(d.asked<effect::Analyze>()->id, CaseId{"c"});
  d.dispatch(action::DismissImport{ticket});
  EXPECT_TRUE(d.state.worklist->imports.empty());
}

TEST_F(Listing, TheDemonstrationIsAnImportThatRunsOnceAtATime) {
  d.dispatch(action::LoadDemo{});
  ASSERT_NE(d.asked<effect::LoadDemo>(), nullptr);
  const Ticket ticket = d.asked<effect::LoadDemo>()->ticket;
  d.dispatch(action::LoadDemo{});
  EXPECT_EQ(d.asked<effect::LoadDemo>(), nullptr) << "it is being made";
  d.dispatch(action::SignOut{});
  EXPECT_TRUE(isMakingDemo(*d.state.worklist)) << "and goes on when its reader goes";
  d.dispatch(action::ImportFinished{ticket, {{"c"}}, {}});
  ASSERT_NE(d.asked<effect::Analyze>(), nullptr);
  EXPECT_EQ(d.asked<effect::Analyze>()->reader, ReaderId{"ada"});
  EXPECT_FALSE(isMakingDemo(*d.state.worklist));
}

}  // namespace
}  // namespace attest::session
