#pragma once

#include <cstddef>
#include <span>

#include "core/base/result.h"
#include "core/dicom/pixel_format.h"

namespace attest::dicom {

/// Decodes one JPEG 2000 stream, high-throughput ones too, by OpenJPEG into samples of format.sampleBytes(),
/// colours pixel by pixel. `format` becomes that of the samples: the codec undoes YBR_RCT and YBR_ICT.
/// bad_file where the stream is damaged or ends early, unsupported.
Result<> decodeJpeg2000(std::span<const std::byte> stream, PixelFormat& format, std::span<std::byte> out);

}  // namespace attest::dicom
