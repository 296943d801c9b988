#include "core/dicom/groups.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include "core/dicom/groups_nm.h"
#include "core/dicom/text.h"

namespace attest::dicom {
namespace {

constexpr Tag characterSet = 0x00080005;
constexpr Tag sharedGroups = 0x52009229;
constexpr Tag perFrameGroups = 0x52009230;
// Where a converted classic image keeps what has no group of its own (PS3.3 C.7.6.16.2.25).
constexpr Tag convertedShared = 0x00209170;
constexpr Tag convertedFrame = 0x00209171;

// The value of one attribute.
class Value {
 public:
  Value(Scan& scan, const Element& element, std::string_view vr) : scan_(scan), element_(element), vr_(vr) {}
  std::string text() const { return toUtf8(scan_.text(element_), scan_.text(characterSet)); }
  std::vector<double> numbers() const { return scan_.numbers(element_, vr_); }
  std::optional<double> number() const {
    const auto all = numbers();
    return all.empty() ? std::nullopt : std::optional(all.front());
  }
  int integer() const {
    const double value = number().value_or(0);
    return std::abs(value) <= std::numeric_limits<int>::max() ? static_cast<int>(value) : 0;
  }
  std::optional<Vec3> vector() const {
    const auto v = numbers();
    return v.size() == 3 ? std::optional(Vec3{v[0], v[1], v[2]}) : std::nullopt;
  }

