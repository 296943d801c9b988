#pragma once

#include <vector>

#include "core/base/result.h"
#include "core/session/queue.h"
#include "core/workflow/services.h"

namespace attest::workflow {

// A parked case on disk: its layout, slices, windows, tool, tab, what is hidden, what was on screen and what
// is chosen, of one reader. What was typed or drawn is in the case itself.

/// Errors: not_found (the case), database.
Result<> keepParked(Services& services, const session::ParkedCase& parked, const ReaderId& reader);
Result<> forgetParked(Services& services, const CaseId& id, const ReaderId& reader);
/// Ready to be opened; without a record. One whose view cannot be read (of a later version) opens as any case
/// does.
Result<std::vector<session::ParkedCase>> loadParked(Services& services, const ReaderId& reader);

}  // namespace attest::workflow
