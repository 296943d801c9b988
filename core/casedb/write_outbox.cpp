#include "core/casedb/reads.h"
#include "core/casedb/sqlite.h"
#include "core/casedb/write.h"

namespace attest::casedb {

Result<> WriteTx::addDelivery(const CaseId& id, const Delivery& delivery) {
  return guarded([&]() -> Result<> {
    const std::int64_t key = caseKey(db_, id);
    Statement(db_,
              R"(INSERT INTO deliveries ("case", version, destination, format, state, attempts, error,)"
              " not_before, worker, lease_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              key, delivery.version, delivery.destination, delivery.format, delivery.state, delivery.attempts,
              delivery.error, delivery.notBefore, delivery.worker, delivery.leaseUntil)
        .run();
    touched_[key];
    return {};
  });
}

Result<> WriteTx::setDelivery(const Delivery& delivery, const std::string& worker) {
  return guarded([&]() -> Result<> {
    Statement row(db_, R"(SELECT "case" FROM deliveries WHERE id = ?)", delivery.id);
    if (!row.step()) return fail(ErrorCode::not_found, "no such delivery");
    const std::int64_t key = row.integer(0);
    Statement(db_,
              "UPDATE deliveries SET state = ?, attempts = ?, error = ?, not_before = ?, worker = ?,"
              " lease_until = ? WHERE id = ? AND (?8 = '' OR (worker = ?8 AND state = 'sending'))",
              delivery.state, delivery.attempts, delivery.error, delivery.notBefore, delivery.worker,
              delivery.leaseUntil, delivery.id, worker)
        .run();
    if (db_.changes() == 0) return fail(ErrorCode::stale, "the delivery is no longer this worker's");
    touched_[key];
    settle();
    Statement(db_, "UPDATE cases SET status = ? WHERE id = ? AND status = ? AND delivery = 'delivered'",
              name(CaseStatus::delivered), key, name(CaseStatus::approved))
        .run();
    if (db_.changes() > 0) touched_[key].renamed = true;
    return {};
  });
}

Result<> WriteTx::putNode(const Node& node) {
  return guarded([&]() -> Result<> {
    if (node.name.empty()) return fail(ErrorCode::bad_argument, "a node without a name");
    Statement(
        db_,
        "INSERT OR REPLACE INTO nodes (name, kind, ae_title, host, port, calling_ae, url, user, password,"
        " deliver, accept) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        node.name, attest::name(node.kind), node.aeTitle, node.host, node.port, node.callingAe, node.url,
        node.user, node.password, node.deliver, node.accept)
        .run();
    return {};
  });
}

Result<> WriteTx::removeNode(const std::string& name) {
  return guarded([&]() -> Result<> {
    Statement(db_, "DELETE FROM nodes WHERE name = ?", name).run();
    if (db_.changes() == 0) return fail(ErrorCode::not_found, "no such node");
    return {};
  });
}

}  // namespace attest::casedb
