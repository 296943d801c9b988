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
                                        const ItemId& selectedLesion) {
  std::vector<ExpectedMark> marks;
  for (const CarriedLesion& lesion : comparison.lesions) {
    const ItemId& id = lesion.earlier.item;
    if (!earlier && lesion.uncertaintyMm <= 0) continue;
    marks.push_back({.lesion = id,
                     .label = lesion.label,
                     .positionMm = earlier ? earlierPlaceMm(lesion) : lesion.expectedMm,
                     .radiusMm = earlier ? radiusOf(lesion.earlier.measurement) : lesion.uncertaintyMm,
                     .outcome = lesion.outcome,
                     .earlier = earlier,
                     .selected = id == selectedLesion});
  }
  std::ranges::stable_partition(marks, [](const ExpectedMark& mark) { return !mark.selected; });
  return marks;
}

}  // namespace attest::view
