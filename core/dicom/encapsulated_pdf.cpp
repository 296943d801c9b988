#include "core/dicom/encapsulated_pdf.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <exception>
#include <set>
#include <stdexcept>

#include "core/dicom/derived_elements.h"
#include "core/dicom/derived_object.h"
#include "core/dicom/header.h"

namespace attest::dicom {
namespace {

const Code radiologyReport{"LN", "11528-7", "Radiology Report"};
constexpr std::string_view pdfType = "application/pdf";

void putSources(DcmItem& object, const DerivedContext& context) {
  std::set<SopUid> seen;
  for (const SourceImage& image : context.sources) {
    if (!seen.insert(image.sopUid).second) continue;
    DcmItem& source = addItem(object, DCM_SourceInstanceSequence);
    put(source, DCM_ReferencedSOPClassUID, image.sopClass);
    put(source, DCM_ReferencedSOPInstanceUID, image.sopUid.value);
  }
}

/// An OB of an even length: what is added behind the PDF is no part of it (the length says so).
void putPdf(DcmItem& object, std::string_view pdf) {
  std::string bytes(pdf);
  if (bytes.size() % 2 != 0) bytes += '\0';
  const auto* const data = reinterpret_cast<const Uint8*>(bytes.data());
  const bool done =
      object.putAndInsertUint8Array(DCM_EncapsulatedDocument, data, static_cast<unsigned long>(bytes.size()))
          .good() &&
      object.putAndInsertUint32(DCM_EncapsulatedDocumentLength, static_cast<Uint32>(pdf.size())).good();
  if (!done) throw std::runtime_error("the document does not fit into an element");
}

Result<> write(const std::filesystem::path& path, const DerivedContext& context, const std::string& title,
               std::string_view pdf) {
  if (!pdf.starts_with("%PDF-")) return fail(ErrorCode::bad_argument, "there is no PDF");
  DcmFileFormat file;
  DcmDataset& object = *file.getDataset();
  ATTEST_CHECK(startDerived(object, context, UID_EncapsulatedPDFStorage, "DOC"));
  put(object, DCM_ConversionType, "SYN");
  putEmpty(object, DCM_AcquisitionDateTime);
  put(object, DCM_BurnedInAnnotation, "YES");
  putSources(object, context);
  put(object, DCM_DocumentTitle, title);
  putCode(object, DCM_ConceptNameCodeSequence, radiologyReport);
  put(object, DCM_VerificationFlag, context.isSigned ? "VERIFIED" : "UNVERIFIED");
  put(object, DCM_MIMETypeOfEncapsulatedDocument, pdfType);
  putPdf(object, pdf);
  return saveDerived(file, path);
}

}  // namespace

Result<> writeEncapsulatedPdf(const std::filesystem::path& path, const DerivedContext& context,
                              const std::string& title, std::string_view pdf) {
  initialize();
  try {
    return write(path, context, title, pdf);
  } catch (const std::exception& error) {
    return fail(ErrorCode::internal, error.what());
  }
}

}  // namespace attest::dicom
