#include "core/dicom/rle.h"

#include <algorithm>
#include <bit>

namespace attest::dicom {
namespace {

constexpr std::size_t headerBytes = 64;

std::size_t word(std::span<const std::byte> bytes, std::size_t index) {
  std::size_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value |= std::to_integer<std::size_t>(bytes[4 * index + i]) << (8 * i);
  return value;
}

// PackBits: every `stride`-th byte of `out` from `first` on. False where the segment ends before all are
// written.
bool unpack(std::span<const std::byte> in, std::span<std::byte> out, std::size_t first, std::size_t stride) {
  std::size_t to = first;
  while (to < out.size()) {
    if (in.empty()) return false;
    const int code = std::to_integer<int>(in.front());
    in = in.subspan(1);
    if (code == 128) continue;
    const bool repeated = code > 128;
    const std::size_t count = static_cast<std::size_t>(repeated ? 257 - code : code + 1);
    const std::size_t taken = repeated ? 1 : count;
    if (taken > in.size()) return false;
    for (std::size_t i = 0; i < count && to < out.size(); ++i, to += stride) out[to] = in[repeated ? 0 : i];
    in = in.subspan(taken);
  }
  return true;
}

}  // namespace

Result<> decodeRle(std::span<const std::byte> frame, const PixelFormat& format, std::span<std::byte> out) {
  static_assert(std::endian::native == std::endian::little);
  const auto damaged = [] { return fail(ErrorCode::bad_file, "the RLE pixels are damaged or truncated"); };
  const std::size_t bytesPerSample = format.sampleBytes();
  const std::size_t segments = static_cast<std::size_t>(format.samples) * bytesPerSample;
  if (frame.size() < headerBytes || word(frame, 0) != segments) return damaged();
  for (std::size_t s = 0; s < segments; ++s) {
    const std::size_t begin = word(frame, s + 1);
    const std::size_t end = s + 1 < segments ? word(frame, s + 2) : frame.size();
    if (begin < headerBytes || begin > end || end > frame.size()) return damaged();
    // The segments of a sample come with the most significant byte first.
    const std::size_t sample = s / bytesPerSample;
    const std::size_t byte = bytesPerSample - 1 - s % bytesPerSample;
    if (!unpack(frame.subspan(begin, end - begin), out, sample * bytesPerSample + byte, segments))
      return damaged();
  }
  return {};
}

}  // namespace attest::dicom
