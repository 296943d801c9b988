#pragma once

#include <optional>
#include <span>
#include <string>

#include "core/base/result.h"
#include "core/dicom/pixel_format.h"

namespace attest::dicom {

/// What a compressed stream says about its own image, in the frame header of JPEG and JPEG-LS, or SIZ of
/// JPEG 2000.
struct StreamSize {
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  int samples = 0;
  int bits = 0;
  bool isSigned = false;
  bool uniform = true;         ///< every component has the same bits, and JPEG 2000 the same size
  std::int64_t tiles = 1;      ///< of JPEG 2000
  std::size_t codestream = 0;  ///< where it begins: JPEG 2000 may stand within the boxes of a JP2 file
  bool palette = false;        ///< a JP2 file with colours of its own
};
/// None where `begin` (the frame's first bytes) holds no such header.
std::optional<StreamSize> streamSize(std::span<const std::byte> begin);

/// Whether this stream is the image that the attributes tell; checked before memory is taken for it.
/// bad_file, unsupported.
Result<> checkStream(const StreamSize& stream, const PixelFormat& format);

}  // namespace attest::dicom
