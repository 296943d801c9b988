#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "core/domain/measurement.h"
#include "core/imaging/volume.h"

namespace attest::imaging {

/// The values of some voxels: counted exactly by value for integers, kept for floats (NaN and infinities are
/// left out), by luminance for colours. The one place from which statistics and percentiles come.
class Distribution {
 public:
  explicit Distribution(PixelType type);

  template <class T>
  void add(T value) {
    if constexpr (std::is_integral_v<T>) {
      ++counts_[static_cast<std::size_t>(value - lowest_)];
    } else {
      const double number = toDouble(value);
      if (std::isfinite(number)) kept_.push_back(static_cast<float>(number));
    }
  }

  std::int64_t count() const;
  /// Of a distribution that is not empty.
  ValueStatistics statistics();
  /// The value below which `part` (0 to 1) of all lies, linear between two neighbours in rank. Not for an
  /// empty one.
  double quantile(double part);

 private:
  double ranked(std::int64_t rank);
  template <class F>
  void forEachValue(F&& f) const;

  std::int64_t lowest_ = 0;
  std::vector<std::int64_t> counts_;  ///< of the value lowest_ + n
  std::vector<float> kept_;
};

}  // namespace attest::imaging
