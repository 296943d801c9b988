#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <cmath>
#include <exception>

#include "core/dicom/derived_elements.h"
#include "core/dicom/derived_object.h"
#include "core/dicom/sr.h"
#include "core/dicom/sr_codes.h"
#include "core/dicom/sr_content.h"

namespace attest::dicom {
namespace {

// The value of a child, by its concept; empty where there is none.
std::string textOf(DcmItem& parent, const Code& name) {
  DcmItem* item = child(parent, name);
  return item == nullptr ? std::string() : text(*item, DCM_TextValue);
}
std::optional<Code> codeOf(DcmItem& parent, const Code& name) {
  DcmItem* item = child(parent, name);
  return item == nullptr ? std::nullopt : code(*item, DCM_ConceptCodeSequence);
}

std::optional<MeasuredNumber> numberOf(DcmItem& item) {
  if (text(item, DCM_ValueType) != "NUM") return std::nullopt;
  DcmItem* measured = firstItem(item, DCM_MeasuredValueSequence);
  const auto name = code(item, DCM_ConceptNameCodeSequence);
  if (measured == nullptr || !name) return std::nullopt;
  Float64 exact = 0;
  const bool isExact =
      measured->findAndGetFloat64(DCM_FloatingPointValue, exact).good() && std::isfinite(exact);
  const auto decimal = numbers(*measured, DCM_NumericValue, 1);
  if (!isExact && !decimal) return std::nullopt;
  return MeasuredNumber{*name, codeOf(item, codes::derivation), isExact ? exact : decimal->front(),
                        code(*measured, DCM_MeasurementUnitsCodeSequence).value_or(Code{}).value};
}

std::optional<Code> lateralityOf(DcmItem& group) {
  for (const Code& sided : {codes::findingSite, codes::finding}) {
    DcmItem* item = child(group, sided);
    if (item == nullptr) continue;
    if (auto side = codeOf(*item, codes::laterality)) return side;
  }
  return std::nullopt;
}

MeasuredGroup readGroup(DcmItem& group) {
  MeasuredGroup out;
  out.trackingId = textOf(group, codes::trackingId);
  if (DcmItem* uid = child(group, codes::trackingUid)) out.trackingUid = text(*uid, DCM_UID);
  out.category = codeOf(group, codes::findingCategory);
  out.finding = codeOf(group, codes::finding).value_or(Code{});
  out.laterality = lateralityOf(group);
  if (DcmItem* segment = child(group, codes::referencedSegment)) {
    if (DcmItem* reference = firstItem(*segment, DCM_ReferencedSOPSequence)) {
      out.segSopInstanceUid = text(*reference, DCM_ReferencedSOPInstanceUID);
      Uint16 number = 0;
      reference->findAndGetUint16(DCM_ReferencedSegmentNumber, number);
      out.segmentNumber = number;
    }
  }
  for (DcmItem* item : items(group, DCM_ContentSequence)) {
    if (auto number = numberOf(*item)) out.numbers.push_back(*std::move(number));
  }
  out.algorithmName = textOf(group, codes::algorithmName);
  out.verdict = codeOf(group, codes::verdict).value_or(Code{}).value;
  return out;
}

/// Some write the observer's name as text.
std::string personOf(DcmItem& document) {
  DcmItem* item = child(document, codes::personName);
  if (item == nullptr) return {};
  const std::string name = text(*item, DCM_PersonName);
  return name.empty() ? text(*item, DCM_TextValue) : name;
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
  out.person = personOf(document);
  for (DcmItem* measurements : children(document, codes::measurements)) {
    for (DcmItem* group : children(*measurements, codes::measurementGroup))
      out.groups.push_back(readGroup(*group));
  }
  if (DcmItem* evaluations = child(document, codes::qualitative)) {
    for (DcmItem* item : items(*evaluations, DCM_ContentSequence)) {
      if (text(*item, DCM_ValueType) == "TEXT") out.texts.push_back(text(*item, DCM_TextValue));
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
