#include "core/imaging/sheets.h"

#include <cmath>

namespace attest::imaging {

TapAt tapAt(double position, int count) {
  if (position < -0.5 - indexSlack || position > count - 0.5 + indexSlack) return {};
  const double nearest = std::round(position);
  if (std::abs(position - nearest) < indexSlack) position = nearest;
  position = std::clamp(position, 0.0, count - 1.0);
  const int low = static_cast<int>(position);
  const auto t = static_cast<float>(position - low);
  return {{low, t > 0 ? low + 1 : low, t}, true};
}

Range insideRange(Vec3 first, Vec3 step, Index3 dims, int width) {
  double low = 0;
  double high = width - 1;
  for (int axis = 0; axis < 3; ++axis) {
    const double from = -0.5 - indexSlack - first[axis];
    const double to = along(dims, axis) - 0.5 + indexSlack - first[axis];
    if (std::abs(step[axis]) < 1e-12) {
      if (from > 0 || to < 0) return {};
      continue;
    }
    low = std::max(low, std::min(from / step[axis], to / step[axis]));
    high = std::min(high, std::max(from / step[axis], to / step[axis]));
  }
  if (!(low <= high)) return {};
  return {static_cast<int>(std::ceil(low)), static_cast<int>(std::floor(high)) + 1};
}

bool isAligned(const Sheet& sheet, int width, int height, Alignment& alignment) {
  const auto axisOf = [](Vec3 step, int count) {
    int axis = -1;
    for (int n = 0; n < 3; ++n) {
      if (std::abs(step[n]) * count < indexSlack) continue;
      if (axis >= 0) return -1;
      axis = n;
    }
    return axis;
  };
  const int a = axisOf(sheet.stepX, width);
  const int b = axisOf(sheet.stepY, height);
  if (a < 0 || b < 0 || a == b) return false;
  alignment = {a, b, 3 - a - b};
  return true;
}

}  // namespace attest::imaging
