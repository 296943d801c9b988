#pragma once

#include <optional>

#include "core/domain/measurement.h"

namespace attest {

/// A lesion then and now. `stable` says only that the difference is within what measuring twice may give.
enum class Change { stable, grown, shrunk };
const char* name(Change change) noexcept;

struct Growth {
  Change change = Change::stable;
  double volumeFactor = 1;             ///< now over then
  std::optional<double> doublingDays;  ///< only where it has grown beyond error
};

/// Volumes of two masks of one lesion, `days` apart. It has changed beyond error where the volume at least
/// doubled or halved below 6 mm, by 80 % at 6 mm, 39 % at 10 mm, 30 % from 12 mm on (change.cpp: the sources,
/// and what is not verified about them). None where one of the volumes is zero.
std::optional<Growth> growth(const Measurement& then, const Measurement& now, int days);

}  // namespace attest
