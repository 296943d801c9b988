#pragma once

#include <nlohmann/json_fwd.hpp>

#include "app/invocation.h"
#include "core/domain/node.h"

namespace attest::app {

/// A node without its password.
nlohmann::json toJson(const Node& node);
/// Tests the connection and answers with what it found; exit code 1 where it does not work.
Result<int> answerEcho(Invocation& call, const std::string& name);

}  // namespace attest::app
