#include "core/agents/ellipsoid.h"

#include <algorithm>
#include <cmath>

#include "core/agents/eigenvalues.h"

namespace attest::agents {
namespace {

/// Solves m x = right by Gauss elimination with pivots; m and right are used up. None where m is singular.
template <std::size_t N>
std::optional<std::array<double, N>> solve(std::array<std::array<double, N>, N>& m,
                                           std::array<double, N>& right) {
  for (std::size_t column = 0; column < N; ++column) {
    std::size_t pivot = column;
    for (std::size_t row = column + 1; row < N; ++row)
      if (std::abs(m[row][column]) > std::abs(m[pivot][column])) pivot = row;
    if (std::abs(m[pivot][column]) < 1e-12) return std::nullopt;
    std::swap(m[pivot], m[column]);
    std::swap(right[pivot], right[column]);
    for (std::size_t row = column + 1; row < N; ++row) {
      const double factor = m[row][column] / m[column][column];
      for (std::size_t c = column; c < N; ++c) m[row][c] -= factor * m[column][c];
      right[row] -= factor * right[column];
    }
  }
  std::array<double, N> x{};
  for (std::size_t row = N; row-- > 0;) {
    double sum = right[row];
    for (std::size_t c = row + 1; c < N; ++c) sum -= m[row][c] * x[c];
    x[row] = sum / m[row][row];
  }
  return x;
}

Matrix3 matrixOf(const std::array<double, 9>& form) {
  return {{{form[0], form[3], form[4]}, {form[3], form[1], form[5]}, {form[4], form[5], form[2]}}};
}

}  // namespace

Ellipsoid::Ellipsoid(double radiusMm) : axes_{radiusMm, radiusMm, radiusMm} {
  for (const std::size_t n : {0U, 1U, 2U}) form_[n] = 1 / (radiusMm * radiusMm);
}

std::optional<Ellipsoid> Ellipsoid::fit(std::span<const Point> points) {
  std::array<std::array<double, 9>, 9> normal{};
  std::array<double, 9> right{};
  for (const auto& [p, weight] : points) {
    const std::array<double, 9> row{p.x * p.x,     p.y * p.y, p.z * p.z, 2 * p.x * p.y, 2 * p.x * p.z,
                                    2 * p.y * p.z, 2 * p.x,   2 * p.y,   2 * p.z};
    for (std::size_t r = 0; r < 9; ++r) {
      right[r] += weight * row[r];
      for (std::size_t c = r; c < 9; ++c) normal[r][c] += weight * row[r] * row[c];
    }
  }
  for (std::size_t r = 0; r < 9; ++r)
    for (std::size_t c = 0; c < r; ++c) normal[r][c] = normal[c][r];
  const auto form = solve(normal, right);
  if (!form) return std::nullopt;
  Ellipsoid result;
  result.form_ = *form;
  const Matrix3 a = matrixOf(*form);
  const auto curvatures = eigenvalues(a);
  if (curvatures[2] <= 0) return std::nullopt;
  const Vec3 b{(*form)[6], (*form)[7], (*form)[8]};
  Matrix3 left = a;
  std::array<double, 3> minusB{-b.x, -b.y, -b.z};
  const auto center = solve(left, minusB);
  if (!center) return std::nullopt;
  result.center_ = {(*center)[0], (*center)[1], (*center)[2]};
  const double scale = 1 - dot(b, result.center_);
  for (std::size_t n = 0; n < 3; ++n) result.axes_[n] = std::sqrt(scale / curvatures[2 - n]);
  return result;
}

double Ellipsoid::reachMm(Vec3 u) const {
  const auto& f = form_;
  const double square = f[0] * u.x * u.x + f[1] * u.y * u.y + f[2] * u.z * u.z +
                        2 * (f[3] * u.x * u.y + f[4] * u.x * u.z + f[5] * u.y * u.z);
  const double linear = f[6] * u.x + f[7] * u.y + f[8] * u.z;
  return (std::sqrt(linear * linear + square) - linear) / square;
}

double Ellipsoid::radiusMm() const {
  return std::cbrt(axes_[0] * axes_[1] * axes_[2]);
}

}  // namespace attest::agents
