#include "core/view/expected.h"

#include <algorithm>

namespace attest::view {
namespace {

/// A circle around a lesion should be seen beside it.
constexpr double clearanceMm = 3;

double radiusOf(const Measurement& measurement) {
  return measurement.longestMm.value_or(0) / 2 + clearanceMm;
}

}  // namespace

Vec3 earlierPlaceMm(const CarriedLesion& lesion) {
  const Measurement& m = lesion.earlier.measurement;
  return m.longestMm ? 0.5 * (m.longestEndsMm[0] + m.longestEndsMm[1]) : m.centroidMm;
}

std::vector<ExpectedMark> expectedMarks(const Comparison& comparison, bool earlier,
                                        const std::string& selectedLesion) {
  std::vector<ExpectedMark> marks;
  for (const CarriedLesion& lesion : comparison.lesions) {
    marks.push_back({.lesion = lesion.trackingUid,
                     .label = lesion.label,
                     .positionMm = earlier ? earlierPlaceMm(lesion) : lesion.expectedMm,
                     .radiusMm = earlier ? radiusOf(lesion.earlier.measurement) : lesion.uncertaintyMm,
                     .outcome = lesion.outcome,
                     .earlier = earlier,
                     .selected = lesion.trackingUid == selectedLesion});
  }
  std::ranges::stable_partition(marks, [](const ExpectedMark& mark) { return !mark.selected; });
  return marks;
}

}  // namespace attest::view
