#include <gmock/gmock.h>

#include "core/dicom/seg.h"
#include "tests/core/dicom/derived_support.h"
#include "tests/support/real_data.h"

namespace attest::test {
namespace {

using dicom::SegType;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
namespace fs = std::filesystem;

/// Reads it, and lets pydicom say whether each voxel of each segment is right.
dicom::SegIn readAndCompare(const fs::path& seg, const Grid& grid) {
  const auto read = dicom::readSeg(seg, grid);
  EXPECT_TRUE(read) << seg.filename() << ": " << read.error().detail;
  if (!read) return {};
  std::vector<std::pair<int, imaging::Mask>> masks;
  for (const auto& segment : read->segments) masks.emplace_back(segment.number, segment.mask);
  const Outcome compared = compareWithPydicom(seg, grid, masks);
  EXPECT_EQ(compared.status, 0) << seg.filename() << ": " << compared.output;
  return *read;
}

TEST(SegOfOthers, ByDcmqiHasTheVoxelsThatPydicomSees) {
  const auto dcmqi = realData("seg-sr-dcmqi");
  if (!dcmqi) GTEST_SKIP() << "seg-sr-dcmqi is not on this machine";
  const fs::path folder = *dcmqi / "QIICR+dcmqi/data/segmentations";
  const auto liver =
      contextOf({folder / "ct-3slice/01.dcm", folder / "ct-3slice/02.dcm", folder / "ct-3slice/03.dcm"});
  for (const char* name : {"liver.dcm", "partial_overlaps.dcm"}) {
    const auto seg = readAndCompare(folder / name, liver.sourceGrid);
    EXPECT_EQ(seg.sourceSeries, liver.sourceSeries.uid) << name;
    EXPECT_THAT(seg.notes, IsEmpty()) << name;
    for (const auto& segment : seg.segments) EXPECT_FALSE(segment.mask.empty()) << name << segment.label;
  }
  for (const char* size : {"23x38x3", "24x38x3"}) {
    const fs::path here = folder / size;
    const auto source =
        contextOf({here / "image/IMG0001.dcm", here / "image/IMG0002.dcm", here / "image/IMG0003.dcm"});
    EXPECT_FALSE(readAndCompare(here / "seg/label.seg", source.sourceGrid).segments.front().mask.empty());
    if (size[1] == '3') continue;
    const auto map = readAndCompare(folder / "sparse-labelmap-ppv5.dcm", source.sourceGrid);
    EXPECT_EQ(map.type, SegType::label_map);
    EXPECT_EQ(map.segments.size(), 2U);  // its background is 5: what is called background is a segment
  }
}

TEST(SegOfOthers, BySlicerHasTheVoxelsThatPydicomSees) {
  const auto data = realData("pt-wholebody-seg");
  if (!data) GTEST_SKIP() << "pt-wholebody-seg is not on this machine";
  const fs::path folder = *data / "FNNDSC+data/dicom/rsna_2";
  std::vector<fs::path> images;
  for (const auto& entry : fs::directory_iterator(folder / "PET")) images.push_back(entry.path());
  const auto pet = contextOf(images);
  const auto seg = readAndCompare(folder / "SEG/3DSlicer/tumor_User1_Manual_Trial1.dcm", pet.sourceGrid);
  ASSERT_EQ(seg.segments.size(), 2U);
  for (const auto& segment : seg.segments) EXPECT_FALSE(segment.mask.empty()) << segment.label;
}

TEST(SegOfOthers, ByHighdicomHasTheVoxelsThatPydicomSees) {
  const auto highdicom = realData("seg-sr-highdicom");
  if (!highdicom) GTEST_SKIP() << "seg-sr-highdicom is not on this machine";
  const fs::path folder = *highdicom / "ImagingDataCommons+highdicom/data/test_files";
  struct Case {
    const char* name;
    SegType type;
    std::size_t segments;
  };
  for (const auto& [name, type, segments] :
       {Case{"seg_image_ct_binary.dcm", SegType::binary, 1},
        Case{"seg_image_ct_binary_overlap.dcm", SegType::binary, 2},
        Case{"seg_image_ct_binary_single_frame.dcm", SegType::binary, 1},
        Case{"seg_image_ct_binary_fractional.dcm", SegType::probability, 1},
        Case{"seg_image_ct_true_fractional.dcm", SegType::probability, 1}}) {
    const auto seg = readAndCompare(folder / name, ownGrid(folder / name));
    EXPECT_EQ(seg.type, type) << name;
    EXPECT_EQ(seg.segments.size(), segments) << name;
    if (type == SegType::probability) {
      EXPECT_THAT(seg.notes, ElementsAre(HasSubstr("a probability of at least 0.50"))) << name;
    }
  }
  const auto strict =
      dicom::readSeg(folder / "seg_image_ct_true_fractional.dcm",
                     ownGrid(folder / "seg_image_ct_true_fractional.dcm"), {.threshold = 0.99});
  ASSERT_TRUE(strict);
  EXPECT_THAT(strict->notes, ElementsAre(HasSubstr("0.99")));
}

TEST(SegOfOthers, CompressedHasTheVoxelsOfThePlainOne) {
  const auto data = realData("pydicom-data-codecs");
  if (!data) GTEST_SKIP() << "pydicom-data-codecs is not on this machine";
  const fs::path folder = *data / "pydicom+pydicom-data/data_store/data";
  for (const std::string plain : {"liver", "liver_nonbyte_aligned"}) {
    const Grid grid = ownGrid(folder / (plain + ".dcm"));
    const auto truth = readAndCompare(folder / (plain + ".dcm"), grid);
    ASSERT_FALSE(truth.segments.empty());
    for (const char* form : {"_rle", "_j2k", "_deflate"}) {
      const auto read = dicom::readSeg(folder / (plain + form + ".dcm"), grid);
      ASSERT_TRUE(read) << plain << form << ": " << read.error().detail;
      ASSERT_EQ(read->segments.size(), truth.segments.size());
      for (std::size_t n = 0; n < truth.segments.size(); ++n)
        EXPECT_TRUE(read->segments[n].mask == truth.segments[n].mask) << plain << form;
    }
  }
  const auto swapped = dicom::readSeg(folder / "liver_expb.dcm", ownGrid(folder / "liver.dcm"));
  ASSERT_TRUE(swapped) << swapped.error().detail;
  EXPECT_TRUE(swapped->segments[0].mask ==
              dicom::readSeg(folder / "liver.dcm", ownGrid(folder / "liver.dcm"))->segments[0].mask);
}

TEST(SegOfOthers, IsRefusedWithItsReasonWhereItHasNoPlaceInAVolume) {
  const auto highdicom = realData("seg-sr-highdicom");
  if (!highdicom) GTEST_SKIP() << "seg-sr-highdicom is not on this machine";
  const fs::path folder = *highdicom / "ImagingDataCommons+highdicom/data/test_files";
  const Grid any{{16, 16, 1}, {}, {1, 1, 1}};
  const auto why = [&](const char* name) { return dicom::readSeg(folder / name, any).error(); };
  for (const char* name : {"seg_image_sm_control_labelmap.dcm", "seg_image_sm_dots_tiled_full.dcm",
                           "seg_image_sm_control_labelmap_palette_color.dcm"}) {
    EXPECT_EQ(why(name).code, ErrorCode::unsupported) << name;
    EXPECT_THAT(why(name).detail, HasSubstr("whole-slide")) << name;
  }
  EXPECT_EQ(why("ct_image.dcm").code, ErrorCode::unsupported);
  EXPECT_EQ(why("seg_image_cr_binary.dcm").code, ErrorCode::bad_geometry);
  EXPECT_EQ(why("seg_image_ct_binary.dcm").code, ErrorCode::bad_geometry);
}

}  // namespace
}  // namespace attest::test
