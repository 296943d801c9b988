#include "core/dicom/seg.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <gmock/gmock.h>

#include <random>

#include "tests/core/dicom/seg_scene.h"
#include "tests/support/real_data.h"

namespace attest::test {
namespace {

using dicom::SegmentIn;
using dicom::SegmentOut;
using testing::HasSubstr;
namespace fs = std::filesystem;

std::string value(DcmItem& item, const DcmTagKey& tag) {
  OFString text;
  item.findAndGetOFStringArray(tag, text, OFTrue);
  return text.c_str();
}

unsigned long card(DcmItem& item, const DcmTagKey& tag) {
  DcmSequenceOfItems* sequence = nullptr;
  return item.findAndGetSequence(tag, sequence, OFTrue).good() ? sequence->card() : 0;
}

DcmItem& nth(DcmItem& item, const DcmTagKey& tag, long index) {
  DcmItem* found = nullptr;
  if (item.findAndGetSequenceItem(tag, found, index).bad()) throw std::runtime_error("no such item");
  return *found;
}

Outcome checkWithPydicom(const Scene& scene) {
  std::vector<std::pair<int, imaging::Mask>> masks;
  for (const auto& segment : scene.segments)
    masks.emplace_back(static_cast<int>(masks.size()) + 1, *segment.mask);
  return compareWithPydicom(scene.seg(), scene.context.sourceGrid, masks, "own");
}

TEST(Seg, ReadsBackExactlyWhatItWrote) {
  const Scene scene;
  ASSERT_TRUE(scene.write());
  const auto read = dicom::readSeg(scene.seg(), scene.context.sourceGrid);
  ASSERT_TRUE(read) << read.error().detail;
  ASSERT_EQ(read->segments.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    const SegmentIn& in = read->segments[i];
    const Item& item = *scene.segments[i].item;
    EXPECT_EQ(in.number, static_cast<int>(i) + 1);
    EXPECT_EQ(in.label, item.label);
    EXPECT_EQ(in.category, item.category);
    EXPECT_EQ(in.code, item.code);
    EXPECT_EQ(in.laterality, item.laterality);
    EXPECT_EQ(in.trackingUid, item.trackingUid);
    EXPECT_EQ(in.color, item.color);
    EXPECT_TRUE(in.mask == *scene.segments[i].mask);
  }
  EXPECT_EQ(read->segments[0].algorithmType, "AUTOMATIC");
  EXPECT_EQ(read->segments[0].algorithmName, "lungs 1.2.0");
  EXPECT_EQ(read->segments[1].algorithmType, "SEMIAUTOMATIC");
}

TEST(Seg, PydicomDecodesOurVoxelsAtTheirPatientPositions) {
  Scene scene;  // 37 x 23 pixels: frames do not end at bytes
  ASSERT_TRUE(scene.write());
  const Outcome good = checkWithPydicom(scene);
  EXPECT_EQ(good.status, 0) << good.output;
  auto other = std::make_shared<imaging::Mask>(*scene.segments[1].mask);
  other->set({36, 22, 10}, true);
  scene.segments[1].mask = other;
  EXPECT_THAT(checkWithPydicom(scene).output, HasSubstr("segment 2 differs in 1 voxels"));
}

TEST(Seg, DciodvfyFindsNoError) {
  if (!hasProgram("dciodvfy")) GTEST_SKIP() << "dciodvfy (dicom3tools) is not installed";
  Scene scene;
  ASSERT_TRUE(scene.write());
  EXPECT_EQ(dicomErrors(scene.seg(), "Segmentation"), "");
  scene.lung.state = ItemState::manual;
  scene.lung.madeBy = {};
  scene.context.isSigned = true;
  ASSERT_TRUE(scene.write());
  EXPECT_EQ(dicomErrors(scene.seg(), "Segmentation"), "");
}

TEST(Seg, HoldsOnOnARealChestCt) {
  const auto data = realData("ct-chest-248");
  if (!data) GTEST_SKIP() << "ct-chest-248 is not on this machine";
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(*data)) {
    if (entry.is_regular_file() && dicom::readHeader(entry.path())) paths.push_back(entry.path());
  }
  ASSERT_GT(paths.size(), 200U);
  const TempDir folder;
  const auto context = contextOf(paths);
  const Item lung = lungItem();
  const auto mask = ball(context.sourceGrid, {200, 250, 120}, 60);
  ASSERT_TRUE(dicom::writeSeg(folder / "seg.dcm", context, {{&lung, mask}}));
  if (hasProgram("dciodvfy")) {
    EXPECT_EQ(dicomErrors(folder / "seg.dcm", "Segmentation"), "");
  }
  const auto read = dicom::readSeg(folder / "seg.dcm", context.sourceGrid);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_TRUE(read->segments.front().mask == *mask);
  const auto file = open(folder / "seg.dcm");
  EXPECT_EQ(card(*file->getDataset(), DCM_ReferencedInstanceSequence), paths.size());
  EXPECT_EQ(card(*file->getDataset(), DCM_PerFrameFunctionalGroupsSequence),
            121U);  // of 248: empty ones are left out
}

TEST(Seg, CopiesPatientAndStudyAndPointsAtItsSources) {
  const Scene scene;
  ASSERT_TRUE(scene.write());
  const auto seg = open(scene.seg());
  const auto source = open(scene.context.sources.front().path);
  for (const DcmTagKey& tag : {DCM_PatientName, DCM_PatientID, DCM_PatientBirthDate, DCM_PatientSex,
                               DCM_StudyInstanceUID, DCM_StudyDate, DCM_StudyTime, DCM_StudyID,
                               DCM_AccessionNumber, DCM_StudyDescription, DCM_FrameOfReferenceUID}) {
    EXPECT_EQ(value(*seg->getDataset(), tag), value(*source->getDataset(), tag)) << tag.toString().c_str();
  }
  DcmItem& series = nth(*seg->getDataset(), DCM_ReferencedSeriesSequence, 0);
  EXPECT_EQ(value(series, DCM_SeriesInstanceUID), value(*source->getDataset(), DCM_SeriesInstanceUID));
  EXPECT_EQ(card(series, DCM_ReferencedInstanceSequence), 11U);
  for (long frame = 0;
       frame < static_cast<long>(card(*seg->getDataset(), DCM_PerFrameFunctionalGroupsSequence)); ++frame) {
    DcmItem& group = nth(*seg->getDataset(), DCM_PerFrameFunctionalGroupsSequence, frame);
    DcmItem& image = nth(nth(group, DCM_DerivationImageSequence, 0), DCM_SourceImageSequence, 0);
    const std::string uid = value(image, DCM_ReferencedSOPInstanceUID);
    const auto from = std::ranges::find(scene.context.sources, SopUid{uid}, &dicom::SourceImage::sopUid);
    ASSERT_NE(from, scene.context.sources.end());
    EXPECT_EQ(value(nth(group, DCM_PlanePositionSequence, 0), DCM_ImagePositionPatient).substr(0, 6),
              value(*open(from->path)->getDataset(), DCM_ImagePositionPatient).substr(0, 6));
  }
}

TEST(Seg, SaysThatItIsUnsignedAndForResearch) {
  Scene scene;
  ASSERT_TRUE(scene.write());
  auto file = open(scene.seg());
  EXPECT_EQ(value(*file->getDataset(), DCM_ContentLabel), "UNSIGNED");
  EXPECT_EQ(value(*file->getDataset(), DCM_ContentDescription),
            "UNSIGNED. Research use only. Not a cleared medical device.");
  scene.context.isSigned = true;
  ASSERT_TRUE(scene.write());
  file = open(scene.seg());
  EXPECT_EQ(value(*file->getDataset(), DCM_ContentLabel), "SIGNED");
  EXPECT_EQ(value(*file->getDataset(), DCM_ContentCreatorName), "Reader^Anna");
}

TEST(Seg, WritesAllTextAsUtf8WhateverTheSourceHas) {
  const auto latin1 = [](void* dataset, int) {
    auto& d = *static_cast<DcmDataset*>(dataset);
    d.putAndInsertString(DCM_SpecificCharacterSet, "ISO_IR 100");
    d.putAndInsertString(DCM_PatientName, "M\xFCller^J\xF6rg");
  };
  const auto undeclared = [](void* dataset, int) {
    auto& d = *static_cast<DcmDataset*>(dataset);
    d.findAndDeleteElement(DCM_SpecificCharacterSet);
    d.putAndInsertString(DCM_PatientName, "M\xFCller^J\xF6rg");
  };
  for (const std::function<void(void*, int)>& change :
       {std::function<void(void*, int)>(latin1), {undeclared}}) {
    CtOptions options;
    options.change = change;
    Scene scene(obliqueCt(), options);
    scene.nodule.label = "Rundherd \u2265 8 mm";
    ASSERT_TRUE(scene.write());
    const auto file = open(scene.seg());
    EXPECT_EQ(value(*file->getDataset(), DCM_SpecificCharacterSet), "ISO_IR 192");
    EXPECT_EQ(value(*file->getDataset(), DCM_PatientName), "M\u00FCller^J\u00F6rg");
    EXPECT_EQ(dicom::readSeg(scene.seg(), scene.context.sourceGrid).value().segments[1].label,
              "Rundherd \u2265 8 mm");
  }
}

TEST(Seg, MendsWhatItsSourceLacks) {
  CtOptions options;
  options.change = [](void* dataset, int) {
    auto& d = *static_cast<DcmDataset*>(dataset);
    d.findAndDeleteElement(DCM_PatientBirthDate);
    d.putAndInsertString(DCM_PatientIdentityRemoved, "YES");
    d.insertEmptyElement(DCM_DeidentificationMethod);
    DcmItem* procedure = nullptr;
    d.findOrCreateSequenceItem(DCM_ProcedureCodeSequence, procedure, -2);
    procedure->putAndInsertString(DCM_CodeValue, "X1");
    d.putAndInsertString(DCM_TimezoneOffsetFromUTC, "+0530");
  };
  const Scene scene(obliqueCt(), options);
  ASSERT_TRUE(scene.write());
  if (hasProgram("dciodvfy")) {
    EXPECT_EQ(dicomErrors(scene.seg(), "Segmentation"), "");
  }
  const auto file = open(scene.seg());
  EXPECT_TRUE(file->getDataset()->tagExists(DCM_PatientBirthDate));
  EXPECT_EQ(value(*file->getDataset(), DCM_DeidentificationMethod), "not stated by the source");
  EXPECT_EQ(value(*file->getDataset(), DCM_ContentTime),
            "144230.250");  // 09:12 UTC in the zone of the study's times
}

TEST(Seg, CutsALabelAtAWholeCharacter) {
  Scene scene;
  scene.nodule.label.clear();
  for (int i = 0; i < 70; ++i) scene.nodule.label += "\u00E4";
  ASSERT_TRUE(scene.write());
  const auto label = dicom::readSeg(scene.seg(), scene.context.sourceGrid).value().segments[1].label;
  EXPECT_EQ(label, scene.nodule.label.substr(0, 128));
}

TEST(Seg, ClaimsNoSourceOfAFrameWhereTheVolumeWasResampled) {
  for (const bool asMany : {false, true}) {  // tilted slices are as many as those of their volume
    Scene scene;
    scene.context.resampled = asMany;
    if (!asMany) scene.context.sources.pop_back();
    ASSERT_TRUE(scene.write());
    const auto file = open(scene.seg());
    EXPECT_EQ(card(*file->getDataset(), DCM_ReferencedInstanceSequence), asMany ? 11U : 10U);
    EXPECT_EQ(
        card(nth(*file->getDataset(), DCM_PerFrameFunctionalGroupsSequence, 0), DCM_DerivationImageSequence),
        0U);
    const auto read = dicom::readSeg(scene.seg(), scene.context.sourceGrid);
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->segments[0].mask == *scene.segments[0].mask);
  }
}

