#include <map>
#include <nlohmann/json.hpp>

#include "core/base/hash.h"
#include "core/review/review.h"
#include "core/review/sentences.h"

namespace attest::review {
namespace {

using nlohmann::json;  // its objects are sorted by key, which makes the text canonical

json toJson(Vec3 v) {
  return json::array({v.x, v.y, v.z});
}
json toJson(const Code& code) {
  return {{"scheme", code.scheme}, {"value", code.value}, {"meaning", code.meaning}};
}
json toJson(const std::optional<double>& value) {
  return value ? json(*value) : json(nullptr);
}

json toJson(Index3 at) {
  return json::array({at.i, at.j, at.k});
}
json toJson(const std::optional<Grid>& grid) {
  if (!grid) return nullptr;
  return {{"dims", toJson(grid->dims)},
          {"origin_mm", toJson(grid->originMm)},
          {"spacing_mm", toJson(grid->spacingMm)},
          {"axes", {toJson(grid->axes[0]), toJson(grid->axes[1]), toJson(grid->axes[2])}}};
}

json toJson(const Measurement& m) {
  json out{{"voxels", m.voxels},
           {"volume_mm3", m.volumeMm3},
           {"centroid_mm", toJson(m.centroidMm)},
           {"longest_mm", toJson(m.longestMm)},
           {"perpendicular_mm", toJson(m.perpendicularMm)},
           {"mean_mm", toJson(m.meanMm)}};
  if (m.longestMm) out["longest_ends_mm"] = {toJson(m.longestEndsMm[0]), toJson(m.longestEndsMm[1])};
  if (m.perpendicularMm) {
    out["perpendicular_ends_mm"] = {toJson(m.perpendicularEndsMm[0]), toJson(m.perpendicularEndsMm[1])};
  }
  if (m.values) {
    out["values"] = {{"mean", m.values->mean},
                     {"sd", m.values->sd},
                     {"min", m.values->min},
                     {"max", m.values->max},
                     {"median", m.values->median}};
  }
  return out;
}

json toJson(const EarlierLesion& lesion) {
  return {{"case", lesion.caseId.value},
          {"item", lesion.item.value},
          {"study_date", lesion.studyDate},
          {"days", lesion.days},
          {"measurement", toJson(lesion.measurement)}};
}

json toJson(const Item& item) {
  json out{{"id", item.id.value},
           {"kind", name(item.kind)},
           {"label", item.label},
           {"category", toJson(item.category)},
           {"code", toJson(item.code)},
           {"laterality", item.laterality ? toJson(*item.laterality) : json(nullptr)},
           {"state", name(item.state)},
           {"confidence", toJson(item.confidence)},
           {"flags", item.flags},
           {"color", item.color},
           {"series", item.source.series.value},
           {"block", item.source.block},
           {"mask_hash", item.maskHash},
           {"mask_version", item.maskVersion},
           {"measurement", toJson(item.measurement)},
           {"tracking_uid", item.trackingUid},
           {"made_by",
            {{"agent", item.madeBy.agent},
             {"version", item.madeBy.version},
             {"model", item.madeBy.model},
             {"prompt", item.madeBy.prompt}}},
           {"reviewed_by", item.reviewedBy.value},
           {"reviewed_at", toIso8601(item.reviewedAt)}};
  if (item.rejectReason) {
    out["reject_reason"] = {{"code", item.rejectReason->code}, {"text", item.rejectReason->text}};
  }
  if (item.earlier) out["earlier"] = toJson(*item.earlier);
  return out;
}

json toJson(const BlockRef& block) {
  return {{"series", block.series.value}, {"block", block.block}};
}

json toJson(const CarriedLesion& lesion, LesionOutcome outcome) {
  return {{"earlier", toJson(lesion.earlier)},
          {"label", lesion.label},
          {"category", toJson(lesion.category)},
          {"code", toJson(lesion.code)},
          {"laterality", lesion.laterality ? toJson(*lesion.laterality) : json(nullptr)},
          {"tracking_uid", lesion.trackingUid},
          {"mask_hash", lesion.maskHash},
          {"expected_mm", toJson(lesion.expectedMm)},
          {"uncertainty_mm", lesion.uncertaintyMm},
          {"match", lesion.match ? json(lesion.match->value) : json(nullptr)},
          {"outcome", name(outcome)},
          {"reviewed_by", lesion.reviewedBy.value},
          {"reviewed_at", toIso8601(lesion.reviewedAt)}};
}

json comparisonJson(const CaseRecord& record) {
  const Comparison& comparison = *record.comparison;
  json lesions = json::array();
  for (const CarriedLesion& lesion : comparison.lesions)
    lesions.push_back(toJson(lesion, outcomeOf(record, lesion)));
  return {{"case", comparison.prior.value},
          {"study_uid", comparison.priorStudy.value},
          {"study_date", comparison.priorDate},
          {"version", comparison.priorVersion},
          {"from", toJson(comparison.from)},
          {"to", toJson(comparison.to)},
          {"rotation", comparison.toCurrent.rotation},
          {"translation_mm", toJson(comparison.toCurrent.translationMm)},
          {"error_mm", comparison.errorMm},
          {"lesions", std::move(lesions)}};
}

json reportJson(const CaseRecord& record) {
  json sections = json::object();
  for (const SectionKind kind : sectionKinds) {
    json& section = sections[name(kind)] = json::array();
    for (const Sentence& sentence : record.report.section(kind)) {
      if (!stands(record, sentence)) continue;
      section.push_back({{"id", sentence.id},
                         {"text", sentence.text},
                         {"made_by", sentence.madeBy},
                         {"confirmed", sentence.confirmed}});
    }
  }
  return sections;
}

json geometryWords(const Block& block) {
  json words = json::array();
  for (const Geometry geometry : block.geometry) words.push_back(name(geometry));
  return words;
}

json imagesJson(const CaseRecord& record) {
  json images = json::array();
  for (const Series& series : record.series) {
    json blocks = json::array();
    for (const Block& block : series.blocks) {
      const FrameUid& frame =
          block.frameOfReference.empty() ? series.info.frameOfReference : block.frameOfReference;
      json slices = json::array();
      for (const SliceRef& slice : block.slices) slices.push_back({slice.sopUid.value, slice.frame});
      blocks.push_back({{"index", block.index},
                        {"frame_of_reference", frame.value},
                        {"geometry", geometryWords(block)},
                        {"unit", name(block.unit)},
                        {"grid", toJson(block.grid)},
                        {"slices", std::move(slices)}});
    }
    images.push_back({{"series", series.info.uid.value},
                      {"modality", series.info.modality},
                      {"number", series.info.number},
                      {"description", series.info.description},
                      {"blocks", std::move(blocks)}});
  }
  return images;
}

json patientJson(const Patient& patient) {
  return {{"id", patient.id.reveal()},
          {"name", patient.name.reveal()},
          {"birth_date", patient.birthDate.reveal()},
          {"sex", patient.sex}};
}

json studyJson(const StudyInfo& study) {
  return {{"description", study.description},
          {"date", study.date},
          {"time", study.time},
          {"accession", study.accession.reveal()},
          {"referring_physician", study.referringPhysician.reveal()}};
}

json content(const CaseRecord& record) {
  std::map<ItemId, json> byId;  // an undo may have brought items back in another order
  for (const Item& item : record.items) byId[item.id] = toJson(item);
  json items = json::array();
  for (auto& [id, item] : byId) items.push_back(std::move(item));
  json out{{"case", record.row.id.value},
           {"study_uid", record.study.uid.value},
           {"patient", patientJson(record.patient)},
           {"study", studyJson(record.study)},
           {"report", reportJson(record)},
           {"items", std::move(items)},
           {"images", imagesJson(record)}};
  if (record.comparison) out["comparison"] = comparisonJson(record);
  return out;
}

/// Text that is not UTF-8 is kept readable rather than refused: a signature must not fail for a bad byte in a
/// label.
std::string dump(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

std::string freeze(const CaseRecord& record, const FileHashes& files, const Reader& reader, int version,
                   Time signedAt) {
  json document = content(record);
  json roles = json::array();
  for (const Role role : reader.roles) roles.push_back(name(role));
  json& hashes = document["files"] = json::object();
  for (const auto& [sopUid, hash] : files) hashes[sopUid.value] = hash;
  document["version"] = version;
  document["signed_at"] = toIso8601(signedAt);
  document["signer"] = {{"reader", reader.id.value}, {"roles", std::move(roles)}};
  return dump(document);
}

std::string contentHash(const CaseRecord& record) {
  return sha256(dump(content(record)));
}

}  // namespace attest::review
