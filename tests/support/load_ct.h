#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/imaging/volume.h"

namespace attest::test {

/// The largest block of the DICOM files below a folder, as one series.
Result<imaging::VolumePtr> loadLargest(const std::filesystem::path& folder);

/// Every step-th voxel of a volume of 16 bits along each axis: real data in the time that a test has.
imaging::VolumePtr thinned(const imaging::Volume& whole, Index3 step);

}  // namespace attest::test
