#include <limits>
#include <nlohmann/json.hpp>

#include "core/review/review.h"

namespace attest::review {
namespace {

using nlohmann::json;

/// JSON has no number that is none.
double real(const json& v) {
  return v.is_null() ? std::numeric_limits<double>::quiet_NaN() : v.get<double>();
}
Vec3 vec3(const json& v) {
  return {real(v.at(0)), real(v.at(1)), real(v.at(2))};
}
std::array<Vec3, 2> ends(const json& v) {
  return {vec3(v.at(0)), vec3(v.at(1))};
}
Code code(const json& v) {
  return {v.at("scheme"), v.at("value"), v.at("meaning")};
}
std::optional<double> number(const json& v) {
  return v.is_null() ? std::nullopt : std::optional(v.get<double>());
}

std::optional<Grid> grid(const json& v) {
  if (v.is_null()) return std::nullopt;
  const json& dims = v.at("dims");
  const json& axes = v.at("axes");
  return Grid{.dims = {dims.at(0).get<int>(), dims.at(1).get<int>(), dims.at(2).get<int>()},
              .originMm = vec3(v.at("origin_mm")),
              .spacingMm = vec3(v.at("spacing_mm")),
              .axes = {vec3(axes.at(0)), vec3(axes.at(1)), vec3(axes.at(2))}};
}

Measurement measurement(const json& v) {
  Measurement m;
  m.voxels = v.at("voxels");
  m.volumeMm3 = real(v.at("volume_mm3"));
  m.centroidMm = vec3(v.at("centroid_mm"));
  m.longestMm = number(v.at("longest_mm"));
  m.perpendicularMm = number(v.at("perpendicular_mm"));
  m.meanMm = number(v.at("mean_mm"));
  if (m.longestMm) m.longestEndsMm = ends(v.at("longest_ends_mm"));
  if (m.perpendicularMm) m.perpendicularEndsMm = ends(v.at("perpendicular_ends_mm"));
  if (const auto at = v.find("values"); at != v.end()) {
    m.values = ValueStatistics{.mean = real(at->at("mean")),
                               .sd = real(at->at("sd")),
                               .min = real(at->at("min")),
                               .max = real(at->at("max")),
                               .median = real(at->at("median"))};
  }
  return m;
}

EarlierLesion earlierLesion(const json& v) {
  return {{v.at("case").get<std::string>()},
          {v.at("item").get<std::string>()},
          v.at("study_date"),
          v.at("days"),
          measurement(v.at("measurement"))};
}

BlockRef blockRef(const json& v) {
  return {{v.at("series").get<std::string>()}, v.at("block").get<int>()};
}

CarriedLesion carriedLesion(const json& v) {
  CarriedLesion out;
  out.earlier = earlierLesion(v.at("earlier"));
  out.label = v.at("label");
  out.category = code(v.at("category"));
  out.code = code(v.at("code"));
  if (!v.at("laterality").is_null()) out.laterality = code(v.at("laterality"));
  out.trackingUid = v.at("tracking_uid");
  out.maskHash = v.at("mask_hash");
  out.expectedMm = vec3(v.at("expected_mm"));
  out.uncertaintyMm = real(v.at("uncertainty_mm"));
  if (!v.at("match").is_null()) out.match = ItemId{v.at("match").get<std::string>()};
  out.outcome = lesionOutcome(v.at("outcome").get<std::string>()).value();
  out.reviewedBy.value = v.at("reviewed_by");
  out.reviewedAt = fromIso8601(v.at("reviewed_at").get<std::string>());
  return out;
}

Comparison comparison(const json& v) {
  Comparison out;
  out.prior.value = v.at("case");
  out.priorStudy.value = v.at("study_uid");
  out.priorDate = v.at("study_date");
  out.priorVersion = v.at("version");
  out.from = blockRef(v.at("from"));
  out.to = blockRef(v.at("to"));
  out.toCurrent = {v.at("rotation").get<std::array<double, 9>>(), vec3(v.at("translation_mm"))};
  out.errorMm = real(v.at("error_mm"));
  for (const json& one : v.at("lesions")) out.lesions.push_back(carriedLesion(one));
  return out;
}

Item item(const json& v) {
  Item out;
  out.id.value = v.at("id");
  out.kind = v.at("kind") == name(ItemKind::finding) ? ItemKind::finding : ItemKind::structure;
  out.label = v.at("label");
  out.category = code(v.at("category"));
  out.code = code(v.at("code"));
  if (!v.at("laterality").is_null()) out.laterality = code(v.at("laterality"));
  out.state = itemState(v.at("state").get<std::string>()).value();
  out.confidence = number(v.at("confidence"));
  out.flags = v.at("flags").get<std::vector<std::string>>();
  out.color = v.at("color").get<std::array<std::uint8_t, 3>>();
  out.source = blockRef(v);
  out.maskHash = v.at("mask_hash");
  out.maskVersion = v.at("mask_version");
  out.measurement = measurement(v.at("measurement"));
  out.trackingUid = v.at("tracking_uid");
  const json& made = v.at("made_by");
  out.madeBy = {made.at("agent"), made.at("version"), made.at("model"), made.at("prompt")};
  out.reviewedBy.value = v.at("reviewed_by");
  out.reviewedAt = fromIso8601(v.at("reviewed_at").get<std::string>());
  if (const auto at = v.find("reject_reason"); at != v.end()) {
    out.rejectReason = {at->at("code"), at->at("text")};
  }
  if (const auto at = v.find("earlier"); at != v.end()) out.earlier = earlierLesion(*at);
  return out;
}

Geometry geometry(const std::string& word) {
  for (const Geometry one : {Geometry::tilted, Geometry::uneven, Geometry::gaps, Geometry::duplicates,
                             Geometry::mixed, Geometry::not_3d}) {
    if (word == name(one)) return one;
  }
  return Geometry::regular;
}

Block block(const json& v) {
  Block out;
  out.index = v.at("index");
  out.frameOfReference.value = v.at("frame_of_reference");
  for (const Unit unit : {Unit::none, Unit::hu, Unit::suv_bw, Unit::bq_ml}) {
    if (v.at("unit") == name(unit)) out.unit = unit;
  }
  out.geometry.clear();
  for (const json& word : v.at("geometry")) out.geometry.push_back(geometry(word.get<std::string>()));
  out.grid = grid(v.at("grid"));
  if (out.grid) out.dims = out.grid->dims;
  for (const json& slice : v.at("slices")) {
    out.slices.push_back({{slice.at(0).get<std::string>()}, slice.at(1).get<int>()});
  }
  return out;
}

Series series(const json& v) {
  Series out;
  out.info.uid.value = v.at("series");
  out.info.modality = v.at("modality");
  out.info.number = v.at("number");
  out.info.description = v.at("description");
  for (const json& one : v.at("blocks")) out.blocks.push_back(block(one));
  return out;
}

/// What documents of version 0.1 lack is empty.
Patient patient(const json& v) {
  return {.id = Phi(v.at("id").get<std::string>()),
          .name = Phi(v.at("name").get<std::string>()),
          .birthDate = Phi(v.value("birth_date", std::string())),
          .sex = v.value("sex", "")};
}

StudyInfo study(const json& document) {
  StudyInfo out;
  out.uid.value = document.at("study_uid");
  const json v = document.value("study", json::object());
  out.description = v.value("description", "");
  out.date = v.value("date", "");
  out.time = v.value("time", "");
  out.accession = Phi(v.value("accession", std::string()));
  out.referringPhysician = Phi(v.value("referring_physician", std::string()));
  return out;
}

Frozen frozen(const json& document) {
  Frozen out;
  out.record.row.id.value = document.at("case");
  out.record.patient = patient(document.at("patient"));
  out.record.study = study(document);
  for (const json& one : document.at("items")) out.record.items.push_back(item(one));
  if (const auto at = document.find("comparison"); at != document.end())
    out.record.comparison = comparison(*at);
  for (const json& one : document.at("images")) out.record.series.push_back(series(one));
  for (const SectionKind kind : sectionKinds) {
    for (const json& one : document.at("report").at(name(kind))) {
      out.record.report.section(kind).push_back(
          {one.at("id"), one.at("text"), one.at("made_by"), one.at("confirmed")});
    }
  }
  for (const auto& [sopUid, hash] : document.at("files").items()) out.files[{sopUid}] = hash;
  return out;
}

}  // namespace

Result<Frozen> thaw(const std::string& document) {
  try {
    return frozen(json::parse(document));
  } catch (const std::exception&) {  // its words would hold the text
    return fail(ErrorCode::corrupt, "the signed document does not read");
  }
}

}  // namespace attest::review
