#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <exception>
#include <set>

#include "core/dicom/derived_elements.h"
#include "core/dicom/derived_object.h"
#include "core/dicom/header.h"
#include "core/dicom/sr.h"
#include "core/dicom/sr_codes.h"
#include "core/dicom/sr_content.h"

namespace attest::dicom {
namespace {

Result<> check(const SrOut& report) {
  bool refersToSegments = false;
  for (const auto& [item, segment] : report.items) {
    if (item == nullptr || item->code.value.empty())
      return fail(ErrorCode::bad_argument, "an item has no code");
    refersToSegments |= segment > 0;
  }
  if (report.segSopInstanceUid.empty() ? refersToSegments : report.segSeriesUid.empty()) {
    return fail(ErrorCode::bad_argument, "a UID of the segmentation is missing");
  }
  return {};
}

void addEvidence(DcmItem& study, const std::string& seriesUid, const std::vector<SourceImage>& images) {
  DcmItem& series = addItem(study, DCM_ReferencedSeriesSequence);
  put(series, DCM_SeriesInstanceUID, seriesUid);
  std::set<SopUid> seen;
  for (const SourceImage& image : images) {
    if (!seen.insert(image.sopUid).second) continue;
    DcmItem& instance = addItem(series, DCM_ReferencedSOPSequence);
    put(instance, DCM_ReferencedSOPClassUID, image.sopClass);
    put(instance, DCM_ReferencedSOPInstanceUID, image.sopUid.value);
  }
}

void putDocumentModule(DcmItem& document, const SrOut& report) {
  const DerivedContext& context = report.context;
  putEmpty(document, DCM_ReferencedPerformedProcedureStepSequence);
  putEmpty(document, DCM_PerformedProcedureCodeSequence);
  put(document, DCM_CompletionFlag, context.isSigned ? "COMPLETE" : "PARTIAL");
  put(document, DCM_CompletionFlagDescription, notice(context));
  put(document, DCM_VerificationFlag, context.isSigned ? "VERIFIED" : "UNVERIFIED");
  put(document, DCM_PreliminaryFlag, context.isSigned ? "FINAL" : "PRELIMINARY");
  if (context.isSigned) {
    DcmItem& observer = addItem(document, DCM_VerifyingObserverSequence);
    put(observer, DCM_VerifyingOrganization, "Not stated");
    put(observer, DCM_VerificationDateTime,
        toDicomDate(context.verifiedAt) + toDicomTime(context.verifiedAt) + "+0000");
    put(observer, DCM_VerifyingObserverName, context.person);
    putEmpty(observer, DCM_VerifyingObserverIdentificationCodeSequence);
  }
  DcmItem& evidence = addItem(document, DCM_CurrentRequestedProcedureEvidenceSequence);
  put(evidence, DCM_StudyInstanceUID, text(document, DCM_StudyInstanceUID));
  addEvidence(evidence, context.sourceSeries.uid.value, context.sources);
  if (!report.segSopInstanceUid.empty()) {
    addEvidence(evidence, report.segSeriesUid,
                {{{}, SopUid{report.segSopInstanceUid}, UID_SegmentationStorage}});
  }
}

/// TID 1001: who observed, a person and this program.
void addObservers(DcmItem& document, const DerivedContext& context) {
  constexpr auto relation = "HAS OBS CONTEXT";
  if (!context.person.empty()) {
    addCode(document, relation, codes::observerType, codes::person);
    addPersonName(document, relation, codes::personName, context.person);
  }
  addCode(document, relation, codes::observerType, codes::device);
  addUid(document, relation, codes::deviceUid, stableUid("Attest device"));
  addText(document, relation, codes::deviceName, "Attest " + context.softwareVersion);
  addText(document, relation, codes::deviceManufacturer, "Attest");
  addText(document, relation, codes::deviceModel, "Attest");
}

/// The study's own procedure code, else the general one of the modality (CID 100).
Code procedure(DcmItem& document, const std::string& modality) {
  if (const auto own = code(document, DCM_ProcedureCodeSequence)) return *own;
  if (modality == "CT") return {"LN", "25045-6", "CT unspecified body region"};
  if (modality == "MR") return {"LN", "25056-3", "MRI unspecified body region"};
  if (modality == "NM") return {"LN", "49118-3", "NM unspecified body region"};
  if (modality == "PT") return {"LN", "44136-0", "PET unspecified body region"};
  return {"SCT", "363679005", "Imaging procedure"};
}

Code modalityCode(const std::string& modality) {
  static const Code known[]{{"DCM", "CT", "Computed Tomography"},
                            {"DCM", "MR", "Magnetic Resonance"},
                            {"DCM", "PT", "Positron emission tomography"},
                            {"DCM", "NM", "Nuclear Medicine"},
                            {"DCM", "US", "Ultrasound"},
                            {"DCM", "CR", "Computed Radiography"},
                            {"DCM", "DX", "Digital Radiography"},
                            {"DCM", "MG", "Mammography"},
                            {"DCM", "XA", "X-Ray Angiography"},
                            {"DCM", "RF", "Radiofluoroscopy"}};
  for (const Code& one : known) {
    if (one.value == modality) return one;
  }
  return {"DCM", "OT", "Other Modality"};
}

/// TID 1600, one group: the images of the source series.
void addImageLibrary(DcmItem& document, const DerivedContext& context) {
  DcmItem& library = addContainer(document, codes::imageLibrary, "1600");
  DcmItem& group = addContainer(library, codes::imageGroup);
  addCode(group, "HAS ACQ CONTEXT", codes::modality, modalityCode(context.sourceSeries.modality));
  if (const auto& frame = context.sourceSeries.frameOfReference; !frame.empty()) {
    addUid(group, "HAS ACQ CONTEXT", codes::frameOfReference, frame.value);
  }
  std::set<SopUid> seen;
  for (const SourceImage& image : context.sources) {
    if (seen.insert(image.sopUid).second) addImage(group, {}, image.sopClass, image.sopUid.value);
  }
}

Result<> write(const std::filesystem::path& path, const SrOut& report) {
  ATTEST_CHECK(check(report));
  DcmFileFormat file;
  DcmDataset& document = *file.getDataset();
  ATTEST_CHECK(startDerived(document, report.context, UID_Comprehensive3DSRStorage, "SR"));
  putDocumentModule(document, report);
  startTree(document, codes::report, "1500");
  addCode(document, "HAS CONCEPT MOD", codes::language, codes::english);
  addObservers(document, report.context);
  addCode(document, "HAS CONCEPT MOD", codes::procedure,
          procedure(document, report.context.sourceSeries.modality));
  addImageLibrary(document, report.context);
  DcmItem& measurements = addContainer(document, codes::measurements);
  for (const MeasuredItem& measured : report.items) addMeasurementGroup(measurements, report, measured);
  if (!report.impression.empty()) {
    DcmItem& evaluations = addContainer(document, codes::qualitative);
    for (const std::string& sentence : report.impression) {
      addText(evaluations, "CONTAINS", codes::impression, sentence);
    }
  }
  return saveDerived(file, path);
}

}  // namespace

Result<> writeSr(const std::filesystem::path& path, const SrOut& report) {
  initialize();
  try {
    return write(path, report);
  } catch (const std::exception& error) {
    return fail(ErrorCode::internal, error.what());
  }
}

}  // namespace attest::dicom
