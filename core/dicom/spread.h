#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "core/base/result.h"

namespace attest::dicom {

/// JPEG decoders give a byte to each sample of up to 8 bits, else two, and DCMTK's wants room for an even
/// number of bytes. Calls `decode` with such room, and spreads what it wrote over samples of `sampleBytes`.
template <class Decode>
Result<> decodeAndSpread(int bits, std::size_t sampleBytes, std::span<std::byte> out, Decode decode) {
  const std::size_t width = bits <= 8 ? 1 : 2;
  const std::size_t bytes = out.size() / sampleBytes * width;
  if (bytes == out.size() && bytes % 2 == 0) return decode(out);
  std::vector<std::byte> narrow(bytes + bytes % 2);
  ATTEST_CHECK(decode(std::span(narrow)));
  std::ranges::fill(out, std::byte{});
  for (std::size_t i = 0; i < bytes; ++i) out[i / width * sampleBytes + i % width] = narrow[i];
  return {};
}

}  // namespace attest::dicom
