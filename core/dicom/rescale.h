#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/dicom/pixel_format.h"
#include "core/imaging/volume.h"

namespace attest::dicom {

/// Stored values become modality units: value * slope + intercept.
struct Rescale {
  double slope = 1;
  double intercept = 0;
  bool operator==(const Rescale&) const = default;
};

/// Stored values that are no measurement but fill the frame around it (Pixel Padding Value and Range).
struct Padding {
  int low = 0;
  int high = 0;
  bool operator==(const Padding&) const = default;
};

/// A frame's format, its rescale and its padding.
struct Encoded {
  PixelFormat format;
  Rescale rescale;
  std::optional<Padding> padding{};
  bool isHu = false;
};
/// What stands in HU volumes where no slice was: air.
constexpr int airHu = -1024;

/// The types that can hold the values of all these frames, the one to try first in front. One integer rescale
/// for all: uint8, int16 or uint16, the smallest that surely fits; where only the values can tell, int16 and
/// then float32. Any other rescale, values of more than 16 bits and floats: float32, which holds integers
/// exactly up to 16777216. Colours: rgb24.
std::vector<imaging::PixelType> candidateTypes(std::span<const Encoded> frames);

/// True where the bytes of the file are the values, so that a frame can be read straight into its place.
bool isIdentity(const Encoded& frame, imaging::PixelType type);

/// Writes the values of a frame (as readFrame gives it) as `type`. Padding keeps its own value, as every
/// other reader of the file sees it; only where that value is beyond an integer type it becomes the type's
/// lowest, and in floats that are no HU it becomes NaN. False where a measured value does not fit.
bool rescale(const Encoded& frame, std::span<const std::byte> stored, imaging::PixelType type, std::byte* to);

}  // namespace attest::dicom
