#include "core/casedb/codec.h"

#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <type_traits>

#include "core/casedb/sqlite.h"

namespace attest::casedb {
namespace {

using Json = nlohmann::json;

template <class T, class V>
concept Is = std::is_same_v<std::remove_const_t<T>, V>;
template <class T>
constexpr bool isId = false;
template <class Tag>
constexpr bool isId<Id<Tag>> = true;

Geometry lastOf(Geometry) {
  return Geometry::not_3d;
}
Unit lastOf(Unit) {
  return Unit::bq_ml;
}
CalibrationKind lastOf(CalibrationKind) {
  return CalibrationKind::none;
}
Role lastOf(Role) {
  return Role::admin;
}
LesionOutcome lastOf(LesionOutcome) {
  return LesionOutcome::not_evaluable;
}
NoteCode lastOf(NoteCode) {
  return NoteCode::not_aligned;
}

// One list of a struct's fields, `describe`, serves both ways: Writer puts them into JSON, Taker takes them
// out. A field that the JSON lacks keeps its default, so what an older version wrote still reads, and what is
// empty is left out. Enumerations are stored by name.

template <class T>
Json write(const T& value);
template <class T>
void take(const Json& json, T& value);

// What a field is by itself: a text, list or optional without a value.
template <class T>
bool isEmpty(const T& value) {
  if constexpr (requires { value.has_value(); }) {
    return !value.has_value();
  } else if constexpr (std::is_same_v<T, std::string> || requires(T list) { list.resize(0); }) {
    return value.empty();
  } else {
    return false;
  }
}

struct Writer {
  Json json = Json::object();
  bool withEmpty = false;
  template <class T>
  void operator()(const char* key, const T& value) {
    if (withEmpty || !isEmpty(value)) json[key] = write(value);
  }
  /// Left out where it is the value of its type, as it is by itself: 0, or a struct that says nothing.
  template <class T>
  void unlessNone(const char* key, const T& value) {
    if (withEmpty || value != T{}) json[key] = write(value);
  }
  /// Of each value only what is not as in `common`: thousands of frames share most of it.
  template <class T>
  void differences(const char* key, const std::vector<T>& values, const T& common);
};

struct Taker {
  const Json& json;
  template <class T>
  void operator()(const char* key, T& value) {
    if (const auto at = json.find(key); at != json.end()) take(*at, value);
  }
  template <class T>
  void unlessNone(const char* key, T& value) {
    (*this)(key, value);
  }
  template <class T>
  void differences(const char* key, std::vector<T>& values, const T& common);
};

template <class A, Is<Vec3> T>
void describe(A& a, T& v) {
  a("x", v.x), a("y", v.y), a("z", v.z);
}
template <class A, Is<Index3> T>
void describe(A& a, T& v) {
  a("i", v.i), a("j", v.j), a("k", v.k);
}
template <class A, Is<Grid> T>
void describe(A& a, T& v) {
  a("dims", v.dims), a("origin_mm", v.originMm), a("spacing_mm", v.spacingMm), a("axes", v.axes);
}
template <class A, Is<Window> T>
void describe(A& a, T& v) {
  a("center", v.center), a("width", v.width);
}
template <class A, Is<SliceRef> T>
void describe(A& a, T& v) {
  a("sop", v.sopUid), a("frame", v.frame);
}
template <class A, Is<BlockRef> T>
void describe(A& a, T& v) {
  a("series", v.series), a("block", v.block);
}
template <class A, Is<Code> T>
void describe(A& a, T& v) {
  a("scheme", v.scheme), a("value", v.value), a("meaning", v.meaning);
}
template <class A, Is<Provenance> T>
void describe(A& a, T& v) {
  a("agent", v.agent), a("version", v.version), a("model", v.model), a("prompt", v.prompt);
}
template <class A, Is<RejectReason> T>
void describe(A& a, T& v) {
  a("code", v.code), a("text", v.text);
}
template <class A, Is<ValueStatistics> T>
void describe(A& a, T& v) {
  a("mean", v.mean), a("sd", v.sd), a("min", v.min), a("max", v.max), a("median", v.median);
}
template <class A, Is<Measurement> T>
void describe(A& a, T& v) {
  a("voxels", v.voxels), a("volume_mm3", v.volumeMm3), a("centroid_mm", v.centroidMm);
  a("longest_mm", v.longestMm), a("perpendicular_mm", v.perpendicularMm), a("mean_mm", v.meanMm);
  a("longest_ends_mm", v.longestEndsMm), a("perpendicular_ends_mm", v.perpendicularEndsMm),
      a("values", v.values);
}
template <class A, Is<Sentence> T>
void describe(A& a, T& v) {
  a("id", v.id), a("text", v.text), a("made_by", v.madeBy), a("confirmed", v.confirmed);
}
template <class A, Is<Report> T>
void describe(A& a, T& v) {
  a("sections", v.sections);
}
template <class A, Is<Block> T>
void describe(A& a, T& v) {
  a("index", v.index), a("frame_of_reference", v.frameOfReference), a("slices", v.slices), a("grid", v.grid),
      a("dims", v.dims), a("unit", v.unit);
  a("geometry", v.geometry), a("notes", v.notes), a("windows", v.windows);
  a("time_point", v.timePoint), a.unlessNone("frames_per_second", v.framesPerSecond);
  a.unlessNone("calibration", v.calibration), a("suv", v.suv);
}
template <class A, Is<RigidTransform> T>
void describe(A& a, T& v) {
  a("rotation", v.rotation), a("translation_mm", v.translationMm);
}
template <class A, Is<EarlierLesion> T>
void describe(A& a, T& v) {
  a("case", v.caseId), a("item", v.item), a("study_date", v.studyDate), a("days", v.days),
      a("measurement", v.measurement);
}
template <class A, Is<CarriedLesion> T>
void describe(A& a, T& v) {
  a("earlier", v.earlier), a("label", v.label), a("category", v.category), a("code", v.code),
      a("laterality", v.laterality);
  a("tracking_uid", v.trackingUid), a("mask", v.maskHash), a("expected_mm", v.expectedMm),
      a("uncertainty_mm", v.uncertaintyMm);
  a("match", v.match), a("outcome", v.outcome), a("reviewed_by", v.reviewedBy),
      a("reviewed_at", v.reviewedAt);
}
template <class A, Is<Comparison> T>
void describe(A& a, T& v) {
  a("prior", v.prior), a("prior_study", v.priorStudy), a("prior_date", v.priorDate),
      a("prior_version", v.priorVersion);
  a("from", v.from), a("to", v.to), a("to_current", v.toCurrent), a("error_mm", v.errorMm),
      a("lesions", v.lesions);
}
template <class A, Is<Item> T>
void describe(A& a, T& v) {
  a("label", v.label), a("category", v.category), a("code", v.code), a("laterality", v.laterality);
  a("confidence", v.confidence), a("flags", v.flags), a("color", v.color), a("source", v.source);
  a("mask", v.maskHash), a("mask_version", v.maskVersion), a("measurement", v.measurement);
  a("tracking_uid", v.trackingUid), a("made_by", v.madeBy), a("earlier", v.earlier);
  a("reject_reason", v.rejectReason);
  a("reviewed_by", v.reviewedBy), a("reviewed_at", v.reviewedAt);
}
template <class A, Is<Note> T>
void describe(A& a, T& v) {
  a("code", v.code), a("values", v.values), a("text", v.text);
}
template <class A, Is<FrameGroups> T>
void describe(A& a, T& v) {
  a("image_type", v.imageType), a("acquisition_number", v.acquisitionNumber);
  a("position_mm", v.positionMm), a("orientation", v.orientation);
  a("pixel_spacing_mm", v.pixelSpacingMm), a("slice_thickness_mm", v.sliceThicknessMm);
  a("rescale_slope", v.rescaleSlope), a("rescale_intercept", v.rescaleIntercept),
      a("rescale_type", v.rescaleType);
  a("windows", v.windows), a("kernel", v.kernel);
  a("acquisition_date", v.acquisitionDate), a("acquisition_time", v.acquisitionTime);
  a("stack", v.stackId), a.unlessNone("in_stack", v.inStack),
      a.unlessNone("temporal_position", v.temporalPosition);
  a("trigger_ms", v.triggerMs), a("phase_percent", v.phasePercent), a("echo_time_ms", v.echoTimeMs);
  a("b_value", v.bValue), a("gradient", v.gradient);
}
template <class A, Is<TimePoint> T>
void describe(A& a, T& v) {
  a("group", v.group), a("index", v.index), a("count", v.count);
}
template <class A, Is<Calibration> T>
void describe(A& a, T& v) {
  a("kind", v.kind), a("spacing_mm", v.spacingMm), a("words", v.words);
}
template <class A, Is<PetInputs> T>
void describe(A& a, T& v) {
  a("units", v.units), a("suv_type", v.suvType), a("corrected", v.correctedImage);
  a("decay_correction", v.decayCorrection), a("sex", v.sex), a.unlessNone("weight_kg", v.weightKg);
  a.unlessNone("height_m", v.heightM), a.unlessNone("dose_bq", v.doseBq),
      a.unlessNone("half_life_s", v.halfLifeS);
  a("injection", v.injectionDateTime), a("injection_time", v.injectionTime);
  a("series_date", v.seriesDate), a("series_time", v.seriesTime), a("timezone", v.timezone);
  a("private_start", v.privateStart), a.unlessNone("suv_per_count", v.suvPerCount);
  a.unlessNone("activity_per_count", v.activityPerCount);
}
template <class A, Is<Suv> T>
void describe(A& a, T& v) {
  a("bw", v.bw), a("lbm_james", v.lbmJames), a("lbm_janmahasatian", v.lbmJanmahasatian), a("bsa", v.bsa);
  a("ibw", v.ibw), a("words", v.words);
}
template <class A, Is<InstanceHeader> T>
void describe(A& a, T& v) {
  a("sop_uid", v.sopUid), a("sop_class", v.sopClass), a("transfer_syntax", v.transferSyntax);
  a("frame_of_reference", v.frameOfReference);
  a("instance_number", v.instanceNumber);
  a("rows", v.rows), a("columns", v.columns), a("frames", v.frames),
      a("samples_per_pixel", v.samplesPerPixel);
  a("bits_allocated", v.bitsAllocated), a("bits_stored", v.bitsStored), a("signed", v.isSigned);
  a("photometric", v.photometric), a("padding_value", v.paddingValue), a("padding_limit", v.paddingLimit);
  a.unlessNone("kvp", v.kvp), a.unlessNone("tube_current_ma", v.tubeCurrentMa);
  a.unlessNone("gantry_tilt_degrees", v.gantryTiltDegrees);
  a.unlessNone("frames_per_second", v.framesPerSecond), a("frame_times_ms", v.frameTimesMs);
  a.unlessNone("calibration", v.calibration), a("pet", v.pet);
  describe(a, v.groups);  // beside the others, where they stood before there were frames
  a.differences("per_frame", v.perFrame, v.groups);
  a("text_note", v.textNote);
}

template <class T>
Json write(const T& value) {
  if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, std::string>) {
    return value;
  } else if constexpr (std::is_enum_v<T>) {
    return name(value);
  } else if constexpr (std::is_same_v<T, Time>) {
    return value.time_since_epoch().count();
  } else if constexpr (isId<T>) {
    return value.value;
  } else if constexpr (requires { value.has_value(); }) {
    return value ? write(*value) : Json();
  } else if constexpr (requires { value.begin(); }) {
    Json list = Json::array();
    for (const auto& element : value) list.push_back(write(element));
    return list;
  } else {
    Writer writer;
    describe(writer, value);
    return std::move(writer.json);
  }
}

template <class T>
void take(const Json& json, T& value) {
  if constexpr (std::is_floating_point_v<T>) {  // JSON has no number that is none
    value = json.is_null() ? std::numeric_limits<T>::quiet_NaN() : json.get<T>();
  } else if constexpr (std::is_integral_v<T> || std::is_same_v<T, std::string>) {
    value = json.get<T>();
  } else if constexpr (std::is_enum_v<T>) {
    const auto text = json.get<std::string>();
    for (int i = 0; i <= static_cast<int>(lastOf(value)); ++i) {
      if (text == name(static_cast<T>(i))) value = static_cast<T>(i);
    }
  } else if constexpr (std::is_same_v<T, Time>) {
    value = Time(std::chrono::milliseconds(json.get<std::int64_t>()));
  } else if constexpr (isId<T>) {
    value.value = json.get<std::string>();
  } else if constexpr (requires { value.has_value(); }) {
    value.reset();
    if (!json.is_null()) take(json, value.emplace());
  } else if constexpr (requires { value.resize(0); }) {
    value.clear();
    value.resize(json.size());
    for (std::size_t i = 0; i < value.size(); ++i) take(json[i], value[i]);
  } else if constexpr (requires { value.begin(); }) {  // std::array
    for (std::size_t i = 0; i < value.size(); ++i) take(json.at(i), value[i]);
  } else {
    Taker taker{json};
    describe(taker, value);
  }
}

template <class T>
void Writer::differences(const char* key, const std::vector<T>& values, const T& common) {
  if (values.empty()) return;
  const auto whole = [](const T& value) {
    Writer writer{.withEmpty = true};
    describe(writer, value);
    return std::move(writer.json);
  };
  const Json shared = whole(common);
  Json& list = json[key] = Json::array();
  for (const T& value : values) {
    Json own = whole(value);
    for (auto at = own.begin(); at != own.end();)
      at = *at == shared.at(at.key()) ? own.erase(at) : std::next(at);
    list.push_back(std::move(own));
  }
}

template <class T>
void Taker::differences(const char* key, std::vector<T>& values, const T& common) {
  const auto at = json.find(key);
  if (at == json.end()) return;
  values.assign(at->size(), common);
  for (std::size_t i = 0; i < values.size(); ++i) take((*at)[i], values[i]);
}

template <class T>
std::string toText(const T& value) {
  return write(value).dump(-1, ' ', false, Json::error_handler_t::replace);
}

template <class T>
void fromText(const std::string& text, T& value) {
  try {
    take(Json::parse(text), value);
  } catch (const Json::exception&) {  // its words would hold the text
    throw Failure(ErrorCode::corrupt, "a stored value does not read");
  }
}

}  // namespace

