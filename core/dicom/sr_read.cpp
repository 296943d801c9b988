#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <exception>

#include "core/dicom/derived_elements.h"
#include "core/dicom/derived_object.h"
#include "core/dicom/sr.h"
#include "core/dicom/sr_codes.h"
#include "core/dicom/sr_content.h"

namespace attest::dicom {
namespace {

/// Some write the observer's name as text.
std::string personOf(DcmItem& item) {
  const std::string name = text(item, DCM_PersonName);
  return name.empty() ? text(item, DCM_TextValue) : name;
}

void readMeasurements(SrIn& out, DcmItem& measurements) {
  for (DcmItem* item : items(measurements, DCM_ContentSequence)) {
    const auto name = code(*item, DCM_ConceptNameCodeSequence);
    if (name && name->value == codes::measurementGroup.value) {
      out.groups.push_back(readMeasuredGroup(*item));
    } else {
      appendLines(out.rest, *item, conceptOf(measurements));
    }
  }
}

void readEvaluations(SrIn& out, DcmItem& evaluations) {
  for (DcmItem* item : items(evaluations, DCM_ContentSequence)) {
    if (text(*item, DCM_ValueType) == "TEXT") {
      out.texts.push_back(text(*item, DCM_TextValue));
    } else {
      appendLines(out.rest, *item, conceptOf(evaluations));
    }
  }
}

Result<SrIn> read(const std::filesystem::path& path) {
  DcmFileFormat file;
  ATTEST_CHECK(openDerived(file, path));
  DcmDataset& document = *file.getDataset();
  const auto title = code(document, DCM_ConceptNameCodeSequence);
  if (text(document, DCM_Modality) != "SR" || !title || title->value != codes::report.value) {
    return fail(ErrorCode::unsupported, "no imaging measurement report (TID 1500)");
  }
  SrIn out;
  out.verified = text(document, DCM_VerificationFlag) == "VERIFIED";
  out.complete = text(document, DCM_CompletionFlag) == "COMPLETE";
  for (DcmItem* item : items(document, DCM_ContentSequence)) {
    const std::string name = code(*item, DCM_ConceptNameCodeSequence).value_or(Code{}).value;
    if (name == codes::measurements.value) {
      readMeasurements(out, *item);
    } else if (name == codes::measurementGroup.value) {  // some leave the container out
      out.groups.push_back(readMeasuredGroup(*item));
    } else if (name == codes::qualitative.value) {
      readEvaluations(out, *item);
    } else if (name == codes::personName.value && out.person.empty()) {
      out.person = personOf(*item);
    } else if (name != codes::imageLibrary.value) {
      appendLines(out.rest, *item, {});
    }
  }
  return out;
}

}  // namespace

Result<SrIn> readSr(const std::filesystem::path& path) {
  try {
    return read(path);
  } catch (const std::exception& error) {
    return fail(ErrorCode::bad_file, error.what());
  }
}

}  // namespace attest::dicom
