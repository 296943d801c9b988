#pragma once

#include <vector>

#include "core/dicom/seg_pixels.h"

namespace attest::dicom {

/// The distance between a segmentation's frames, which must be parallel: as it says, else the least distance
/// of two. Errors: bad_geometry.
Result<double> frameStepMm(const SegObject& object);

/// Paints every voxel of the mask's grid whose centre lies in a marked pixel, half a step before or behind
/// the frame.
void paintNearest(imaging::Mask& mask, const Marks& marks, const SegPlane& plane, double stepMm);

}  // namespace attest::dicom
