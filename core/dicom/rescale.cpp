#include "core/dicom/rescale.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace attest::dicom {
namespace {

using imaging::PixelType;

constexpr double maxInteger = 30000;  // so that no product of a 16-bit value leaves 32 bits

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
  for (const auto& [format, rescale] : frames) {
    const double count = std::exp2(format.bitsStored);
    const double lowest = format.isSigned ? -count / 2 : 0;
    range.add(lowest * rescale.slope + rescale.intercept);
    range.add((lowest + count - 1) * rescale.slope + rescale.intercept);
  }
  return range;
}

// The loops below are written for the vectoriser: no branch, one range kept beside.
template <class Stored, class Value>
bool toInteger(const Stored* from, Value* to, std::size_t count, Rescale r) {
  const int slope = static_cast<int>(r.slope);
  const int intercept = static_cast<int>(r.intercept);
  int low = std::numeric_limits<int>::max();
  int high = std::numeric_limits<int>::min();
  for (std::size_t i = 0; i < count; ++i) {
    const int value = int{from[i]} * slope + intercept;
    low = std::min(low, value);
    high = std::max(high, value);
    to[i] = static_cast<Value>(value);
  }
  return low >= std::numeric_limits<Value>::min() && high <= std::numeric_limits<Value>::max();
}

template <class Stored>
bool toType(const Stored* from, std::size_t count, Rescale r, PixelType type, std::byte* to) {
  switch (type) {
    case PixelType::uint8:
      return toInteger(from, reinterpret_cast<std::uint8_t*>(to), count, r);
    case PixelType::int16:
      return toInteger(from, reinterpret_cast<std::int16_t*>(to), count, r);
    case PixelType::uint16:
      return toInteger(from, reinterpret_cast<std::uint16_t*>(to), count, r);
    case PixelType::float32:
      for (std::size_t i = 0; i < count; ++i) {
        reinterpret_cast<float*>(to)[i] = static_cast<float>(from[i] * r.slope + r.intercept);
      }
      return true;
    case PixelType::rgb24:
      break;
  }
  return false;
}

}  // namespace

std::vector<PixelType> candidateTypes(std::span<const Encoded> frames) {
  if (frames.front().format.samples == 3) return {PixelType::rgb24};
  const Rescale first = frames.front().rescale;
  const bool one = std::ranges::all_of(frames, [&](const Encoded& frame) { return frame.rescale == first; });
  if (!one || !isInteger(first)) return {PixelType::float32};
  const Range range = possibleValues(frames);
  if (range.fits<std::uint8_t>()) return {PixelType::uint8};
  if (range.fits<std::int16_t>()) return {PixelType::int16};
  if (range.fits<std::uint16_t>()) return {PixelType::uint16};
  return {PixelType::int16, PixelType::float32};
}

bool isIdentity(const Encoded& frame, PixelType type) {
  if (type == PixelType::rgb24) return true;
  if (frame.rescale != Rescale{}) return false;
  if (frame.format.bitsAllocated == 8) return type == PixelType::uint8 && !frame.format.isSigned;
  return type == (frame.format.isSigned ? PixelType::int16 : PixelType::uint16);
}

bool rescale(const Encoded& frame, std::span<const std::byte> stored, PixelType type, std::byte* to) {
  const PixelFormat& format = frame.format;
  const std::size_t count = format.framePixels();
  const auto as = [&]<class Stored>(Stored) {
    return toType(reinterpret_cast<const Stored*>(stored.data()), count, frame.rescale, type, to);
  };
  if (format.bitsAllocated == 8) return format.isSigned ? as(std::int8_t{}) : as(std::uint8_t{});
  return format.isSigned ? as(std::int16_t{}) : as(std::uint16_t{});
}

}  // namespace attest::dicom
