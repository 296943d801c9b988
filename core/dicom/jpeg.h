#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "core/base/result.h"
#include "core/dicom/pixel_format.h"

namespace attest::dicom {

/// Decodes one JPEG or JPEG-LS stream by DCMTK into samples of format.sampleBytes(), colours pixel by pixel.
/// `format` becomes that of the samples: what the codec made of the colours. bad_file, unsupported.
Result<> decodeJpeg(std::span<const std::byte> stream, const std::string& syntax, PixelFormat& format,
                    std::span<std::byte> out);

}  // namespace attest::dicom
