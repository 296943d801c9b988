#pragma once

#include <span>
#include <vector>

#include "core/domain/study.h"

namespace attest::dicom {

/// Two echo times that differ by less are one echo: of a tissue with T2* 5 ms the signal changes by 0.2 %,
/// and real echoes lie half a millisecond apart.
constexpr double sameEchoMs = 0.01;
/// Two b-values that differ by less are one weighting: at an ADC of 0.001 mm2/s the signal changes by 0.05 %.
constexpr double sameBValue = 0.5;
/// Spacings within this part of each other are one: 0.05 mm over the 500 mm of an image, below any voxel.
constexpr double sameSpacingPart = 1e-4;

/// Sorts the frames of one series into blocks and gives each its geometry verdict (tolerances of geometry as
/// in stack.h). Always apart: orientation, spacing, size, photometric, image type (derived, MIP), localizers,
/// kernel, unit, frame of reference, echo, b-value and stack. Where the same places are shown more than once,
/// also image type to the end, diffusion direction and then time: temporal position, trigger, phase,
/// acquisition; such blocks know that they are time points. What nothing explains are duplicates, in blocks
/// of their own. Notes say why. Pure. The larger block comes first; indices count from 0.
std::vector<Block> formBlocks(std::span<const InstanceHeader> instances, const SeriesInfo& series);

/// True where the slices of the volume are not those of the files: tilted, uneven or with gaps.
bool isResampled(const Block& block);

}  // namespace attest::dicom
