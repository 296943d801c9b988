#include "core/dicom/stack.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/format.h"
#include "core/dicom/pixel_format.h"

namespace attest::dicom {
namespace {

constexpr double maxCoordinateMm = 1e6;

bool isSane(Vec3 v) {
  return std::max({std::abs(v.x), std::abs(v.y), std::abs(v.z)}) < maxCoordinateMm;
}

// What the steps from slice to slice say.
struct Steps {
  double medianMm = 0;
  double smallestMm = 0;
  double largestMm = 0;
  double offsetMm = 0;  // largest offset across the normal, a slice
  double driftMm = 0;   // largest distance of a slice from where even steps would have it
  bool uneven = false;
  std::vector<std::size_t> gaps;  // a gap behind that slice
};

Steps stepsOf(std::span<const SlicePlane> slices, const std::vector<SlicePlace>& places) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < places.size(); ++i)
    steps.push_back(places[i].heightMm - places[i - 1].heightMm);
  Steps result;
  result.medianMm = lowerMedian(steps);
  result.smallestMm = std::ranges::min(steps);
  result.largestMm = std::ranges::max(steps);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const double times = std::max(1.0, std::round(steps[i] / result.medianMm));
    const double deviation = std::abs(steps[i] - times * result.medianMm);
    if (times >= 2 && deviation <= 0.05 * result.medianMm * times) {
      result.gaps.push_back(i);
    } else if (std::abs(steps[i] - result.medianMm) > std::max(0.01 * result.medianMm, 0.01)) {
      result.uneven = true;
    }
    const Vec3 along = slices[i + 1].positionMm - slices[i].positionMm;
    const Vec3 across = along - steps[i] * slices[0].normal;
    result.offsetMm = std::max(result.offsetMm, length(across) / times);
  }
  if (!result.gaps.empty()) return result;  // resampled from the places anyway
  const double meanMm = places.back().heightMm / static_cast<double>(steps.size());
  for (std::size_t k = 0; k < places.size(); ++k)
    result.driftMm = std::max(result.driftMm, std::abs(places[k].heightMm - static_cast<double>(k) * meanMm));
  result.uneven = result.uneven || result.driftMm > std::max(0.01, 0.02 * meanMm);
  return result;
}

std::vector<SlicePlace> placesOf(std::span<const SlicePlane> slices) {
  const SlicePlane& first = slices.front();
  std::vector<SlicePlace> places;
  for (const SlicePlane& slice : slices) {
    const Vec3 d = slice.positionMm - first.positionMm;
    places.push_back({dot(d, first.normal), dot(d, first.row) / first.spacingXMm,
                      dot(d, first.column) / first.spacingYMm});
  }
  return places;
}

// The slices' own grid, from the first to the last of them.
Grid regularGrid(std::span<const SlicePlane> slices) {
  const SlicePlane& first = slices.front();
  const Vec3 span = slices.back().positionMm - first.positionMm;
  const Vec3 across = span - dot(span, first.normal) * first.normal;
  // A drift of less than a hundredth of a millimetre in all is rounding; a real one is kept.
  const Vec3 axis = length(across) < 0.01 ? first.normal : normalized(span);
  const double count = static_cast<double>(slices.size());
  return {{first.columns, first.rows, static_cast<int>(slices.size())},
          first.positionMm,
          {first.spacingXMm, first.spacingYMm, dot(span, axis) / (count - 1)},
          {first.row, first.column, axis}};
}

// A grid along the normal with room for every shifted slice; its lattice in the plane is that of the first
// slice. None where it would be more than four times as large as what was acquired: then most of it would be
// invented.
std::optional<Grid> straightGrid(const SlicePlane& first, std::vector<SlicePlace>& places, double stepMm) {
  const auto [lowX, highX] = std::ranges::minmax(places, {}, &SlicePlace::shiftX);
  const auto [lowY, highY] = std::ranges::minmax(places, {}, &SlicePlace::shiftY);
  const auto down = [](double shift) { return std::floor(shift + 1e-3); };
  const auto up = [](double shift) { return std::ceil(shift - 1e-3); };
  const double x0 = down(lowX.shiftX);
  const double y0 = down(lowY.shiftY);
  const double width = first.columns + up(highX.shiftX) - x0;
  const double height = first.rows + up(highY.shiftY) - y0;
  const double spanMm = places.back().heightMm;
  const double intervals = std::max(1.0, std::round(spanMm / stepMm));
  const double acquired =
      static_cast<double>(first.columns) * first.rows * static_cast<double>(places.size());
  if (width * height * (intervals + 1) > 4 * acquired) return std::nullopt;
  const Vec3 origin =
      first.positionMm + x0 * first.spacingXMm * first.row + y0 * first.spacingYMm * first.column;
  for (SlicePlace& place : places) {
    place.shiftX -= x0;
    place.shiftY -= y0;
  }
  return Grid{{static_cast<int>(width), static_cast<int>(height), static_cast<int>(intervals) + 1},
              origin,
              {first.spacingXMm, first.spacingYMm, spanMm / intervals},
              {first.row, first.column, first.normal}};
}

