#pragma once

#include "core/base/result.h"
#include "core/session/preferences.h"
#include "core/workflow/services.h"

namespace attest::workflow {

/// What a reader set for themselves; what they never set is as a new reader has it. Errors: database.
Result<session::Preferences> loadPreferences(Services& services, const ReaderId& reader);
Result<> savePreferences(Services& services, const ReaderId& reader, const session::Preferences& preferences);

/// Who signed in last, for lastLook().
Result<> rememberReader(Services& services, const ReaderId& reader);
/// How the window looked and spoke for who signed in last; only that of the preferences. Errors: database.
Result<session::Preferences> lastLook(Services& services);

}  // namespace attest::workflow
