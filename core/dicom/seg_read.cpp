#include <algorithm>
#include <exception>
#include <map>
#include <set>
#include <tuple>

#include "core/base/format.h"
#include "core/dicom/seg.h"
#include "core/dicom/seg_object.h"
#include "core/dicom/seg_pixels.h"
#include "core/dicom/seg_resample.h"

namespace attest::dicom {
namespace {

/// Where the pixels of a frame lie in the grid: that of column c and row r is origin + c * column + r * row.
struct Placement {
  Index3 origin;
  Index3 column;
  Index3 row;

  Index3 at(int r, int c) const {
    return {origin.i + c * column.i + r * row.i, origin.j + c * column.j + r * row.j,
            origin.k + c * column.k + r * row.k};
  }
  bool isStraight() const { return column == Index3{1, 0, 0} && row == Index3{0, 1, 0}; }
};

/// The whole step of the grid that `step` nearly is; none where `count` such steps end a tenth of a voxel
/// beside it.
std::optional<Index3> wholeStep(Vec3 step, int count) {
  const Index3 whole{static_cast<int>(std::lround(step.x)), static_cast<int>(std::lround(step.y)),
                     static_cast<int>(std::lround(step.z))};
  const Vec3 rest = step - Vec3{double(whole.i), double(whole.j), double(whole.k)};
  if (length(rest) * count > 0.1) return std::nullopt;
  return whole;
}

Result<Placement> place(const SegPlane& plane, const SegObject& object, const Grid& grid) {
  const Vec3 start = grid.toIndex(plane.positionMm);
  const Vec3 column = grid.toIndex(plane.positionMm + plane.columnMm) - start;
  const Vec3 row = grid.toIndex(plane.positionMm + plane.rowMm) - start;
  constexpr double most = 1e4;  // beyond any grid; times 65535 pixels still an int
  if (!(length(start) < most && length(column) < most && length(row) < most))
    return fail(ErrorCode::bad_geometry, "a frame lies far outside the grid");
  const auto origin = wholeStep(start, 1);
  const auto across = wholeStep(column, object.columns);
  const auto down = wholeStep(row, object.rows);
  if (!origin || !across || !down)
    return fail(ErrorCode::bad_geometry, "a frame does not lie on the grid's voxels");
  return Placement{*origin, *across, *down};
}

Result<> paint(imaging::Mask& mask, const Marks& marks, const Placement& place) {
  const Index3 first = place.at(marks.firstRow(), marks.firstColumn());
  const Index3 last = place.at(marks.lastRow(), marks.lastColumn());
  if (!mask.grid().contains(first) || !mask.grid().contains(last))
    return fail(ErrorCode::bad_geometry, "a marked voxel lies outside the grid");
  if (!place.isStraight()) {
    marks.forEach([&](int r, int c) { mask.set(place.at(r, c), true); });
    return {};
  }
  mask.paintRows({first, last}, true, [&](Index3 word, std::uint32_t) {
    return marks.bits(word.j - place.origin.j, word.i - place.origin.i);
  });
  return {};
}

/// The frames of a segmentation on their way into the masks.
class Reading {
 public:
  Reading(SegObject object, const Grid& grid) : object_(std::move(object)), grid_(grid) {
    for (std::size_t i = 0; i < object_.segments.size(); ++i) {
      object_.segments[i].mask = imaging::Mask(grid);
      byNumber_.emplace(object_.segments[i].number, i);
    }
  }

  Result<SegIn> run(const std::filesystem::path& path, const SegReading& how) {
    ATTEST_TRY(SegPixels pixels, SegPixels::open(path, object_, how.threshold));
    auto done = paintAll(pixels);
    if (!done && done.error().code == ErrorCode::bad_geometry && how.resample) {
      for (SegmentIn& segment : object_.segments) segment.mask = imaging::Mask(grid_);
      done = resampleAll(pixels);
    }
    ATTEST_CHECK(done);
    noteThreshold(pixels, how.threshold);
    noteJoined();
    return SegIn{object_.type, object_.frameOfReference, object_.sourceSeries, std::move(object_.segments),
                 std::move(notes_)};
  }

