#include <algorithm>

#include "core/casedb/reads.h"

namespace attest::casedb {
namespace {

/// Of SELECT id, version, destination, format, state, attempts, error, not_before, worker, lease_until.
Delivery readDelivery(const Statement& row) {
  return {row.integer(0), row.small(1), row.text(2), row.text(3), row.text(4),
          row.small(5),   row.text(6),  row.time(7), row.text(8), row.time(9)};
}

CaseId caseNamed(Connection& db, std::int64_t key) {
  Statement row(db, "SELECT uuid FROM cases WHERE id = ?", key);
  row.step();
  return CaseId{row.text(0)};
}

}  // namespace

std::vector<Delivery> readDeliveries(Connection& db, std::int64_t caseKey) {
  std::vector<Delivery> list;
  Statement row(
      db,
      "SELECT id, version, destination, format, state, attempts, error, not_before, worker, lease_until"
      R"( FROM deliveries WHERE "case" = ? ORDER BY id)",
      caseKey);
  while (row.step()) list.push_back(readDelivery(row));
  return list;
}

std::optional<ClaimedDelivery> readDueDelivery(Connection& db, Time now,
                                               std::optional<std::int64_t> caseKey) {
  Statement row(
      db,
      "SELECT d.id, version, destination, format, state, attempts, error, not_before, worker, lease_until,"
      R"( "case" FROM deliveries d WHERE state IN ('due', 'sending'))"
      R"( AND max(not_before, lease_until) <= ?1 AND (?2 IS NULL OR "case" = ?2))"
      " ORDER BY max(not_before, lease_until), d.id LIMIT 1",
      now, caseKey);
  if (!row.step()) return std::nullopt;
  return ClaimedDelivery{caseNamed(db, row.integer(10)), readDelivery(row)};
}

std::vector<ClaimedDelivery> readHeldDeliveries(Connection& db) {
  std::vector<ClaimedDelivery> list;
  Statement row(db,
                "SELECT id, version, destination, format, state, attempts, error, not_before, worker, "
                R"(lease_until, "case" FROM deliveries WHERE state IN ('due', 'sending'))"
                " ORDER BY id");
  while (row.step())
    if (row.text(4) == "sending") list.push_back({caseNamed(db, row.integer(10)), readDelivery(row)});
  return list;
}

std::optional<Time> readNextDelivery(Connection& db) {
  Statement row(db,
                "SELECT min(max(not_before, lease_until)) FROM deliveries WHERE state IN ('due', 'sending')");
  row.step();
  return row.maybeTime(0);
}

std::vector<Node> readNodes(Connection& db) {
  std::vector<Node> list;
  Statement row(db,
                "SELECT name, kind, ae_title, host, port, calling_ae, url, user, password, deliver, accept"
                " FROM nodes ORDER BY name");
  while (row.step()) {
    const auto kind = nodeKind(row.text(1));
    if (!kind) throw Failure(ErrorCode::corrupt, "a stored name is unknown");
    list.push_back({row.text(0), *kind, row.text(2), row.text(3), row.small(4), row.text(5), row.text(6),
                    row.text(7), Phi(row.text(8)), row.integer(9) != 0, row.integer(10) != 0});
  }
  return list;
}

std::vector<CaseRow> readQueue(Connection& db, const ReaderId& reader, const std::vector<CaseId>& skip,
                               int limit) {
  std::vector<CaseRow> list;
  Statement row(db,
                "SELECT uuid, recency FROM cases WHERE status NOT IN ('approved', 'delivered')"
                " AND reader IN ('', ?) ORDER BY priority, recency",
                reader);
  while (static_cast<int>(list.size()) < limit && row.step()) {
    if (std::ranges::find(skip, row.text(0), &CaseId::value) == skip.end())
      list.push_back(readRow(db, row.integer(1)));
  }
  return list;
}

std::vector<ParkedCase> readParked(Connection& db, const ReaderId& reader) {
  std::vector<ParkedCase> list;
  Statement row(db,
                R"(SELECT c.recency, p.view FROM parked p JOIN cases c ON c.id = p."case")"
                R"( WHERE p.reader = ? ORDER BY p.at, p."case")",
                reader);
  while (row.step()) list.push_back({readRow(db, row.integer(0)), row.text(1)});
  return list;
}

}  // namespace attest::casedb
