#pragma once

#include <cstddef>
#include <span>

#include "core/base/result.h"
#include "core/dicom/pixel_format.h"
#include "core/dicom/scan.h"

namespace attest::dicom {

/// Reads one frame into `out` (format.frameBytes() bytes): stored values in the machine's byte order,
/// sign-extended and without bits that are not theirs, colours as RGB pixel by pixel. Errors: bad_file,
/// unsupported, bad_argument.
Result<> readFrame(Scan& scan, const PixelFormat& format, int frame, std::span<std::byte> out);

}  // namespace attest::dicom
