#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include "core/dicom/derived_elements.h"
#include "core/dicom/sr_content.h"

namespace attest::dicom {
namespace {

std::string codeText(DcmItem& item, const DcmTagKey& tag) {
  const auto value = code(item, tag);
  if (!value) return {};
  return value->meaning.empty() ? value->scheme + " " + value->value : value->meaning;
}

std::string numberText(DcmItem& item) {
  DcmItem* measured = firstItem(item, DCM_MeasuredValueSequence);
  if (measured == nullptr) return codeText(item, DCM_NumericValueQualifierCodeSequence);
  const auto unit = code(*measured, DCM_MeasurementUnitsCodeSequence);
  return text(*measured, DCM_NumericValue) + (unit ? " " + unit->value : "");
}

/// The value of an item, whatever its type; empty of a container.
std::string valueText(DcmItem& item) {
  const std::string type = text(item, DCM_ValueType);
  if (type == "CODE") return codeText(item, DCM_ConceptCodeSequence);
  if (type == "NUM") return numberText(item);
  if (type == "SCOORD" || type == "SCOORD3D" || type == "TCOORD") {
    return text(item, type == "TCOORD" ? DCM_TemporalRangeType : DCM_GraphicType) + " " +
           text(item, DCM_GraphicData);
  }
  if (DcmItem* reference = firstItem(item, DCM_ReferencedSOPSequence))
    return text(*reference, DCM_ReferencedSOPInstanceUID);
  for (const DcmTagKey& tag : {DCM_TextValue, DCM_UID, DCM_PersonName, DCM_DateTime, DCM_Date, DCM_Time}) {
    if (std::string value = text(item, tag); !value.empty()) return value;
  }
  return {};
}

}  // namespace

std::string conceptOf(DcmItem& item) {
  const std::string name = codeText(item, DCM_ConceptNameCodeSequence);
  return name.empty() ? text(item, DCM_ValueType) : name;
}

void appendLines(std::vector<std::string>& lines, DcmItem& item, const std::string& path) {
  const std::string here = (path.empty() ? "" : path + " > ") + conceptOf(item);
  if (const std::string value = valueText(item); !value.empty()) lines.push_back(here + ": " + value);
  for (DcmItem* below : items(item, DCM_ContentSequence)) appendLines(lines, *below, here);
}

}  // namespace attest::dicom
