#include "core/reporting/report_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/format.h"
#include "core/review/review.h"

namespace attest::reporting {
namespace {

constexpr SectionKind findings = SectionKind::findings;
constexpr const char* nodule = "00000000-0000-4000-8000-0000000000a1";
constexpr const char* gone = "00000000-0000-4000-8000-0000000000ff";

/// In the texts of these tests n1 stands for the nodule's id, and x for one that is not there.
std::string withIds(std::string text) {
  for (const auto& [word, id] : {std::pair{"{n1:", nodule}, {"{x:", gone}}) {
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at)) {
      text.replace(at, std::string(word).size(), std::string("{") + id + ":");
    }
  }
  return text;
}

CaseRecord makeRecord() {
  CaseRecord record;
  record.row.id = {"case"};
  Series series;
  series.info.uid = {"1.2"};
  Block block;
  block.unit = Unit::hu;
  series.blocks = {block};
  record.series = {series};
  Item item;
  item.id = {nodule};
  item.label = "Nodule";
  item.state = ItemState::accepted;
  item.source = {{"1.2"}, 0};
  item.measurement.voxels = 1;
  item.measurement.volumeMm3 = 620;
  item.measurement.longestMm = 12.44;
  item.measurement.perpendicularMm = 9.8;
  item.measurement.meanMm = 11.12;
  item.measurement.values = ValueStatistics{.mean = -12.4};
  record.items = {item};
  return record;
}

Sentence by(const std::string& agent, const std::string& id, const std::string& text) {
  return {id, withIds(text), agent, false};
}

std::string live(const CaseRecord& base, const std::string& text) {
  CaseRecord record = base;
  record.report.section(findings) = {by("report", "s", text)};
  return sectionText(record, findings);
}

TEST(LiveSection, SaysWhatTheOneFormatterSays) {
  const CaseRecord record = makeRecord();
  EXPECT_EQ(live(record, "{n1:label} of {n1:size}, {n1:volume}, {n1:mean}, {n1:hu}."),
            "Nodule of 12.4 \u00d7 9.8 mm, 0.62 mL, 11.1 mm, \u221212 HU.");
  EXPECT_EQ(live(record, "{n1:longest}"), formatMm(12.44));
  EXPECT_EQ(live(record, "{n1:perpendicular}"), formatMm(9.8));
  EXPECT_EQ(live(record, "{n1:volume}"), formatMl(620));
}

TEST(LiveSection, FollowsTheMask) {
  CaseRecord record = makeRecord();
  record.items[0].measurement.volumeMm3 = 2840000;
  EXPECT_EQ(live(record, "Volume {n1:volume}."), "Volume 2840 mL.");
}

TEST(LiveSection, UnknownValuesAreNotInvented) {
  CaseRecord record = makeRecord();
  record.items[0].measurement = {};
  EXPECT_EQ(live(record, "{n1:size} {n1:longest} {n1:hu}"), "n/a n/a n/a");
}

TEST(LiveSection, ValuesWearTheUnitOfTheirImages) {
  CaseRecord record = makeRecord();
  record.series[0].blocks[0].unit = Unit::suv_bw;
  EXPECT_EQ(live(record, "{n1:hu}"), "\u221212.40 SUVbw");
  record.series[0].blocks[0].unit = Unit::none;
  EXPECT_EQ(live(record, "{n1:hu}"), "\u221212.40");
}

TEST(LiveSection, LeavesOutWhatDoesNotStand) {
  CaseRecord record = makeRecord();
  record.report.section(findings) = {by("r", "a", "First."),
                                     by("r", "b", "Nodule {n1:size}, see {n1:label}."),
                                     by("r", "c", "Gone {x:size}.")};
  auto section = liveSection(record, findings);
  ASSERT_EQ(section.size(), 2U);
  EXPECT_EQ(section[1].items, std::vector<ItemId>{{nodule}});
  for (const ItemState state : {ItemState::proposed, ItemState::rejected, ItemState::dismissed}) {
    record.items[0].state = state;
    EXPECT_EQ(sectionText(record, findings), "First.") << name(state);
  }
  record.report.section(findings).erase(record.report.section(findings).begin());
  EXPECT_TRUE(isEmpty(record, findings));
}

