#include "core/dicom/colour.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace attest::dicom {
namespace {

// Three samples of a pixel, of 8 bits each.
using Triple = std::array<int, 3>;

void put(std::span<std::byte> rgb, std::size_t pixel, imaging::Rgb24 c) {
  rgb[3 * pixel] = std::byte{c.r};
  rgb[3 * pixel + 1] = std::byte{c.g};
  rgb[3 * pixel + 2] = std::byte{c.b};
}

template <class Stored>
std::int64_t sampleAt(std::span<const std::byte> samples, std::size_t index) {
  Stored value;
  std::memcpy(&value, samples.data() + index * sizeof(Stored), sizeof(Stored));
  return value;
}

template <class Stored>
void throughPalette(const PixelFormat& format, std::span<const std::byte> samples, std::span<std::byte> rgb) {
  for (std::size_t i = 0; i < format.framePixels(); ++i) {
    put(rgb, i, (*format.palette)(sampleAt<Stored>(samples, i)));
  }
}

imaging::Rgb24 rounded(double r, double g, double b) {
  const auto clamped = [](double v) { return static_cast<std::uint8_t>(std::clamp(v + 0.5, 0.0, 255.0)); };
  return {clamped(r), clamped(g), clamped(b)};
}

imaging::Rgb24 fromFull(Triple c) {
  const double y = c[0];
  const double b = c[1] - 128;
  const double r = c[2] - 128;
  return rounded(y + 1.402 * r, y - 0.344136 * b - 0.714136 * r, y + 1.772 * b);
}

// ITU-R BT.601 with black at 16 and white at 235.
imaging::Rgb24 fromPartial(Triple c) {
  const double y = 1.164384 * (c[0] - 16);
  const double b = c[1] - 128;
  const double r = c[2] - 128;
  return rounded(y + 1.596027 * r, y - 0.391762 * b - 0.812968 * r, y + 2.017232 * b);
}

imaging::Rgb24 asIs(Triple c) {
  const auto byte = [](int v) { return static_cast<std::uint8_t>(v); };
  return {byte(c[0]), byte(c[1]), byte(c[2])};
}

template <class Stored, class Convert>
void convertPixels(const PixelFormat& format, std::span<const std::byte> samples, std::span<std::byte> rgb,
                   Convert convert) {
  const std::size_t pixels = format.framePixels();
  const int above = std::max(format.bitsStored - 8, 0);
  const auto eight = [&](std::size_t index) {
    return static_cast<int>(sampleAt<Stored>(samples, index) >> above & 0xFF);
  };
  for (std::size_t i = 0; i < pixels; ++i) {
    if (format.sharesChroma()) {  // Y1 Y2 B R of two neighbours
      const std::size_t pair = i / 2 * 4;
      put(rgb, i, convert({eight(pair + i % 2), eight(pair + 2), eight(pair + 3)}));
    } else if (format.planar) {
      put(rgb, i, convert({eight(i), eight(pixels + i), eight(2 * pixels + i)}));
    } else {
      put(rgb, i, convert({eight(3 * i), eight(3 * i + 1), eight(3 * i + 2)}));
    }
  }
}

template <class Stored>
void toRgbOf(const PixelFormat& format, std::span<const std::byte> samples, std::span<std::byte> rgb) {
  if (format.palette) return throughPalette<Stored>(format, samples, rgb);
  if (format.photometric.starts_with("YBR_PARTIAL")) {
    return convertPixels<Stored>(format, samples, rgb, fromPartial);
  }
  if (format.photometric.starts_with("YBR")) return convertPixels<Stored>(format, samples, rgb, fromFull);
  convertPixels<Stored>(format, samples, rgb, asIs);
}

}  // namespace

void toRgb(const PixelFormat& format, std::span<const std::byte> samples, std::span<std::byte> rgb) {
  switch (format.sampleBytes()) {
    case 1:
      return format.isSigned ? toRgbOf<std::int8_t>(format, samples, rgb)
                             : toRgbOf<std::uint8_t>(format, samples, rgb);
    case 2:
      return format.isSigned ? toRgbOf<std::int16_t>(format, samples, rgb)
                             : toRgbOf<std::uint16_t>(format, samples, rgb);
    default:
      return toRgbOf<std::uint32_t>(format, samples, rgb);
  }
}

}  // namespace attest::dicom
