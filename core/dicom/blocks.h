#pragma once

#include <span>
#include <vector>

#include "core/domain/study.h"

namespace attest::dicom {

/// Sorts the instances of one series into blocks (by orientation, in-plane geometry, image size and type,
/// frame of reference, acquisition, localizers apart) and gives each its geometry verdict; tolerances as in
/// the header of the implementation. Pure. The larger block comes first; indices count from 0.
std::vector<Block> formBlocks(std::span<const InstanceHeader> instances, const SeriesInfo& series);

/// True where the slices of the volume are not those of the files: tilted, uneven or with gaps.
bool isResampled(const Block& block);

}  // namespace attest::dicom
