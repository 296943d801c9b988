#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/imaging/mask.h"
#include "core/imaging/volume.h"

namespace attest::files {

// NIfTI-1, gzip where the name ends in .gz. Its space is RAS: patient LPS with x and y negated; sform and
// qform are both written. Errors: io, disk_full, bad_file, bad_geometry, unsupported.

Result<> writeNifti(const std::filesystem::path& path, const imaging::Volume& volume);
Result<> writeNifti(const std::filesystem::path& path, const imaging::Mask& mask);  ///< uint8, 0 and 1
/// Voxels that are not zero. The file's geometry must be given by sform or qform; it is never guessed.
Result<imaging::Mask> readNiftiMask(const std::filesystem::path& path);
Result<imaging::VolumePtr> readNiftiVolume(const std::filesystem::path& path);

}  // namespace attest::files
