#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <stop_token>

#include "core/base/parallel.h"
#include "core/base/result.h"
#include "core/domain/study.h"
#include "core/imaging/volume.h"

namespace attest::dicom {

/// Where one slice of a block comes from.
struct SliceFile {
  std::filesystem::path path;
  int frame = 0;
};

/// Decodes the slices of a block (in the block's order) straight into one buffer, several at a time. One
/// integer rescale that fits all becomes int16 (or uint8, uint16), another becomes float32, and so do uptake
/// values (SUVbw, where the block has them). Every file is checked against the block (rows, columns,
/// position): bad_geometry where it is not the image that was indexed. Errors: not_found, bad_file,
/// unsupported, bad_geometry, too_large, cancelled.
Result<imaging::VolumePtr> loadVolume(const Block& block, std::span<const SliceFile> slices,
                                      Parallel& parallel, std::stop_token stop, const Progress& progress);

/// One image by itself, as a volume of one slice: in its own place of patient space, or, where it has none,
/// in a plane of its own (`Block::grid` tells which) with the spacing that the file gives to its pixels,
/// or 1. `suv` is that of its block.
Result<imaging::VolumePtr> loadFrame(const SliceFile& slice, const std::optional<Suv>& suv = {});

}  // namespace attest::dicom
