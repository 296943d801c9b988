#include "core/agents/eigenvalues.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace attest::agents {

std::array<double, 3> eigenvalues(const Matrix3& m) {
  const double mean = (m[0][0] + m[1][1] + m[2][2]) / 3;
  Matrix3 b = m;
  double square = 0;
  for (std::size_t r = 0; r < 3; ++r) {
    b[r][r] -= mean;
    for (std::size_t c = 0; c < 3; ++c) square += b[r][c] * b[r][c];
  }
  const double scale = std::sqrt(square / 6);
  if (scale <= 0) return {mean, mean, mean};
  const double det = b[0][0] * (b[1][1] * b[2][2] - b[1][2] * b[2][1]) -
                     b[0][1] * (b[1][0] * b[2][2] - b[1][2] * b[2][0]) +
                     b[0][2] * (b[1][0] * b[2][1] - b[1][1] * b[2][0]);
  const double angle = std::acos(std::clamp(det / (2 * scale * scale * scale), -1.0, 1.0)) / 3;
  const double largest = mean + 2 * scale * std::cos(angle);
  const double smallest = mean + 2 * scale * std::cos(angle + 2 * std::numbers::pi / 3);
  return {largest, 3 * mean - largest - smallest, smallest};
}

}  // namespace attest::agents
