#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/dicom/stream_size.h"

namespace attest::dicom {

/// A JPEG-LS stream as DCMTK's decoder wants it. That of 3.6.7 takes other thresholds than the standard's for
/// samples of less than 8 bits: where the stream leaves them to the standard, they are written into it (LSE).
/// Any other stream unchanged.
std::vector<std::byte> withPresets(std::span<const std::byte> stream, const StreamSize& size);

}  // namespace attest::dicom