TEST(Seg, NamesTheFrameOfAMultiFrameSource) {
  Scene scene;
  for (int k = 0; k < 11; ++k) {
    auto& source = scene.context.sources[static_cast<std::size_t>(k)];
    source = scene.context.sources.front();
    source.frame = k;
  }
  ASSERT_TRUE(scene.write());
  const auto file = open(scene.seg());
  EXPECT_EQ(card(*file->getDataset(), DCM_ReferencedInstanceSequence), 1U);
  DcmItem& last = nth(*file->getDataset(), DCM_PerFrameFunctionalGroupsSequence, -1 + 11);
  EXPECT_EQ(value(nth(nth(last, DCM_DerivationImageSequence, 0), DCM_SourceImageSequence, 0),
                  DCM_ReferencedFrameNumber),
            "11");
}

TEST(Seg, RefusesWhatCanNotBeWritten) {
  Scene scene;
  const auto code = [&] { return scene.write().error().code; };
  const auto good = scene.segments;
  scene.segments = {};
  EXPECT_EQ(code(), ErrorCode::bad_argument);
  scene.segments = good;
  scene.segments[1].mask = std::make_shared<imaging::Mask>(scene.context.sourceGrid);
  EXPECT_EQ(code(), ErrorCode::bad_argument);
  EXPECT_THAT(scene.write().error().detail, HasSubstr("segment 2 (Nodule 1) has no voxels"));
  Grid other = scene.context.sourceGrid;
  other.originMm.z += 1;
  scene.segments[1].mask = ball(other, {2, 3, 9}, 2);
  EXPECT_EQ(code(), ErrorCode::bad_geometry);
  scene.segments = good;
  scene.nodule.category = {};
  EXPECT_EQ(code(), ErrorCode::bad_argument);
  scene.nodule = noduleItem();
  fs::remove(scene.context.sources.front().path);
  EXPECT_EQ(code(), ErrorCode::not_found);
  std::ofstream(scene.context.sources.front().path) << "no image";
  EXPECT_EQ(code(), ErrorCode::bad_file);
  EXPECT_FALSE(fs::exists(scene.seg()));
}

