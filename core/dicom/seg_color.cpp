#include "core/dicom/seg_color.h"

#include <algorithm>
#include <cmath>

namespace attest::dicom {
namespace {

using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

constexpr Triple whiteD50{0.96422, 1.0, 0.82521};
// Linear sRGB to XYZ, adapted from D65 to D50 by Bradford's method, and its inverse.
constexpr Matrix toXyz{Triple{0.4360747, 0.3850649, 0.1430804}, Triple{0.2225045, 0.7168786, 0.0606169},
                       Triple{0.0139322, 0.0971045, 0.7141733}};
constexpr Matrix fromXyz{Triple{3.1338561, -1.6168667, -0.4906146}, Triple{-0.9787684, 1.9161415, 0.0334540},
                         Triple{0.0719453, -0.2289914, 1.4052427}};
constexpr double kappa = 24389.0 / 27.0;
constexpr double epsilon = 216.0 / 24389.0;

Triple multiply(const Matrix& m, const Triple& v) {
  Triple out{};
  for (std::size_t i = 0; i < 3; ++i) out[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
  return out;
}

double linear(double c) {
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}
double gamma(double c) {
  return c <= 0.0031308 ? 12.92 * c : 1.055 * std::pow(c, 1 / 2.4) - 0.055;
}
double root(double t) {
  return t > epsilon ? std::cbrt(t) : (kappa * t + 16) / 116;
}
double cube(double f) {
  return f * f * f > epsilon ? f * f * f : (116 * f - 16) / kappa;
}

std::uint16_t word(double fraction) {
  return static_cast<std::uint16_t>(std::lround(std::clamp(fraction, 0.0, 1.0) * 65535));
}

}  // namespace

std::array<std::uint16_t, 3> toCieLab(std::array<std::uint8_t, 3> rgb) {
  const Triple xyz =
      multiply(toXyz, {linear(rgb[0] / 255.0), linear(rgb[1] / 255.0), linear(rgb[2] / 255.0)});
  Triple f{};
  for (std::size_t i = 0; i < 3; ++i) f[i] = root(xyz[i] / whiteD50[i]);
  const double l = 116 * f[1] - 16;
  const double a = 500 * (f[0] - f[1]);
  const double b = 200 * (f[1] - f[2]);
  return {word(l / 100), word((a + 128) / 255), word((b + 128) / 255)};
}

std::array<std::uint8_t, 3> fromCieLab(std::array<std::uint16_t, 3> lab) {
  const double l = lab[0] / 65535.0 * 100;
  const double a = lab[1] / 65535.0 * 255 - 128;
  const double b = lab[2] / 65535.0 * 255 - 128;
  const double y = (l + 16) / 116;
  const Triple xyz{whiteD50[0] * cube(y + a / 500), whiteD50[1] * cube(y), whiteD50[2] * cube(y - b / 200)};
  const Triple rgb = multiply(fromXyz, xyz);
  std::array<std::uint8_t, 3> out{};
  for (std::size_t i = 0; i < 3; ++i) {
    out[i] = static_cast<std::uint8_t>(std::lround(std::clamp(gamma(rgb[i]), 0.0, 1.0) * 255));
  }
  return out;
}

}  // namespace attest::dicom
