#pragma once

#include <optional>

#include "core/dicom/scan.h"

namespace attest::dicom {

/// What the frame header (SOF) of a JPEG or JPEG-LS stream says about its image.
struct JpegSize {
  int rows = 0;
  int columns = 0;
  int samples = 0;
};
/// None where the fragment holds no such header.
std::optional<JpegSize> jpegSize(Scan& scan, Fragment fragment);

}  // namespace attest::dicom