TEST(LiveSection, OnlyWhatAPersonWroteOrConfirmedLeavesTheHouse) {
  CaseRecord record = makeRecord();
  Sentence confirmed = by("r", "b", "Nodule {n1:size}.");
  confirmed.confirmed = true;
  record.report.section(findings) = {by("r", "a", "Unread."), confirmed, by("", "c", "Written.")};
  EXPECT_EQ(liveSection(record, findings).size(), 3U);
  const auto leaving = leavingSection(record, findings);
  ASSERT_EQ(leaving.size(), 2U);
  EXPECT_EQ(leaving[0].id, "b");
  EXPECT_EQ(leaving[1].id, "c");
}

/// The nodule as the earlier study knew it, in a comparison whose second lesion has no match here.
CaseRecord comparedRecord(double earlierMm3) {
  CaseRecord record = makeRecord();
  record.row.id = {"00000000-0000-4000-8000-0000000000c1"};
  record.items[0].code = {"SCT", "27925004", "Nodule"};
  EarlierLesion then{{"prior"}, {"then"}, "20260516", 90, {}};
  then.measurement.volumeMm3 = earlierMm3;
  record.items[0].earlier = then;
  Comparison comparison;
  comparison.priorDate = "20260516";
  comparison.priorVersion = 1;
  CarriedLesion lesion;
  lesion.earlier = {{"prior"}, {gone}, "20260516", 90, {}};
  lesion.earlier.measurement.volumeMm3 = 210;
  lesion.earlier.measurement.longestMm = 8.1;
  lesion.label = "Nodule, left lung";
  comparison.lesions = {lesion};
  record.comparison = comparison;
  return record;
}

TEST(Compared, GrowthIsSaidBeyondTheErrorOfMeasuringOnly) {
  CaseRecord record = comparedRecord(310);
  EXPECT_EQ(live(record, "{n1:change}"),
            "previously 0.31 mL on 2026-05-16, grown to 2.00 times the volume, doubling time 90 days");
  record.items[0].measurement.volumeMm3 = 330;
  EXPECT_EQ(live(record, "{n1:change}"),
            "previously 0.31 mL on 2026-05-16, unchanged within the error of measuring");
  record.items[0].measurement.volumeMm3 = 60;
  EXPECT_EQ(live(record, "{n1:change}"), "previously 0.31 mL on 2026-05-16, shrunk to 0.19 times the volume");
  EXPECT_EQ(live(record, "{n1:prior_volume} {n1:prior_date} {n1:prior_size}"), "0.31 mL 2026-05-16 n/a");
}

TEST(Compared, AFindingIsNewOnlyWhereTheEarlierStudyWouldHaveKnownIt) {
  CaseRecord record = comparedRecord(310);
  record.items[0].earlier.reset();
  EXPECT_EQ(live(record, "{n1:change}"), "not compared");
  record.items[0].flags = {review::flagNew};
  EXPECT_EQ(live(record, "{n1:change}"), "new since 2026-05-16");
  record.comparison.reset();
  EXPECT_EQ(live(record, "{n1:change}"), "not compared");
}

TEST(Compared, AnEarlierLesionIsSpokenOfOnceAPersonSaidWhatBecameOfIt) {
  CaseRecord record = comparedRecord(310);
  const std::string text = "{x:label} ({x:prior_size}, {x:prior_volume} on {x:prior_date}): {x:outcome}.";
  EXPECT_EQ(live(record, text), "");
  CarriedLesion& lesion = record.comparison->lesions[0];
  lesion.reviewedBy = {"anna"};
  lesion.outcome = LesionOutcome::resolved;
  EXPECT_EQ(live(record, text), "Nodule, left lung (8.1 mm, 0.21 mL on 2026-05-16): resolved.");
  lesion.outcome = LesionOutcome::not_evaluable;
  EXPECT_EQ(live(record, "{x:outcome}"), "not evaluable");
  lesion.match = {nodule};
  lesion.outcome = LesionOutcome::measured;
  EXPECT_EQ(live(record, text), "") << "its finding here says more";
}

