#include "core/dicom/presentation_state.h"

#include <gmock/gmock.h>

#include "core/dicom/key_objects.h"
#include "tests/core/dicom/derived_support.h"
#include "tests/support/real_data.h"

namespace attest::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
namespace fs = std::filesystem;

struct Scene {
  TempDir folder;
  dicom::DerivedContext context = contextOf(writeCt(folder / "ct", obliqueCt(), {}));
  fs::path file = folder / "object.dcm";
  ImageReference image(std::size_t n) const {
    const auto& source = context.sources[n];
    return {context.sourceSeries.uid, source.sopUid, source.sopClass, {}};
  }
};

/// One of everything that is written.
PresentationState full(const Scene& scene) {
  PresentationState state;
  state.description = "Nodule, lung window";
  state.images = {scene.image(2), scene.image(3)};
  ImageReference alone = scene.image(2);
  alone.series = {};  // references inside the state name no series
  state.vois = {{{alone}, Window{-600, 1500}, "LINEAR", {}, "Lung"},
                {{}, Window{40, 400}, "SIGMOID", {}, ""}};
  state.vois.push_back({{alone}, {}, "LINEAR", LookupTable{-1024, 16, {0, 100, 65535}, "steps"}, ""});
  state.inverse = true;
  state.shutter = DisplayShutter{DisplayShutter::Rectangle{2, 30, 3, 20},
                                 DisplayShutter::Circle{10, 15, 8},
                                 {{1, 1}, {1, 30}, {20, 15}},
                                 0x1234};
  state.rotationDegrees = 90;
  state.flipHorizontal = true;
  state.areas = {{{}, {2, 3}, {30, 20}, AreaMode::magnify, 2, std::array{0.93, 0.71}, {}}};
  state.layers = {{"MARKS", 1, 0xFFFF, std::array<std::uint16_t, 3>{65535, 32896, 32896}, "what was seen"}};
  GraphicText text;
  text.text = "Nodule 1\n12.3 mm";
  text.box = {GraphicPoint{5, 6}, GraphicPoint{15, 9}};
  text.anchor = GraphicPoint{9.5, 12.25};
  text.anchorVisible = true;
  GraphicText shown = text;
  shown.boxUnits = GraphicUnits::display;
  shown.box = {GraphicPoint{0.125, 0.25}, GraphicPoint{0.5, 0.5}};
  shown.anchor.reset();
  shown.anchorVisible = false;
  state.annotations = {
      {{alone},
       "MARKS",
       {text, shown},
       {{GraphicType::polyline, GraphicUnits::pixel, {{3.5, 4.5}, {9.25, 12}}, false},
        {GraphicType::circle, GraphicUnits::pixel, {{9, 9}, {12, 9}}, true},
        {GraphicType::ellipse, GraphicUnits::pixel, {{4, 8}, {12, 8}, {8, 6}, {8, 10}}, false},
        {GraphicType::point, GraphicUnits::display, {{0.5, 0.5}}, false}}}};
  return state;
}

TEST(PresentationStates, ComeBackAsTheyWereWritten) {
  const Scene scene;
  PresentationState state = full(scene);
  const auto written = dicom::writePresentationState(scene.file, scene.context, state);
  ASSERT_TRUE(written) << written.error().detail;
  const auto read = dicom::readPresentationState(scene.file);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->label, "UNSIGNED");
  EXPECT_EQ(read->creator, "Reader^Anna");
  state.sopUid.value = scene.context.sopInstanceUid;
  state.label = read->label;
  state.creator = read->creator;
  EXPECT_EQ(read->images, state.images);
  EXPECT_EQ(read->vois, state.vois);
  EXPECT_EQ(read->shutter, state.shutter);
  EXPECT_EQ(read->areas, state.areas);
  EXPECT_EQ(read->layers, state.layers);
  EXPECT_EQ(read->annotations, state.annotations);
  EXPECT_TRUE(*read == state);
}

TEST(PresentationStates, AreWithoutErrorForDciodvfy) {
  if (!hasProgram("dciodvfy")) GTEST_SKIP() << "dciodvfy (dicom3tools) is not installed";
  const Scene scene;
  ASSERT_TRUE(dicom::writePresentationState(scene.file, scene.context, full(scene)));
  EXPECT_EQ(dicomErrors(scene.file, "GrayscaleSoftcopyPresentationState"), "");
  PresentationState least;
  least.vois = {{{}, Window{40, 400}, "LINEAR", {}, ""}};
  ASSERT_TRUE(dicom::writePresentationState(scene.file, scene.context, least));
  EXPECT_EQ(dicomErrors(scene.file, "GrayscaleSoftcopyPresentationState"), "");
}

TEST(PresentationStates, AreRefusedWhereTheyCanNotBe) {
  const Scene scene;
  const auto code = [&](const PresentationState& state) {
    return dicom::writePresentationState(scene.file, scene.context, state).error().code;
  };
  PresentationState state;
  state.rotationDegrees = 45;
  EXPECT_EQ(code(state), ErrorCode::bad_argument);
  state = {};
  state.annotations = {{{}, "NOWHERE", {}, {}}};
  EXPECT_EQ(code(state), ErrorCode::bad_argument);
  EXPECT_FALSE(fs::exists(scene.file));
  EXPECT_EQ(dicom::readPresentationState(scene.context.sources.front().path).error().code,
            ErrorCode::unsupported);
}

