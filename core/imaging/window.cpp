#include "core/imaging/window.h"

#include <algorithm>
#include <cmath>

#include "core/imaging/distribution.h"

#pragma GCC optimize("O3")  // the loop over an image becomes vector instructions only from here on

namespace attest::imaging {
namespace {

/// The ramp in numbers that do not change from pixel to pixel. Multiplied by 255 before the division, so that
/// an exact half is one.
struct Ramp {
  double middle;
  double span;

  Ramp(Window window, WindowFunction function) : middle(window.center), span(std::max(window.width, 0.0)) {
    if (function == WindowFunction::linear && window.width >= 1) {
      middle -= 0.5;
      span -= 1;
    }
  }

  std::uint8_t slope(double value) const {
    double grey = 255 * (value - middle) / span + 127.5;
    grey = grey > 0 ? grey : 0;  // NaN too
    grey = grey < 255 ? grey : 255;
    return static_cast<std::uint8_t>(grey + 0.5);
  }
  std::uint8_t step(double value) const { return value > middle ? 255 : 0; }
};

}  // namespace

WindowFunction windowFunction(const Volume& volume) {
  return volume.type() == PixelType::float32 && volume.unit() != Unit::hu ? WindowFunction::linear_exact
                                                                          : WindowFunction::linear;
}

std::uint8_t applyWindow(double value, Window window, WindowFunction function) {
  const Ramp ramp(window, function);
  return ramp.span > 0 ? ramp.slope(value) : ramp.step(value);
}

std::vector<std::uint8_t> applyWindow(const Image& image, Window window, WindowFunction function) {
  const Ramp ramp(window, function);
  std::vector<std::uint8_t> grey(image.values.size());
  if (ramp.span > 0) {
    std::transform(image.values.begin(), image.values.end(), grey.begin(),
                   [ramp](float value) { return ramp.slope(value); });
  } else {
    std::transform(image.values.begin(), image.values.end(), grey.begin(),
                   [ramp](float value) { return ramp.step(value); });
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
  if (windowFunction(volume) == WindowFunction::linear_exact) return {(low + high) / 2, high - low};
  return {(low + high) / 2 + 0.5, high - low + 1};
}

}  // namespace attest::imaging
