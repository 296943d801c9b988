#pragma once

#include <cstdint>
#include <vector>

#include "core/domain/study.h"
#include "core/imaging/reslice.h"
#include "core/imaging/volume.h"

namespace attest::imaging {

/// The functions of PS3.3 C.11.2.1.2 and C.11.2.1.3.2: LINEAR is meant for integers, its ramp is one narrower
/// than the width.
enum class WindowFunction { linear, linear_exact };
/// What suits the values of a volume: LINEAR_EXACT for floats in other units than HU, whose whole range may
/// be a fraction of 1.
WindowFunction windowFunction(const Volume& volume);

/// round(255 * function) of one value; LINEAR with a width below 1 is LINEAR_EXACT. NaN is 0.
std::uint8_t applyWindow(double value, Window window, WindowFunction function = WindowFunction::linear);
/// The same for every pixel of an image.
std::vector<std::uint8_t> applyWindow(const Image& image, Window window,
                                      WindowFunction function = WindowFunction::linear);

/// The window between two percentiles of a volume's values (0.1 and 99.9 where a file brings none).
Window percentileWindow(const Volume& volume, double lowPercent = 0.1, double highPercent = 99.9);

}  // namespace attest::imaging