 private:
  Scan& scan_;
  const Element& element_;
  std::string_view vr_;
};

void takeOrientation(FrameGroups& g, const Value& value) {
  const auto o = value.numbers();
  if (o.size() == 6) g.orientation = {Vec3{o[0], o[1], o[2]}, Vec3{o[3], o[4], o[5]}};
}

void takeSpacing(FrameGroups& g, const Value& value) {
  const auto s = value.numbers();
  if (s.size() == 2) g.pixelSpacingMm = {s[0], s[1]};
}

// Centers come before widths, as their tags do; a center without a width is dropped at the end.
void takeCenters(FrameGroups& g, const Value& value) {
  g.windows.clear();
  for (const double center : value.numbers())
    g.windows.push_back({center, std::numeric_limits<double>::quiet_NaN()});
}

void takeWidths(FrameGroups& g, const Value& value) {
  const auto widths = value.numbers();
  for (std::size_t i = 0; i < std::min(widths.size(), g.windows.size()); ++i) g.windows[i].width = widths[i];
}

void takeDateTime(FrameGroups& g, const Value& value) {
  const std::string text = value.text();
  g.acquisitionDate = text.substr(0, 8);
  g.acquisitionTime = text.size() > 8 ? text.substr(8, text.find_first_of("+-", 8) - 8) : "";
}

// What is read: an attribute by itself, in the functional group of its macro, or among converted ones.
struct Row {
  Tag tag;
  Tag macro;  ///< 0: of classic and converted images only
  const char* vr;
  void (*take)(FrameGroups&, const Value&);
  bool classic = true;  ///< a classic image has it too
};

constexpr Row rows[] = {
    {0x00080008, 0, "CS", [](FrameGroups& g, const Value& v) { g.imageType = v.text(); }},
    {0x00080022, 0, "DA", [](FrameGroups& g, const Value& v) { g.acquisitionDate = v.text(); }},
    {0x00080032, 0, "TM", [](FrameGroups& g, const Value& v) { g.acquisitionTime = v.text(); }},
    {0x00089007, 0x00189226, "CS", [](FrameGroups& g, const Value& v) { g.imageType = v.text(); }, false},
    {0x00089007, 0x00189329, "CS", [](FrameGroups& g, const Value& v) { g.imageType = v.text(); }, false},
    {0x00089007, 0x00189504, "CS", [](FrameGroups& g, const Value& v) { g.imageType = v.text(); }, false},
    {0x00089007, 0x00189751, "CS", [](FrameGroups& g, const Value& v) { g.imageType = v.text(); }, false},
    {0x00180050, 0x00289110, "DS",
     [](FrameGroups& g, const Value& v) { g.sliceThicknessMm = v.number().value_or(0); }},
    {0x00180081, 0, "DS", [](FrameGroups& g, const Value& v) { g.echoTimeMs = v.number(); }},
    {0x00181060, 0, "DS", [](FrameGroups& g, const Value& v) { g.triggerMs = v.number(); }},
    {0x00181210, 0x00189314, "SH", [](FrameGroups& g, const Value& v) { g.kernel = v.text(); }},
    {0x00189074, 0x00209111, "DT", takeDateTime, false},
    {0x00189082, 0x00189114, "FD", [](FrameGroups& g, const Value& v) { g.echoTimeMs = v.number(); }, false},
    {0x00189087, 0x00189117, "FD", [](FrameGroups& g, const Value& v) { g.bValue = v.number(); }},
    {0x00189089, 0x00189076, "FD", [](FrameGroups& g, const Value& v) { g.gradient = v.vector(); }},
    {0x00200012, 0, "IS", [](FrameGroups& g, const Value& v) { g.acquisitionNumber = v.integer(); }},
    {0x00200032, 0x00209113, "DS", [](FrameGroups& g, const Value& v) { g.positionMm = v.vector(); }},
    {0x00200037, 0x00209116, "DS", takeOrientation},
    {0x00200100, 0, "IS", [](FrameGroups& g, const Value& v) { g.temporalPosition = v.integer(); }},
    {0x00209056, 0x00209111, "SH", [](FrameGroups& g, const Value& v) { g.stackId = v.text(); }},
    {0x00209057, 0x00209111, "UL", [](FrameGroups& g, const Value& v) { g.inStack = v.integer(); }},
    {0x00209128, 0x00209111, "UL", [](FrameGroups& g, const Value& v) { g.temporalPosition = v.integer(); }},
    {0x00209153, 0x00189118, "FD", [](FrameGroups& g, const Value& v) { g.triggerMs = v.number(); }},
    {0x00209156, 0x00209111, "US", [](FrameGroups& g, const Value& v) { g.acquisitionNumber = v.integer(); }},
    {0x00209241, 0x00189118, "FL", [](FrameGroups& g, const Value& v) { g.phasePercent = v.number(); }},
    {0x00209245, 0x00209253, "FL", [](FrameGroups& g, const Value& v) { g.phasePercent = v.number(); }},
    {0x00209255, 0x00209253, "FD", [](FrameGroups& g, const Value& v) { g.triggerMs = v.number(); }},
    {0x00280030, 0x00289110, "DS", takeSpacing},
    {0x00281050, 0x00289132, "DS", takeCenters},
    {0x00281051, 0x00289132, "DS", takeWidths},
    {0x00281052, 0x00289145, "DS", [](FrameGroups& g, const Value& v) { g.rescaleIntercept = v.number(); }},
    {0x00281053, 0x00289145, "DS", [](FrameGroups& g, const Value& v) { g.rescaleSlope = v.number(); }},
    {0x00281054, 0x00289145, "LO", [](FrameGroups& g, const Value& v) { g.rescaleType = v.text(); }},
};

const Row* rowOf(Tag within, Tag tag) {
  static_assert(std::ranges::is_sorted(rows, {}, &Row::tag));
  const bool converted = within == convertedShared || within == convertedFrame;
  for (const Row& row : std::ranges::equal_range(rows, tag, {}, &Row::tag))
    if (row.macro == within || (converted && row.classic)) return &row;
  return nullptr;
}

void dropOpenWindows(FrameGroups& groups) {
  std::erase_if(groups.windows, [](const Window& window) { return std::isnan(window.width); });
}

FrameGroups classicGroups(Scan& scan) {
  FrameGroups groups;
  for (const Row& row : rows)
    if (const Element* element = row.classic ? scan.find(row.tag) : nullptr)
      row.take(groups, Value(scan, *element, row.vr));
  dropOpenWindows(groups);
  return groups;
}

// b-values of classic images, from before they had a standard place: SIEMENS in (0019,xx0C), Philips in
// (2001,xx03), GE first in (0043,xx39), where a billion is added to it in some versions.
void readPrivateDiffusion(Scan& scan, FrameGroups& groups) {
  struct Place {
    std::uint16_t group;
    const char* creator;
    std::uint8_t element;
    const char* vr;
  };
  constexpr Place places[] = {{0x0019, "SIEMENS MR HEADER", 0x0C, "IS"},
                              {0x2001, "Philips Imaging DD 001", 0x03, "FL"},
                              {0x0043, "GEMS_PARM_01", 0x39, "IS"}};
  for (const auto& [group, creator, number, vr] : places) {
    const Element* element = groups.bValue ? nullptr : scan.findPrivate(group, creator, number);
    if (element == nullptr) continue;
    const auto values = scan.numbers(*element, vr);
    if (!values.empty() && values.front() >= 0) groups.bValue = std::fmod(values.front(), 1e9);
  }
}

Result<> readFunctionalGroups(Scan& scan, InstanceHeader& header) {
  scan.visit(sharedGroups, [&](std::size_t item, Tag within, const Element& element) {
    const Row* row = item == 0 ? rowOf(within, element.tag) : nullptr;
    if (row != nullptr) row->take(header.groups, Value(scan, element, row->vr));
  });
  dropOpenWindows(header.groups);
  const auto frames = static_cast<std::size_t>(header.frames);
  std::size_t items = 0;
  scan.visit(perFrameGroups, [&](std::size_t item, Tag within, const Element& element) {
    items = std::max(items, item + 1);
    if (item >= frames) return;
    if (item >= header.perFrame.size()) header.perFrame.resize(item + 1, header.groups);
    if (const Row* row = rowOf(within, element.tag))
      row->take(header.perFrame[item], Value(scan, element, row->vr));
  });
  if (items != frames && scan.has(perFrameGroups)) {
    return fail(ErrorCode::bad_file, "the Per-Frame Functional Groups Sequence (5200,9230) has " +
                                         std::to_string(items) + " items for " + std::to_string(frames) +
                                         " frames");
  }
  std::ranges::for_each(header.perFrame, dropOpenWindows);
  return {};
}

// Recommended Display Frame Rate, Cine Rate, Frame Time; Frame Time Vector where the times are not even.
void readTiming(Scan& scan, InstanceHeader& header) {
  const auto positive = [&](Tag tag) {
    const double value = scan.number(tag).value_or(0);
    return value > 1e-3 && value < 1e6 ? value : 0;
  };
  const double frameTimeMs = positive(0x00181063);
  for (const double rate :
       {positive(0x00082144), positive(0x00180040), frameTimeMs > 0 ? 1000 / frameTimeMs : 0})
    if (header.framesPerSecond == 0) header.framesPerSecond = rate;
  auto times = scan.numbers(0x00181065);
  if (times.size() != static_cast<std::size_t>(header.frames) || times.size() < 2) return;
  const auto even = [&](double ms) { return std::abs(ms - times[1]) <= 0.01 * std::abs(times[1]); };
  const bool isEven = std::all_of(times.begin() + 1, times.end(), even);
  if (isEven && header.framesPerSecond == 0 && times[1] > 1e-3) header.framesPerSecond = 1000 / times[1];
  if (!isEven) header.frameTimesMs = std::move(times);
}

}  // namespace

Result<> readGroups(Scan& scan, InstanceHeader& header) {
  header.groups = classicGroups(scan);
  readPrivateDiffusion(scan, header.groups);
  ATTEST_CHECK(readFunctionalGroups(scan, header));
  if (header.frames > 1 && scan.has(0x00540080)) readNuclearGroups(scan, header);
  if (header.frames > 1) readTiming(scan, header);
  return {};
}

}  // namespace attest::dicom
