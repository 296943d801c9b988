#pragma once

#include <stop_token>

#include "core/base/parallel.h"
#include "core/base/result.h"
#include "core/dicom/stack.h"
#include "core/imaging/volume.h"

namespace attest::dicom {

/// Brings slices as they were acquired (one a k of `source`) onto the straight, even grid of their stack:
/// shifted within the slice, linear between neighbours. A slice that lies on the grid stays exactly as it is.
/// What no slice covers is air
/// (-1024) in HU and 0 in other units. Errors: cancelled, too_large.
Result<imaging::Volume> resample(const imaging::Volume& source, const Stack& stack, Parallel& parallel,
                                 std::stop_token stop);

}  // namespace attest::dicom
