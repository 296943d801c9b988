#include "core/imaging/window.h"

#include <algorithm>
#include <cmath>

#include "core/imaging/distribution.h"

#pragma GCC optimize("O3")  // the loop over an image becomes vector instructions only from here on

namespace attest::imaging {
namespace {

/// PS3.3 C.11.2.1.2.1 in numbers that do not change from pixel to pixel. Multiplied by 255 before the
/// division, so that an exact half is one.
struct Linear {
  double middle;
  double span;

  explicit Linear(Window window) : middle(window.center - 0.5), span(std::max(window.width, 1.0) - 1) {}

  std::uint8_t slope(double value) const {
    double grey = 255 * (value - middle) / span + 127.5;
    grey = grey > 0 ? grey : 0;  // NaN too
    grey = grey < 255 ? grey : 255;
    return static_cast<std::uint8_t>(grey + 0.5);
  }
  std::uint8_t step(double value) const { return value > middle ? 255 : 0; }
};

}  // namespace

std::uint8_t applyWindow(double value, Window window) {
  const Linear linear(window);
  return linear.span > 0 ? linear.slope(value) : linear.step(value);
}

std::vector<std::uint8_t> applyWindow(const Image& image, Window window) {
  const Linear linear(window);
  std::vector<std::uint8_t> grey(image.values.size());
  if (linear.span > 0) {
    std::transform(image.values.begin(), image.values.end(), grey.begin(),
                   [linear](float value) { return linear.slope(value); });
  } else {
    std::transform(image.values.begin(), image.values.end(), grey.begin(),
                   [linear](float value) { return linear.step(value); });
  }
  return grey;
}

Window percentileWindow(const Volume& volume, double lowPercent, double highPercent) {
  if (volume.type() == PixelType::rgb24) return {128, 256};
  Distribution values(volume.type());
  visit(volume, [&](auto voxels) {
    // A float volume is sampled: its values must be sorted, and a percentile of four million is one of all.
    const std::size_t step = volume.type() == PixelType::float32 ? 1 + voxels.size() / (1U << 22) : 1;
    for (std::size_t n = 0; n < voxels.size(); n += step) values.add(voxels[n]);
  });
  if (values.count() == 0) return {};
  const double low = values.quantile(lowPercent / 100);
  const double high = values.quantile(highPercent / 100);
  return {(low + high) / 2 + 0.5, high - low + 1};
}

}  // namespace attest::imaging
