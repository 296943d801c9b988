#pragma once

#include <cstddef>
#include <string>

#include "core/base/result.h"
#include "core/dicom/scan.h"

namespace attest::dicom {

/// How the pixels of a file are stored (PS3.5 8): what decoding needs of the Image Pixel module, checked.
struct PixelFormat {
  int rows = 0;
  int columns = 0;
  int frames = 1;
  int samples = 1;
  bool planar = false;  ///< colours one plane after the other
  int bitsAllocated = 16;
  int bitsStored = 16;
  int highBit = 15;
  bool isSigned = false;
  std::string photometric;

  std::size_t framePixels() const {
    return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
  }
  std::size_t frameBytes() const {
    return framePixels() * static_cast<std::size_t>(samples) * static_cast<std::size_t>(bitsAllocated / 8);
  }
};

/// 64 GiB: no block of pixels may be larger.
constexpr std::size_t maxPixelBytes = std::size_t{1} << 36;

/// bad_file where an attribute is missing or contradicts another, or pixels are missing; unsupported;
/// too_large.
Result<PixelFormat> readPixelFormat(Scan& scan);

}  // namespace attest::dicom
