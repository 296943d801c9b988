#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/dicom/seg.h"

namespace attest::dicom {

/// One frame of a segmentation and its place: that of column c and row r is
/// positionMm + c * columnMm + r * rowMm (LPS).
struct SegPlane {
  int segment = 0;  ///< number of its segment; 0 in a label map
  Vec3 positionMm;
  Vec3 columnMm;
  Vec3 rowMm;
};

/// What a segmentation says of itself, without its pixels.
struct SegObject {
  SegType type = SegType::binary;
  FrameUid frameOfReference;
  SeriesUid sourceSeries;
  int rows = 0;
  int columns = 0;
  int bitsAllocated = 0;
  int fullFraction = 0;             ///< Maximum Fractional Value of a fractional one
  double sliceStepMm = 0;           ///< as its first frame says, else the thickness; 0 where neither is there
  std::optional<int> background;    ///< of a label map: the value that is no segment
  std::vector<SegmentIn> segments;  ///< with empty masks; not that of the background
  std::vector<SegPlane> frames;
};

/// Errors: those of readSeg.
Result<SegObject> openSegObject(const std::filesystem::path& path);

}  // namespace attest::dicom
