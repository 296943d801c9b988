#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/geometry.h"
#include "core/domain/study.h"
#include "core/imaging/reslice.h"

namespace attest::view {

/// Axial, coronal and sagittal planes are planes of the patient, whatever the grid; `stack` is the block's
/// own slices.
enum class Orientation { axial, coronal, sagittal, stack, volume3d };
/// The command line's word: "axial", "coronal", "sagittal", "stack", "volume".
const char* name(Orientation orientation) noexcept;
std::optional<Orientation> orientation(std::string_view name);

/// How far the picture was moved on the screen, in patient millimetres: right and down are positive.
struct Pan {
  double rightMm = 0;
  double downMm = 0;
  bool operator==(const Pan&) const = default;
};

/// Where the 3D camera stands: 0, 0 looks at the patient from the front with the head up.
struct Camera {
  double azimuthDegrees = 0;    ///< around the head-foot axis; positive walks towards the patient's left
  double elevationDegrees = 0;  ///< positive rises towards the head
  bool operator==(const Camera&) const = default;
};

/// All that one viewport shows, without pixels.
struct ViewportState {
  BlockRef block;
  Orientation orientation = Orientation::axial;
  Vec3 focusMm;     ///< the crosshair, patient LPS; the plane goes through it
  int slice = 0;    ///< which slice of a block that is no volume; volumes go by focusMm
  double zoom = 1;  ///< 1: the picture fits
  Pan pan;
  Window window;
  bool inverted = false;
  imaging::Slab slab;
  Camera camera;
  bool operator==(const ViewportState&) const = default;
};

/// Viewports in rows, left to right, top to bottom.
struct Layout {
  int rows = 1;
  int cols = 1;
  std::vector<ViewportState> viewports;  ///< rows * cols of them
  int active = 0;
  bool maximized = false;  ///< only the active one is on screen
  bool operator==(const Layout&) const = default;
};

/// Two by two: axial, coronal, sagittal and 3D, all through the middle of the volume.
Layout mprLayout(const BlockRef& block, const Grid& grid, Window window);
/// One viewport with the block's own slices, the first of them shown; for a block that is no volume.
Layout stackLayout(const BlockRef& block, Window window);
/// The same viewports in another raster; new places show the active one's block as a stack.
Layout withRaster(Layout layout, int rows, int cols);

}  // namespace attest::view
