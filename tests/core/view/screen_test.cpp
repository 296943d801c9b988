#include <gtest/gtest.h>

#include "core/view/corner_texts.h"
#include "core/view/overlay.h"
#include "core/view/plane.h"
#include "core/view/presets.h"

namespace attest::view {
namespace {

TEST(Presets, KeysOfCtAndPet) {
  EXPECT_EQ(preset("CT", 2, false)->window, (Window{-600, 1500}));
  EXPECT_EQ(preset("CT", 6, false)->window, (Window{40, 40}));
  EXPECT_EQ(preset("CT", 6, true)->window, (Window{32, 8}));
  EXPECT_EQ(preset("PT", 1, false)->window, (Window{2.5, 5}));
  EXPECT_EQ(preset("PT", 9, false), nullptr);
  EXPECT_EQ(preset("MR", 1, false), nullptr);
  for (int key = 1; key <= 9; ++key) EXPECT_NE(preset("CT", key, false), nullptr) << key;
}

TEST(Presets, ActiveOnlyWhereTheValuesMatch) {
  EXPECT_EQ(activePreset("CT", {50, 350})->name, "Mediastinum");
  EXPECT_EQ(activePreset("CT", {50, 351}), nullptr);
}

TEST(WindowDrag, RightIsWiderUpIsHigherAndShiftIsFine) {
  const Window start{40, 400};
  EXPECT_EQ(draggedWindow(start, 10, 0, 4096, false), (Window{40, 420}));
  EXPECT_EQ(draggedWindow(start, 0, -10, 4096, false), (Window{60, 400}));
  EXPECT_EQ(draggedWindow(start, 10, 10, 4096, true), (Window{36, 404}));
  EXPECT_EQ(draggedWindow({40, 80}, 10, 0, 8192, false).width, 100) << "a narrow window moves by the range";
  EXPECT_EQ(draggedWindow(start, -1e6, 0, 4096, false).width, 1);
  EXPECT_NEAR(draggedWindow({0.5, 1}, -1e6, 0, 1, false).width, 0.001, 1e-12);
}

CaseRecord makeRecord() {
  CaseRecord record;
  record.patient.name = Phi<std::string>("PHANTOM^Chest A");
  record.patient.id = Phi<std::string>("ATT-0001");
  record.patient.birthDate = Phi<std::string>("19630201");
  record.patient.sex = "M";
  record.study.description = "CT Chest";
  record.study.date = "20260814";
  record.study.time = "091230";
  Series series;
  series.info.uid = {"1.2"};
  series.info.description = "Lung 1.0";
  series.info.frameOfReference = {"9.9"};
  Block block;
  block.dims = {10, 10, 10};
  block.grid = Grid{.dims = {10, 10, 10}, .originMm = {0, 0, 0}, .spacingMm = {1, 1, 2}};
  block.frameOfReference = series.info.frameOfReference;
  series.blocks = {block};
  record.series = {series};
  return record;
}

TEST(CornerTexts, SayWhoWhatAndWhere) {
  const CaseRecord record = makeRecord();
  const Grid grid = *record.series[0].blocks[0].grid;
  ViewportState state;
  state.block = {{"1.2"}, 0};
  state.window = {-600, 1500};
  state.focusMm = focusFor(Orientation::axial, grid, 3);
  const CornerTexts texts = cornerTexts(record, state, grid, planeFor(state, grid, 20, 20));
  EXPECT_EQ(texts.topLeft, (std::vector<std::string>{"PHANTOM, Chest A", "ATT-0001", "1963-02-01 \u00b7 M"}));
  EXPECT_EQ(texts.topRight, (std::vector<std::string>{"CT Chest \u00b7 Lung 1.0", "2026-08-14 09:12"}));
  EXPECT_EQ(texts.bottomLeft, (std::vector<std::string>{"W 1500 L \u2212600", "Zoom 200 %", "Im 4 / 10"}));
  EXPECT_EQ(texts.bottomRight, (std::vector<std::string>{"2.0 mm \u00b7 H 6.0 mm"}));
  state.slab = {imaging::Projection::mip, 10};
  EXPECT_EQ(cornerTexts(record, state, grid, planeFor(state, grid, 20, 20)).bottomRight.front(),
            "MIP 10.0 mm \u00b7 H 6.0 mm");
}

TEST(CornerTexts, LeaveOutWhatIsNotKnown) {
  ViewportState state;
  state.orientation = Orientation::volume3d;
  const Grid grid{.dims = {2, 2, 2}, .originMm = {}};
  const CornerTexts texts = cornerTexts({}, state, grid, planeFor(state, grid, 4, 4));
  EXPECT_TRUE(texts.topLeft.empty());
  EXPECT_TRUE(texts.topRight.empty());
  EXPECT_EQ(texts.bottomLeft.size(), 1U);
}

TEST(CornerTexts, CallALengthWhatItIs) {
  Block block;
  EXPECT_EQ(lengthUnit(block), "px") << "never a millimetre where the size of a pixel is not known";
  block.calibration.kind = CalibrationKind::projected;
  EXPECT_EQ(lengthUnit(block), "mm (projected)");
  block.calibration.kind = CalibrationKind::at_detector;
  EXPECT_EQ(lengthUnit(block), "mm (at detector)");
  block.calibration.kind = CalibrationKind::none;
  block.grid = Grid{{2, 2, 2}, {}, {1, 1, 1}};
  EXPECT_EQ(lengthUnit(block), "mm") << "a volume of the patient";
}

TEST(Readable, Names) {
  EXPECT_EQ(personName("PHANTOM^Chest A"), "PHANTOM, Chest A");
  EXPECT_EQ(personName("Doe^John^Q^Dr"), "Doe, John Q Dr");
  EXPECT_EQ(personName("Yamada^Tarou=\u5c71\u7530^\u592a\u90ce"), "Yamada, Tarou");
  EXPECT_EQ(personName("=\u5c71\u7530^\u592a\u90ce"), "\u5c71\u7530, \u592a\u90ce");
  EXPECT_EQ(personNames("Yamada^Tarou=\u5c71\u7530^\u592a\u90ce=\u3084\u307e\u3060^\u305f\u308d\u3046"),
            "Yamada, Tarou \u00b7 \u5c71\u7530, \u592a\u90ce \u00b7 \u3084\u307e\u3060, \u305f\u308d\u3046");
  EXPECT_EQ(personNames("=\u5c71\u7530"), "\u5c71\u7530");
  EXPECT_EQ(personName("Solo"), "Solo");
  EXPECT_EQ(personName("Doe^"), "Doe");
  EXPECT_EQ(personName("^Given"), "Given");
  EXPECT_EQ(personName(""), "");
}

TEST(Readable, DatesTimesAndPositions) {
  EXPECT_EQ(readableDate("20260814"), "2026-08-14");
  EXPECT_EQ(readableDate("2026"), "2026");
  EXPECT_EQ(readableTime("091230.250"), "09:12");
  EXPECT_EQ(readableTime("xx"), "xx");
  EXPECT_EQ(readablePosition({-41, 12.44, 148.5}), "R 41.0 P 12.4 H 148.5 mm");
}

TEST(Overlays, ShowWhatStandsOrWaitsAndTheSelectedOneLast) {
  CaseRecord record = makeRecord();
  Series other = record.series[0];
  other.info.uid = {"1.3"};
  Series elsewhere = other;
  elsewhere.info.uid = {"1.4"};
  elsewhere.blocks[0].frameOfReference = {"8.8"};  // the series' own says nothing of its blocks
  record.series.push_back(other);
  record.series.push_back(elsewhere);
  const auto add = [&](const char* id, ItemState state, const char* series,
                       ItemKind kind = ItemKind::finding) {
    Item item;
    item.id = {id};
    item.state = state;
    item.kind = kind;
    item.source = {{series}, 0};
    record.items.push_back(item);
  };
  add("a", ItemState::proposed, "1.2");
  add("b", ItemState::accepted, "1.3");
  add("c", ItemState::rejected, "1.2");
  add("d", ItemState::accepted, "1.4");
  add("e", ItemState::confirmed, "1.2", ItemKind::structure);
  add("f", ItemState::accepted, "1.2");
  const auto mask = std::make_shared<imaging::Mask>();
  const auto overlays = overlaysFor(record, {{"1.2"}, 0}, {"a"}, {{"b"}}, [&](const Item& item) {
    return item.id.value == "f" ? nullptr : mask;  // not loaded yet
  });
  ASSERT_EQ(overlays.size(), 3U);
  EXPECT_EQ(overlays[0].item.value, "b");
  EXPECT_FALSE(overlays[0].visible);
  EXPECT_FALSE(overlays[0].dashed);
  EXPECT_EQ(overlays[1].item.value, "e");
  EXPECT_EQ(overlays[1].style, OverlayStyle::outline);
  EXPECT_EQ(overlays[2].item.value, "a");
  EXPECT_TRUE(overlays[2].dashed);
  EXPECT_TRUE(overlays[2].selected);
}

}  // namespace
}  // namespace attest::view
