#pragma once

#include <set>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/domain/reader.h"
#include "core/identity/identity.h"
#include "core/workflow/services.h"

namespace attest::workflow {

/// Enrols a reader. Into a home without readers anybody may, and the first gets every role; later `by` must
/// be an admin. Errors: bad_argument, conflict (the name is taken), not_allowed.
Result<Reader> createReader(Services& services, const std::string& name, std::set<Role> roles,
                            std::string_view secret, const Reader* by);

/// Whose secret this is. Wrong tries are counted in the database, also across processes. Errors: bad_secret
/// (for an unknown name too), rate_limited, not_allowed.
Result<Reader> authenticate(Services& services, const ReaderId& id, std::string_view secret);

/// not_allowed, in words, where the reader's roles do not permit it.
Result<> require(const Reader& reader, identity::Act act);

Result<> disableReader(Services& services, const ReaderId& id, const Reader& by);

}  // namespace attest::workflow