TEST(Compared, TheSummaryCountsWhatStands) {
  CaseRecord record = comparedRecord(310);
  const std::string text = "{" + record.row.id.value + ":summary}.";
  EXPECT_EQ(live(record, text), "1 nodule, 12.4 \u00d7 9.8 mm; since 2026-05-16: 1 grown.");
  record.items.push_back(record.items[0]);
  record.items[1].id = {"second"};
  record.items[1].earlier.reset();
  record.items[1].flags = {review::flagNew};
  record.items[1].measurement.volumeMm3 = 100;
  record.comparison->lesions[0].reviewedBy = {"anna"};
  record.comparison->lesions[0].outcome = LesionOutcome::resolved;
  EXPECT_EQ(live(record, text),
            "2 nodules, the largest 12.4 \u00d7 9.8 mm; since 2026-05-16: 1 new, 1 grown, 1 resolved.");
  for (Item& item : record.items) item.state = ItemState::rejected;
  EXPECT_EQ(live(record, text), "Since 2026-05-16: 1 resolved.");
  record.comparison.reset();
  EXPECT_EQ(live(record, text), "") << "there is nothing to count";
}

TEST(LiveSection, ASentenceMayStandOnALineOfItsOwn) {
  CaseRecord record = makeRecord();
  record.report.section(findings) = {by("r", "a", "\nOne."), by("r", "b", "\nTwo."), by("r", "c", "Three.")};
  EXPECT_EQ(sectionText(record, findings), "One.\nTwo. Three.");
  EXPECT_EQ(liveSection(record, findings)[1].text, "Two.");
  EXPECT_EQ(withSection(record, findings, sectionText(record, findings)), record.report);
}

TEST(LiveSection, BracesOfAPersonAreText) {
  EXPECT_EQ(live(makeRecord(), "Nodule {stable: since 2019} {n1:weight}."),
            withIds("Nodule {stable: since 2019} {n1:weight}."));
}

class Rewriting : public testing::Test {
 protected:
  Rewriting() {
    record.report.section(findings) = {by("r", "a", "Lungs are clear."), by("r", "b", "Nodule of {n1:size}."),
                                       by("r", "c", "No effusion. No pneumothorax.")};
  }
  std::vector<Sentence> rewritten(const std::string& text) const {
    return withSection(record, findings, text).section(findings);
  }
  CaseRecord record = makeRecord();
};

TEST_F(Rewriting, TheSameTextChangesNothing) {
  EXPECT_EQ(withSection(record, findings, sectionText(record, findings)), record.report);
}

TEST_F(Rewriting, UnchangedWordsKeepTheirMeasurementsAndOrigin) {
  const auto section =
      rewritten("Lungs show scarring. Nodule of 12.4 \u00d7 9.8 mm. No effusion. No pneumothorax.");
  ASSERT_EQ(section.size(), 3U);
  EXPECT_EQ(section[0].text, "Lungs show scarring.");
  EXPECT_EQ(section[0].madeBy, "");
  EXPECT_TRUE(section[0].confirmed);
  EXPECT_EQ(section[1], record.report.section(findings)[1]);
  EXPECT_EQ(section[2], record.report.section(findings)[2]) << "two sentences of one agent's stay one";
}

TEST_F(Rewriting, OrderFollowsThePerson) {
  const auto section = rewritten("Nodule of 12.4 \u00d7 9.8 mm. Lungs are clear.");
  ASSERT_EQ(section.size(), 2U);
  EXPECT_EQ(section[0].id, "b");
  EXPECT_EQ(section[1].id, "a");
}

