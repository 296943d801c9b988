#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/imaging/volume.h"

namespace attest::test {

/// The largest block of the DICOM files below a folder, as one series.
Result<imaging::VolumePtr> loadLargest(const std::filesystem::path& folder);

}  // namespace attest::test
