#include "core/dicom/rescale.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

namespace attest::dicom {
namespace {

using imaging::PixelType;

constexpr double maxInteger = 1e6;

bool isInteger(const Rescale& r) {
  const auto integer = [](double v) { return std::abs(v) <= maxInteger && v == std::trunc(v); };
  return integer(r.slope) && integer(r.intercept);
}

struct Range {
  double low = std::numeric_limits<double>::max();
  double high = std::numeric_limits<double>::lowest();
  void add(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
  template <class T>
  bool fits() const {
    return low >= std::numeric_limits<T>::min() && high <= std::numeric_limits<T>::max();
  }
};

Range possibleValues(std::span<const Encoded> frames) {
  Range range;
  for (const auto& [format, rescale, padding, isHu] : frames) {
    const double count = std::exp2(format.bitsStored);
    const double lowest = format.isSigned ? -count / 2 : 0;
    range.add(lowest * rescale.slope + rescale.intercept);
    range.add((lowest + count - 1) * rescale.slope + rescale.intercept);
  }
  return range;
}

// Padding as values of the stored type, so that the loops compare many at a time; none where none can be it.
template <class Stored>
struct Bounds {
  Stored low;
  Stored high;
};

template <class Stored>
std::optional<Bounds<Stored>> boundsOf(std::optional<Padding> padding) {
  constexpr int least = std::numeric_limits<Stored>::lowest();
  constexpr int most = std::numeric_limits<Stored>::max();
  if (!padding || padding->high < least || padding->low > most) return std::nullopt;
  return Bounds<Stored>{static_cast<Stored>(std::max(padding->low, least)),
                        static_cast<Stored>(std::min(padding->high, most))};
}

// The release build's -O2 leaves such loops scalar in GCC 12, which costs more than reading the file.
template <class Stored>
[[gnu::optimize("O3")]] std::pair<int, int> extremes(const Stored* from, std::size_t count) {
  Stored low = std::numeric_limits<Stored>::max();
  Stored high = std::numeric_limits<Stored>::lowest();
  for (std::size_t i = 0; i < count; ++i) {
    low = from[i] < low ? from[i] : low;
    high = from[i] > high ? from[i] : high;
  }
  return {low, high};
}

template <class Stored, class Value>
[[gnu::optimize("O3")]] void fillPadding(const Stored* __restrict from, Value* __restrict to,
                                         std::size_t count, Bounds<Stored> padding, Value fill) {
  for (std::size_t i = 0; i < count; ++i) {
    const bool isPadding = (from[i] >= padding.low) & (from[i] <= padding.high);
    to[i] = isPadding ? fill : to[i];
  }
}

// The same of what is no padding; low above high where all is. In pieces, because GCC 12 makes no vector
// instructions of the two conditions in one loop.
template <class Stored>
std::pair<int, int> extremes(const Stored* from, std::size_t count, Bounds<Stored> padding) {
  std::pair<int, int> all{std::numeric_limits<Stored>::max(), std::numeric_limits<Stored>::lowest()};
  const auto measured =
      std::find_if(from, from + count, [&](Stored v) { return v < padding.low || v > padding.high; });
  if (measured == from + count) return all;
  std::array<Stored, 4096> piece;
  for (std::size_t at = 0; at < count; at += piece.size()) {
    const std::size_t part = std::min(piece.size(), count - at);
    std::copy_n(from + at, part, piece.begin());
    fillPadding(from + at, piece.data(), part, padding, *measured);
    const auto [low, high] = extremes(piece.data(), part);
    all = {std::min(all.first, low), std::max(all.second, high)};
  }
  return all;
}

// Arithmetic modulo 65536, twice as many values at a time as with int: right where every result fits.
template <class Stored, class Value>
[[gnu::optimize("O3")]] void multiplyAdd(const Stored* __restrict from, Value* __restrict to,
                                         std::size_t count, std::uint16_t slope, std::uint16_t intercept) {
  for (std::size_t i = 0; i < count; ++i) {
    to[i] = static_cast<Value>(static_cast<std::uint16_t>(from[i]) * unsigned{slope} + intercept);
  }
}

template <class Stored, class Value>
bool toInteger(const Stored* from, Value* to, const Encoded& frame) {
  const std::size_t count = frame.format.framePixels();
  const Rescale r = frame.rescale;
  const auto fits = [&](std::pair<int, int> stored) {
    Range range;
    if (stored.first > stored.second) return true;
    range.add(stored.first * r.slope + r.intercept);
    range.add(stored.second * r.slope + r.intercept);
    return range.fits<Value>();
  };
  const bool allFit = fits(extremes(from, count));
  const auto padding = allFit ? std::nullopt : boundsOf<Stored>(frame.padding);
  if (!allFit && !(padding && fits(extremes(from, count, *padding)))) return false;
  const auto modulo = [](double v) { return static_cast<std::uint16_t>(static_cast<int>(v)); };
  multiplyAdd(from, to, count, modulo(r.slope), modulo(r.intercept));
  // Padding that lies beyond the type is no measurement: it alone is cut to what fits.
  if (padding) fillPadding(from, to, count, *padding, std::numeric_limits<Value>::lowest());
  return true;
}

template <class Stored>
[[gnu::optimize("O3")]] void toFloat(const Stored* __restrict from, float* __restrict to, std::size_t count,
                                     Rescale r) {
  for (std::size_t i = 0; i < count; ++i) to[i] = static_cast<float>(from[i] * r.slope + r.intercept);
}

template <class Stored>
bool toType(const Stored* from, const Encoded& frame, PixelType type, std::byte* to) {
  switch (type) {
    case PixelType::uint8:
      return toInteger(from, reinterpret_cast<std::uint8_t*>(to), frame);
    case PixelType::int16:
      return toInteger(from, reinterpret_cast<std::int16_t*>(to), frame);
    case PixelType::uint16:
      return toInteger(from, reinterpret_cast<std::uint16_t*>(to), frame);
    case PixelType::float32: {
      const std::size_t count = frame.format.framePixels();
      auto* values = reinterpret_cast<float*>(to);
      toFloat(from, values, count, frame.rescale);
      if (const auto padding = frame.isHu ? std::nullopt : boundsOf<Stored>(frame.padding)) {
        fillPadding(from, values, count, *padding, std::numeric_limits<float>::quiet_NaN());
      }
      return true;
    }
    case PixelType::rgb24:
      break;
  }
  return false;
}

}  // namespace

std::vector<PixelType> candidateTypes(std::span<const Encoded> frames) {
  if (frames.front().format.isColour()) return {PixelType::rgb24};
  const Rescale first = frames.front().rescale;
  const bool one = std::ranges::all_of(frames, [&](const Encoded& frame) { return frame.rescale == first; });
  const bool narrow = std::ranges::all_of(frames, [](const Encoded& frame) {
    return frame.format.sample == Sample::integer && frame.format.bitsAllocated <= 16;
  });
  if (!one || !narrow || !isInteger(first)) return {PixelType::float32};
  const Range range = possibleValues(frames);
  if (range.fits<std::uint8_t>()) return {PixelType::uint8};
  if (range.fits<std::int16_t>()) return {PixelType::int16};
  if (range.fits<std::uint16_t>()) return {PixelType::uint16};
  return {PixelType::int16, PixelType::float32};
}

bool isIdentity(const Encoded& frame, PixelType type) {
  const PixelFormat& format = frame.format;
  if (format.isColour() || type == PixelType::rgb24) return format.isColour() && type == PixelType::rgb24;
  if (frame.rescale != Rescale{}) return false;
  if (format.sample == Sample::float32) return type == PixelType::float32;
  if (format.sampleBytes() > 2) return false;
  if (format.sampleBytes() == 1) return type == PixelType::uint8 && !format.isSigned;
  return type == (format.isSigned ? PixelType::int16 : PixelType::uint16);
}

bool rescale(const Encoded& frame, std::span<const std::byte> stored, PixelType type, std::byte* to) {
  const auto as = [&]<class Stored>(Stored) {
    return toType(reinterpret_cast<const Stored*>(stored.data()), frame, type, to);
  };
  const PixelFormat& format = frame.format;
  // They become floats always; a padding value has 16 bits and is none of theirs.
  const auto wide = [&]<class Stored>(Stored) {
    if (type != PixelType::float32) return false;
    toFloat(reinterpret_cast<const Stored*>(stored.data()), reinterpret_cast<float*>(to),
            format.framePixels(), frame.rescale);
    return true;
  };
  if (format.isColour()) return false;  // colours are never rescaled
  if (format.sample == Sample::float32) return wide(float{});
  if (format.sample == Sample::float64) return wide(double{});
  if (format.sampleBytes() == 4) return format.isSigned ? wide(std::int32_t{}) : wide(std::uint32_t{});
  if (format.sampleBytes() == 1) return format.isSigned ? as(std::int8_t{}) : as(std::uint8_t{});
  return format.isSigned ? as(std::int16_t{}) : as(std::uint16_t{});
}

}  // namespace attest::dicom
