#include <gmock/gmock.h>

#include "tests/core/session/driver.h"

namespace attest::session {
namespace {

using attest::review::Missing;
using attest::review::MissingCode;
using testing::ElementsAre;
using testing::IsEmpty;

class AiAfterMe : public testing::Test {
 protected:
  AiAfterMe() { d.mode = ReadingMode::after; }
  void begin(const CaseRecord& record = makeRecord()) {
    d.signIn();
    d.open(record);
  }
  void readDone() {
    d.dispatch(action::MyReadIsDone{});
    ASSERT_NE(d.asked<effect::MarkReadDone>(), nullptr);
    d.db.readDone.push_back({"ada"});
    d.dispatch(action::RecordChanged{std::make_shared<CaseRecord>(d.db)});
  }
  std::vector<std::string> cards() const {
    std::vector<std::string> ids;
    for (const Item* item : shownFindings(d.state)) ids.push_back(item->id.value);
    return ids;
  }
  std::vector<std::string> drawn() const {
    std::vector<std::string> ids;
    for (const auto& overlay : overlays(d.state, d.state.reading->layout.viewports[0]))
      ids.push_back(overlay.item.value);
    return ids;
  }
  /// A finding that the reader drew, with the mask that the driver gives to every item.
  static Item own(const std::string& id) {
    Item item = agentItem(id, {1, 1, 1});
    item.state = ItemState::manual;
    item.madeBy = {};
    return item;
  }
  Driver d;
};

TEST_F(AiAfterMe, ProposalsAreNowhereUntilTheReadIsDone) {
  begin();
  EXPECT_TRUE(hidesProposals(d.state));
  EXPECT_THAT(cards(), IsEmpty());
  EXPECT_THAT(drawn(), ElementsAre("s")) << "a structure is context";
  d.dispatch(action::SelectItem{{"a"}});
  d.dispatch(action::SelectNext{});
  EXPECT_FALSE(d.state.review->selected.has_value());
  d.dispatch(action::DismissBelowThreshold{at(0)});
  EXPECT_TRUE(d.effects.empty());
  readDone();
  EXPECT_FALSE(hidesProposals(d.state));
  EXPECT_THAT(cards(), ElementsAre("a", "b", "c"));
  EXPECT_EQ(drawn().size(), 4U);
}

TEST_F(AiAfterMe, WhatAPersonStandsForShows) {
  CaseRecord record = makeRecord();
  record.items[0].state = ItemState::accepted;
  record.items[0].reviewedBy = {"bob"};
  record.items.push_back(own("mine"));
  begin(record);
  EXPECT_THAT(cards(), ElementsAre("a", "mine"));
}

TEST_F(AiAfterMe, TheSignGateNamesThemAsOneThing) {
  begin();
  EXPECT_EQ(std::ranges::count(d.state.signing->missing, MissingCode::unreviewed, &Missing::code), 1);
  EXPECT_EQ(d.state.signing->missing.front(), (Missing{MissingCode::unreviewed, ""}));
  EXPECT_FALSE(maySign(*d.state.signing));
  readDone();
  EXPECT_EQ(std::ranges::count(d.state.signing->missing, MissingCode::unreviewed, &Missing::code), 3);
}

TEST_F(AiAfterMe, ItIsOnDiskBeforeTheyShow) {
  begin();
  d.dispatch(action::MyReadIsDone{});
  EXPECT_TRUE(hidesProposals(d.state));
  d.dispatch(action::ReadDoneFailed{{"case"}, {ErrorCode::disk_full, ""}});
  EXPECT_TRUE(hidesProposals(d.state));
  EXPECT_EQ(d.state.notices->list.back().kind, NoticeKind::read_done_failed);
}

TEST_F(AiAfterMe, WhoHasSeenThemSeesThemAgain) {
  CaseRecord record = makeRecord();
  record.readDone = {{"bob"}};
  begin(record);
  EXPECT_TRUE(hidesProposals(d.state)) << "that was another reader";
  d.dispatch(action::CloseCase{});
  record.items[1].reviewedBy = {"ada"};
  d.open(record);
  EXPECT_TRUE(hidesProposals(d.state)) << "a structure says nothing";
  d.dispatch(action::CloseCase{});
  record.items[0].state = ItemState::rejected;
  record.items[0].reviewedBy = {"ada"};
  d.open(record);
  EXPECT_FALSE(hidesProposals(d.state));
}

TEST_F(AiAfterMe, ARevealIsNotTakenBackByASetting) {
  d.mode = ReadingMode::with;
  begin();
  EXPECT_FALSE(hidesProposals(d.state));
  d.dispatch(action::SetReadingMode{"nodules", ReadingMode::after});
  EXPECT_FALSE(hidesProposals(d.state)) << "they were seen";
  d.dispatch(action::CloseCase{});
  d.open(makeRecord());
  EXPECT_TRUE(hidesProposals(d.state));
}

TEST_F(AiAfterMe, OnlyTheAgentsThatComeAfterWait) {
  CaseRecord record = makeRecord();
  record.items.push_back(own("mine"));
  for (Item& item : record.items) {
    if (item.id.value == "b") item.madeBy.agent = "opacities";
    if (item.id.value == "c") item.madeBy.agent = "of a version that is gone";
  }
  d.signIn();
  AgentCard nodules;
  nodules.id = "nodules";
  AgentCard opacities;
  opacities.id = "opacities";
  nodules.readingMode = opacities.readingMode = ReadingMode::after;
  d.dispatch(action::CardsLoaded{{nodules, opacities}});
  EXPECT_TRUE(readsFirst(d.state));
  d.dispatch(action::SetReadingMode{"opacities", ReadingMode::with});
  EXPECT_EQ(modeOf(d.state, "opacities"), ReadingMode::with);
  EXPECT_EQ(modeOf(d.state, "nodules"), ReadingMode::after) << "as its card says";
  d.open(record);
  EXPECT_TRUE(hidesProposals(d.state));
  EXPECT_THAT(cards(), ElementsAre("b", "mine"));
  record.items[2].state = ItemState::rejected;
  record.items[2].reviewedBy = {"ada"};
  ++record.revision;
  d.dispatch(action::RecordChanged{std::make_shared<CaseRecord>(record)});
  EXPECT_TRUE(hidesProposals(d.state)) << "to judge what shows reveals nothing";
  d.db = record;
  readDone();
  EXPECT_THAT(cards(), ElementsAre("a", "b", "c", "mine"));
  ASSERT_TRUE(differences(d.state));
  EXPECT_THAT(differences(d.state)->agents, testing::UnorderedElementsAre(ItemId{"c"}));
  d.dispatch(action::CloseCase{});
  d.dispatch(action::SetReadingMode{"nodules", ReadingMode::first});
  EXPECT_FALSE(readsFirst(d.state));
  d.open(makeRecord());
  EXPECT_EQ(d.state.review->selected, (ItemId{"a"}));
}

TEST_F(AiAfterMe, AiFirstBeginsWithTheFirstFinding) {
  d.mode = ReadingMode::first;
  begin();
  EXPECT_EQ(d.state.review->selected, (ItemId{"a"}));
}

TEST_F(AiAfterMe, TheRevealAsksAboutDifferences) {
  CaseRecord record = makeRecord();
  record.items.push_back(own("mine"));
  record.items.push_back(own("also"));
  begin(record);
  EXPECT_FALSE(differences(d.state).has_value()) << "nothing is told before";
  auto elsewhere = std::make_shared<imaging::Mask>(*d.db.series[1].blocks[0].grid);
  elsewhere->set({6, 5, 3}, true);
  auto larger = std::make_shared<imaging::Mask>(*elsewhere);
  larger->set({5, 5, 3}, true);
  d.dispatch(action::MaskLoaded{{"case"}, "hash-also", elsewhere});
  d.dispatch(action::MaskLoaded{{"case"}, "hash-c", larger});
  d.dispatch(action::MaskLoaded{
      {"case"}, "hash-mine", std::make_shared<imaging::Mask>(*d.db.series[1].blocks[0].grid)});
  readDone();
  const auto found = differences(d.state);
  ASSERT_TRUE(found.has_value());
  EXPECT_THAT(found->mine, ElementsAre(ItemId{"mine"}));
  EXPECT_THAT(found->agents, ElementsAre(ItemId{"a"}, ItemId{"b"}));
  EXPECT_THAT(found->both, ElementsAre(Differences::Pair{{"also"}, {"c"}}));
}

TEST_F(AiAfterMe, ALesionsPartnerStaysHiddenToo) {
  begin(makeFollowUp());
  const CarriedLesion& lesion = d.state.reading->record->comparison->lesions[0];
  EXPECT_EQ(shownMatch(d.state, lesion), nullptr);
  d.dispatch(action::SelectLesion{{"then"}});
  EXPECT_FALSE(d.state.review->selected.has_value());
  EXPECT_EQ(d.state.reading->layout.viewports[0].focusMm, (Vec3{2, 2, 2})) << "where it is expected";
}

}  // namespace
}  // namespace attest::session
