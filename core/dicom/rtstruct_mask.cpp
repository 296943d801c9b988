#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/format.h"
#include "core/dicom/rtstruct.h"

namespace attest::dicom {
namespace {

/// A contour in columns and rows of a slice.
struct Outline {
  std::vector<std::array<double, 2>> points;
};
using Slices = std::map<int, std::vector<Outline>>;

/// Where each edge of the outlines crosses the middle of a row. An edge holds its upper end and not its
/// lower, so that a corner on the row counts once.
std::vector<double> crossings(const std::vector<Outline>& outlines, int row) {
  std::vector<double> columns;
  for (const Outline& outline : outlines) {
    const auto& points = outline.points;
    for (std::size_t n = 0; n < points.size(); ++n) {
      const auto& [x0, y0] = points[n];
      const auto& [x1, y1] = points[(n + 1) % points.size()];
      if ((y0 <= row) == (y1 <= row)) continue;
      columns.push_back(x0 + (row - y0) / (y1 - y0) * (x1 - x0));
    }
  }
  std::ranges::sort(columns);
  return columns;
}

/// Voxels from the first centre at or right of one crossing to the last left of the next.
void fill(imaging::Mask& mask, const std::vector<Outline>& outlines, int k) {
  const Index3 dims = mask.grid().dims;
  for (int row = 0; row < dims.j; ++row) {
    const auto columns = crossings(outlines, row);
    for (std::size_t n = 0; n + 1 < columns.size(); n += 2) {
      const double first = std::clamp(std::ceil(columns[n]), 0.0, static_cast<double>(dims.i));
      const double last = std::clamp(std::ceil(columns[n + 1]) - 1, -1.0, dims.i - 1.0);
      if (last < first) continue;
      mask.paintRows({{static_cast<int>(first), row, k}, {static_cast<int>(last), row, k}}, true,
                     [](Index3, std::uint32_t wanted) { return wanted; });
    }
  }
}

struct Offsets {
  double most = 0;  ///< the farthest that a contour lies from its slice, in slices
  std::size_t outside = 0;
};

Result<> sortInto(Slices& slices, const RtContour& contour, const Grid& grid, Offsets& offsets) {
  Outline outline;
  double low = 1e9;
  double high = -1e9;
  for (const Vec3& point : contour.pointsMm) {
    const Vec3 at = grid.toIndex(point);
    if (!(std::abs(at.x) < 1e6 && std::abs(at.y) < 1e6))
      return fail(ErrorCode::bad_geometry, "a contour lies far outside the images");
    low = std::min(low, at.z);
    high = std::max(high, at.z);
    outline.points.push_back({at.x, at.y});
  }
  if (!(high - low < 0.5))
    return fail(ErrorCode::bad_geometry, "a contour does not lie in one slice of the images");
  const double middle = (low + high) / 2;
  if (middle < -0.5 || middle >= grid.dims.k - 0.5) {
    ++offsets.outside;
    return {};
  }
  const int k = static_cast<int>(std::floor(middle + 0.5));
  offsets.most = std::max(offsets.most, std::abs(middle - k));
  slices[k].push_back(std::move(outline));
  return {};
}

std::vector<std::string> notesOf(const Slices& slices, const Offsets& offsets, const Grid& grid) {
  std::vector<std::string> notes;
  if (offsets.outside > 0)
    notes.push_back(std::to_string(offsets.outside) + " contours lie above or below the images");
  if (offsets.most > 0.05) {
    notes.push_back("contours lie up to " + formatNumber(offsets.most * grid.spacingMm.z, 2) +
                    " mm beside the slice that they were given to");
  }
  const auto span = static_cast<std::size_t>(slices.rbegin()->first - slices.begin()->first + 1);
  if (span > slices.size())
    notes.push_back(std::to_string(span - slices.size()) +
                    " slices between contours have none of their own and stay empty");
  return notes;
}

}  // namespace

Result<RtMask> maskOf(const RtRoi& roi, const Grid& grid) {
  RtMask out{imaging::Mask(grid), {}, {}};
  Slices slices;
  Offsets offsets;
  std::size_t closed = 0;
  for (const RtContour& contour : roi.contours) {
    if (contour.type != ContourType::closed_planar && contour.type != ContourType::closed_planar_xor) {
      out.pointsMm.insert(out.pointsMm.end(), contour.pointsMm.begin(), contour.pointsMm.end());
      continue;
    }
    ++closed;
    ATTEST_CHECK(sortInto(slices, contour, grid, offsets));
  }
  if (closed == 0) return out;
  if (slices.empty()) return fail(ErrorCode::bad_geometry, "no contour lies in the images");
  for (const auto& [k, outlines] : slices) fill(out.mask, outlines, k);
  out.notes = notesOf(slices, offsets, grid);
  return out;
}

}  // namespace attest::dicom
