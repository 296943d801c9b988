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

/// Volumes of two masks of one lesion, `days` apart. The limit of error depends on its size (see change.cpp
/// for the source). None where one of the volumes is zero.
std::optional<Growth> growth(const Measurement& then, const Measurement& now, int days);

}  // namespace attest
