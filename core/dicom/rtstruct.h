#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/geometry.h"
#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/imaging/mask.h"

namespace attest::dicom {

enum class ContourType { closed_planar, closed_planar_xor, open_planar, open_nonplanar, point };

struct RtContour {
  ContourType type = ContourType::closed_planar;
  std::vector<Vec3> pointsMm;  ///< LPS
};

/// One region of interest of an RT Structure Set.
struct RtRoi {
  int number = 0;
  std::string name;
  std::string description;
  std::string interpretedType;  ///< "GTV", "ORGAN", ...; empty where it is not said
  FrameUid frameOfReference;
  std::array<std::uint8_t, 3> color{255, 255, 255};
  std::vector<RtContour> contours;
};

struct RtStructures {
  SopUid sopUid;
  std::string label;
  SeriesUid sourceSeries;  ///< the first that it refers to; empty where it names none
  std::vector<RtRoi> rois;
  std::vector<std::string> notes;  ///< contours that were left out, and why
};

/// Reads an RT Structure Set. Errors: not_found, bad_file, unsupported (no such object).
Result<RtStructures> readRtStructures(const std::filesystem::path& path);

struct RtMask {
  imaging::Mask mask;
  std::vector<Vec3> pointsMm;      ///< of the points and open contours, which enclose nothing
  std::vector<std::string> notes;  ///< contours beside the slices, slices without contours between others
};

/// The voxels of `grid` whose centres lie inside the closed contours of a region: those of one slice together
/// by the even-odd rule, so that a contour within another is a hole, as is what a keyhole leads to. A contour
/// belongs to the slice that is nearest. Errors: bad_geometry (a contour is not parallel to the slices, or
/// none lies in the grid).
Result<RtMask> maskOf(const RtRoi& roi, const Grid& grid);

}  // namespace attest::dicom
