#include "core/dicom/derived_header.h"

#include <gtest/gtest.h>

#include "core/dicom/key_objects.h"
#include "tests/core/dicom/derived_support.h"
#include "tests/support/real_data.h"

namespace attest::test {
namespace {

namespace fs = std::filesystem;
using dicom::DerivedKind;

TEST(DerivedHeaders, SayWhatAnObjectIsAndToWhichStudyItBelongs) {
  const TempDir folder;
  const auto context = contextOf(writeCt(folder / "ct", obliqueCt(), {}));
  const auto source = dicom::readHeader(context.sources.front().path).value();
  dicom::KeyObjects marked;
  marked.images = {{{}, context.sources[0].sopUid, context.sources[0].sopClass, {}}};
  ASSERT_TRUE(dicom::writeKeyObjects(folder / "ko.dcm", context, marked));
  const auto header = dicom::readDerivedHeader(folder / "ko.dcm");
  ASSERT_TRUE(header) << header.error().detail;
  EXPECT_EQ(header->kind, DerivedKind::key_objects);
  EXPECT_EQ(header->study, source.study.uid);
  EXPECT_EQ(header->series.value, context.seriesUid);
  EXPECT_EQ(header->sopUid.value, context.sopInstanceUid);
  EXPECT_EQ(header->label, context.seriesDescription);
  EXPECT_EQ(dicom::readDerivedHeader(context.sources.front().path).error().code, ErrorCode::unsupported);
  EXPECT_EQ(dicom::readDerivedHeader(folder / "nowhere").error().code, ErrorCode::not_found);
}

TEST(DerivedHeaders, KnowThoseOfOthers) {
  struct Case {
    const char* group;
    const char* path;
    DerivedKind kind;
  };
  std::size_t seen = 0;
  for (const auto& [group, path, kind] :
       {Case{"seg-sr-dcmqi", "QIICR+dcmqi/data/segmentations/sparse-labelmap-ppv5.dcm",
             DerivedKind::segmentation},
        Case{"seg-sr-dcmqi", "QIICR+dcmqi/data/sr-example/sr.dcm", DerivedKind::report},
        Case{"pt-ct-mr-rtstruct", "theibsi+data_sets/ibsi_validation/dicom/STS_042/CT/mask/RS.dcm",
             DerivedKind::rt_structures},
        Case{"gspr-overlays-weasis",
             "nroduit+weasis-dicom-tools/weasis-dicom-tools/src/test/resources/org/dcm4che3/img/prLUTs.dcm",
             DerivedKind::presentation_state},
        Case{"pydicom-data-codecs", "pydicom+pydicom-data/data_store/data/parametric_map_float.dcm",
             DerivedKind::parametric_map}}) {
    const auto folder = realData(group);
    if (!folder) continue;
    ++seen;
    const auto header = dicom::readDerivedHeader(*folder / path);
    ASSERT_TRUE(header) << path << ": " << header.error().detail;
    EXPECT_EQ(header->kind, kind) << path;
    EXPECT_FALSE(header->study.empty()) << path;
  }
  if (seen == 0) GTEST_SKIP() << "no real data on this machine";
}

}  // namespace
}  // namespace attest::test
