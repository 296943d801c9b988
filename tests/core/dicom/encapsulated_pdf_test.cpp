#include "core/dicom/encapsulated_pdf.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <gmock/gmock.h>

#include "tests/core/dicom/derived_support.h"

namespace attest::test {
namespace {

namespace fs = std::filesystem;

/// A report over an oblique CT, with an odd number of bytes.
struct Letter {
  explicit Letter(bool isSigned = true) : context(contextOf(writeCt(folder / "ct", obliqueCt(), {}))) {
    context.isSigned = isSigned;
    context.verifiedAt = context.time;
  }
  fs::path path() const { return folder / "report.dcm"; }
  Result<> write() const { return dicom::writeEncapsulatedPdf(path(), context, "Radiology report", pdf); }

  TempDir folder;
  dicom::DerivedContext context;
  std::string pdf = "%PDF-1.4\nsome bytes\n%%EOF\n";
};

/// The object as DCMTK reads it.
struct ReadLetter {
  explicit ReadLetter(const fs::path& path) {
    if (file.loadFile(path.c_str()).bad()) throw std::runtime_error("the object cannot be read");
  }
  std::string text(const DcmTagKey& tag) {
    OFString value;
    file.getDataset()->findAndGetOFStringArray(tag, value, OFTrue);
    return value.c_str();
  }
  std::string document() {
    const Uint8* bytes = nullptr;
    unsigned long count = 0;
    file.getDataset()->findAndGetUint8Array(DCM_EncapsulatedDocument, bytes, &count);
    return {reinterpret_cast<const char*>(bytes), count};
  }
  DcmFileFormat file;
};

TEST(EncapsulatedPdf, HoldsThePdfOfThatPatientAndStudy) {
  const Letter letter;
  const auto written = letter.write();
  ASSERT_TRUE(written) << written.error().detail;
  ReadLetter read(letter.path());
  ReadLetter source(letter.context.sources.front().path);
  for (const DcmTagKey& tag : {DCM_PatientID, DCM_PatientName, DCM_StudyInstanceUID, DCM_StudyDate}) {
    EXPECT_FALSE(read.text(tag).empty());
    EXPECT_EQ(read.text(tag), source.text(tag));
  }
  EXPECT_EQ(read.text(DCM_SOPInstanceUID), letter.context.sopInstanceUid);
  EXPECT_EQ(read.text(DCM_DocumentTitle), "Radiology report");
  EXPECT_EQ(read.text(DCM_MIMETypeOfEncapsulatedDocument), "application/pdf");
  EXPECT_EQ(read.text(DCM_VerificationFlag), "VERIFIED");
  EXPECT_EQ(read.document().substr(0, letter.pdf.size()), letter.pdf);
  EXPECT_EQ(read.document().size(), letter.pdf.size() + letter.pdf.size() % 2);
  Uint32 length = 0;
  read.file.getDataset()->findAndGetUint32(DCM_EncapsulatedDocumentLength, length);
  EXPECT_EQ(length, letter.pdf.size());
  DcmSequenceOfItems* sources = nullptr;
  read.file.getDataset()->findAndGetSequence(DCM_SourceInstanceSequence, sources);
  ASSERT_NE(sources, nullptr);
  EXPECT_EQ(sources->card(), letter.context.sources.size());
}

TEST(EncapsulatedPdf, UnsignedItSaysSo) {
  const Letter letter(false);
  ASSERT_TRUE(letter.write());
  EXPECT_EQ(ReadLetter(letter.path()).text(DCM_VerificationFlag), "UNVERIFIED");
}

TEST(EncapsulatedPdf, PassesDciodvfy) {
  if (!hasProgram("dciodvfy")) GTEST_SKIP() << "dciodvfy is not installed";
  const Letter letter;
  ASSERT_TRUE(letter.write());
  EXPECT_EQ(dicomErrors(letter.path(), "EncapsulatedPDF"), "");
}

TEST(EncapsulatedPdf, WhatIsNoPdfOrHasNoSourceIsRefusedAndLeavesNothing) {
  Letter letter;
  letter.pdf = "<html>";
  ASSERT_FALSE(letter.write());
  EXPECT_EQ(letter.write().error().code, ErrorCode::bad_argument);
  letter.pdf = "%PDF-1.4";
  letter.context.sources.clear();
  EXPECT_EQ(letter.write().error().code, ErrorCode::bad_argument);
  EXPECT_FALSE(fs::exists(letter.path()));
}

}  // namespace
}  // namespace attest::test
