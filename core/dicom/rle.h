#pragma once

#include <cstddef>
#include <span>

#include "core/base/result.h"
#include "core/dicom/pixel_format.h"

namespace attest::dicom {

/// Decodes one RLE frame (PS3.5 annex G), colours pixel by pixel, in the machine's order; single bits stay
/// packed. Our own:
/// that of DCMTK 3.6.7 reads beyond its input when a segment's offset is wrong. bad_file where it does not
/// give every byte.
Result<> decodeRle(std::span<const std::byte> frame, const PixelFormat& format, std::span<std::byte> out);

}  // namespace attest::dicom