std::string encode(const InstanceHeader& header) {
  return toText(header);
}
std::string encode(const Block& block) {
  return toText(block);
}
std::string encode(const Item& item) {
  return toText(item);
}
std::string encode(const Report& report) {
  return toText(report);
}
std::string encode(const Comparison& comparison) {
  return toText(comparison);
}
std::string encode(const std::vector<int>& numbers) {
  return toText(numbers);
}
std::string encode(const std::set<Role>& roles) {
  return toText(roles);
}
std::string encode(const std::vector<Note>& notes) {
  return toText(notes);
}

void decode(const std::string& json, InstanceHeader& header) {
  fromText(json, header);
}
void decode(const std::string& json, Block& block) {
  fromText(json, block);
}
void decode(const std::string& json, Item& item) {
  fromText(json, item);
}
void decode(const std::string& json, Report& report) {
  fromText(json, report);
}
void decode(const std::string& json, Comparison& comparison) {
  fromText(json, comparison);
}
void decode(const std::string& json, std::vector<int>& numbers) {
  fromText(json, numbers);
}
void decode(const std::string& json, std::set<Role>& roles) {
  std::vector<Role> list;
  fromText(json, list);
  roles = {list.begin(), list.end()};
}
void decode(const std::string& json, std::vector<Note>& notes) {
  notes.clear();
  if (json.starts_with('[')) return fromText(json, notes);
  if (!json.empty()) notes.push_back({NoteCode::text, {}, json});
}

}  // namespace attest::casedb
