#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/dicom/seg.h"

class DcmItem;

namespace attest::dicom {

/// One frame of a segmentation: the slice k of a segment, both of which have voxels; of a label map that of
/// all its segments.
struct SegFrame {
  int segment = 0;  ///< from 1; 0 in a label map
  int k = 0;
};

/// The frames that are not empty: by segment, then by k.
std::vector<SegFrame> occupiedFrames(const std::vector<SegmentOut>& segments);
/// The same of a label map: the slices in which any segment has voxels.
std::vector<SegFrame> labelFrames(const std::vector<SegmentOut>& segments);

/// One bit a voxel, the lowest bit first, without a gap between rows or frames (PS3.5 8.1.1), padded to an
/// even length. `bits` is all zero and has packedBytes() bytes.
void packFrames(const std::vector<SegmentOut>& segments, const std::vector<SegFrame>& frames,
                std::uint8_t* bits);
std::uint64_t packedBytes(const Grid& grid, std::size_t frames);

/// The number of its segment for each voxel of the frames; `labels` is all zero. Errors: bad_argument where
/// two segments share a voxel.
Result<> packLabels(const std::vector<SegmentOut>& segments, const std::vector<SegFrame>& frames,
                    std::span<std::uint8_t> labels);
Result<> packLabels(const std::vector<SegmentOut>& segments, const std::vector<SegFrame>& frames,
                    std::span<std::uint16_t> labels);

/// Dimensions, shared and per-frame functional groups.
void addFunctionalGroups(DcmItem& object, const DerivedContext& context, const std::vector<SegFrame>& frames);

}  // namespace attest::dicom
