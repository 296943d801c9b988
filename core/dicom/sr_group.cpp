#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include "core/dicom/derived_elements.h"
#include "core/dicom/derived_object.h"
#include "core/dicom/sr_codes.h"
#include "core/dicom/sr_content.h"

namespace attest::dicom {
namespace {

const char* meaning(ItemState state) {
  switch (state) {
    case ItemState::proposed:
      return "Proposed, not reviewed";
    case ItemState::accepted:
      return "Accepted as proposed";
    case ItemState::corrected:
      return "Corrected by the reader";
    case ItemState::rejected:
      return "Rejected by the reader";
    case ItemState::manual:
      return "Made by the reader";
    case ItemState::confirmed:
      return "Confirmed with the other structures";
    case ItemState::dismissed:
      return "Dismissed by the reader";
  }
  return "";
}

void addAlgorithm(DcmItem& group, const Provenance& madeBy) {
  addText(group, "HAS CONCEPT MOD", codes::algorithmName, madeBy.agent);
  addText(group, "HAS CONCEPT MOD", codes::algorithmVersion,
          madeBy.version.empty() ? "unknown" : madeBy.version);
  if (const auto parameters = algorithmParameters(madeBy); !parameters.empty()) {
    addText(group, "HAS CONCEPT MOD", codes::algorithmParameters, parameters);
  }
}

void addStatistics(DcmItem& group, const ValueStatistics& values, Unit unit) {
  const auto add = [&](const Code& name, const Code& units) {
    const std::pair<const Code&, double> derived[]{{codes::mean, values.mean},
                                                   {codes::standardDeviation, values.sd},
                                                   {codes::minimum, values.min},
                                                   {codes::maximum, values.max}};
    for (const auto& [derivation, value] : derived) {
      addCode(addNumber(group, name, value, units), "HAS CONCEPT MOD", codes::derivation, derivation);
    }
  };
  switch (unit) {
    case Unit::hu:
      return add(codes::attenuation, codes::hounsfield);
    case Unit::suv_bw:
      return add(codes::uptake, codes::suvBw);
    case Unit::bq_ml:
      return add(codes::activity, codes::bqPerMl);
    case Unit::none:
      return;
  }
}

/// Without a segment the line is what shows where a diameter was measured.
void addDiameter(DcmItem& group, const Code& name, double mm, const std::array<Vec3, 2>& endsMm,
                 const std::string& frameOfReference) {
  DcmItem& number = addNumber(group, name, mm, codes::mm);
  if (!frameOfReference.empty() && endsMm[0] != endsMm[1]) addLine(number, endsMm, frameOfReference);
}

/// `lineFrame`: the frame of reference of lines, empty where there shall be none.
void addMeasurements(DcmItem& group, const Item& item, Unit unit, const std::string& lineFrame) {
  const Measurement& m = item.measurement;
  if (m.voxels > 0) addNumber(group, codes::volume, m.volumeMm3, codes::mm3);
  if (item.kind == ItemKind::finding) {
    if (m.longestMm) addDiameter(group, codes::longAxis, *m.longestMm, m.longestEndsMm, lineFrame);
    if (m.perpendicularMm)
      addDiameter(group, codes::shortAxis, *m.perpendicularMm, m.perpendicularEndsMm, lineFrame);
  }
  if (m.values) addStatistics(group, *m.values, unit);
}

}  // namespace

void addMeasurementGroup(DcmItem& measurements, const SrOut& report, const MeasuredItem& measured) {
  const Item& item = *measured.item;
  const bool hasSegment = measured.segmentNumber > 0;
  DcmItem& group = addContainer(measurements, codes::measurementGroup, hasSegment ? "1411" : "1501");
  addText(group, "HAS OBS CONTEXT", codes::trackingId, item.label.empty() ? item.code.meaning : item.label);
  addUid(group, "HAS OBS CONTEXT", codes::trackingUid, trackingUid(item));
  if (!item.category.value.empty()) addCode(group, "CONTAINS", codes::findingCategory, item.category);
  DcmItem& finding = addCode(group, "CONTAINS", codes::finding, item.code);
  if (hasSegment) {
    putShort(addImage(group, codes::referencedSegment, UID_SegmentationStorage, report.segSopInstanceUid),
             DCM_ReferencedSegmentNumber, static_cast<std::uint16_t>(measured.segmentNumber));
    addUid(group, "CONTAINS", codes::sourceSeries, report.context.sourceSeries.uid.value);
  }
  if (!item.madeBy.agent.empty()) addAlgorithm(group, item.madeBy);
  // A structure is its own site; a finding's site has no code of its own, so its side stands with the
  // finding.
  DcmItem& sided = item.kind == ItemKind::structure
                       ? addCode(group, "HAS CONCEPT MOD", codes::findingSite, item.code)
                       : finding;
  if (item.laterality) addCode(sided, "HAS CONCEPT MOD", codes::laterality, *item.laterality);
  addMeasurements(group, item, report.context.unit,
                  hasSegment ? std::string() : report.context.sourceSeries.frameOfReference.value);
  addCode(group, "CONTAINS", codes::verdict, Code{"99ATTEST", name(item.state), meaning(item.state)});
}

}  // namespace attest::dicom
