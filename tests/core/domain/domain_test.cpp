#include <gtest/gtest.h>

#include <set>

#include "core/domain/case_record.h"
#include "core/domain/reader.h"

namespace attest {
namespace {

template <class Enum, class Parse>
void expectRoundTrip(int count, Parse parse) {
  for (int i = 0; i < count; ++i) {
    const auto value = static_cast<Enum>(i);
    EXPECT_EQ(parse(name(value)), value);
  }
  EXPECT_FALSE(parse("no such word").has_value());
}

TEST(Names, EveryWordComesBack) {
  expectRoundTrip<ItemState>(7, itemState);
  expectRoundTrip<Priority>(4, priority);
  expectRoundTrip<RunState>(5, runState);
  expectRoundTrip<StepState>(6, stepState);
  expectRoundTrip<Role>(4, role);
  expectRoundTrip<CaseStatus>(7, caseStatus);
  expectRoundTrip<LesionOutcome>(4, lesionOutcome);
}

TEST(Notes, AreOneEnglishLine) {
  EXPECT_EQ(noteLine({}), "");
  EXPECT_EQ(noteLine({makeNote(NoteCode::findings, 1), makeNote(NoteCode::below_threshold, 3)}),
            "1 finding, 3 more below threshold");
  EXPECT_EQ(noteLine({makeNote(NoteCode::main_block, 300, 2)}), "main block of 2: 300 images");
  EXPECT_EQ(noteLine({makeNote(NoteCode::lungs, 4512345.6, -851.2)}), "lungs 4512 mL, mean −851 HU");
  EXPECT_EQ(noteLine({makeNote(NoteCode::thick_slices, 5, 12)}),
            "5.0 mm between slices: nodules below 12.0 mm may be missed");
  EXPECT_EQ(noteLine({{NoteCode::text, {}, "2 of %1 flagged"}}), "2 of %1 flagged");
  EXPECT_EQ(noteLine({makeNote(NoteCode::noise)}), "noise n/a") << "a value that is missing";
}

TEST(Notes, EveryCodeHasItsNameAndItsEnglish) {
  std::set<std::string> names;
  std::set<std::string> lines;
  for (int i = 0; i <= static_cast<int>(NoteCode::not_aligned); ++i) {
    const Note note{static_cast<NoteCode>(i), {2, 3}, "as it was"};
    names.insert(name(note.code));
    const std::string line = noteLine({note});
    EXPECT_EQ(line.find('%'), std::string::npos) << line;
    lines.insert(line);
  }
  EXPECT_EQ(names.size(), 16U);
  EXPECT_EQ(lines.size(), 16U);
}

TEST(Items, OnlyWhatAPersonStandsForLeavesTheHouse) {
  Item item;
  for (const auto& [state, leaves] :
       std::initializer_list<std::pair<ItemState, bool>>{{ItemState::proposed, false},
                                                         {ItemState::accepted, true},
                                                         {ItemState::corrected, true},
                                                         {ItemState::rejected, false},
                                                         {ItemState::manual, true},
                                                         {ItemState::confirmed, true},
                                                         {ItemState::dismissed, false}}) {
    item.state = state;
    EXPECT_EQ(isExportable(item), leaves) << name(state);
  }
}

TEST(Items, ProposedFindingsWaitAndStructuresDoNot) {
  Item item;
  EXPECT_TRUE(isUnreviewed(item));
  item.kind = ItemKind::structure;
  EXPECT_FALSE(isUnreviewed(item));
  item.kind = ItemKind::finding;
  item.state = ItemState::rejected;
  EXPECT_FALSE(isUnreviewed(item));
}

TEST(CaseRecord, FindsItsParts) {
  CaseRecord record;
  record.series.resize(2);
  record.series[1].info.uid = {"1.2"};
  record.series[1].blocks.resize(2);
  record.series[1].blocks[1].index = 1;
  record.items.resize(1);
  record.items[0].id = {"x"};
  EXPECT_EQ(findSeries(record, {"1.2"}), &record.series[1]);
  EXPECT_EQ(findBlock(record, {{"1.2"}, 1}), &record.series[1].blocks[1]);
  EXPECT_EQ(findBlock(record, {{"1.2"}, 2}), nullptr);
  EXPECT_EQ(findBlock(record, {{"1.3"}, 0}), nullptr);
  EXPECT_EQ(findItem(record, {"x"}), &record.items[0]);
  EXPECT_EQ(findItem(record, {"y"}), nullptr);
}

}  // namespace
}  // namespace attest
