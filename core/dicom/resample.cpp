#include "core/dicom/resample.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>
#include <vector>

#include "core/dicom/each.h"
#include "core/dicom/rescale.h"

namespace attest::dicom {
namespace {

using imaging::PixelType;
using imaging::Volume;

constexpr double nearSlice = 1e-3;  // of a step: closer, a slice is taken as it is
constexpr float outside = std::numeric_limits<float>::quiet_NaN();

// One row of a slice, shifted by a fraction of a pixel; NaN where the slice does not reach.
template <class T>
class ShiftedSlice {
 public:
  ShiftedSlice(const Volume& source, std::size_t slice, SlicePlace place)
      : dims_(source.grid().dims),
        values_(source.values<T>().subspan(source.grid().offset({0, 0, static_cast<int>(slice)}))),
        x_(split(-place.shiftX)),
        y_(split(-place.shiftY)) {}

  float at(int x, int y) const {
    const int x0 = x + x_.whole;
    const int y0 = y + y_.whole;
    const float fx = x_.fraction;
    const float fy = y_.fraction;
    const int x1 = fx > 0 ? x0 + 1 : x0;
    const int y1 = fy > 0 ? y0 + 1 : y0;
    if (x0 < 0 || y0 < 0 || x1 >= dims_.i || y1 >= dims_.j) return outside;
    const float top = mix(pixel(x0, y0), pixel(x1, y0), fx);
    return fy > 0 ? mix(top, mix(pixel(x0, y1), pixel(x1, y1), fx), fy) : top;
  }

 private:
  struct Split {
    int whole;
    float fraction;
  };
  static Split split(double position) {
    const double nearest = std::round(position);
    if (std::abs(position - nearest) < nearSlice) return {static_cast<int>(nearest), 0};
    const double whole = std::floor(position);
    return {static_cast<int>(whole), static_cast<float>(position - whole)};
  }
  static float mix(float a, float b, float t) { return a + t * (b - a); }
  float pixel(int x, int y) const {
    return static_cast<float>(values_[static_cast<std::size_t>(y) * static_cast<std::size_t>(dims_.i) +
                                      static_cast<std::size_t>(x)]);
  }

  Index3 dims_;
  std::span<const T> values_;
  Split x_;
  Split y_;
};

// The two slices around a height and the share of the upper one.
struct Neighbours {
  std::size_t lower = 0;
  std::size_t upper = 0;
  float share = 0;
};

Neighbours around(const std::vector<SlicePlace>& places, double heightMm, double stepMm) {
  const auto above =
      std::ranges::lower_bound(places, heightMm - nearSlice * stepMm, {}, &SlicePlace::heightMm);
  const auto upper = std::min(static_cast<std::size_t>(above - places.begin()), places.size() - 1);
  if (upper == 0 || std::abs(places[upper].heightMm - heightMm) <= nearSlice * stepMm)
    return {upper, upper, 0};
  const double low = places[upper - 1].heightMm;
  return {upper - 1, upper, static_cast<float>((heightMm - low) / (places[upper].heightMm - low))};
}

template <class T>
T toValue(float value, float fill) {
  const float known = std::isnan(value) ? fill : value;
  if constexpr (std::is_integral_v<T>) return static_cast<T>(std::lround(known));
  return static_cast<T>(known);
}

template <class T>
void resampleSlice(const Volume& source, const Stack& stack, int k, float fill, Volume& target) {
  const Grid& grid = target.grid();
  const auto [lower, upper, share] = around(stack.places, k * grid.spacingMm.z, grid.spacingMm.z);
  const ShiftedSlice<T> below(source, lower, stack.places[lower]);
  const ShiftedSlice<T> above(source, upper, stack.places[upper]);
  auto out = target.writable<T>().subspan(grid.offset({0, 0, k}));
  std::size_t at = 0;
  for (int y = 0; y < grid.dims.j; ++y)
    for (int x = 0; x < grid.dims.i; ++x, ++at) {
      float value = below.at(x, y);
      if (share > 0) {
        const float other = above.at(x, y);
        value = std::isnan(value) ? other : std::isnan(other) ? value : value + share * (other - value);
      }
      out[at] = toValue<T>(value, fill);
    }
}

}  // namespace

Result<Volume> resample(const Volume& source, const Stack& stack, Parallel& parallel, std::stop_token stop) {
  Volume target(*stack.grid, source.type(), source.unit());
  target.setLowIsBright(source.lowIsBright());
  const float fill = source.unit() == Unit::hu && source.type() != PixelType::uint16 ? float{airHu} : 0.0F;
  ATTEST_CHECK(forEachIndex(static_cast<std::size_t>(stack.grid->dims.k), 1, parallel, stop,
                            [&](std::size_t k) -> Result<> {
                              const int slice = static_cast<int>(k);
                              switch (source.type()) {
                                case PixelType::uint8:
                                  resampleSlice<std::uint8_t>(source, stack, slice, 0, target);
                                  break;
                                case PixelType::int16:
                                  resampleSlice<std::int16_t>(source, stack, slice, fill, target);
                                  break;
                                case PixelType::uint16:
                                  resampleSlice<std::uint16_t>(source, stack, slice, fill, target);
                                  break;
                                case PixelType::float32:
                                  resampleSlice<float>(source, stack, slice, fill, target);
                                  break;
                                case PixelType::rgb24:
                                  return fail(ErrorCode::unsupported, "colour is not resampled");
                              }
                              return {};
                            }));
  return target;
}

}  // namespace attest::dicom
