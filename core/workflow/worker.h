#pragma once

#include <string>

namespace attest::workflow {

/// "HOST PID UUID": a name to hold a lease with, so that a process on the same machine can see that its
/// holder is dead.
std::string workerName();
/// True where the holder was a process of this machine that is no more.
bool isDead(const std::string& worker);

}  // namespace attest::workflow