TEST(PresentationStates, OfOthersAreRead) {
  const auto weasis = realData("gspr-overlays-weasis");
  const auto orthanc = realData("pdf-stl-pr-sr-rt-worklist");
  if (!weasis || !orthanc) GTEST_SKIP() << "gspr-overlays-weasis and more are not on this machine";
  const fs::path folder =
      *weasis / "nroduit+weasis-dicom-tools/weasis-dicom-tools/src/test/resources/org/dcm4che3/img";
  const auto tables = dicom::readPresentationState(folder / "prLUTs.dcm");
  ASSERT_TRUE(tables) << tables.error().detail;
  EXPECT_EQ(tables->label, "XLUT_P03");
  ASSERT_TRUE(tables->modalityTable && tables->presentationTable);
  EXPECT_THAT(tables->modalityTable->entries, SizeIs(256));
  EXPECT_EQ(tables->modalityTable->bits, 8);
  ASSERT_THAT(tables->vois, SizeIs(1));
  EXPECT_EQ(tables->vois.front().table->explanation, "scrambled voi lut");
  EXPECT_EQ(tables->areas.front().bottomRight, (std::array{512, 512}));
  EXPECT_THAT(tables->images, SizeIs(1));
  const auto overlays = dicom::readPresentationState(folder / "prOverlay.dcm");
  ASSERT_TRUE(overlays) << overlays.error().detail;
  EXPECT_THAT(overlays->layers, SizeIs(6));
  EXPECT_THAT(overlays->notes, ElementsAre(HasSubstr("overlays")));
  const auto drawn = dicom::readPresentationState(
      *orthanc / "orthanc-mirrors+orthanc-tests/Database/HierarchicalAnonymization/2019-03-28/PR000000.dcm");
  ASSERT_TRUE(drawn) << drawn.error().detail;
  ASSERT_THAT(drawn->annotations, SizeIs(1));
  EXPECT_THAT(drawn->annotations.front().texts.front().text, HasSubstr("Mean: 2651.41  SD: 344.29\nMin"));
  EXPECT_EQ(drawn->annotations.front().graphics.front().type, GraphicType::ellipse);
  EXPECT_NEAR(drawn->annotations.front().texts.front().anchor->y, 1366.642578, 1e-6);
  EXPECT_EQ(drawn->vois.front().window, (Window{2048, 4096}));
  EXPECT_THAT(drawn->notes, IsEmpty());
}

TEST(KeyObjects, ComeBackAsTheyWereWritten) {
  const Scene scene;
  dicom::KeyObjects marked;
  marked.title = {"DCM", "113002", "For Referring Provider"};
  marked.description = "The nodule";
  marked.images = {scene.image(4), scene.image(1)};
  marked.person = scene.context.person;
  const auto written = dicom::writeKeyObjects(scene.file, scene.context, marked);
  ASSERT_TRUE(written) << written.error().detail;
  if (hasProgram("dciodvfy")) {
    EXPECT_EQ(dicomErrors(scene.file, "KeyObjectSelectionDocument"), "");
  }
  const auto read = dicom::readKeyObjects(scene.file);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->title, marked.title);
  EXPECT_EQ(read->description, marked.description);
  EXPECT_EQ(read->images, marked.images);
  EXPECT_EQ(read->person, marked.person);
  EXPECT_EQ(dicom::writeKeyObjects(scene.file, scene.context, {}).error().code, ErrorCode::bad_argument);
  EXPECT_EQ(dicom::readKeyObjects(scene.context.sources.front().path).error().code, ErrorCode::unsupported);
}

TEST(KeyObjects, OfOthersAreRead) {
  const auto data = realData("ko-sr-minimal");
  if (!data) GTEST_SKIP() << "ko-sr-minimal is not on this machine";
  const auto read =
      dicom::readKeyObjects(*data /
                            "ThalesMMS+DICOM-Swift/Tests/DicomCoreTests/Fixtures/StructuredReports/"
                            "kos_key_object_selection.dcm");
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->title.value, "113000");
  ASSERT_THAT(read->images, SizeIs(1));
  EXPECT_EQ(read->images.front().sopUid.value, "2.25.122400110");
  EXPECT_EQ(read->images.front().series.value, "2.25.122400105");
}

TEST(DerivedObjectsByDcmtk, ArePrintedByDsrdump) {
  if (!hasProgram("dsrdump")) GTEST_SKIP() << "dsrdump (dcmtk) is not installed";
  const Scene scene;
  dicom::KeyObjects marked;
  marked.images = {scene.image(4)};
  ASSERT_TRUE(dicom::writeKeyObjects(scene.file, scene.context, marked));
  const Outcome dumped = run("dsrdump '" + scene.file.string() + "'");
  EXPECT_EQ(dumped.status, 0) << dumped.output;
  EXPECT_THAT(dumped.output, HasSubstr("Key Object Selection Document"));
}

}  // namespace
}  // namespace attest::test
