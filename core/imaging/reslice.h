#pragma once

#include <cstdint>
#include <vector>

#include "core/base/geometry.h"
#include "core/base/parallel.h"
#include "core/imaging/volume.h"

namespace attest::imaging {

/// A rectangle of patient space to be sampled: pixel (x, y) lies at originMm + x stepX + y stepY.
struct Plane {
  Vec3 originMm;  ///< centre of the upper left pixel
  Vec3 stepXMm;   ///< from one pixel to the next along a row, as shown: to the right
  Vec3 stepYMm;   ///< down
  int width = 0;
  int height = 0;
  bool operator==(const Plane&) const = default;
};

enum class Projection { none, mip, minip, mean };

/// Samples to both sides along the plane's normal; `none` is a single sheet.
struct Slab {
  Projection projection = Projection::none;
  double thicknessMm = 0;
  bool operator==(const Slab&) const = default;
};

/// Values in modality units; NaN outside the volume (outside: more than half a voxel beyond the outermost
/// centres).
struct Image {
  int width = 0;
  int height = 0;
  std::vector<float> values;
};

/// Trilinear samples of a scalar volume on a plane, rows spread over `parallel`. Within half a voxel beyond
/// the outermost centres the outermost value holds. A plane that lies on the grid gives the voxels exactly.
Image reslice(const Volume& volume, const Plane& plane, const Slab& slab, Parallel& parallel);

}  // namespace attest::imaging
