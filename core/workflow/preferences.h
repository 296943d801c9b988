#pragma once

#include "core/base/result.h"
#include "core/session/preferences.h"
#include "core/workflow/services.h"

namespace attest::workflow {

/// What a reader set for themselves; what they never set is as a new reader has it. Errors: database.
Result<session::Preferences> loadPreferences(Services& services, const ReaderId& reader);
Result<> savePreferences(Services& services, const ReaderId& reader, const session::Preferences& preferences);

}  // namespace attest::workflow