std::string gapNote(const Steps& steps, const std::vector<SlicePlace>& places,
                    std::span<const SlicePlane> slices) {
  std::string where;
  for (const std::size_t i : steps.gaps) {
    const double mm = places[i + 1].heightMm - places[i].heightMm;
    const double missing = std::round(mm / steps.medianMm) - 1;
    const auto position = [&](std::size_t k) {
      return formatNumber(dot(slices[k].positionMm, slices[0].normal), 1);
    };
    where += (where.empty() ? "" : "; ") + formatNumber(missing, 0) + " missing between slices " +
             std::to_string(i + 1) + " and " + std::to_string(i + 2) + " (" + position(i) + " to " +
             position(i + 1) + " mm along the normal)";
  }
  return "gaps in the stack: " + where + "; what fills them is interpolated, not acquired";
}

void describe(Stack& stack, const Steps& steps, std::span<const SlicePlane> slices) {
  if (steps.offsetMm > 0.01) {
    const double degrees = std::atan2(steps.offsetMm, steps.medianMm) * 180 / std::numbers::pi;
    stack.geometry.push_back(Geometry::tilted);
    stack.notes.push_back("slices are offset sideways by up to " + formatNumber(steps.offsetMm, 2) +
                          " mm each (" + formatNumber(degrees, 1) +
                          " degrees); loaded straightened by interpolation in the slice");
  }
  if (steps.uneven) {
    stack.geometry.push_back(Geometry::uneven);
    stack.notes.push_back(
        "slice step varies from " + formatNumber(steps.smallestMm, 2) + " to " + formatMm(steps.largestMm) +
        (steps.driftMm > 0 ? ", slices lie up to " + formatNumber(steps.driftMm, 2) + " mm beside even steps"
                           : "") +
        "; loaded evenly by interpolation between neighbours");
  }
  if (!steps.gaps.empty()) {
    stack.geometry.push_back(Geometry::gaps);
    stack.notes.push_back(gapNote(steps, stack.places, slices));
  }
}

}  // namespace

double lowerMedian(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

std::optional<SlicePlane> planeOf(const InstanceHeader& header, int frame) {
  if (header.frames > 1 && header.perFrame.empty()) return std::nullopt;
  const FrameGroups& groups = groupsOf(header, frame);
  if (!groups.positionMm || !groups.orientation || !groups.pixelSpacingMm) return std::nullopt;
  const auto [betweenRows, betweenColumns] = *groups.pixelSpacingMm;
  const auto [row, column] = *groups.orientation;
  const auto sane = [](double spacing) { return spacing > 1e-6 && spacing < maxCoordinateMm; };
  if (!sane(betweenRows) || !sane(betweenColumns) || !isSane(*groups.positionMm)) return std::nullopt;
  // Rounded cosines are cleaned; beyond 1 % they describe no plane.
  if (std::abs(length(row) - 1) > 0.01 || std::abs(length(column) - 1) > 0.01 ||
      std::abs(dot(row, column)) > 0.01) {
    return std::nullopt;
  }
  SlicePlane plane{header.columns,    header.rows, betweenColumns, betweenRows, normalized(row), {}, {},
                   *groups.positionMm};
  plane.column = normalized(column - dot(column, plane.row) * plane.row);
  plane.normal = cross(plane.row, plane.column);
  return plane;
}

bool sameOrientation(const SlicePlane& a, const SlicePlane& b) {
  const auto near = [](Vec3 p, Vec3 q) {
    const Vec3 d = p - q;
    return std::max({std::abs(d.x), std::abs(d.y), std::abs(d.z)}) <= orientationTolerance;
  };
  return near(a.row, b.row) && near(a.column, b.column);
}

Stack stackOf(std::span<const SlicePlane> slices) {
  Stack stack;
  if (slices.size() < 2) {
    stack.geometry.push_back(Geometry::not_3d);
    stack.notes.emplace_back("a single slice makes no volume");
    return stack;
  }
  stack.places = placesOf(slices);
  const Steps steps = stepsOf(slices, stack.places);
  describe(stack, steps, slices);
  stack.resampled = !stack.geometry.empty();
  if (stack.resampled) {
    const double stepMm = steps.uneven ? std::max(steps.smallestMm, steps.medianMm / 2) : steps.medianMm;
    stack.grid = straightGrid(slices.front(), stack.places, stepMm);
  } else {
    stack.grid = regularGrid(slices);
  }
  if (stack.grid && static_cast<std::size_t>(stack.grid->voxels()) > maxPixelBytes / sizeof(float))
    stack.grid.reset();
  if (!stack.grid) {
    stack.geometry.push_back(Geometry::not_3d);
    stack.notes.emplace_back("the slices lie too far apart to make a volume");
  }
  return stack;
}

}  // namespace attest::dicom
