#pragma once

#include <string>

#include "core/base/result.h"
#include "core/domain/node.h"
#include "core/domain/reader.h"
#include "core/workflow/services.h"

namespace attest::workflow {

/// Adds a node or replaces the one of that name, or of the name `before`. Without a user of its own it is
/// reached without a password; with one and an empty password, the stored one stays, where it is for the same
/// user at the same place. Errors: not_allowed, bad_argument (what is missing, in words), conflict (the new
/// name is another node's).
Result<> putNode(Services& services, const Node& node, const Reader& by, const std::string& before = {});
/// Errors: not_allowed, not_found.
Result<> removeNode(Services& services, const std::string& name, const Reader& by);
/// With its password. Errors: not_found.
Result<Node> nodeOf(Services& services, const std::string& name);

}  // namespace attest::workflow
