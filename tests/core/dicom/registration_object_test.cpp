#include "core/dicom/registration_object.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <gtest/gtest.h>

#include "tests/support/temp_dir.h"

namespace attest::test {
namespace {

/// A registration of one frame with these matrices.
std::filesystem::path write(const TempDir& folder, const std::vector<std::string>& matrices,
                            const char* type = "RIGID") {
  DcmFileFormat file;
  DcmDataset& object = *file.getDataset();
  object.putAndInsertString(DCM_SOPClassUID, UID_SpatialRegistrationStorage);
  object.putAndInsertString(DCM_SOPInstanceUID, "1.2.3");
  object.putAndInsertString(DCM_FrameOfReferenceUID, "1.2.4");
  DcmItem* frame = nullptr;
  object.findOrCreateSequenceItem(DCM_RegistrationSequence, frame, 0);
  frame->putAndInsertString(DCM_FrameOfReferenceUID, "1.2.5");
  DcmItem* registration = nullptr;
  frame->findOrCreateSequenceItem(DCM_MatrixRegistrationSequence, registration, 0);
  for (const std::string& matrix : matrices) {
    DcmItem* step = nullptr;
    registration->findOrCreateSequenceItem(DCM_MatrixSequence, step, -2);
    step->putAndInsertString(DCM_FrameOfReferenceTransformationMatrixType, type);
    step->putAndInsertString(DCM_FrameOfReferenceTransformationMatrix, matrix.c_str());
  }
  const auto path = folder / "registration.dcm";
  EXPECT_TRUE(file.saveFile(path.c_str(), EXS_LittleEndianExplicit).good());
  return path;
}

const std::string turned = "0\\-1\\0\\10\\1\\0\\0\\-20\\0\\0\\1\\5.5\\0\\0\\0\\1";

TEST(Registrations, AreReadAsMatrices) {
  const TempDir folder;
  const auto read = dicom::readRegistration(write(folder, {turned}));
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->to.value, "1.2.4");
  ASSERT_EQ(read->frames.size(), 1U);
  EXPECT_EQ(read->frames[0].from.value, "1.2.5");
  EXPECT_EQ(read->frames[0].matrix,
            (std::array<double, 16>{0, -1, 0, 10, 1, 0, 0, -20, 0, 0, 1, 5.5, 0, 0, 0, 1}));
}

TEST(Registrations, ThatAreNotRigidAreRefused) {
  const TempDir folder;
  const auto code = [](const std::filesystem::path& path) {
    return dicom::readRegistration(path).error().code;
  };
  EXPECT_EQ(code(write(folder, {turned}, "AFFINE")), ErrorCode::unsupported);
  EXPECT_EQ(code(write(folder, {"2\\0\\0\\0\\0\\1\\0\\0\\0\\0\\1\\0\\0\\0\\0\\1"})), ErrorCode::bad_file);
  EXPECT_EQ(code(write(folder, {"-1\\0\\0\\0\\0\\1\\0\\0\\0\\0\\1\\0\\0\\0\\0\\1"})), ErrorCode::bad_file);
  EXPECT_EQ(code(write(folder, {"1\\0"})), ErrorCode::bad_file);
  EXPECT_EQ(code(write(folder, {turned, turned})), ErrorCode::unsupported);
}

}  // namespace
}  // namespace attest::test
