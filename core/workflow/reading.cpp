#include "core/workflow/reading.h"

#include <functional>

#include "core/workflow/users.h"

namespace attest::workflow {
namespace {

using Change = std::function<Result<>(casedb::WriteTx&)>;

/// One write of a reader to a case, with its event.
Result<> writeAs(Services& services, const ReaderId& name, identity::Act act, AuditEvent event,
                 const Change& change) {
  ATTEST_TRY(const auto reader, readerOf(services, name));
  ATTEST_CHECK(require(reader, act));
  event.actor = name.value;
  return services.db().write(std::move(event), [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
    ATTEST_CHECK(stillMay(tx, reader, act));
    return change(tx);
  });
}

}  // namespace

Result<Reader> readerOf(Services& services, const ReaderId& id) {
  ATTEST_TRY(auto reader, services.db().reader(id));
  if (!reader) return fail(ErrorCode::not_found, "no reader of this name");
  return *std::move(reader);
}

Result<CaseRecord> openCase(Services& services, const CaseId& id, const ReaderId& reader) {
  ATTEST_CHECK(writeAs(services, reader, identity::Act::read, {"", "open", id.value, ""},
                       [&](casedb::WriteTx& tx) -> Result<> {
                         ATTEST_TRY(const auto record, tx.record(id));
                         const CaseStatus status = record.row.status;
                         if (status != CaseStatus::received && status != CaseStatus::ready) return {};
                         ATTEST_CHECK(tx.setStatus(id, CaseStatus::in_review));
                         return tx.setReader(id, reader);
                       }));
  return services.db().record(id);
}

Result<CaseRecord> openPrior(Services& services, const CaseId& id, const ReaderId& reader) {
  ATTEST_CHECK(writeAs(services, reader, identity::Act::read, {"", "open", id.value, "as an earlier study"},
                       [&](casedb::WriteTx& tx) -> Result<> {
                         ATTEST_TRY(const auto revision, tx.revision(id));
                         static_cast<void>(revision);
                         return {};
                       }));
  return services.db().record(id);
}

Result<CaseRecord> markReadDone(Services& services, const CaseId& id, const ReaderId& reader) {
  ATTEST_CHECK(writeAs(services, reader, identity::Act::read, {"", "reveal", id.value, ""},
                       [&](casedb::WriteTx& tx) { return tx.markReadDone(id, reader); }));
  return services.db().record(id);
}

Result<CaseRecord> openAddendum(Services& services, const CaseId& id, const ReaderId& reader) {
  ATTEST_CHECK(writeAs(services, reader, identity::Act::review, {"", "addendum.open", id.value, ""},
                       [&](casedb::WriteTx& tx) -> Result<> {
                         ATTEST_TRY(const auto record, tx.record(id));
                         if (record.versions.empty())
                           return fail(ErrorCode::conflict, "nobody signed it: there is nothing to add to");
                         if (!isSigned(record.row)) return {};
                         ATTEST_CHECK(tx.setStatus(id, CaseStatus::in_review));
                         return tx.setReader(id, reader);
                       }));
  return services.db().record(id);
}

Result<> setPriority(Services& services, const CaseId& id, Priority priority, const ReaderId& reader) {
  return writeAs(services, reader, identity::Act::review, {"", "priority", id.value, name(priority)},
                 [&](casedb::WriteTx& tx) { return tx.setPriority(id, priority); });
}

}  // namespace attest::workflow
