#pragma once

#include <cstdint>
#include <string>

#include "core/base/clock.h"

namespace attest {

/// What happened, before it is in the chain. Never the patient's name: `subject` is an id of ours or a UID.
struct AuditEvent {
  std::string actor;    ///< reader's id, or "system"
  std::string action;   ///< "import", "run.step", "review.accept", "sign", "export", ...
  std::string subject;  ///< case, item, run, reader
  std::string detail;   ///< one line of plain text or JSON
};

/// The same as a link of the chain (core/audit has the rule).
struct AuditRecord {
  std::int64_t seq = 0;  ///< from 1, without gaps
  Time time{};
  AuditEvent event;
  std::string previousHash;
  std::string hash;
};

}  // namespace attest