 private:
  imaging::Mask& maskOf(int number) { return object_.segments[byNumber_.at(number)].mask; }

  Result<> paintAll(SegPixels& pixels) {
    for (std::size_t i = 0; i < object_.frames.size(); ++i) {
      ATTEST_TRY(const Placement at, place(object_.frames[i], object_, grid_));
      ATTEST_CHECK(pixels.forEachSegment(
          i, [&](int number, const Marks& marks) { return paint(maskOf(number), marks, at); }));
    }
    return {};
  }

  Result<> resampleAll(SegPixels& pixels) {
    ATTEST_TRY(const double step, frameStepMm(object_));
    const SegPlane& plane = object_.frames.front();
    const double voxelMm3 = length(cross(plane.columnMm, plane.rowMm)) * step;
    std::map<int, double> volumesMm3;
    bool anyInside = false;
    for (std::size_t i = 0; i < object_.frames.size(); ++i) {
      ATTEST_CHECK(pixels.forEachSegment(i, [&](int number, const Marks& marks) -> Result<> {
        volumesMm3[number] += static_cast<double>(marks.count()) * voxelMm3;
        paintNearest(maskOf(number), marks, object_.frames[i], step);
        return {};
      }));
    }
    for (const auto& [number, before] : volumesMm3) {
      const SegmentIn& segment = object_.segments[byNumber_.at(number)];
      const double after = static_cast<double>(segment.mask.count()) * grid_.voxelVolumeMm3();
      anyInside |= after > 0;
      notes_.push_back(
          "segment " + std::to_string(number) + " (" + segment.label +
          ") was made on another grid and resampled to the nearest voxel: " + formatNumber(before / 1000, 3) +
          " ml became " + formatNumber(after / 1000, 3) + " ml");
    }
    if (!anyInside) return fail(ErrorCode::bad_geometry, "no marked voxel lies inside the grid");
    return {};
  }

  void noteThreshold(const SegPixels& pixels, double threshold) {
    if (object_.fullFraction == 0) return;
    notes_.push_back(std::string(object_.type == SegType::probability ? "a probability" : "an occupancy") +
                     " of at least " + formatNumber(threshold, 2) + " (" +
                     std::to_string(pixels.leastValue()) + " of " + std::to_string(object_.fullFraction) +
                     ") counts as inside");
  }

  void noteJoined() {
    std::set<std::tuple<int, long, long, long>> places;
    std::size_t joined = 0;
    for (const SegPlane& plane : object_.frames) {
      const auto micrometres = [](double mm) { return std::lround(mm * 1000); };
      const Vec3 p = plane.positionMm;
      joined += !places.emplace(plane.segment, micrometres(p.x), micrometres(p.y), micrometres(p.z)).second;
    }
    if (joined > 0)
      notes_.push_back(std::to_string(joined) + (joined == 1 ? " frame lies" : " frames lie") +
                       " where its segment has another one already; what both mark was joined");
  }

  SegObject object_;
  const Grid& grid_;
  std::map<int, std::size_t> byNumber_;
  std::vector<std::string> notes_;
};

Result<SegIn> read(const std::filesystem::path& path, const Grid& grid, const SegReading& how) {
  ATTEST_TRY(SegObject object, openSegObject(path));
  return Reading(std::move(object), grid).run(path, how);
}

}  // namespace

Result<SegIn> readSeg(const std::filesystem::path& path, const Grid& sourceGrid, const SegReading& how) {
  try {
    return read(path, sourceGrid, how);
  } catch (const std::bad_alloc&) {
    return fail(ErrorCode::too_large, "the segmentation does not fit into memory");
  } catch (const std::exception& error) {
    return fail(ErrorCode::bad_file, error.what());
  }
}

}  // namespace attest::dicom
