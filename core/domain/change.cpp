#include "core/domain/change.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace attest {
namespace {

// How far apart two measurements of an unchanged lesion may be. From 6 to 12 mm: the coefficients of
// variation that the QIBA profile "Small Lung Nodule Volume Assessment and Monitoring in Low Dose CT
// Screening" (RSNA, stage 2) claims for the diameter of the ball of that volume; two measurements differ with
// 95 % confidence when they are 2.77 times as far apart (1.96 sqrt 2). Below 6 mm the profile claims nothing,
// and Nietert et al., Chest 2009;135:1580 find the imprecision larger: a change there must at least double
// the volume. Above, and never less: the 25 % of the British Thoracic Society's guidelines (Callister et al.,
// Thorax 2015;70 Suppl 2), which the repeated scans of larger nodules gave.
struct Claim {
  double diameterMm;
  double variation;
};
constexpr std::array<Claim, 7> claims{
    {{6, 0.29}, {7, 0.23}, {8, 0.19}, {9, 0.16}, {10, 0.14}, {11, 0.12}, {12, 0.11}}};
constexpr double repeatability = 2.77;
constexpr double leastLimit = 0.25;
constexpr double limitOfSmall = 1.0;

/// The part of its volume by which a lesion of that size must differ to have changed.
double limitOfError(double volumeMm3) {
  const double diameterMm = std::cbrt(6 * volumeMm3 / std::numbers::pi);
  if (diameterMm < claims.front().diameterMm) return limitOfSmall;
  const auto above = std::ranges::upper_bound(claims, diameterMm, {}, &Claim::diameterMm);
  if (above == claims.end()) return leastLimit;
  const auto below = std::prev(above);
  const double part = (diameterMm - below->diameterMm) / (above->diameterMm - below->diameterMm);
  return std::max(leastLimit, repeatability * std::lerp(below->variation, above->variation, part));
}

}  // namespace

std::optional<Growth> growth(const Measurement& then, const Measurement& now, int days) {
  if (!(then.volumeMm3 > 0) || !(now.volumeMm3 > 0)) return std::nullopt;
  // By the smaller of the two, which is measured less well; so what grew one way shrinks the other way.
  const auto [smaller, larger] = std::minmax(then.volumeMm3, now.volumeMm3);
  Growth result{.change = Change::stable, .volumeFactor = now.volumeMm3 / then.volumeMm3, .doublingDays = {}};
  if (larger / smaller <= 1 + limitOfError(smaller)) return result;
  result.change = now.volumeMm3 > then.volumeMm3 ? Change::grown : Change::shrunk;
  if (result.change == Change::grown && days > 0)
    result.doublingDays = days * std::numbers::ln2 / std::log(result.volumeFactor);
  return result;
}

}  // namespace attest
