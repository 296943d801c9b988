#pragma once

#include <cstddef>
#include <span>

#include "core/dicom/pixel_format.h"

namespace attest::dicom {

/// The colours of a frame as RGB of 8 bits (the upper ones where there are more). `samples` are as `format`
/// says: planes or pixels, RGB, YBR_FULL, YBR_FULL_422, YBR_PARTIAL_422 (PS3.3 C.7.6.3.1.2) or palette
/// indices.
void toRgb(const PixelFormat& format, std::span<const std::byte> samples, std::span<std::byte> rgb);

}  // namespace attest::dicom
