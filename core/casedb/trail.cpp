#include "core/casedb/trail.h"

#include "core/audit/chain.h"

namespace attest::casedb {

void appendAudit(Connection& db, Time now, AuditEvent event) {
  Statement last(db, "SELECT seq, hash FROM audit_events ORDER BY seq DESC LIMIT 1");
  const bool isFirst = !last.step();
  const AuditRecord link = audit::append(isFirst ? audit::genesis() : last.text(1),
                                         isFirst ? 1 : last.integer(0) + 1, now, std::move(event));
  Statement(db,
            "INSERT INTO audit_events (seq, time, actor, action, subject, detail, previous_hash, hash)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            link.seq, link.time, link.event.actor, link.event.action, link.event.subject, link.event.detail,
            link.previousHash, link.hash)
      .run();
}

void visitAudit(Connection& db, const std::function<void(const AuditRecord&)>& visit) {
  Statement row(
      db,
      "SELECT seq, time, actor, action, subject, detail, previous_hash, hash FROM audit_events ORDER BY seq");
  while (row.step()) {
    visit({row.integer(0),
           row.time(1),
           {row.text(2), row.text(3), row.text(4), row.text(5)},
           row.text(6),
           row.text(7)});
  }
}

}  // namespace attest::casedb