TEST_F(Rewriting, NumbersAreNotSentenceEnds) {
  const auto section = rewritten("A cyst of 3.5 mm at 12.4 mm depth? Yes.");
  ASSERT_EQ(section.size(), 2U);
  EXPECT_EQ(section[0].text, "A cyst of 3.5 mm at 12.4 mm depth?");
}

TEST_F(Rewriting, LineBreaksStay) {
  const std::string text = "One.\nTwo\n\nThree. Four.";
  record.report = withSection(record, findings, text);
  EXPECT_EQ(sectionText(record, findings), text);
  EXPECT_EQ(withSection(record, findings, text), record.report);
}

TEST_F(Rewriting, HiddenSentencesStayWhereTheyWere) {
  record.items[0].state = ItemState::proposed;
  const auto section = rewritten("Lungs are clear. Heart is normal. No effusion. No pneumothorax.");
  ASSERT_EQ(section.size(), 4U);
  EXPECT_EQ(section[0].id, "a");
  EXPECT_EQ(section[1].id, "b") << "hidden behind the first sentence, and still there";
  EXPECT_EQ(section[2].text, "Heart is normal.");
  record.report.section(findings) = rewritten("");
  ASSERT_EQ(record.report.section(findings).size(), 1U);
  record.items[0].state = ItemState::accepted;
  EXPECT_EQ(sectionText(record, findings), "Nodule of 12.4 \u00d7 9.8 mm.");
}

TEST_F(Rewriting, IsPureAndIdsAreUnique) {
  const auto once = rewritten("Same. Same. Same.");
  EXPECT_EQ(once, rewritten("Same. Same. Same."));
  ASSERT_EQ(once.size(), 3U);
  EXPECT_NE(once[0].id, once[1].id);
  EXPECT_NE(once[1].id, once[2].id);
  EXPECT_EQ(once[0].id.size(), 36U);
}

TEST_F(Rewriting, ALongerSentenceIsNotTakenForItsBeginning) {
  record.report.section(findings) = {by("r", "a", "Clear"), by("r", "b", "Clear lungs.")};
  const auto section = rewritten("Clear lungs. Clearly.");
  ASSERT_EQ(section.size(), 2U);
  EXPECT_EQ(section[0].id, "b");
  EXPECT_EQ(section[1].text, "Clearly.");
}

TEST(Confirming, OneSentenceOrAllOfAnAgent) {
  Report report;
  report.section(findings) = {by("r", "a", "1"), by("r", "b", "2"), by("q", "c", "3")};
  const Report one = withConfirmed(report, "b");
  EXPECT_FALSE(one.section(findings)[0].confirmed);
  EXPECT_TRUE(one.section(findings)[1].confirmed);
  const Report all = withConfirmed(report, "r");
  EXPECT_TRUE(all.section(findings)[0].confirmed);
  EXPECT_FALSE(all.section(findings)[2].confirmed);
  EXPECT_EQ(withConfirmed(report, ""), report) << "a person's sentences have no agent";
}

TEST(AgentSentences, ReplaceWhatNobodyTouched) {
  Report report;
  report.section(findings) = {{"p", "Mine.", "", true},
                              by("r", "a", "Old."),
                              {"b", "Kept.", "r", true},
                              by("q", "c", "Other agent.")};
  report = withAgentSentences(report, "r",
                              {{findings, "New."}, {findings, "Kept."}, {SectionKind::impression, "I."}});
  std::vector<std::string> texts;
  for (const Sentence& sentence : report.section(findings)) texts.push_back(sentence.text);
  EXPECT_THAT(texts, testing::ElementsAre("Mine.", "New.", "Kept.", "Other agent."));
  EXPECT_FALSE(report.section(findings)[1].confirmed);
  EXPECT_EQ(report.section(findings)[1].madeBy, "r");
  ASSERT_EQ(report.section(SectionKind::impression).size(), 1U);
  EXPECT_EQ(report.section(SectionKind::impression)[0].id.size(), 36U);
}

}  // namespace
}  // namespace attest::reporting
