#pragma once

#include "core/imaging/mask.h"

namespace attest::imaging {

/// A stroke in one slice of any plane: sets all voxels whose centres, seen along `normal` (unit vector), lie
/// within `radiusMm` of the segment from `fromMm` to `toMm`, and whose extent along `normal` reaches the
/// plane through `fromMm`. Returns the new value; the old one is the undo.
Mask stroke(Mask mask, Vec3 fromMm, Vec3 toMm, Vec3 normal, double radiusMm, bool value);

}  // namespace attest::imaging
