#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/dicom/frame.h"
#include "core/dicom/header.h"
#include "core/dicom/scan.h"
#include "core/dicom/syntax.h"

namespace attest::dicom {

template <class T>
std::vector<double> numbersAs(std::span<const std::byte> bytes) {
  std::vector<double> values(bytes.size() / sizeof(T));
  for (std::size_t i = 0; i < values.size(); ++i) {
    T value{};
    std::memcpy(&value, bytes.data() + i * sizeof(T), sizeof(T));
    values[i] = static_cast<double>(value);
  }
  return values;
}

inline std::vector<double> numbersOf(const PixelFormat& format, std::span<const std::byte> bytes) {
  if (format.isColour()) return numbersAs<std::uint8_t>(bytes);
  if (format.sample == Sample::float32) return numbersAs<float>(bytes);
  if (format.sample == Sample::float64) return numbersAs<double>(bytes);
  const bool sign = format.isSigned;
  switch (format.sampleBytes()) {
    case 1:
      return sign ? numbersAs<std::int8_t>(bytes) : numbersAs<std::uint8_t>(bytes);
    case 2:
      return sign ? numbersAs<std::int16_t>(bytes) : numbersAs<std::uint16_t>(bytes);
    default:
      return sign ? numbersAs<std::int32_t>(bytes) : numbersAs<std::uint32_t>(bytes);
  }
}

/// The stored values of all frames of a file, or its colours.
struct Decoded {
  PixelFormat format;
  std::vector<double> values;
};

inline Result<Decoded> decodeFile(const std::filesystem::path& path) {
  initialize();
  ATTEST_TRY(Scan scan, Scan::file(path));
  ATTEST_CHECK(checkReadable(scan.transferSyntax()));
  ATTEST_TRY(const PixelFormat format, readPixelFormat(scan));
  Decoded decoded{format, {}};
  std::vector<std::byte> frame(format.frameBytes());
  for (int i = 0; i < format.frames; ++i) {
    ATTEST_CHECK(readFrame(scan, format, i, frame));
    const auto values = numbersOf(format, frame);
    decoded.values.insert(decoded.values.end(), values.begin(), values.end());
  }
  return decoded;
}

}  // namespace attest::dicom
