#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/domain/audit_event.h"

namespace attest::audit {

/// Hash of the link before the first: 64 zeroes.
std::string genesis();

/// The next link: seq, time, and hash = SHA-256 over a canonical JSON text of everything else, the previous hash included.
AuditRecord append(const std::string& previousHash, std::int64_t seq, Time time, AuditEvent event);

struct Broken {
  std::int64_t seq = 0;
  std::string reason;  ///< "hash does not match", "gap before", "does not follow its predecessor"
};

/// Verification in pieces, so that a chain of millions needs no memory.
class Verifier {
 public:
  void add(const AuditRecord& record);
  std::int64_t events() const noexcept { return events_; }
  const std::string& head() const noexcept { return head_; }
  const std::vector<Broken>& broken() const noexcept { return broken_; }

 private:
  std::int64_t events_ = 0;
  std::string head_ = genesis();
  std::vector<Broken> broken_;
};

}  // namespace attest::audit
