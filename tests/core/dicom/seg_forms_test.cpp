// Label maps, other grids, frames in any order.

#include <gmock/gmock.h>

#include "tests/core/dicom/seg_scene.h"

namespace attest::test {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

TEST(SegForms, ALabelMapHoldsWhatItsBinaryFormHolds) {
  const Scene scene;
  const fs::path map = scene.folder / "map.dcm";
  ASSERT_TRUE(scene.write());
  ASSERT_TRUE(dicom::writeSeg(map, scene.context, scene.segments, dicom::SegType::label_map));
  const auto binary = dicom::readSeg(scene.seg(), scene.context.sourceGrid);
  const auto labels = dicom::readSeg(map, scene.context.sourceGrid);
  ASSERT_TRUE(labels) << labels.error().detail;
  EXPECT_EQ(labels->type, dicom::SegType::label_map);
  ASSERT_EQ(labels->segments.size(), 2U);  // the background is none
  std::vector<std::pair<int, imaging::Mask>> masks;
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(labels->segments[i].number, binary->segments[i].number);
    EXPECT_EQ(labels->segments[i].trackingUid, binary->segments[i].trackingUid);
    EXPECT_TRUE(labels->segments[i].mask == binary->segments[i].mask);
    masks.emplace_back(labels->segments[i].number, labels->segments[i].mask);
  }
  const Outcome compared = compareWithPydicom(map, scene.context.sourceGrid, masks, "own");
  EXPECT_EQ(compared.status, 0) << compared.output;
}

TEST(SegForms, ALabelMapOfManySegmentsHasWords) {
  Scene scene;
  scene.segments.clear();
  for (int n = 0; n < 300; ++n) {
    auto one = std::make_shared<imaging::Mask>(scene.context.sourceGrid);
    one->set({n % 37, n / 37, n % 11}, true);
    scene.segments.push_back({&scene.lung, one});
  }
  ASSERT_TRUE(dicom::writeSeg(scene.seg(), scene.context, scene.segments, dicom::SegType::label_map));
  const auto read = dicom::readSeg(scene.seg(), scene.context.sourceGrid);
  ASSERT_TRUE(read) << read.error().detail;
  ASSERT_EQ(read->segments.size(), 300U);
  for (std::size_t n = 0; n < 300; ++n) EXPECT_TRUE(read->segments[n].mask == *scene.segments[n].mask) << n;
}

TEST(SegForms, RefusesALabelMapOfSegmentsThatOverlap) {
  Scene scene;
  scene.segments[1].mask = ball(scene.context.sourceGrid, {18, 11, 5}, 3);
  ASSERT_TRUE(scene.write());  // a binary one may
  const auto written =
      dicom::writeSeg(scene.folder / "map.dcm", scene.context, scene.segments, dicom::SegType::label_map);
  EXPECT_EQ(written.error().code, ErrorCode::bad_argument);
  EXPECT_THAT(written.error().detail, HasSubstr("segments 1 and 2 overlap"));
  EXPECT_FALSE(fs::exists(scene.folder / "map.dcm"));
}

TEST(SegForms, ComesToAnotherGridWithANotice) {
  const Scene scene;
  ASSERT_TRUE(scene.write());
  const Grid& own = scene.context.sourceGrid;
  // Twice as fine in every direction, so that each voxel becomes eight.
  const Grid fine{{own.dims.i * 2, own.dims.j * 2, own.dims.k * 2},
                  own.toPatient(Vec3{-0.25, -0.25, -0.25}),
                  0.5 * own.spacingMm,
                  own.axes};
  EXPECT_EQ(dicom::readSeg(scene.seg(), fine).error().code, ErrorCode::bad_geometry);
  const auto read = dicom::readSeg(scene.seg(), fine, {.resample = true});
  ASSERT_TRUE(read) << read.error().detail;
  ASSERT_EQ(read->notes.size(), 2U);
  EXPECT_THAT(read->notes.front(), HasSubstr("segment 1 (Right lung) was made on another grid"));
  for (std::size_t i = 0; i < 2; ++i) {
    const imaging::Mask& mask = read->segments[i].mask;
    EXPECT_EQ(mask.count(), 8 * scene.segments[i].mask->count());
    mask.forEach([&](Index3 at) { ASSERT_TRUE(scene.segments[i].mask->at({at.i / 2, at.j / 2, at.k / 2})); });
  }
  Grid elsewhere = own;
  elsewhere.originMm.z += 500;
  EXPECT_EQ(dicom::readSeg(scene.seg(), elsewhere, {.resample = true}).error().code, ErrorCode::bad_geometry);
}

TEST(SegForms, FindsFramesInAnyOrderAndWithoutReferencesAndJoinsWhatLiesTwice) {
  const Scene scene;
  ASSERT_TRUE(scene.write());
  auto file = open(scene.seg());
  DcmSequenceOfItems* frames = nullptr;
  ASSERT_TRUE(file->getDataset()->findAndGetSequence(DCM_PerFrameFunctionalGroupsSequence, frames).good());
  // The groups of the first two frames change places, and so do, by that, the frames themselves.
  const imaging::Mask& lung = *scene.segments[0].mask;
  DcmItem* first = frames->remove(0UL);
  frames->insert(first, 0, false);
  for (unsigned long i = 0; i < frames->card(); ++i)
    frames->getItem(i)->findAndDeleteElement(DCM_DerivationImageSequence);
  ASSERT_TRUE(file->saveFile(scene.seg().c_str(), EXS_LittleEndianExplicit).good());
  const auto swapped = dicom::readSeg(scene.seg(), scene.context.sourceGrid);
  ASSERT_TRUE(swapped) << swapped.error().detail;
  const int low = lung.box()->low.k;
  for (int j = 0; j < 23; ++j)
    for (int i = 0; i < 37; ++i) {
      EXPECT_EQ(swapped->segments[0].mask.at({i, j, low}), lung.at({i, j, low + 1}));
      EXPECT_EQ(swapped->segments[0].mask.at({i, j, low + 1}), lung.at({i, j, low}));
    }
  EXPECT_TRUE(swapped->notes.empty());
  // Now the second frame lies where the first does.
  DcmItem* position = nullptr;
  frames->getItem(0)->findAndGetSequenceItem(DCM_PlanePositionSequence, position);
  OFString place;
  position->findAndGetOFStringArray(DCM_ImagePositionPatient, place);
  frames->getItem(1)->findAndGetSequenceItem(DCM_PlanePositionSequence, position);
  position->putAndInsertOFStringArray(DCM_ImagePositionPatient, place);
  ASSERT_TRUE(file->saveFile(scene.seg().c_str(), EXS_LittleEndianExplicit).good());
  const auto joined = dicom::readSeg(scene.seg(), scene.context.sourceGrid);
  ASSERT_TRUE(joined) << joined.error().detail;
  ASSERT_EQ(joined->notes.size(), 1U);
  EXPECT_THAT(joined->notes.front(), HasSubstr("1 frame lies where its segment has another one"));
  std::int64_t shared = 0;
  for (int j = 0; j < 23; ++j)
    for (int i = 0; i < 37; ++i) shared += lung.at({i, j, low}) && lung.at({i, j, low + 1});
  EXPECT_EQ(joined->segments[0].mask.count(), lung.count() - shared);
}

}  // namespace
}  // namespace attest::test
