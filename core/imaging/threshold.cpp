#include <limits>

#include "core/imaging/filters.h"

#pragma GCC optimize("O3")  // the loop over the voxels becomes vector instructions only from here on

namespace attest::imaging {
namespace {

template <class T>
void mark(std::span<const T> values, double low, double high, std::uint8_t* marks) {
  if constexpr (std::is_integral_v<T>) {
    const double least = std::numeric_limits<T>::min();
    const double most = std::numeric_limits<T>::max();
    const auto from = static_cast<T>(std::clamp(std::ceil(low), least, most));
    const auto to = static_cast<T>(std::clamp(std::floor(high), least, most));
    for (std::size_t n = 0; n < values.size(); ++n) marks[n] = values[n] >= from && values[n] <= to;
  } else {
    for (std::size_t n = 0; n < values.size(); ++n) {
      const double value = toDouble(values[n]);
      marks[n] = value >= low && value <= high;
    }
  }
}

}  // namespace

Result<Mask> threshold(const Volume& volume, double low, double high, Parallel& parallel,
                       std::stop_token stop) {
  const Grid& grid = volume.grid();
  if (std::isnan(low) || std::isnan(high))
    return fail(ErrorCode::bad_argument, "a threshold is not a number");
  std::vector<std::uint8_t> marks(static_cast<std::size_t>(grid.voxels()));
  constexpr std::size_t voxelsAPiece = std::size_t{1} << 20;
  const bool any = visit(volume, [&](auto values) {
    using T = typename decltype(values)::value_type;
    if constexpr (std::is_integral_v<T>) {
      if (low > std::numeric_limits<T>::max() || high < std::numeric_limits<T>::min()) return false;
    }
    parallel.forEach(values.size(), voxelsAPiece, stop, [&](std::size_t begin, std::size_t end) {
      mark(values.subspan(begin, end - begin), low, high, marks.data() + begin);
    });
    return true;
  });
  if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
  return any ? Mask::fromDense(grid, marks) : Mask(grid);
}

}  // namespace attest::imaging
