#pragma once

#include <string>
#include <vector>

#include "core/base/geometry.h"
#include "core/domain/prior.h"

namespace attest::view {

/// "Expected here": a ball in patient space, drawn as the circle that the plane cuts out of it.
struct ExpectedMark {
  ItemId lesion;  ///< the item that it was
  std::string label;
  Vec3 positionMm;      ///< LPS of the study that it is drawn on
  double radiusMm = 0;  ///< the lesion lies within
  LesionOutcome outcome = LesionOutcome::open;
  bool earlier = false;   ///< where it was, on the earlier study; not where it is expected
  bool selected = false;  ///< drawn last
  bool operator==(const ExpectedMark&) const = default;
};

/// The middle of an earlier lesion in the patient space of its own study: of its longest diameter, else its
/// centroid.
Vec3 earlierPlaceMm(const CarriedLesion& lesion);

/// The marks of a comparison, on the study now or (`earlier`) on the one it is compared with, the selected
/// one last. A lesion whose place is not known has none.
std::vector<ExpectedMark> expectedMarks(const Comparison& comparison, bool earlier,
                                        const ItemId& selectedLesion);

}  // namespace attest::view
