#pragma once

#include <cstdint>
#include <vector>

#include "core/domain/study.h"
#include "core/imaging/reslice.h"
#include "core/imaging/volume.h"

namespace attest::imaging {

/// round(255 * LINEAR of PS3.3 C.11.2.1.2) of one value; widths below 1 count as 1. NaN is 0.
std::uint8_t applyWindow(double value, Window window);
/// The same for every pixel of an image.
std::vector<std::uint8_t> applyWindow(const Image& image, Window window);

/// The window between two percentiles of a volume's values (0.1 and 99.9 where a file brings none).
Window percentileWindow(const Volume& volume, double lowPercent = 0.1, double highPercent = 99.9);

}  // namespace attest::imaging
