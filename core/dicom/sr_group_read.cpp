#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <cmath>

#include "core/dicom/derived_elements.h"
#include "core/dicom/derived_references.h"
#include "core/dicom/sr_codes.h"
#include "core/dicom/sr_content.h"

namespace attest::dicom {
namespace {

bool is(DcmItem& item, const Code& name) {
  const auto concept_ = code(item, DCM_ConceptNameCodeSequence);
  return concept_ && concept_->scheme == name.scheme && concept_->value == name.value;
}

std::optional<Code> codeOf(DcmItem& parent, const Code& name) {
  DcmItem* item = child(parent, name);
  return item == nullptr ? std::nullopt : code(*item, DCM_ConceptCodeSequence);
}

std::optional<MeasuredNumber> numberOf(DcmItem& item) {
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

/// The region of a SCOORD or SCOORD3D item; none where its points are bad or, on an image, where it names
/// none.
std::optional<MeasuredRegion> regionOf(DcmItem& item) {
  const bool inSpace = text(item, DCM_ValueType) == "SCOORD3D";
  const std::size_t size = inSpace ? 3 : 2;
  MeasuredRegion out;
  out.shape = text(item, DCM_GraphicType);
  out.purpose = conceptOf(item);
  std::vector<double> values;
  Float32 value = 0;
  for (unsigned long n = 0; item.findAndGetFloat32(DCM_GraphicData, value, n).good(); ++n) {
    if (!std::isfinite(value)) return std::nullopt;
    values.push_back(value);
  }
  if (values.empty() || values.size() % size != 0) return std::nullopt;
  for (std::size_t n = 0; n < values.size(); n += size)
    out.points.push_back({values[n], values[n + 1], inSpace ? values[n + 2] : 0});
  if (inSpace) {
    out.frameOfReference.value = text(item, DCM_ReferencedFrameOfReferenceUID);
    return out;
  }
  for (DcmItem* image : items(item, DCM_ContentSequence)) {
    const auto references = imageReferences(*image, DCM_ReferencedSOPSequence);
    if (!references.empty()) out.image = references.front();
  }
  return out.image.sopUid.empty() ? std::nullopt : std::optional(out);
}

bool isCoordinates(DcmItem& item) {
  return text(item, DCM_ValueType).starts_with("SCOORD");
}

/// A number and what stands below it: its derivation, the regions from which it was inferred.
bool readNumber(MeasuredGroup& out, DcmItem& item, const std::string& path) {
  const auto number = numberOf(item);
  if (!number) return false;
  out.numbers.push_back(*number);
  for (DcmItem* below : items(item, DCM_ContentSequence)) {
    if (is(*below, codes::derivation)) continue;
    auto region = isCoordinates(*below) ? regionOf(*below) : std::nullopt;
    if (region) {
      region->measuredAs = number->concept_;
      out.regions.push_back(*std::move(region));
    } else {
      appendLines(out.rest, *below, path + " > " + conceptOf(item));
    }
  }
  return true;
}

/// What stands below an item that was understood, but for the side.
void keepBelow(MeasuredGroup& out, DcmItem& item, const std::string& path) {
  for (DcmItem* below : items(item, DCM_ContentSequence)) {
    if (is(*below, codes::laterality)) {
      out.laterality = code(*below, DCM_ConceptCodeSequence);
    } else {
      appendLines(out.rest, *below, path + " > " + conceptOf(item));
    }
  }
}

bool readCode(MeasuredGroup& out, DcmItem& item, const std::string& path) {
  const auto name = code(item, DCM_ConceptNameCodeSequence);
  const auto value = code(item, DCM_ConceptCodeSequence);
  if (!name || !value) return false;
  if (is(item, codes::findingCategory)) {
    out.category = value;
  } else if (is(item, codes::finding) && out.finding.value.empty()) {
    out.finding = *value;
  } else if (is(item, codes::findingSite) && !out.site) {
    out.site = value;
  } else if (is(item, codes::verdict)) {
    out.verdict = value->value;
  } else {
    out.qualities.push_back({*name, *value});
  }
  keepBelow(out, item, path);
  return true;
}

bool readSegment(MeasuredGroup& out, DcmItem& item) {
  DcmItem* reference = firstItem(item, DCM_ReferencedSOPSequence);
  if (!is(item, codes::referencedSegment) || reference == nullptr || out.segmentNumber > 0) return false;
  out.segSopInstanceUid = text(*reference, DCM_ReferencedSOPInstanceUID);
  Uint16 number = 0;
  reference->findAndGetUint16(DCM_ReferencedSegmentNumber, number);
  out.segmentNumber = number;
  return true;
}

bool readText(MeasuredGroup& out, DcmItem& item) {
  std::string* to = is(item, codes::trackingId)      ? &out.trackingId
                    : is(item, codes::algorithmName) ? &out.algorithmName
                                                     : nullptr;
  if (to == nullptr || !to->empty()) return false;
  *to = text(item, DCM_TextValue);
  return true;
}

bool readItem(MeasuredGroup& out, DcmItem& item, const std::string& path) {
  const std::string type = text(item, DCM_ValueType);
  if (type == "NUM") return readNumber(out, item, path);
  if (type == "CODE") return readCode(out, item, path);
  if (type == "TEXT") return readText(out, item);
  if (type == "IMAGE") return readSegment(out, item);
  if (type == "UIDREF" && is(item, codes::trackingUid)) {
    out.trackingUid = text(item, DCM_UID);
    return true;
  }
  auto region = isCoordinates(item) ? regionOf(item) : std::nullopt;
  if (region) out.regions.push_back(*std::move(region));
  return region.has_value();
}

}  // namespace

MeasuredGroup readMeasuredGroup(DcmItem& group) {
  MeasuredGroup out;
  const std::string path = conceptOf(group);
  for (DcmItem* item : items(group, DCM_ContentSequence)) {
    if (!readItem(out, *item, path)) appendLines(out.rest, *item, path);
  }
  return out;
}

}  // namespace attest::dicom
