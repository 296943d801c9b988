#include "core/view/plane.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace attest::view {
namespace {

/// Directions of the screen's axes in the patient.
struct ScreenAxes {
  Vec3 right;
  Vec3 down;
};

ScreenAxes screenAxes(Orientation orientation, const Grid& grid) {
  switch (orientation) {
    case Orientation::axial:
      return {{1, 0, 0}, {0, 1, 0}};
    case Orientation::sagittal:
      return {{0, 1, 0}, {0, 0, -1}};
    case Orientation::stack:
      return {grid.axes[0], grid.axes[1]};
    case Orientation::coronal:
    case Orientation::volume3d:
      break;
  }
  return {{1, 0, 0}, {0, 0, -1}};
}

struct Range {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  void add(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
  double size() const { return high - low; }
  double middle() const { return (low + high) / 2; }
};

/// How far the grid reaches along a direction, `margin` voxels beyond the outermost centres in i and j,
/// `marginK` in k.
Range reach(const Grid& grid, Vec3 direction, double margin, double marginK) {
  Range range;
  for (int corner = 0; corner < 8; ++corner) {
    const Vec3 index{(corner & 1) != 0 ? grid.dims.i - 1 + margin : -margin,
                     (corner & 2) != 0 ? grid.dims.j - 1 + margin : -margin,
                     (corner & 4) != 0 ? grid.dims.k - 1 + marginK : -marginK};
    range.add(dot(grid.toPatient(index), direction));
  }
  return range;
}

/// The slice of the grid that a stack shows at that focus, as a grid of its own.
Grid shownSlice(Grid grid, Vec3 focusMm) {
  grid.originMm = grid.toPatient(Vec3{0, 0, std::round(grid.toIndex(focusMm).z)});
  grid.dims.k = 1;
  return grid;
}

/// The slices along a direction: where the first one lies, how far they are apart, how many there are.
struct Slices {
  double firstMm = 0;
  double stepMm = 1;
  int count = 1;
};

Slices slicesAlong(const Grid& grid, Vec3 direction) {
  double share = 0;
  double spacing = 1;
  for (int axis = 0; axis < 3; ++axis) {
    const double cosine = std::abs(dot(grid.axes[static_cast<std::size_t>(axis)], direction));
    if (cosine > share) {
      share = cosine;
      spacing = grid.spacingMm[axis] * cosine;
    }
  }
  const Range range = reach(grid, direction, 0, 0);
  return {range.low, spacing, static_cast<int>(std::floor(range.size() / spacing + 1e-6)) + 1};
}

/// `pointMm` moved along the count direction onto a slice.
Vec3 onSlice(Orientation orientation, const Grid& grid, Vec3 pointMm, int slice) {
  if (orientation == Orientation::stack) {
    Vec3 index = grid.toIndex(pointMm);
    index.z = slice;
    return grid.toPatient(index);
  }
  const Vec3 direction = countDirection(orientation, grid);
  const Slices slices = slicesAlong(grid, direction);
  return pointMm + (slices.firstMm + slice * slices.stepMm - dot(pointMm, direction)) * direction;
}

}  // namespace

imaging::Plane planeFor(const ViewportState& state, const Grid& grid, int width, int height) {
  const bool stack = state.orientation == Orientation::stack;
  const ScreenAxes axes = screenAxes(state.orientation, grid);
  const Grid shown = stack ? shownSlice(grid, state.focusMm) : grid;
  const Range across = reach(shown, axes.right, 0.5, stack ? 0 : 0.5);
  const Range down = reach(shown, axes.down, 0.5, stack ? 0 : 0.5);
  const double mmPerPixel = std::max(across.size() / width, down.size() / height) / state.zoom;

  const Vec3 through = stack ? shown.originMm : state.focusMm;
  const double x =
      across.middle() - dot(through, axes.right) - state.pan.rightMm - mmPerPixel * (width - 1) / 2;
  const double y = down.middle() - dot(through, axes.down) - state.pan.downMm - mmPerPixel * (height - 1) / 2;
  return {through + x * axes.right + y * axes.down, mmPerPixel * axes.right, mmPerPixel * axes.down, width,
          height};
}

Vec3 countDirection(Orientation orientation, const Grid& grid) {
  switch (orientation) {
    case Orientation::axial:
      return {0, 0, 1};
    case Orientation::sagittal:
      return {1, 0, 0};
    case Orientation::stack:
      return grid.axes[2];
    case Orientation::coronal:
    case Orientation::volume3d:
      break;
  }
  return {0, 1, 0};
}

double sliceStepMm(Orientation orientation, const Grid& grid) {
  if (orientation == Orientation::stack) return grid.spacingMm.z;
  return slicesAlong(grid, countDirection(orientation, grid)).stepMm;
}

int sliceCount(Orientation orientation, const Grid& grid) {
  if (orientation == Orientation::stack) return grid.dims.k;
  return slicesAlong(grid, countDirection(orientation, grid)).count;
}

int sliceIndex(Orientation orientation, const Grid& grid, Vec3 focusMm) {
  double index = grid.toIndex(focusMm).z;
  if (orientation != Orientation::stack) {
    const Vec3 direction = countDirection(orientation, grid);
    const Slices slices = slicesAlong(grid, direction);
    index = (dot(focusMm, direction) - slices.firstMm) / slices.stepMm;
  }
  return static_cast<int>(std::lround(std::clamp(index, 0.0, sliceCount(orientation, grid) - 1.0)));
}

Vec3 focusFor(Orientation orientation, const Grid& grid, int index) {
  const Vec3 middle{(grid.dims.i - 1) / 2.0, (grid.dims.j - 1) / 2.0, (grid.dims.k - 1) / 2.0};
  return onSlice(orientation, grid, grid.toPatient(middle), index);
}

Vec3 stepped(Orientation orientation, const Grid& grid, Vec3 focusMm, int steps) {
  const int last = sliceCount(orientation, grid) - 1;
  return onSlice(orientation, grid, focusMm,
                 std::clamp(sliceIndex(orientation, grid, focusMm) + steps, 0, last));
}

Vec3 screenToPatient(const imaging::Plane& plane, double x, double y) {
  return plane.originMm + x * plane.stepXMm + y * plane.stepYMm;
}

ScreenPoint patientToScreen(const imaging::Plane& plane, Vec3 patientMm) {
  const Vec3 d = patientMm - plane.originMm;
  return {dot(d, plane.stepXMm) / dot(plane.stepXMm, plane.stepXMm),
          dot(d, plane.stepYMm) / dot(plane.stepYMm, plane.stepYMm),
          dot(d, normalized(cross(plane.stepXMm, plane.stepYMm)))};
}

std::string directionLetters(Vec3 direction) {
  direction = normalized(direction);
  std::array<std::pair<double, char>, 3> shares{
      std::pair{std::abs(direction.x), direction.x > 0 ? 'L' : 'R'},
      std::pair{std::abs(direction.y), direction.y > 0 ? 'P' : 'A'},
      std::pair{std::abs(direction.z), direction.z > 0 ? 'H' : 'F'}};
  std::ranges::stable_sort(shares, std::ranges::greater{}, [](const auto& share) { return share.first; });
  std::string letters;
  for (const auto& [share, letter] : shares) {
    if (share >= 1e-4) letters += letter;
  }
  return letters;
}

EdgeLetters orientationLetters(const imaging::Plane& plane) {
  return {directionLetters(-1 * plane.stepXMm), directionLetters(plane.stepXMm),
          directionLetters(-1 * plane.stepYMm), directionLetters(plane.stepYMm)};
}

}  // namespace attest::view
