#pragma once

#include <vector>

#include "core/domain/measurement.h"
#include "core/imaging/mask.h"
#include "core/imaging/volume.h"

namespace attest::imaging {

/// The one place where a mask becomes numbers: volume, centroid, diameters in the axial slice (constant k)
/// where the longest is largest, and statistics of the values where `volume` is given and of the same grid.
/// Diameters run between the outer corners of voxels, so that a single voxel has its own diagonal; within a
/// slice they are found exactly on the convex hull, whatever the number of voxels. The perpendicular is the
/// longest chord of the hull within 90 +- 1 degrees of the longest diameter.
Measurement measure(const Mask& mask, const Volume* volume);

}  // namespace attest::imaging
