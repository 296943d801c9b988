#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/base/result.h"

namespace attest::dicom {

/// How points of one frame of reference come to that of the registration.
struct RegisteredFrame {
  FrameUid from;
  /// Row by row: p' = m p with p = (x, y, z, 1), LPS mm (PS3.3 C.20.2.1.1).
  std::array<double, 16> matrix{1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
};
struct SpatialRegistration {
  SopUid sopUid;
  FrameUid to;
  std::vector<RegisteredFrame> frames;
};

/// Reads a Spatial Registration. Errors: not_found, bad_file (a matrix that is not rigid though it says so,
/// or no matrix), unsupported (no such object, a transform that is not rigid or
/// has several steps).
Result<SpatialRegistration> readRegistration(const std::filesystem::path& path);

}  // namespace attest::dicom
