#pragma once

#include <cstdint>
#include <vector>

#include "core/imaging/mask.h"
#include "core/imaging/reslice.h"

namespace attest::imaging {

/// Which pixels of a plane lie in the mask (nearest voxel): 0 outside, 1 inside, 2 inside and on the border
/// (a 4-neighbour pixel of the plane is outside). width * height entries.
std::vector<std::uint8_t> maskOnPlane(const Mask& mask, const Plane& plane);

}  // namespace attest::imaging
