#include "core/base/format.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace attest {

std::string formatNumber(double value, int decimals) {
  if (!std::isfinite(value)) return "n/a";
  std::array<char, 400> text{};
  std::snprintf(text.data(), text.size(), "%.*f", decimals, std::abs(value));
  const std::string digits = text.data();
  const bool zero = digits.find_first_not_of("0.") == std::string::npos;
  return value < 0 && !zero ? "\u2212" + digits : digits;
}

std::string formatMm(double mm) {
  return std::isfinite(mm) ? formatNumber(mm, 1) + " mm" : "n/a";
}

std::string formatMl(double volumeMm3) {
  const double ml = volumeMm3 / 1000;
  if (!std::isfinite(ml)) return "n/a";
  return formatNumber(ml, ml < 10 ? 2 : ml < 100 ? 1 : 0) + " mL";
}

std::string formatHu(double hu) {
  return std::isfinite(hu) ? formatNumber(hu, 0) + " HU" : "n/a";
}

std::string formatDate(const std::string& dicomDate) {
  const bool digits = std::ranges::all_of(dicomDate, [](char c) { return c >= '0' && c <= '9'; });
  if (dicomDate.size() != 8 || !digits) return dicomDate;
  return dicomDate.substr(0, 4) + "-" + dicomDate.substr(4, 2) + "-" + dicomDate.substr(6, 2);
}

}  // namespace attest
