#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "core/base/result.h"
#include "core/dicom/palette.h"
#include "core/dicom/scan.h"

namespace attest::dicom {

/// What the bits of a sample mean: Pixel Data (7FE0,0010), Float (0008) and Double Float Pixel Data (0009).
enum class Sample { integer, float32, float64 };

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
  bool isSigned = false;  ///< a JPEG 2000 stream of signed values is signed whatever the attribute says
  Sample sample = Sample::integer;
  std::string photometric;
  std::shared_ptr<const Palette> palette;  ///< of PALETTE COLOR

  bool isColour() const { return samples == 3 || palette != nullptr; }
  /// Two neighbours share their colour differences, where no codec has undone that.
  bool sharesChroma() const { return photometric == "YBR_FULL_422" || photometric == "YBR_PARTIAL_422"; }
  std::size_t framePixels() const {
    return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
  }
  /// Of one sample in memory; a single bit takes a byte.
  std::size_t sampleBytes() const { return static_cast<std::size_t>(bitsAllocated + 7) / 8; }
  /// Of the samples of one frame in memory, as a decoder gives them.
  std::size_t decodedBytes() const {
    return framePixels() * static_cast<std::size_t>(samples) * sampleBytes();
  }
  /// Of one frame as readFrame() gives it: its samples, or RGB of 8 bits.
  std::size_t frameBytes() const { return framePixels() * (isColour() ? 3 : sampleBytes()); }
  /// Of one frame as it stands in a file that is not compressed; single bits are packed without a gap.
  std::uint64_t nativeBits() const {
    const int perPixel = sharesChroma() ? 2 : samples;
    return std::uint64_t{framePixels()} * static_cast<std::uint64_t>(perPixel * bitsAllocated);
  }
  /// Of all frames, not compressed.
  std::uint64_t nativeBytes() const { return (nativeBits() * static_cast<std::uint64_t>(frames) + 7) / 8; }
};

/// 64 GiB: no block of pixels may be larger.
constexpr std::size_t maxPixelBytes = std::size_t{1} << 36;

/// bad_file where an attribute is missing or contradicts another, or pixels are missing; unsupported;
/// too_large.
Result<PixelFormat> readPixelFormat(Scan& scan);

}  // namespace attest::dicom
