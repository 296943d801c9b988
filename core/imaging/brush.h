#pragma once

#include "core/imaging/mask.h"

namespace attest::imaging {

/// Sets all voxels whose centres lie within `radiusMm` of the segment from `fromMm` to `toMm`, and no further than half
/// a voxel from the plane through `fromMm` with `normal` (unit vector): a stroke in one slice of any plane.
/// Returns the new value; the old one is the undo.
Mask stroke(Mask mask, Vec3 fromMm, Vec3 toMm, Vec3 normal, double radiusMm, bool value);

}  // namespace attest::imaging
