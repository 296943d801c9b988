#include "core/dicom/rtstruct.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <gmock/gmock.h>

#include "tests/core/dicom/derived_support.h"
#include "tests/support/real_data.h"

namespace attest::test {
namespace {

using dicom::ContourType;
using dicom::RtContour;
using dicom::RtRoi;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
namespace fs = std::filesystem;

const Grid plain{{20, 20, 5}, {0, 0, 0}, {1, 1, 2}};

RtContour square(double low, double high, double z) {
  return {ContourType::closed_planar, {{low, low, z}, {high, low, z}, {high, high, z}, {low, high, z}}};
}

TEST(RtStruct, AMaskHoldsTheVoxelsWhoseCentresAreInside) {
  RtRoi roi;
  roi.contours = {square(2.5, 7.5, 2)};
  const auto made = dicom::maskOf(roi, plain);
  ASSERT_TRUE(made) << made.error().detail;
  EXPECT_EQ(made->mask.count(), 25);
  EXPECT_TRUE(made->mask.at({3, 3, 1}));
  EXPECT_TRUE(made->mask.at({7, 7, 1}));
  EXPECT_FALSE(made->mask.at({8, 7, 1}));
  EXPECT_THAT(made->notes, IsEmpty());
}

TEST(RtStruct, TwoRegionsSideBySideShareNoVoxelOfTheirCommonEdge) {
  RtRoi left;
  RtRoi right;
  left.contours = {{ContourType::closed_planar, {{2, 2, 0}, {6, 2, 0}, {6, 6, 0}, {2, 6, 0}}}};
  right.contours = {{ContourType::closed_planar, {{6, 2, 0}, {9, 2, 0}, {9, 6, 0}, {6, 6, 0}}}};
  const auto a = dicom::maskOf(left, plain).value().mask;
  const auto b = dicom::maskOf(right, plain).value().mask;
  EXPECT_EQ(a.count(), 16);
  EXPECT_EQ(b.count(), 12);
  EXPECT_TRUE((a & b).empty());
}

TEST(RtStruct, AContourInsideAnotherIsAHoleAsIsWhatAKeyholeLeadsTo) {
  RtRoi two;
  two.contours = {square(1.5, 10.5, 0), square(4.5, 7.5, 0)};
  RtRoi keyhole;
  keyhole.contours = {{ContourType::closed_planar,
                       {{1.5, 1.5, 0},
                        {10.5, 1.5, 0},
                        {10.5, 10.5, 0},
                        {1.5, 10.5, 0},
                        {1.5, 4.5, 0},
                        {4.5, 4.5, 0},
                        {4.5, 7.5, 0},
                        {7.5, 7.5, 0},
                        {7.5, 4.5, 0},
                        {4.5, 4.5, 0},
                        {1.5, 4.5, 0}}}};
  const auto holed = dicom::maskOf(two, plain).value().mask;
  EXPECT_EQ(holed.count(), 81 - 9);
  EXPECT_TRUE(dicom::maskOf(keyhole, plain).value().mask == holed);
}

TEST(RtStruct, SaysWhatLiesBesideTheSlicesAndKeepsPoints) {
  RtRoi roi;
  roi.contours = {square(2.5, 7.5, 0.6),
                  square(2.5, 7.5, 6),
                  square(2.5, 7.5, 40),
                  {ContourType::point, {{1, 2, 3}}},
                  {ContourType::open_planar, {{1, 1, 0}, {5, 5, 0}}}};
  const auto made = dicom::maskOf(roi, plain);
  ASSERT_TRUE(made) << made.error().detail;
  EXPECT_EQ(made->mask.count(), 50);
  EXPECT_EQ(made->pointsMm.size(), 3U);
  EXPECT_THAT(made->notes, ElementsAre(HasSubstr("1 contours lie above or below"),
                                       HasSubstr("0.60 mm beside"), HasSubstr("2 slices between contours")));
}

TEST(RtStruct, RefusesContoursAcrossTheSlices) {
  RtRoi roi;
  roi.contours = {{ContourType::closed_planar, {{2, 2, 0}, {6, 2, 0}, {6, 2, 6}, {2, 2, 6}}}};
  EXPECT_EQ(dicom::maskOf(roi, plain).error().code, ErrorCode::bad_geometry);
  roi.contours = {square(2.5, 7.5, 100)};
  EXPECT_EQ(dicom::maskOf(roi, plain).error().code, ErrorCode::bad_geometry);
}

TEST(RtStruct, ByMimGivesTheMasksThatItsPublisherMade) {
  const auto data = realData("pt-ct-mr-rtstruct");
  if (!data) GTEST_SKIP() << "pt-ct-mr-rtstruct is not on this machine";
  const fs::path folder = *data / "theibsi+data_sets/ibsi_validation";
  struct Case {
    const char* name;
    double dice;
  };
  for (const auto& [name, dice] : {Case{"CT", 0.99}, Case{"MR_T1", 0.99}, Case{"PET", 0.99}}) {
    const fs::path here = folder / "dicom/STS_042" / name;
    std::vector<fs::path> images;
    for (const auto& entry : fs::directory_iterator(here / "image")) images.push_back(entry.path());
    const auto context = contextOf(images);
    const auto structures = dicom::readRtStructures(here / "mask/RS.dcm");
    ASSERT_TRUE(structures) << name << ": " << structures.error().detail;
    EXPECT_EQ(structures->rois.size(), 1U);
    EXPECT_EQ(structures->rois.front().contours.size(), 18U);
    EXPECT_EQ(structures->rois.front().frameOfReference, context.sourceSeries.frameOfReference);
    const auto made = dicom::maskOf(structures->rois.front(), context.sourceGrid);
    ASSERT_TRUE(made) << name << ": " << made.error().detail;
    const TempDir out;
    const auto dense = made->mask.toDense();
    std::ofstream(out / "mask", std::ios::binary)
        .write(reinterpret_cast<const char*>(dense.data()), static_cast<std::streamsize>(dense.size()));
    const Outcome compared =
        run(std::string(ATTEST_PYTHON) + " " ATTEST_SOURCE_DIR "/tests/core/dicom/check_nifti.py '" +
            (folder / "nifti/STS_042" / (std::string(name) + "_mask.nii.gz")).string() + "' '" +
            (out / "mask").string() + "' " + std::to_string(dice));
    EXPECT_EQ(compared.status, 0) << name << ": " << compared.output;
  }
}

TEST(RtStruct, SaysWhyItRefuses) {
  const TempDir folder;
  const auto ct = writeCt(folder / "ct", obliqueCt(), {});
  EXPECT_EQ(dicom::readRtStructures(ct.front()).error().code, ErrorCode::unsupported);
  EXPECT_EQ(dicom::readRtStructures(folder / "nowhere").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace attest::test
