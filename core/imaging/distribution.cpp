#include "core/imaging/distribution.h"

#include <algorithm>
#include <numeric>

namespace attest::imaging {

Distribution::Distribution(PixelType type) {
  if (type == PixelType::uint8) counts_.resize(1 << 8);
  if (type == PixelType::int16 || type == PixelType::uint16) counts_.resize(1 << 16);
  if (type == PixelType::int16) lowest_ = -(1 << 15);
}

std::int64_t Distribution::count() const {
  return std::accumulate(counts_.begin(), counts_.end(), static_cast<std::int64_t>(kept_.size()));
}

/// Calls `f(value, how often)`.
template <class F>
void Distribution::forEachValue(F&& f) const {
  for (std::size_t n = 0; n < counts_.size(); ++n)
    if (counts_[n] > 0)
      f(static_cast<double>(lowest_ + static_cast<std::int64_t>(n)), static_cast<double>(counts_[n]));
  for (const float value : kept_) f(static_cast<double>(value), 1.0);
}

ValueStatistics Distribution::statistics() {
  const auto total = static_cast<double>(count());
  ValueStatistics result{.min = INFINITY, .max = -INFINITY, .median = quantile(0.5)};
  double sum = 0;
  forEachValue([&](double value, double times) {
    sum += value * times;
    result.min = std::min(result.min, value);
    result.max = std::max(result.max, value);
  });
  result.mean = sum / total;
  double squares = 0;
  forEachValue(
      [&](double value, double times) { squares += times * (value - result.mean) * (value - result.mean); });
  result.sd = std::sqrt(squares / total);
  return result;
}

double Distribution::quantile(double part) {
  const double rank = std::clamp(part, 0.0, 1.0) * static_cast<double>(count() - 1);
  const auto below = static_cast<std::int64_t>(rank);
  const double low = ranked(below);
  const double t = rank - static_cast<double>(below);
  return t > 0 ? low + t * (ranked(below + 1) - low) : low;
}

/// The value with `rank` others before it.
double Distribution::ranked(std::int64_t rank) {
  if (!kept_.empty()) {
    const auto at = kept_.begin() + rank;
    std::nth_element(kept_.begin(), at, kept_.end());
    return static_cast<double>(*at);
  }
  std::size_t n = 0;
  for (std::int64_t passed = counts_[0]; passed <= rank; passed += counts_[n]) ++n;
  return static_cast<double>(lowest_ + static_cast<std::int64_t>(n));
}

}  // namespace attest::imaging
