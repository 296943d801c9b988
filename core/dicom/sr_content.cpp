#include "core/dicom/sr_content.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include "core/dicom/derived_elements.h"
#include "core/dicom/sr_codes.h"

namespace attest::dicom {
namespace {

DcmItem& addContent(DcmItem& parent, const char* relation, const char* type, const Code& name) {
  DcmItem& item = addItem(parent, DCM_ContentSequence);
  put(item, DCM_RelationshipType, relation);
  put(item, DCM_ValueType, type);
  if (!name.value.empty()) putCode(item, DCM_ConceptNameCodeSequence, name);
  return item;
}

void makeContainer(DcmItem& item, const char* templateId) {
  put(item, DCM_ContinuityOfContent, "SEPARATE");
  if (templateId == nullptr) return;
  DcmItem& identification = addItem(item, DCM_ContentTemplateSequence);
  put(identification, DCM_MappingResource, "DCMR");
  put(identification, DCM_TemplateIdentifier, templateId);
}

}  // namespace

DcmItem& addContainer(DcmItem& parent, const Code& name, const char* templateId) {
  DcmItem& item = addContent(parent, "CONTAINS", "CONTAINER", name);
  makeContainer(item, templateId);
  return item;
}

DcmItem& addCode(DcmItem& parent, const char* relation, const Code& name, const Code& value) {
  DcmItem& item = addContent(parent, relation, "CODE", name);
  putCode(item, DCM_ConceptCodeSequence, value);
  return item;
}

void addText(DcmItem& parent, const char* relation, const Code& name, const std::string& value) {
  put(addContent(parent, relation, "TEXT", name), DCM_TextValue, value);
}

void addPersonName(DcmItem& parent, const char* relation, const Code& name, const std::string& value) {
  put(addContent(parent, relation, "PNAME", name), DCM_PersonName, value);
}

void addUid(DcmItem& parent, const char* relation, const Code& name, const std::string& uid) {
  put(addContent(parent, relation, "UIDREF", name), DCM_UID, uid);
}

DcmItem& addNumber(DcmItem& parent, const Code& name, double value, const Code& unit) {
  DcmItem& item = addContent(parent, "CONTAINS", "NUM", name);
  DcmItem& measured = addItem(item, DCM_MeasuredValueSequence);
  put(measured, DCM_NumericValue, {value});
  measured.putAndInsertFloat64(DCM_FloatingPointValue, value);
  putCode(measured, DCM_MeasurementUnitsCodeSequence, unit);
  return item;
}

DcmItem& addImage(DcmItem& parent, const Code& name, const std::string& sopClass,
                  const std::string& sopInstanceUid) {
  DcmItem& item = addContent(parent, "CONTAINS", "IMAGE", name);
  DcmItem& reference = addItem(item, DCM_ReferencedSOPSequence);
  put(reference, DCM_ReferencedSOPClassUID, sopClass);
  put(reference, DCM_ReferencedSOPInstanceUID, sopInstanceUid);
  return reference;
}

void addLine(DcmItem& number, const std::array<Vec3, 2>& endsMm, const std::string& frameOfReference) {
  DcmItem& item = addContent(number, "INFERRED FROM", "SCOORD3D", codes::path);
  std::vector<Float32> values;
  for (const Vec3& end : endsMm)
    for (const double mm : {end.x, end.y, end.z}) values.push_back(static_cast<Float32>(mm));
  item.putAndInsertFloat32Array(DCM_GraphicData, values.data(), static_cast<unsigned long>(values.size()));
  put(item, DCM_GraphicType, "POLYLINE");
  put(item, DCM_ReferencedFrameOfReferenceUID, frameOfReference);
}

void startTree(DcmItem& document, const Code& title, const char* templateId) {
  put(document, DCM_ValueType, "CONTAINER");
  putCode(document, DCM_ConceptNameCodeSequence, title);
  makeContainer(document, templateId);
}

std::vector<DcmItem*> children(DcmItem& parent, const Code& name) {
  std::vector<DcmItem*> out;
  for (DcmItem* item : items(parent, DCM_ContentSequence)) {
    const auto concept_ = code(*item, DCM_ConceptNameCodeSequence);
    if (concept_ && concept_->scheme == name.scheme && concept_->value == name.value) out.push_back(item);
  }
  return out;
}

DcmItem* child(DcmItem& parent, const Code& name) {
  const auto all = children(parent, name);
  return all.empty() ? nullptr : all.front();
}

}  // namespace attest::dicom
