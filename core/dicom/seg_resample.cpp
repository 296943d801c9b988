#include "core/dicom/seg_resample.h"

#include <algorithm>
#include <cmath>

namespace attest::dicom {
namespace {

/// The patient space as columns, rows and steps of a frame.
struct Frame {
  Frame(const SegPlane& plane, double stepMm)
      : grid{{1, 1, 1},
             plane.positionMm,
             {length(plane.columnMm), length(plane.rowMm), stepMm},
             {normalized(plane.columnMm), normalized(plane.rowMm),
              normalized(cross(plane.columnMm, plane.rowMm))}} {}
  Grid grid;
};

/// The voxels between the corners of a box that is given in indices of `from`.
imaging::Box boxOf(const Grid& from, Vec3 low, Vec3 high, const Grid& to) {
  Vec3 least{1e9, 1e9, 1e9};
  Vec3 most{-1e9, -1e9, -1e9};
  for (int corner = 0; corner < 8; ++corner) {
    const Vec3 at{corner & 1 ? high.x : low.x, corner & 2 ? high.y : low.y, corner & 4 ? high.z : low.z};
    const Vec3 index = to.toIndex(from.toPatient(at));
    least = {std::min(least.x, index.x), std::min(least.y, index.y), std::min(least.z, index.z)};
    most = {std::max(most.x, index.x), std::max(most.y, index.y), std::max(most.z, index.z)};
  }
  const auto whole = [](double value, int size) {
    return static_cast<int>(std::clamp(std::floor(value), -1.0, static_cast<double>(size)));
  };
  return {{whole(least.x, to.dims.i), whole(least.y, to.dims.j), whole(least.z, to.dims.k)},
          {whole(most.x + 1, to.dims.i), whole(most.y + 1, to.dims.j), whole(most.z + 1, to.dims.k)}};
}

bool isMarked(const Marks& marks, Vec3 at) {
  if (at.z < -0.5 || at.z >= 0.5) return false;
  const double row = std::floor(at.y + 0.5);
  const double column = std::floor(at.x + 0.5);
  if (row < 0 || column < 0 || row >= marks.rows() || column >= marks.columns()) return false;
  return (marks.bits(static_cast<int>(row), static_cast<int>(column)) & 1U) != 0;
}

}  // namespace

Result<double> frameStepMm(const SegObject& object) {
  const SegPlane& first = object.frames.front();
  const Vec3 normal = normalized(cross(first.columnMm, first.rowMm));
  std::vector<double> places;
  for (const SegPlane& plane : object.frames) {
    if (length(plane.columnMm - first.columnMm) > 1e-3 * length(first.columnMm) ||
        length(plane.rowMm - first.rowMm) > 1e-3 * length(first.rowMm))
      return fail(ErrorCode::bad_geometry, "its frames lie in several planes, which are not resampled");
    places.push_back(dot(plane.positionMm - first.positionMm, normal));
  }
  std::ranges::sort(places);
  double step = object.sliceStepMm;
  for (std::size_t i = 1; i < places.size(); ++i) {
    const double distance = places[i] - places[i - 1];
    if (distance > 1e-3 && (step == 0 || distance < step)) step = distance;
  }
  if (!(step > 0)) return fail(ErrorCode::bad_geometry, "its frames have no thickness");
  return step;
}

void paintNearest(imaging::Mask& mask, const Marks& marks, const SegPlane& plane, double stepMm) {
  const Frame frame(plane, stepMm);
  const Grid& grid = mask.grid();
  const imaging::Box box = boxOf(frame.grid, {marks.firstColumn() - 0.5, marks.firstRow() - 0.5, -0.5},
                                 {marks.lastColumn() + 0.5, marks.lastRow() + 0.5, 0.5}, grid);
  // The step from one voxel to the next along i, as columns, rows and steps of the frame.
  const Vec3 origin = frame.grid.toIndex(grid.toPatient(Index3{}));
  const Vec3 along = frame.grid.toIndex(grid.toPatient(Index3{1, 0, 0})) - origin;
  const Vec3 down = frame.grid.toIndex(grid.toPatient(Index3{0, 1, 0})) - origin;
  const Vec3 through = frame.grid.toIndex(grid.toPatient(Index3{0, 0, 1})) - origin;
  mask.paint(box, true, [&](Index3 at) {
    return isMarked(marks, origin + at.i * along + at.j * down + at.k * through);
  });
}

}  // namespace attest::dicom
