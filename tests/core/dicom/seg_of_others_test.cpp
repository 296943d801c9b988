#include <gtest/gtest.h>

#include "core/dicom/seg.h"
#include "tests/core/dicom/derived_support.h"
#include "tests/support/real_data.h"

namespace attest::test {
namespace {

using dicom::SegmentIn;
namespace fs = std::filesystem;

TEST(SegOfOthers, IsReadOntoItsSource) {
  const auto dcmqi = realData("seg-sr-dcmqi");
  if (!dcmqi) GTEST_SKIP() << "seg-sr-dcmqi is not on this machine";
  const fs::path folder = *dcmqi / "QIICR+dcmqi/data/segmentations";
  const auto liver =
      contextOf({folder / "ct-3slice/01.dcm", folder / "ct-3slice/02.dcm", folder / "ct-3slice/03.dcm"});
  for (const char* name : {"liver.dcm", "partial_overlaps.dcm"}) {
    const auto read = dicom::readSeg(folder / name, liver.sourceGrid);
    ASSERT_TRUE(read) << name << ": " << read.error().detail;
    for (const SegmentIn& segment : *read) EXPECT_FALSE(segment.mask.empty()) << name << ' ' << segment.label;
  }
  for (const char* size : {"23x38x3", "24x38x3"}) {
    const fs::path here = folder / size;
    const auto source =
        contextOf({here / "image/IMG0001.dcm", here / "image/IMG0002.dcm", here / "image/IMG0003.dcm"});
    const auto read = dicom::readSeg(here / "seg/label.seg", source.sourceGrid);
    ASSERT_TRUE(read) << size << ": " << read.error().detail;
    EXPECT_FALSE(read->front().mask.empty());
  }
  EXPECT_EQ(dicom::readSeg(folder / "sparse-labelmap-ppv5.dcm", liver.sourceGrid).error().code,
            ErrorCode::unsupported);
}

TEST(SegOfOthers, IsRefusedWhereItIsFractional) {
  const auto highdicom = realData("seg-sr-highdicom");
  if (!highdicom) GTEST_SKIP() << "seg-sr-highdicom is not on this machine";
  const fs::path folder = *highdicom / "ImagingDataCommons+highdicom/data/test_files";
  const Grid any{{16, 16, 1}, {}, {1, 1, 1}};
  for (const char* name : {"seg_image_ct_true_fractional.dcm", "seg_image_ct_binary_fractional.dcm",
                           "ct_image.dcm", "seg_image_sm_control_labelmap.dcm"}) {
    EXPECT_EQ(dicom::readSeg(folder / name, any).error().code, ErrorCode::unsupported) << name;
  }
  EXPECT_EQ(dicom::readSeg(folder / "seg_image_ct_binary.dcm", any).error().code, ErrorCode::bad_geometry);
}

}  // namespace
}  // namespace attest::test
