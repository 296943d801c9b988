#include "core/view/corner_texts.h"

#include <algorithm>
#include <cmath>

#include "core/base/format.h"
#include "core/domain/person_name.h"
#include "core/view/plane.h"

namespace attest::view {
namespace {

using Lines = std::vector<std::string>;

/// Adds a line made of the parts that are not empty; none where all are.
void addLine(Lines& lines, std::initializer_list<std::string> parts, const char* between = " \u00b7 ") {
  std::string line;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!line.empty()) line += between;
    line += part;
  }
  if (!line.empty()) lines.push_back(line);
}

std::string windowText(Window window) {
  const int decimals = window.width < 1 ? 3 : window.width < 20 ? 1 : 0;
  return "W " + formatNumber(window.width, decimals) + " L " + formatNumber(window.center, decimals);
}

/// The spacing of the grid's axis that is nearest to a direction.
double spacingAlong(const Grid& grid, Vec3 direction) {
  const auto nearest =
      std::ranges::max_element(grid.axes, {}, [&](Vec3 axis) { return std::abs(dot(axis, direction)); });
  return grid.spacingMm[static_cast<int>(nearest - grid.axes.begin())];
}

std::string zoomText(const Grid& grid, const imaging::Plane& plane) {
  const double pixelsPerVoxel = spacingAlong(grid, plane.stepXMm) / length(plane.stepXMm);
  return "Zoom " + formatNumber(100 * pixelsPerVoxel, 0) + " %";
}

std::string sliceText(int index, int count) {
  return "Im " + std::to_string(index + 1) + " / " + std::to_string(count);
}

std::string slabText(const ViewportState& state, const Grid& grid) {
  const std::string thickness = formatMm(state.slab.thicknessMm);
  switch (state.slab.projection) {
    case imaging::Projection::mip:
      return "MIP " + thickness;
    case imaging::Projection::minip:
      return "MinIP " + thickness;
    case imaging::Projection::mean:
      return "Mean " + thickness;
    case imaging::Projection::none:
      break;
  }
  return formatMm(sliceStepMm(state.orientation, grid));
}

std::string half(double mm, const char* positive, const char* negative) {
  return std::string(mm < 0 ? negative : positive) + " " + formatNumber(std::abs(mm), 1);
}

/// Where the plane lies along the patient's axis that is nearest to its normal: "H 148.5 mm".
std::string planePosition(const imaging::Plane& plane) {
  const Vec3 normal = cross(plane.stepXMm, plane.stepYMm);
  const Vec3 at = screenToPatient(plane, (plane.width - 1) / 2.0, (plane.height - 1) / 2.0);
  const Vec3 share{std::abs(normal.x), std::abs(normal.y), std::abs(normal.z)};
  if (share.z >= share.x && share.z >= share.y) return half(at.z, "H", "F") + " mm";
  return (share.y >= share.x ? half(at.y, "P", "A") : half(at.x, "L", "R")) + " mm";
}

bool startsWithDigits(const std::string& text, std::size_t count) {
  return text.size() >= count && std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(count),
                                             [](char c) { return c >= '0' && c <= '9'; });
}

/// "Doe, John Q" from "Doe^John^Q".
std::string readableGroup(std::string_view group) {
  const std::size_t family = std::min(group.find('^'), group.size());
  std::string given(family < group.size() ? group.substr(family + 1) : "");
  std::ranges::replace(given, '^', ' ');
  given.erase(given.find_last_not_of(' ') + 1);
  const std::string name(group.substr(0, family));
  if (given.empty()) return name;
  return family == 0 ? given : name + ", " + given;
}

}  // namespace

CornerTexts cornerTexts(const CaseRecord& record, const ViewportState& state, const Grid& grid,
                        const imaging::Plane& plane) {
  CornerTexts texts;
  addLine(texts.topLeft, {personName(record.patient.name.reveal())});
  addLine(texts.topLeft, {record.patient.id.reveal()});
  addLine(texts.topLeft, {readableDate(record.patient.birthDate.reveal()), record.patient.sex});

  const Series* series = findSeries(record, state.block.series);
  addLine(texts.topRight, {record.study.description, series == nullptr ? "" : series->info.description});
  addLine(texts.topRight, {readableDate(record.study.date), readableTime(record.study.time)}, " ");

  const Block* block = findBlock(record, state.block);
  if (block != nullptr) texts.lengthUnit = lengthUnit(*block);
  addLine(texts.bottomLeft, {windowText(state.window)});
  if (state.orientation == Orientation::volume3d) return texts;
  addLine(texts.bottomLeft, {zoomText(grid, plane)});
  if (block != nullptr && !block->isVolume()) {
    addLine(texts.bottomLeft, {sliceText(state.slice, block->dims.k)});
    return texts;
  }
  addLine(texts.bottomLeft, {sliceText(sliceIndex(state.orientation, grid, state.focusMm),
                                       sliceCount(state.orientation, grid))});
  addLine(texts.bottomRight, {slabText(state, grid), planePosition(plane)});
  return texts;
}

std::string lengthUnit(const Block& block) {
  if (block.isVolume()) return "mm";
  switch (block.calibration.kind) {
    case CalibrationKind::exact:
      return "mm";
    case CalibrationKind::calibrated:
      return "mm (calibrated)";
    case CalibrationKind::projected:
      return "mm (projected)";
    case CalibrationKind::at_detector:
      return "mm (at detector)";
    case CalibrationKind::region:
      return "mm (region)";
    case CalibrationKind::none:
      break;
  }
  return "px";
}

std::string personName(const std::string& dicomName) {
  const PersonName name = splitName(dicomName);
  const auto groups = name.groups();
  const auto at = std::ranges::find_if_not(groups, &std::string_view::empty);
  return at == groups.end() ? "" : readableGroup(*at);
}

std::string personNames(const std::string& dicomName) {
  std::string names;
  const PersonName name = splitName(dicomName);
  for (const std::string_view group : name.groups())
    if (!group.empty()) names += (names.empty() ? "" : " \u00B7 ") + readableGroup(group);
  return names;
}

std::string readableDate(const std::string& dicomDate) {
  return formatDate(dicomDate);
}

std::string readableTime(const std::string& dicomTime) {
  if (!startsWithDigits(dicomTime, 4)) return dicomTime;
  return dicomTime.substr(0, 2) + ":" + dicomTime.substr(2, 2);
}

std::string readablePosition(Vec3 patientMm) {
  return half(patientMm.x, "L", "R") + " " + half(patientMm.y, "P", "A") + " " + half(patientMm.z, "H", "F") +
         " mm";
}

}  // namespace attest::view
