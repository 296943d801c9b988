#include "core/dicom/jpeg_size.h"

#include <array>
#include <cstdint>

namespace attest::dicom {
namespace {

constexpr int maxSegments = 1000;  // before the frame header; real streams have a few

// SOF0 to SOF15 without DHT, JPG and DAC, which stand among them; SOF55 is that of JPEG-LS.
bool isFrameHeader(int marker) {
  const bool other = marker == 0xC4 || marker == 0xC8 || marker == 0xCC;
  return (marker >= 0xC0 && marker <= 0xCF && !other) || marker == 0xF7;
}

}  // namespace

std::optional<JpegSize> jpegSize(Scan& scan, Fragment fragment) {
  const std::uint64_t end = fragment.offset + fragment.length;
  std::array<std::byte, 10> raw{};
  const auto at8 = [&](std::size_t i) { return std::to_integer<int>(raw[i]); };
  const auto at16 = [&](std::size_t i) { return at8(i) << 8 | at8(i + 1); };
  const auto read = [&](std::uint64_t at, std::size_t count) {
    return at + count <= end && scan.read(at, std::span(raw).first(count));
  };
  if (!read(fragment.offset, 2) || at16(0) != 0xFFD8) return std::nullopt;
  std::uint64_t at = fragment.offset + 2;
  for (int segment = 0; segment < maxSegments && read(at, 4) && at8(0) == 0xFF; ++segment) {
    const int marker = at8(1);
    if (isFrameHeader(marker)) {
      if (!read(at, 10)) return std::nullopt;
      return JpegSize{at16(5), at16(7), at8(9)};
    }
    if (marker == 0xDA) return std::nullopt;  // the image itself
    at += marker == 0xFF ? 1 : 2 + static_cast<std::uint64_t>(at16(2));
  }
  return std::nullopt;
}

}  // namespace attest::dicom
