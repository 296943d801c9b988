#include <gmock/gmock.h>

#include "tests/core/session/driver.h"

namespace attest::session {
namespace {

Node nodeNamed(const std::string& name) {
  Node node;
  node.name = name;
  return node;
}

class Settings : public testing::Test {
 protected:
  void signInAs(std::set<Role> roles) {
    d.signIn();
    Reader reader;
    reader.id = {"ada"};
    reader.roles = std::move(roles);
    d.dispatch(action::Lock{});
    d.dispatch(action::EnterSecret{{"ada"}, "secret words"});
    d.dispatch(action::SignedIn{reader});
  }
  Driver d;
};

TEST_F(Settings, ThePreferencesOfWhoSignsInAreAskedForAndNobodyElses) {
  d.signIn();
  d.dispatch(
      action::PreferencesLoaded{{"bob"}, {.modes = {{"nodules", ReadingMode::first}}, .lockMinutes = 1}});
  EXPECT_EQ(modeOf(d.state, "nodules"), ReadingMode::with);
  d.dispatch(action::SetReadingMode{"nodules", ReadingMode::after});
  ASSERT_NE(d.asked<effect::SavePreferences>(), nullptr);
  EXPECT_EQ(d.asked<effect::SavePreferences>()->preferences.modes.at("nodules"), ReadingMode::after);
  d.dispatch(action::SignOut{});
  EXPECT_EQ(d.state.preferences->lockMinutes, Preferences{}.lockMinutes);
}

TEST_F(Settings, TheWindowKeepsItsLookWhenTheReaderLeaves) {
  d.signIn();
  d.dispatch(action::SetTheme{Theme::light});
  d.dispatch(action::SetLanguage{"de"});
  ASSERT_NE(d.asked<effect::SavePreferences>(), nullptr);
  EXPECT_EQ(d.asked<effect::SavePreferences>()->preferences.theme, Theme::light);
  EXPECT_EQ(d.asked<effect::SavePreferences>()->preferences.language, "de");
  d.dispatch(action::SignOut{});
  EXPECT_EQ(d.state.preferences->theme, Theme::light);
  EXPECT_EQ(d.state.preferences->language, "de");
  EXPECT_TRUE(d.state.preferences->modes.empty());
}

TEST_F(Settings, TheScreenLocksWhenNobodyMovesAndKeepsTheCase) {
  d.signIn();
  d.open(makeRecord());
  d.dispatch(action::SetLockMinutes{5});
  d.dispatch(action::Moved{at(0)});
  EXPECT_EQ(locksAt(d.state), at(5 * 60 * 1000));
  d.dispatch(action::Tick{at(5 * 60 * 1000 - 1)});
  EXPECT_EQ(screen(d.state), Screen::reading);
  d.dispatch(action::Tick{at(5 * 60 * 1000)});
  EXPECT_EQ(d.state.signIn->phase, SignInPhase::locked);
  EXPECT_EQ(d.state.reading->caseId, (CaseId{"case"}));
  EXPECT_EQ(locksAt(d.state), std::nullopt);
}

TEST_F(Settings, NeverIsNever) {
  d.signIn();
  d.dispatch(action::SetLockMinutes{0});
  d.dispatch(action::Moved{at(0)});
  d.dispatch(action::Tick{at(1'000'000'000)});
  EXPECT_EQ(screen(d.state), Screen::worklist);
}

TEST_F(Settings, AWishBeforeSignInIsKept) {
  d.dispatch(action::ReadersLoaded{{{"ada"}}});
  d.dispatch(action::OpenCase{{"case"}});
  EXPECT_TRUE(d.effects.empty());
  d.signIn();
  EXPECT_EQ(d.state.reading->caseId, (CaseId{"case"}));
  EXPECT_EQ(d.state.signIn->wish, std::nullopt);
}

TEST_F(Settings, AWishBehindTheLockWaitsForTheSecret) {
  d.signIn();
  d.dispatch(action::Lock{});
  d.dispatch(action::OpenCase{{"case"}});
  EXPECT_EQ(d.state.reading->caseId, std::nullopt);
  d.dispatch(action::EnterSecret{{"ada"}, "secret words"});
  d.dispatch(action::SignedIn{*d.state.signIn->reader});
  EXPECT_EQ(d.state.reading->caseId, (CaseId{"case"}));
}

TEST_F(Settings, OnlyAnAdminChangesNodes) {
  signInAs({Role::attending});
  d.dispatch(action::OpenNodes{});
  EXPECT_EQ(screen(d.state), Screen::nodes);
  d.dispatch(action::NodesLoaded{{nodeNamed("pacs")}});
  d.dispatch(action::PutNode{nodeNamed("pacs"), ""});
  d.dispatch(action::RemoveNode{"pacs"});
  d.dispatch(action::SetListener{Listener{}});
  EXPECT_TRUE(d.effects.empty());
  signInAs({Role::admin});
  d.dispatch(action::PutNode{nodeNamed("pacs"), ""});
  EXPECT_NE(d.asked<effect::PutNode>(), nullptr);
  d.dispatch(action::RemoveNode{"pacs"});
  EXPECT_NE(d.asked<effect::RemoveNode>(), nullptr);
}

TEST_F(Settings, ATestSaysWhatItFoundUntilTheNodeChanges) {
  signInAs({Role::attending, Role::admin});
  d.dispatch(action::NodesLoaded{{nodeNamed("pacs")}});
  d.dispatch(action::TestNode{"pacs"});
  EXPECT_NE(d.asked<effect::TestNode>(), nullptr);
  d.dispatch(action::TestNode{"pacs"});
  EXPECT_TRUE(d.effects.empty()) << "it runs";
  NodeTest refused;
  refused.error = Error{ErrorCode::network, "nothing listens on this port"};
  refused.problem = NodeProblem::connection_refused;
  d.dispatch(action::NodeTested{"pacs", refused});
  EXPECT_EQ(d.state.nodes->tests.at("pacs").problem, NodeProblem::connection_refused);
  EXPECT_FALSE(d.state.nodes->tests.at("pacs").running);
  d.dispatch(action::PutNode{nodeNamed("pacs"), ""});
  EXPECT_TRUE(d.state.nodes->tests.empty());
}

TEST_F(Settings, ALaterQuestionDropsTheAnswerToTheOneBefore) {
  d.signIn();
  d.dispatch(action::FindStudies{"pacs", {}});
  const Ticket first = d.asked<effect::FindStudies>()->ticket;
  d.dispatch(action::FindStudies{"pacs", {}});
  d.dispatch(action::StudiesFound{first, {FoundStudy{}}});
  EXPECT_TRUE(d.state.nodes->search.found.empty());
  d.dispatch(action::FindFailed{*d.state.nodes->search.ticket, {ErrorCode::network, "no answer"}});
  EXPECT_EQ(d.state.nodes->search.error->detail, "no answer");
}

TEST_F(Settings, AFetchIsAnImport) {
  d.signIn();
  d.dispatch(action::FetchStudy{"pacs", {"1.2.3"}});
  ASSERT_NE(d.asked<effect::FetchStudy>(), nullptr);
  const Ticket ticket = d.asked<effect::FetchStudy>()->ticket;
  EXPECT_EQ(d.state.worklist->imports.at(0).node, "pacs");
  d.dispatch(action::CancelImport{ticket});
  EXPECT_NE(d.asked<effect::CancelImport>(), nullptr);
}

TEST_F(Settings, TabsNarrowTheSearchAndTheirCountsComeLater) {
  d.signIn();
  EXPECT_EQ(d.state.worklist->filter, Filter::unread) << "what waits comes first";
  d.dispatch(action::SetFilter{Filter::all});
  EXPECT_EQ(d.asked<effect::LoadWorklistPage>()->query, "");
  d.dispatch(action::SetFilter{Filter::unread});
  EXPECT_EQ(d.asked<effect::LoadWorklistPage>()->query, "is:unread");
  d.dispatch(action::Search{"doe"});
  EXPECT_EQ(d.asked<effect::LoadWorklistPage>()->query, "is:unread doe");
  d.dispatch(action::SetFilter{Filter::mine});
  EXPECT_EQ(d.asked<effect::LoadWorklistPage>()->query, "reader:\"ada\" doe");
  d.dispatch(action::WorklistPageLoaded{d.state.worklist->generation, 0, 0, {}});
  EXPECT_EQ(d.count<effect::CountCases>(), filters.size());
  d.dispatch(action::CasesCounted{Filter::stat, 3});
  EXPECT_EQ(d.state.worklist->counts.at(Filter::stat), 3);
}

TEST_F(Settings, ThumbnailsAreAskedForOnceASeries) {
  d.signIn();
  d.dispatch(action::SelectCase{{"case"}});
  d.dispatch(action::PreviewLoaded{std::make_shared<CaseRecord>(makeRecord())});
  ASSERT_NE(d.asked<effect::LoadThumbnails>(), nullptr);
  EXPECT_EQ(d.asked<effect::LoadThumbnails>()->blocks.size(), 2U);
  d.dispatch(action::ThumbnailLoaded{{"1.2"}, std::make_shared<const Thumbnail>(Thumbnail{1, 1, {7}})});
  EXPECT_EQ(d.state.thumbnails->pictures.at({"1.2"})->gray.at(0), 7);
  d.open(makeRecord());
  EXPECT_EQ(d.count<effect::LoadThumbnails>(), 0U);
}

}  // namespace
}  // namespace attest::session
