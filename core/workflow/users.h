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

/// Whose secret this is. Every try is an event of the trail, that of an unknown name too, and is counted in
/// the database, also across processes: none of them goes through while another one shuts the door. Errors:
/// bad_secret (for an unknown name too), rate_limited, not_allowed.
Result<Reader> authenticate(Services& services, const ReaderId& id, std::string_view secret);

/// not_allowed, in words, where the reader's roles do not permit it.
Result<> require(const Reader& reader, identity::Act act);

/// Inside the transaction of what the reader does: the reader as they are now. not_allowed where they were
/// disabled, lost the right, or got another secret or key since `reader` was read.
Result<Reader> stillMay(casedb::WriteTx& tx, const Reader& reader, identity::Act act);

/// An act that changes nothing, in the trail: reading a patient's data, a refused try.
Result<> note(Services& services, const AuditEvent& event);

/// Nobody signs in by this name any more. Errors: not_allowed, not_found, conflict (the last administrator).
Result<> disableReader(Services& services, const ReaderId& id, const Reader& by);

}  // namespace attest::workflow
