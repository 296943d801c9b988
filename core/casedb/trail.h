#pragma once

// Inside the room only: the audit chain as rows. Throw Failure.

#include <functional>

#include "core/casedb/sqlite.h"
#include "core/domain/audit_event.h"

namespace attest::casedb {

/// The event becomes the next link, within the transaction that the caller holds.
void appendAudit(Connection& db, Time now, AuditEvent event);
void visitAudit(Connection& db, const std::function<void(const AuditRecord&)>& visit);

}  // namespace attest::casedb
