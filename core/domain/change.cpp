#include "core/domain/change.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace attest {
namespace {

// How far apart two measurements of an unchanged lesion may be, as a part of its volume.
// 6 to 12 mm: coefficients of variation for the diameter of the ball of that volume; two measurements that
// are 2.77 times as far apart (1.96 sqrt 2) differ with 95 % confidence. They were written down from memory
// as the claim of the QIBA profile "CT Small Lung Nodule Volume Assessment and Monitoring in Low Dose CT
// Screening" (2023, doi 10.1148/QIBA/20231219), whose text was not at hand: they are not verified against it.
// They ask for more than what was at hand, so err towards `stable`: repeated scans of solid nodules differ by
// at most 25.6 % below 8 mm and 17.1 % from 8 mm on (abstract of de Hoop et al., Eur Radiol 2009;19:800, the
// worst of six programs) and by 27 % at a mean of 98 mm3 (abstract of "Pulmonary Nodules: Volume
// Repeatability at Multidetector CT Lung Cancer Screening"); the guidelines of the British Thoracic Society
// take 25 % at every size. Of subsolid nodules, 35.4 % (abstract of Scholten et al., Eur Radiol 2015;25:1040)
// is more than is asked here from 11 mm on. Below 6 mm there is no claim, and Nietert et al., Chest
// 2009;135:1580 find volumes particularly imprecise up to 6 mm: a change there must at least double the
// volume. Above 12 mm there is none either: the last one holds on.
struct Claim {
  double diameterMm;
  double variation;
};
constexpr std::array<Claim, 7> claims{
    {{6, 0.29}, {7, 0.23}, {8, 0.19}, {9, 0.16}, {10, 0.14}, {11, 0.12}, {12, 0.11}}};
constexpr double repeatability = 2.77;
constexpr double limitOfSmall = 1.0;

/// The part of its volume by which a lesion of that size must differ to have changed.
double limitOfError(double volumeMm3) {
  const double diameterMm = std::cbrt(6 * volumeMm3 / std::numbers::pi);
  if (diameterMm < claims.front().diameterMm) return limitOfSmall;
  const auto above = std::ranges::upper_bound(claims, diameterMm, {}, &Claim::diameterMm);
  if (above == claims.end()) return repeatability * claims.back().variation;
  const auto below = std::prev(above);
  const double part = (diameterMm - below->diameterMm) / (above->diameterMm - below->diameterMm);
  return repeatability * std::lerp(below->variation, above->variation, part);
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