TEST(Seg, LeavesNoPartBehindWhereItCanNotWrite) {
  const Scene scene;
  fs::create_directory(scene.seg());  // a folder in the way of the rename
  std::ofstream(scene.seg() / "x") << "x";
  EXPECT_EQ(scene.write().error().code, ErrorCode::io);
  EXPECT_FALSE(fs::exists(scene.seg().string() + ".part"));
}

TEST(Seg, FindsItsVoxelsInATurnedGrid) {
  const Scene scene;
  ASSERT_TRUE(scene.write());
  const Grid& g = scene.context.sourceGrid;
  // The same voxels, counted from the other end of k, with i and j exchanged.
  const Grid turned{{g.dims.j, g.dims.i, g.dims.k},
                    g.toPatient(Index3{0, 0, g.dims.k - 1}),
                    {g.spacingMm.y, g.spacingMm.x, g.spacingMm.z},
                    {g.axes[1], g.axes[0], -1.0 * g.axes[2]}};
  const auto read = dicom::readSeg(scene.seg(), turned);
  ASSERT_TRUE(read) << read.error().detail;
  const imaging::Mask& mask = read->segments[0].mask;
  EXPECT_EQ(mask.count(), scene.segments[0].mask->count());
  scene.segments[0].mask->forEach([&](Index3 at) {
    ASSERT_TRUE(mask.at({at.j, at.i, g.dims.k - 1 - at.k}));
  });
}

