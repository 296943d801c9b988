#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/domain/audit_event.h"

namespace attest::audit {

/// Hash of the link before the first: 64 zeroes.
std::string genesis();

/// The next link: seq, time, and hash = SHA-256 over a canonical JSON text (sorted keys, no spaces, UTF-8,
/// time as ISO 8601) of everything else, the previous hash included. What is no UTF-8 in the event becomes
/// U+FFFD first.
AuditRecord append(const std::string& previousHash, std::int64_t seq, Time time, AuditEvent event);

struct Broken {
  std::int64_t seq = 0;
  std::string reason;  ///< "hash does not match", "gap before", "does not follow its predecessor"
};

/// Verification in pieces, so that a chain of millions needs no memory. Links cut off at the end show only in
/// the head: compare head() with one that was kept elsewhere.
class Verifier {
 public:
  void add(const AuditRecord& record);
  std::int64_t events() const noexcept { return events_; }
  const std::string& head() const noexcept { return head_; }
  const std::vector<Broken>& broken() const noexcept { return broken_; }

 private:
  std::int64_t events_ = 0;
  std::int64_t lastSeq_ = 0;
  std::string head_ = genesis();
  std::vector<Broken> broken_;
};

}  // namespace attest::audit
