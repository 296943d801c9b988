// What a segmentation says of images that lost something by compression.

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <gtest/gtest.h>

#include "tests/core/dicom/derived_support.h"

namespace attest::test {
namespace {

/// A series in files, and the three elements of the segmentation that is derived from it.
class SegLossy : public testing::Test {
 protected:
  void writeSource(const CtOptions& options) { files_ = writeCt(folder_ / "ct", obliqueCt(), options); }

  void derive() {
    const dicom::DerivedContext context = contextOf(files_);
    const Item lung = lungItem();
    const auto path = folder_ / "seg.dcm";
    const auto written = dicom::writeSeg(path, context, {{&lung, ball(context.sourceGrid, {18, 11, 5}, 4)}});
    ASSERT_TRUE(written) << written.error().detail;
    DcmFileFormat file;
    ASSERT_TRUE(file.loadFile(path.c_str()).good());
    const auto text = [&](const DcmTagKey& tag) {
      OFString value;
      file.getDataset()->findAndGetOFStringArray(tag, value);
      return std::string(value.c_str());
    };
    lossy_ = text(DCM_LossyImageCompression);
    ratio_ = text(DCM_LossyImageCompressionRatio);
    method_ = text(DCM_LossyImageCompressionMethod);
  }

  TempDir folder_;
  std::vector<std::filesystem::path> files_;
  std::string lossy_;
  std::string ratio_;
  std::string method_;
};

TEST_F(SegLossy, NothingWasLost) {
  writeSource({});
  derive();
  EXPECT_EQ(lossy_, "00");
  EXPECT_EQ(ratio_ + method_, "");
}

TEST_F(SegLossy, OneSourceSaysThatItLostSomething) {
  CtOptions options;
  options.change = [](void* data, int slice) {
    if (slice != 5) return;
    auto& dataset = *static_cast<DcmDataset*>(data);
    dataset.putAndInsertString(DCM_LossyImageCompression, "01");
    dataset.putAndInsertString(DCM_LossyImageCompressionRatio, "12.5");
    dataset.putAndInsertString(DCM_LossyImageCompressionMethod, "ISO_10918_1");
  };
  writeSource(options);
  derive();
  EXPECT_EQ(lossy_, "01");
  EXPECT_EQ(ratio_, "12.5");
  EXPECT_EQ(method_, "ISO_10918_1");
}

TEST_F(SegLossy, ANearLosslessSourceNeedNotSayIt) {
  CtOptions options;
  options.transferSyntax = UID_JPEGLSLossyTransferSyntax;
  writeSource(options);
  for (const auto& path : files_) {
    DcmFileFormat file;
    ASSERT_TRUE(file.loadFile(path.c_str()).good());
    for (const auto& tag :
         {DCM_LossyImageCompression, DCM_LossyImageCompressionRatio, DCM_LossyImageCompressionMethod}) {
      delete file.getDataset()->remove(tag);
    }
    file.getDataset()->loadAllDataIntoMemory();
    ASSERT_TRUE(file.saveFile(path.c_str(), EXS_JPEGLSLossy).good());
  }
  derive();
  EXPECT_EQ(lossy_, "01");
  EXPECT_GT(std::stod(ratio_), 1);
  EXPECT_EQ(method_, "ISO_14495_1");
}

}  // namespace
}  // namespace attest::test