TEST(Seg, RefusesAGridThatIsNotItsOwn) {
  const Scene scene;
  ASSERT_TRUE(scene.write());
  Grid shifted = scene.context.sourceGrid;
  shifted.originMm = shifted.toPatient(Vec3{0.3, 0, 0});
  EXPECT_EQ(dicom::readSeg(scene.seg(), shifted).error().code, ErrorCode::bad_geometry);
  Grid smaller = scene.context.sourceGrid;
  smaller.dims.k = 4;
  EXPECT_EQ(dicom::readSeg(scene.seg(), smaller).error().code, ErrorCode::bad_geometry);
}

TEST(Seg, SurvivesDamagedBytes) {
  const Scene scene;
  ASSERT_TRUE(scene.write());
  std::ifstream in(scene.seg(), std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  const fs::path damaged = scene.folder / "damaged.dcm";
  const auto readOf = [&](const std::string& content) {
    std::ofstream(damaged, std::ios::binary) << content;
    return dicom::readSeg(damaged, scene.context.sourceGrid);
  };
  for (std::size_t length = 0; length < bytes.size(); length += bytes.size() / 60) {
    EXPECT_FALSE(readOf(bytes.substr(0, length))) << length;
  }
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::string changed = bytes;
    for (int i = 0; i < 4; ++i) changed[random() % changed.size()] = static_cast<char>(random());
    if (const auto read = readOf(changed)) {
      EXPECT_LE(read->segments.size(), 64U);
    }
  }
  EXPECT_EQ(dicom::readSeg(scene.folder / "nowhere.dcm", {}).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace attest::test
