#pragma once

#include <optional>
#include <stop_token>

#include "core/agents/working_volume.h"

namespace attest::agents {

/// Air counts below this, tissue above: half way between the lung and the chest wall.
inline constexpr double lungEdgeHu = -400;

/// Fat and all that is denser.
inline constexpr double tissueHu = -300;

/// The body with its cavities, without table, blankets and the air around: the largest piece of tissue, its
/// slices filled. A side of the grid that cuts the body closes it there. Empty where nothing in the volume is
/// as large as a body.
Result<imaging::Mask> insideOfBody(const WorkingVolume& working, Parallel& parallel, std::stop_token stop);

/// Both lungs on the working grid, vessels and small lesions inside them included. A side that was not found
/// is empty.
struct LungField {
  imaging::Mask right;
  imaging::Mask left;
  bool cutAtMiddle = false;  ///< they could not be told apart by their shape; the body's middle divides them
};
/// `airways` is on the working grid too. Errors: unsupported where nothing looks like a lung, cancelled.
Result<LungField> findLungs(const WorkingVolume& working, const imaging::Mask& inside,
                            const imaging::Mask& airways, Parallel& parallel, std::stop_token stop);

}  // namespace attest::agents
