#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>

#include "core/base/parallel.h"
#include "core/base/result.h"

namespace attest::dicom {

/// Calls `body(index)` for every index below `count`, spread over `parallel` in pieces of `grain`. The first
/// error ends the rest and is returned; cancelled where `stop` came.
Result<> forEachIndex(std::size_t count, std::size_t grain, Parallel& parallel, std::stop_token stop,
                      const std::function<Result<>(std::size_t)>& body);

}  // namespace attest::dicom
