#include "core/workflow/parked.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/session/reading.h"
#include "core/session/report.h"
#include "core/session/review.h"

namespace attest::workflow {
namespace {

using nlohmann::json;
using session::Reading;
using session::Review;

// In the order of the enumerations. The brush is put away: what it drew is saved.
constexpr std::array tools{"window", "scroll", "pan", "zoom", "crosshair", "window", "window"};
constexpr std::array tabs{"findings", "report", "agents", "details"};
constexpr std::array projections{"none", "mip", "minip", "mean"};

template <class Enum, std::size_t N>
const char* word(const std::array<const char*, N>& words, Enum value) {
  return words.at(static_cast<std::size_t>(value));
}

/// Throws json::exception or std::out_of_range, as all that reads does.
template <class Enum, std::size_t N>
Enum value(const std::array<const char*, N>& words, const json& text) {
  const auto at = std::ranges::find(words, text.get<std::string>());
  if (at == words.end()) throw std::out_of_range("an unknown word");
  return static_cast<Enum>(at - words.begin());
}

json write(Vec3 v) {
  return {v.x, v.y, v.z};
}
Vec3 readVec(const json& j) {
  return {j.at(0), j.at(1), j.at(2)};
}

json write(const BlockRef& ref) {
  return {ref.series.value, ref.block};
}
BlockRef readBlock(const json& j) {
  return {{j.at(0).get<std::string>()}, j.at(1)};
}

json write(const view::ViewportState& v) {
  return {{"block", write(v.block)},
          {"orientation", name(v.orientation)},
          {"focus_mm", write(v.focusMm)},
          {"slice", v.slice},
          {"zoom", v.zoom},
          {"pan_mm", {v.pan.rightMm, v.pan.downMm}},
          {"window", {v.window.center, v.window.width}},
          {"inverted", v.inverted},
          {"slab", {word(projections, v.slab.projection), v.slab.thicknessMm}},
          {"camera_degrees", {v.camera.azimuthDegrees, v.camera.elevationDegrees}}};
}

view::ViewportState readViewport(const json& j) {
  view::ViewportState v;
  v.block = readBlock(j.at("block"));
  const auto orientation = view::orientation(j.at("orientation").get<std::string>());
  if (!orientation) throw std::out_of_range("an unknown word");
  v.orientation = *orientation;
  v.focusMm = readVec(j.at("focus_mm"));
  v.slice = j.at("slice");
  v.zoom = j.at("zoom");
  v.pan = {j.at("pan_mm").at(0), j.at("pan_mm").at(1)};
  v.window = {j.at("window").at(0), j.at("window").at(1)};
  v.inverted = j.at("inverted");
  v.slab = {value<imaging::Projection>(projections, j.at("slab").at(0)), j.at("slab").at(1)};
  v.camera = {j.at("camera_degrees").at(0), j.at("camera_degrees").at(1)};
  return v;
}

json write(const view::Layout& layout) {
  json viewports = json::array();
  for (const auto& one : layout.viewports) viewports.push_back(write(one));
  return {{"rows", layout.rows},
          {"cols", layout.cols},
          {"viewports", std::move(viewports)},
          {"active", layout.active},
          {"maximized", layout.maximized}};
}

view::Layout readLayout(const json& j) {
  view::Layout layout{.rows = j.at("rows"),
                      .cols = j.at("cols"),
                      .viewports = {},
                      .active = j.at("active"),
                      .maximized = j.at("maximized")};
  for (const json& one : j.at("viewports")) layout.viewports.push_back(readViewport(one));
  const int places = static_cast<int>(layout.viewports.size());
  if (layout.rows * layout.cols != places || layout.active < 0 || layout.active >= places)
    throw std::out_of_range("a layout that is none");
  return layout;
}

template <class Id>
json write(const std::optional<Id>& id) {
  return id ? json(id->value) : json();
}
template <class Id>
std::optional<Id> readId(const json& j) {
  if (j.is_null()) return std::nullopt;
  return Id{j.get<std::string>()};
}

std::string encode(const Reading& reading, const Review& review) {
  json hidden = json::array();
  for (const ItemId& id : reading.hidden) hidden.push_back(id.value);
  json painted = json::array();
  for (const auto& [ref, slices] : reading.painted) {
    std::string seen;
    for (const bool one : slices) seen += one ? '1' : '0';
    painted.push_back({write(ref), seen});
  }
  json priors = json::array();
  for (const auto& [id, record] : reading.priors.records) priors.push_back(id.value);
  json offsets = json::object();
  for (const auto& [id, offset] : reading.priors.offsetsMm) offsets[id.value] = write(offset);
  return json{{"layout", write(reading.layout)},
              {"layout_before", reading.layoutBefore ? write(*reading.layoutBefore) : json()},
              {"tool", word(tools, reading.tool)},
              {"tab", word(tabs, reading.tab)},
              {"overlays", reading.overlays},
              {"corner_texts", reading.cornerTexts},
              {"identity_hidden", reading.identityHidden},
              {"crosshair", reading.crosshair},
              {"hidden", std::move(hidden)},
              {"painted", std::move(painted)},
              {"priors", std::move(priors)},
              {"linked", reading.priors.linked},
              {"offsets_mm", std::move(offsets)},
              {"selected", write(review.selected)},
              {"lesion", write(review.lesion)},
              {"brush_mm", review.brushRadiusMm}}
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

void decode(const std::string& text, Reading& reading, Review& review) {
  const json j = json::parse(text);
  reading.layout = readLayout(j.at("layout"));
  if (!j.at("layout_before").is_null()) reading.layoutBefore = readLayout(j.at("layout_before"));
  reading.tool = value<session::Tool>(tools, j.at("tool"));
  reading.tab = value<session::Tab>(tabs, j.at("tab"));
  reading.overlays = j.at("overlays");
  reading.cornerTexts = j.at("corner_texts");
  reading.identityHidden = j.at("identity_hidden");
  reading.crosshair = j.at("crosshair");
  for (const json& id : j.at("hidden")) reading.hidden.insert({id.get<std::string>()});
  for (const json& one : j.at("painted")) {
    auto& slices = reading.painted[readBlock(one.at(0))];
    for (const char seen : one.at(1).get<std::string>()) slices.push_back(seen == '1');
  }
  for (const json& id : j.at("priors")) reading.priors.records[{id.get<std::string>()}] = nullptr;
  reading.priors.linked = j.at("linked");
  for (const auto& [id, offset] : j.at("offsets_mm").items())
    reading.priors.offsetsMm[{id}] = readVec(offset);
  review.selected = readId<ItemId>(j.at("selected"));
  review.lesion = readId<ItemId>(j.at("lesion"));
  review.brushRadiusMm = j.at("brush_mm");
}

session::ParkedCase parkedCase(const casedb::ParkedCase& stored) {
  Reading reading;
  Review review;
  try {
    decode(stored.view, reading, review);
  } catch (const std::exception&) {
    reading = {};
    review = {};
  }
  reading.caseId = stored.row.id;
  return {stored.row, std::make_shared<const Reading>(std::move(reading)),
          std::make_shared<const Review>(std::move(review)), std::make_shared<const session::ReportDraft>()};
}

}  // namespace

Result<> keepParked(Services& services, const session::ParkedCase& parked, const ReaderId& reader) {
  const std::string view = encode(*parked.reading, *parked.review);
  return services.db().write(
      {reader.value, "park", parked.row.id.value, ""},
      [&](casedb::WriteTx& tx, AuditEvent&) { return tx.park(parked.row.id, reader, view); });
}

Result<> forgetParked(Services& services, const CaseId& id, const ReaderId& reader) {
  return services.db().write({reader.value, "unpark", id.value, ""},
                             [&](casedb::WriteTx& tx, AuditEvent&) { return tx.unpark(id, reader); });
}

Result<std::vector<session::ParkedCase>> loadParked(Services& services, const ReaderId& reader) {
  ATTEST_TRY(const auto stored, services.db().parked(reader));
  std::vector<session::ParkedCase> list;
  std::ranges::transform(stored, std::back_inserter(list), parkedCase);
  return list;
}

}  // namespace attest::workflow
