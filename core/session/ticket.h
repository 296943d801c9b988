#pragma once

#include <cstdint>

namespace attest::session {

/// Joins an effect with the action that answers it. Counted by update(), from 1.
using Ticket = std::int64_t;

}  // namespace attest::session
