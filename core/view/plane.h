#pragma once

#include <array>
#include <string>

#include "core/imaging/reslice.h"
#include "core/view/viewport.h"

namespace attest::view {

// Planes are radiological: axial seen from the feet, coronal from the front, sagittal with the nose to the
// left; the patient's right is on the screen's left, the head is up. Millimetres have the same length in x
// and y. `grid` is always that of the block's volume (for a block that is no volume: of the one slice that is
// shown).

/// The pixels of a picture of that size. With zoom 1 and no pan the whole grid (its projection on the plane,
/// up to the voxels' outer edges) just fits and is centred; zoom keeps the middle of the screen. `volume3d`
/// gives the coronal plane. Width and height are at least 1.
imaging::Plane planeFor(const ViewportState& state, const Grid& grid, int width, int height);

/// How many slices there are to scroll through, and which one the plane is at: from 0 towards the head
/// (axial), the back (coronal), the left (sagittal), or in sorted order (stack), in steps of the grid's own
/// spacing along that direction.
int sliceCount(Orientation orientation, const Grid& grid);
int sliceIndex(Orientation orientation, const Grid& grid, Vec3 focusMm);
/// The middle of that slice (the index is not limited to the grid).
Vec3 focusFor(Orientation orientation, const Grid& grid, int index);
/// The focus moved by whole slices along the direction above, and held inside the grid.
Vec3 stepped(Orientation orientation, const Grid& grid, Vec3 focusMm, int steps);
/// The distance from one slice to the next, in mm.
double sliceStepMm(Orientation orientation, const Grid& grid);
/// The unit vector along which slices count.
Vec3 countDirection(Orientation orientation, const Grid& grid);

/// A point of the screen in patient space and back; pixel centres are whole numbers.
struct ScreenPoint {
  double x = 0;
  double y = 0;
  double depthMm = 0;  ///< distance from the plane, positive away from the viewer (along stepX x stepY)
};
Vec3 screenToPatient(const imaging::Plane& plane, double x, double y);
ScreenPoint patientToScreen(const imaging::Plane& plane, Vec3 patientMm);

/// What lies beyond each edge of the screen: letters of L R A P H F by the size of their share, at most
/// three, shares below 1e-4 dropped.
struct EdgeLetters {
  std::string left;
  std::string right;
  std::string top;
  std::string bottom;
  bool operator==(const EdgeLetters&) const = default;
};
std::string directionLetters(Vec3 direction);
EdgeLetters orientationLetters(const imaging::Plane& plane);

}  // namespace attest::view
