#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/geometry.h"
#include "core/base/ids.h"
#include "core/domain/code.h"
#include "core/domain/measurement.h"
#include "core/domain/study.h"

namespace attest {

/// A turn and a shift of patient space, LPS millimetres: x becomes `rotation` · x + `translationMm`.
struct RigidTransform {
  std::array<double, 9> rotation{1, 0, 0, 0, 1, 0, 0, 0, 1};  ///< row-major, orthonormal, determinant 1
  Vec3 translationMm;
  bool operator==(const RigidTransform&) const = default;
  Vec3 operator()(Vec3 pointMm) const;
  RigidTransform inverse() const;
};

/// A lesion as the last signed version of an earlier study knew it.
struct EarlierLesion {
  CaseId caseId;
  ItemId item;
  std::string studyDate;  ///< DICOM DA
  int days = 0;           ///< from that study to this one
  Measurement measurement;
  bool operator==(const EarlierLesion&) const = default;
};

/// What became of it. `open`: nobody has said so yet.
enum class LesionOutcome { open, measured, resolved, not_evaluable };
const char* name(LesionOutcome outcome) noexcept;
std::optional<LesionOutcome> lesionOutcome(const std::string& name);

/// An earlier lesion, carried into this study: where it is expected and which item it is here.
struct CarriedLesion {
  EarlierLesion earlier;
  std::string label;
  Code category;
  Code code;
  std::optional<Code> laterality;
  std::string trackingUid;      ///< the same through all studies
  std::string maskHash;         ///< of the earlier mask
  Vec3 expectedMm;              ///< LPS of this study
  double uncertaintyMm = 0;     ///< radius within which it is looked for; 0: its place here is not known
  std::optional<ItemId> match;  ///< the item of this case that it is
  LesionOutcome outcome = LesionOutcome::open;
  ReaderId reviewedBy;  ///< empty until a person acted
  Time reviewedAt{};
  bool operator==(const CarriedLesion&) const = default;
};

/// This study beside the earlier one that it is compared with.
struct Comparison {
  CaseId prior;
  StudyUid priorStudy;
  std::string priorDate;     ///< DICOM DA
  int priorVersion = 0;      ///< signed version that the lesions are of; 0: it is not signed, and has none
  BlockRef from;             ///< of the earlier study; empty where the two could not be aligned
  BlockRef to;               ///< of this study; empty likewise
  RigidTransform toCurrent;  ///< patient space of `from` into that of `to`
  double errorMm = 0;        ///< how far apart what the registration matched still is, root mean square
  std::vector<CarriedLesion> lesions;
  bool operator==(const Comparison&) const = default;
  /// Only then do transform, error and the lesions' places mean anything.
  bool isAligned() const { return !to.series.empty(); }
};

}  // namespace attest
