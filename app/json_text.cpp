#include "app/json_text.h"

#include <nlohmann/json.hpp>
#include <sstream>

#include "core/base/format.h"
#include "core/domain/change.h"
#include "core/reporting/report_text.h"
#include "core/review/review.h"
#include "core/view/corner_texts.h"

namespace attest::app {
namespace {

using nlohmann::json;

json orNull(const std::optional<double>& value) {
  return value ? json(*value) : json(nullptr);
}
json timeOrNull(const std::optional<Time>& time) {
  return time ? json(toIso8601(*time)) : json(nullptr);
}

template <class T>
json list(const std::vector<T>& values) {
  json array = json::array();
  for (const auto& value : values) array.push_back(toJson(value));
  return array;
}

json geometryWords(const Block& block) {
  json words = json::array();
  for (const Geometry geometry : block.geometry) words.push_back(name(geometry));
  return words;
}

/// The same lesion in the earlier study, and what became of it since.
json priorJson(const Item& item) {
  if (!item.earlier) return nullptr;
  const EarlierLesion& earlier = *item.earlier;
  const auto change = growth(earlier.measurement, item.measurement, earlier.days);
  return {{"id", earlier.item.value},
          {"case", earlier.caseId.value},
          {"study_date", earlier.studyDate},
          {"days", earlier.days},
          {"volume_mm3", earlier.measurement.volumeMm3},
          {"longest_mm", orNull(earlier.measurement.longestMm)},
          {"change", change ? json(name(change->change)) : json(nullptr)},
          {"volume_factor", change ? json(change->volumeFactor) : json(nullptr)},
          {"doubling_days", change ? orNull(change->doublingDays) : json(nullptr)}};
}

json lesionJson(const CaseRecord& record, const CarriedLesion& lesion) {
  const bool hasPlace = lesion.uncertaintyMm > 0;
  return {{"id", lesion.earlier.item.value},
          {"label", lesion.label},
          {"tracking_uid", lesion.trackingUid},
          {"volume_mm3", lesion.earlier.measurement.volumeMm3},
          {"longest_mm", orNull(lesion.earlier.measurement.longestMm)},
          {"expected_mm", hasPlace ? toJson(lesion.expectedMm) : json(nullptr)},
          {"uncertainty_mm", hasPlace ? json(lesion.uncertaintyMm) : json(nullptr)},
          {"match", lesion.match ? json(lesion.match->value) : json(nullptr)},
          {"outcome", name(review::outcomeOf(record, lesion))},
          {"reviewed_by", lesion.reviewedBy.value}};
}

json comparisonJson(const CaseRecord& record) {
  if (!record.comparison) return nullptr;
  const Comparison& comparison = *record.comparison;
  json lesions = json::array();
  for (const auto& lesion : comparison.lesions) lesions.push_back(lesionJson(record, lesion));
  json out = {{"case", comparison.prior.value},     {"study_uid", comparison.priorStudy.value},
              {"study_date", comparison.priorDate}, {"version", comparison.priorVersion},
              {"aligned", comparison.isAligned()},  {"rotation", nullptr},
              {"translation_mm", nullptr},          {"error_mm", nullptr},
              {"lesions", std::move(lesions)}};
  if (!comparison.isAligned()) return out;
  out["rotation"] = comparison.toCurrent.rotation;
  out["translation_mm"] = toJson(comparison.toCurrent.translationMm);
  out["error_mm"] = comparison.errorMm;
  return out;
}

json reportJson(const CaseRecord& record) {
  json sections = json::object();
  for (const SectionKind kind : sectionKinds) sections[name(kind)] = reporting::sectionText(record, kind);
  return {{"sections", sections}, {"revision", record.revision}, {"hash", review::contentHash(record)}};
}

std::string comparisonText(const CaseRecord& record) {
  if (!record.comparison) return {};
  std::ostringstream out;
  out << "  compared with " << view::readableDate(record.comparison->priorDate)
      << (record.comparison->isAligned() ? "" : ", not aligned") << "\n";
  for (const auto& lesion : record.comparison->lesions) {
    out << "    " << lesion.earlier.item.value << "  " << lesion.label << "  was "
        << formatMl(lesion.earlier.measurement.volumeMm3) << "  [" << name(review::outcomeOf(record, lesion))
        << "]\n";
  }
  return out.str();
}

}  // namespace

json toJson(Vec3 v) {
  return json::array({v.x, v.y, v.z});
}

json toJson(const Code& code) {
  return {{"scheme", code.scheme}, {"value", code.value}, {"meaning", code.meaning}};
}

json toJson(const Block& block) {
  json out = {{"index", block.index},
              {"frames", block.slices.size()},
              {"dims", json::array({block.dims.i, block.dims.j, block.dims.k})},
              {"unit", name(block.unit)},
              {"geometry", geometryWords(block)},
              {"notes", block.notes},
              {"spacing_mm", nullptr},
              {"origin_mm", nullptr},
              {"direction", nullptr}};
  if (!block.grid) return out;
  const auto& axes = block.grid->axes;
  out["spacing_mm"] = toJson(block.grid->spacingMm);
  out["origin_mm"] = toJson(block.grid->originMm);
  out["direction"] = json::array(
      {axes[0].x, axes[1].x, axes[2].x, axes[0].y, axes[1].y, axes[2].y, axes[0].z, axes[1].z, axes[2].z});
  return out;
}

json toJson(const Series& series) {
  return {{"series_uid", series.info.uid.value},    {"modality", series.info.modality},
          {"description", series.info.description}, {"number", series.info.number},
          {"instances", series.instances},          {"blocks", list(series.blocks)}};
}

json toJson(const Item& item) {
  const Measurement& m = item.measurement;
  json out = {{"id", item.id.value},
              {"kind", name(item.kind)},
              {"label", item.label},
              {"code", toJson(item.code)},
              {"laterality", item.laterality ? toJson(*item.laterality) : json(nullptr)},
              {"state", name(item.state)},
              {"confidence", orNull(item.confidence)},
              {"flags", item.flags},
              {"volume_mm3", m.volumeMm3},
              {"longest_mm", orNull(m.longestMm)},
              {"perpendicular_mm", orNull(m.perpendicularMm)},
              {"mean_mm", orNull(m.meanMm)},
              {"centroid_mm", toJson(m.centroidMm)},
              {"prior", priorJson(item)},
              {"series_uid", item.source.series.value},
              {"block", item.source.block},
              {"mask_version", item.maskVersion},
              {"tracking_uid", item.trackingUid},
              {"values", nullptr},
              {"made_by",
               {{"agent", item.madeBy.agent},
                {"version", item.madeBy.version},
                {"model", item.madeBy.model},
                {"prompt", item.madeBy.prompt}}}};
  if (m.values) {
    out["values"] = {{"mean", m.values->mean},
                     {"sd", m.values->sd},
                     {"min", m.values->min},
                     {"max", m.values->max},
                     {"median", m.values->median}};
  }
  if (item.rejectReason) {
    out["reject_reason"] = {{"code", item.rejectReason->code}, {"text", item.rejectReason->text}};
  }
  return out;
}

json toJson(const Run& run) {
  json steps = json::array();
  for (const auto& step : run.steps) {
    steps.push_back({{"agent", step.agent},
                     {"version", step.agentVersion},
                     {"state", name(step.state)},
                     {"attempts", step.attempts},
                     {"started", timeOrNull(step.started)},
                     {"seconds", step.seconds},
                     {"error", step.error},
                     {"note", noteLine(step.notes)}});
  }
  return {{"id", run.id.value},
          {"case", run.caseId.value},
          {"pipeline", run.pipeline},
          {"priority", name(run.priority)},
          {"state", name(run.state)},
          {"created", toIso8601(run.created)},
          {"steps", steps}};
}

json toJson(const CaseRow& row) {
  return {{"case", row.id.value},
          {"study_uid", row.study.value},
          {"status", name(row.status)},
          {"priority", name(row.priority)},
          {"patient_id", row.patient.id.reveal()},
          {"patient_name", row.patient.name.reveal()},
          {"modality", row.modality},
          {"description", row.description},
          {"study_date", row.studyDate},
          {"images", row.images},
          {"findings", row.findings},
          {"unreviewed", row.unreviewed},
          {"low_confidence", row.lowConfidence},
          {"changed_since_signing", row.changed},
          {"delivery", row.delivery},
          {"reader", row.reader.value}};
}

json toJson(const Version& version) {
  return {{"version", version.number},
          {"hash", version.hash},
          {"signed_by", version.signedBy.value},
          {"signed_at", toIso8601(version.signedAt)}};
}

json toJson(const Delivery& delivery) {
  return {{"version", delivery.version},
          {"destination", delivery.destination},
          {"format", delivery.format},
          {"state", delivery.state},
          {"attempts", delivery.attempts},
          {"error", delivery.error},
          {"not_before", toIso8601(delivery.notBefore)}};
}

json toJson(const CaseRecord& record) {
  const Patient& patient = record.patient;
  const StudyInfo& study = record.study;
  return {{"case", record.row.id.value},
          {"status", name(record.row.status)},
          {"priority", name(record.row.priority)},
          {"patient",
           {{"id", patient.id.reveal()},
            {"name", patient.name.reveal()},
            {"birth_date", patient.birthDate.reveal()},
            {"sex", patient.sex}}},
          {"study",
           {{"study_uid", study.uid.value},
            {"description", study.description},
            {"date", study.date},
            {"time", study.time},
            {"accession", study.accession.reveal()}}},
          {"series", list(record.series)},
          {"items", list(record.items)},
          {"comparison", comparisonJson(record)},
          {"runs", list(record.runs)},
          {"report", reportJson(record)},
          {"versions", list(record.versions)},
          {"changed_since_signing", record.row.changed},
          {"deliveries", list(record.deliveries)}};
}

std::string toText(const CaseRecord& record) {
  std::ostringstream out;
  out << view::personName(record.patient.name.reveal()) << "  " << record.patient.id.reveal() << "\n"
      << record.study.description << "  " << view::readableDate(record.study.date) << "  ["
      << name(record.row.status) << "]\n";
  for (const auto& series : record.series) {
    out << "  series " << series.info.number << "  " << series.info.modality << "  "
        << series.info.description << "  " << series.instances << " images\n";
    for (const auto& block : series.blocks) {
      out << "    block " << block.index << "  " << block.dims.i << " x " << block.dims.j << " x "
          << block.dims.k;
      for (const Geometry geometry : block.geometry) out << "  " << name(geometry);
      out << "\n";
    }
  }
  for (const auto& item : record.items) {
    out << "  " << item.id.value << "  " << name(item.kind) << "  " << item.label << "  [" << name(item.state)
        << "]  " << formatMl(item.measurement.volumeMm3);
    if (item.measurement.longestMm) out << "  " << formatMm(*item.measurement.longestMm);
    if (item.earlier) {
      const auto change = growth(item.earlier->measurement, item.measurement, item.earlier->days);
      out << "  was " << formatMl(item.earlier->measurement.volumeMm3);
      if (change) out << ", " << name(change->change);
    }
    out << "\n";
  }
  out << comparisonText(record);
  for (const auto& run : record.runs) out << toText(run);
  for (const SectionKind kind : sectionKinds) {
    const std::string text = reporting::sectionText(record, kind);
    if (!text.empty()) out << "  " << name(kind) << ": " << text << "\n";
  }
  for (const auto& version : record.versions) {
    out << "  version " << version.number << " signed by " << version.signedBy.value << " at "
        << toIso8601(version.signedAt) << "\n    " << version.hash << "\n";
  }
  if (record.row.changed) out << "  changed since signing\n";
  std::string text = out.str();
  text.pop_back();
  return text;
}

std::string toText(const Run& run) {
  std::ostringstream out;
  out << "  run " << run.id.value << "  " << name(run.state) << "\n";
  for (const auto& step : run.steps) {
    out << "    " << step.agent << "  " << name(step.state) << "  " << formatNumber(step.seconds, 1) << " s  "
        << (step.error.empty() ? noteLine(step.notes) : step.error) << "\n";
  }
  return out.str();
}

}  // namespace attest::app
