#include "core/dicom/seg_segments.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include "core/dicom/derived_elements.h"
#include "core/dicom/derived_object.h"
#include "core/dicom/seg_color.h"

namespace attest::dicom {
namespace {

const char* algorithmType(const Item& item) {
  if (item.madeBy.agent.empty() || item.state == ItemState::manual) return "MANUAL";
  return item.state == ItemState::corrected ? "SEMIAUTOMATIC" : "AUTOMATIC";
}

void addAlgorithm(DcmItem& segment, const Provenance& madeBy) {
  static const Code learned{"DCM", "123110", "Artificial Intelligence"};
  static const Code classical{"99ATTEST", "classical", "Classical image processing"};
  put(segment, DCM_SegmentAlgorithmName, madeBy.agent + " " + madeBy.version);
  DcmItem& algorithm = addItem(segment, DCM_SegmentationAlgorithmIdentificationSequence);
  putCode(algorithm, DCM_AlgorithmFamilyCodeSequence, madeBy.model.empty() ? classical : learned);
  put(algorithm, DCM_AlgorithmName, madeBy.agent);
  put(algorithm, DCM_AlgorithmVersion, madeBy.version.empty() ? "unknown" : madeBy.version);
  if (const auto parameters = algorithmParameters(madeBy); !parameters.empty()) {
    put(algorithm, DCM_AlgorithmParameters, parameters);
  }
}

}  // namespace

void addSegment(DcmItem& object, int number, const Item& item) {
  DcmItem& segment = addItem(object, DCM_SegmentSequence);
  putShort(segment, DCM_SegmentNumber, static_cast<std::uint16_t>(number));
  put(segment, DCM_SegmentLabel, item.label.empty() ? item.code.meaning : item.label);
  const std::string type = algorithmType(item);
  put(segment, DCM_SegmentAlgorithmType, type);
  if (type != "MANUAL") addAlgorithm(segment, item.madeBy);
  putCode(segment, DCM_SegmentedPropertyCategoryCodeSequence, item.category);
  putCode(segment, DCM_SegmentedPropertyTypeCodeSequence, item.code);
  if (item.laterality) {
    DcmItem& property = *firstItem(segment, DCM_SegmentedPropertyTypeCodeSequence);
    putCode(property, DCM_SegmentedPropertyTypeModifierCodeSequence, *item.laterality);
  }
  put(segment, DCM_TrackingID, item.label);
  put(segment, DCM_TrackingUID, trackingUid(item));
  const auto lab = toCieLab(item.color);
  segment.putAndInsertUint16Array(DCM_RecommendedDisplayCIELabValue, lab.data(), lab.size());
}

void addBackground(DcmItem& object) {
  DcmItem& segment = addItem(object, DCM_SegmentSequence);
  putShort(segment, DCM_SegmentNumber, 0);
  put(segment, DCM_SegmentLabel, "Background");
  put(segment, DCM_SegmentAlgorithmType, "MANUAL");
  putCode(segment, DCM_SegmentedPropertyCategoryCodeSequence,
          {"SCT", "309825002", "Spatial and Relational Concept"});
  putCode(segment, DCM_SegmentedPropertyTypeCodeSequence, {"DCM", "125040", "Background"});
}

SegmentIn readSegment(DcmItem& segment) {
  SegmentIn out;
  Uint16 number = 0;
  segment.findAndGetUint16(DCM_SegmentNumber, number);
  out.number = number;
  out.label = text(segment, DCM_SegmentLabel);
  out.category = code(segment, DCM_SegmentedPropertyCategoryCodeSequence).value_or(Code{});
  out.code = code(segment, DCM_SegmentedPropertyTypeCodeSequence).value_or(Code{});
  if (DcmItem* property = firstItem(segment, DCM_SegmentedPropertyTypeCodeSequence)) {
    out.laterality = code(*property, DCM_SegmentedPropertyTypeModifierCodeSequence);
  }
  out.trackingUid = text(segment, DCM_TrackingUID);
  out.algorithmType = text(segment, DCM_SegmentAlgorithmType);
  out.algorithmName = text(segment, DCM_SegmentAlgorithmName);
  std::array<std::uint16_t, 3> lab{};
  bool hasColor = true;
  for (unsigned long i = 0; i < lab.size(); ++i) {
    hasColor &= segment.findAndGetUint16(DCM_RecommendedDisplayCIELabValue, lab[i], i).good();
  }
  if (hasColor) out.color = fromCieLab(lab);
  return out;
}

}  // namespace attest::dicom
