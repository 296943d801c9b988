#include "core/casedb/codec.h"
#include "core/casedb/reads.h"
#include "core/casedb/sqlite.h"
#include "core/casedb/trail.h"
#include "core/casedb/write.h"

namespace attest::casedb {
namespace {

void keepMask(Connection& db, const Item& item) {
  Statement(db, "INSERT INTO masks (item, version, hash) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", item.id,
            item.maskVersion, item.maskHash)
      .run();
  if (db.changes() > 0) return;
  Statement row(db, "SELECT hash FROM masks WHERE item = ? AND version = ?", item.id, item.maskVersion);
  if (!row.step() || row.text(0) != item.maskHash)
    throw Failure(ErrorCode::conflict, "the item has another mask of this version");
}

}  // namespace

Result<> WriteTx::alsoAudit(const AuditEvent& event) {
  return guarded([&]() -> Result<> {
    appendAudit(db_, now_, event);
    return {};
  });
}

Result<> WriteTx::setStatus(const CaseId& id, CaseStatus status) {
  return guarded([&]() -> Result<> {
    const std::int64_t key = caseKey(db_, id);
    Statement(db_, "UPDATE cases SET status = ? WHERE id = ?", name(status), key).run();
    touched_[key].renamed = true;
    return {};
  });
}

Result<> WriteTx::setReader(const CaseId& id, const ReaderId& reader) {
  return guarded([&]() -> Result<> {
    const std::int64_t key = caseKey(db_, id);
    Statement(db_, "UPDATE cases SET reader = ? WHERE id = ?", reader, key).run();
    touched_[key].renamed = true;
    return {};
  });
}

Result<> WriteTx::setPriority(const CaseId& id, Priority priority) {
  return guarded([&]() -> Result<> {
    const std::int64_t key = caseKey(db_, id);
    Statement(db_, "UPDATE cases SET asked_priority = ? WHERE id = ?", static_cast<int>(priority), key).run();
    Statement(db_, R"(UPDATE runs SET priority = ? WHERE "case" = ? AND state IN ('queued', 'running'))",
              static_cast<int>(priority), key)
        .run();
    touched_[key];
    return {};
  });
}

Result<> WriteTx::markReadDone(const CaseId& id, const ReaderId& reader) {
  return guarded([&]() -> Result<> {
    Statement(db_, R"(INSERT INTO read_done ("case", reader, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING)",
              caseKey(db_, id), reader, now_)
        .run();
    return {};
  });
}

Result<> WriteTx::park(const CaseId& id, const ReaderId& reader, const std::string& view) {
  return guarded([&]() -> Result<> {
    Statement(db_, R"(INSERT OR REPLACE INTO parked (reader, "case", view, at) VALUES (?, ?, ?, ?))", reader,
              caseKey(db_, id), view, now_)
        .run();
    return {};
  });
}

Result<> WriteTx::unpark(const CaseId& id, const ReaderId& reader) {
  return guarded([&]() -> Result<> {
    Statement(db_, R"(DELETE FROM parked WHERE reader = ? AND "case" = ?)", reader, caseKey(db_, id)).run();
    return {};
  });
}

Result<> WriteTx::markViewed(const CaseId& id, const SeriesUid& series) {
  return guarded([&]() -> Result<> {
    Statement row(db_, "SELECT id FROM series WHERE study = ? AND uid = ?", caseKey(db_, id), series);
    if (!row.step()) return fail(ErrorCode::not_found, "no such series in the case");
    Statement(db_, "INSERT INTO viewed (series) VALUES (?) ON CONFLICT DO NOTHING", row.integer(0)).run();
    return {};
  });
}

Result<std::int64_t> WriteTx::revision(const CaseId& id) {
  return guarded([&]() -> Result<std::int64_t> {
    settle();
    Statement row(db_, "SELECT revision FROM cases WHERE id = ?", caseKey(db_, id));
    row.step();
    return row.integer(0);
  });
}

Result<> WriteTx::expectRevision(const CaseId& id, std::int64_t expected) {
  ATTEST_TRY(const std::int64_t now, revision(id));
  if (now != expected) return fail(ErrorCode::stale, "the case changed since it was read");
  return {};
}

Result<CaseRecord> WriteTx::record(const CaseId& id) {
  return guarded([&]() -> Result<CaseRecord> {
    settle();
    return readRecord(db_, id);
  });
}

Result<> WriteTx::putItem(const CaseId& id, const Item& item) {
  return guarded([&]() -> Result<> {
    const std::int64_t key = caseKey(db_, id);
    Statement(
        db_,
        R"(INSERT INTO items ("case", uuid, kind, state, data) VALUES (?, ?, ?, ?, ?) ON CONFLICT (uuid))"
        " DO UPDATE SET kind = excluded.kind, state = excluded.state, data = excluded.data"
        R"( WHERE "case" = excluded."case")",
        key, item.id, name(item.kind), name(item.state), encode(item))
        .run();
    if (db_.changes() == 0) return fail(ErrorCode::conflict, "the item is of another case");
    if (!item.maskHash.empty()) keepMask(db_, item);
    touched_[key].revised = true;
    return {};
  });
}

Result<int> WriteTx::nextMaskVersion(const ItemId& item) {
  return guarded([&]() -> Result<int> {
    Statement row(db_, "SELECT coalesce(max(version), 0) + 1 FROM masks WHERE item = ?", item);
    row.step();
    return row.small(0);
  });
}

Result<> WriteTx::removeItem(const CaseId& id, const ItemId& item) {
  return guarded([&]() -> Result<> {
    const std::int64_t key = caseKey(db_, id);
    Statement(db_, R"(DELETE FROM items WHERE "case" = ? AND uuid = ?)", key, item).run();
    if (db_.changes() == 0) return fail(ErrorCode::not_found, "no such item in the case");
    touched_[key].revised = true;
    return {};
  });
}

Result<> WriteTx::setReport(const CaseId& id, const Report& report) {
  return guarded([&]() -> Result<> {
    const std::int64_t key = caseKey(db_, id);
    Statement(
        db_,
        R"(INSERT INTO reports ("case", data) VALUES (?, ?) ON CONFLICT DO UPDATE SET data = excluded.data)"
        " WHERE data <> excluded.data",
        key, encode(report))
        .run();
    if (db_.changes() > 0) touched_[key].revised = true;
    return {};
  });
}

Result<> WriteTx::setComparison(const CaseId& id, const std::optional<Comparison>& comparison) {
  return guarded([&]() -> Result<> {
    const std::int64_t key = caseKey(db_, id);
    if (comparison) {
      Statement(db_,
                R"(INSERT INTO comparisons ("case", data) VALUES (?, ?))"
                " ON CONFLICT DO UPDATE SET data = excluded.data WHERE data <> excluded.data",
                key, encode(*comparison))
          .run();
    } else {
      Statement(db_, R"(DELETE FROM comparisons WHERE "case" = ?)", key).run();
    }
    if (db_.changes() > 0) touched_[key].revised = true;
    return {};
  });
}

Result<> WriteTx::addVersion(const CaseId& id, const Version& version) {
  return guarded([&]() -> Result<> {
    const std::int64_t key = caseKey(db_, id);
    Statement next(db_, R"(SELECT coalesce(max(number), 0) + 1 FROM versions WHERE "case" = ?)", key);
    next.step();
    if (next.integer(0) != version.number) return fail(ErrorCode::stale, "a version was added meanwhile");
    Statement(
        db_,
        R"(INSERT INTO versions ("case", number, hash, signed_by, signed_at, document, signature, certificate))"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        key, version.number, version.hash, version.signedBy, version.signedAt, version.document,
        version.signature, version.certificatePem)
        .run();
    signed_.insert(key);
    touched_[key];
    return {};
  });
}

Result<std::optional<Reader>> WriteTx::reader(const ReaderId& id) {
  return guarded([&]() -> Result<std::optional<Reader>> { return readReader(db_, id); });
}

Result<> WriteTx::putReader(const Reader& reader) {
  return guarded([&]() -> Result<> {
    Statement(db_,
              "INSERT OR REPLACE INTO readers (id, roles, disabled, secret_hash, sealed_key, certificate, "
              "wrong_secrets,"
              " locked_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
              reader.id, encode(reader.roles), reader.disabled, reader.secretHash, reader.sealedKey,
              reader.certificatePem, reader.wrongSecrets, reader.lockedUntil)
        .run();
    return {};
  });
}

Result<> WriteTx::setSetting(const std::string& key, const std::string& value) {
  return guarded([&]() -> Result<> {
    Statement(db_, "INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", key, value).run();
    return {};
  });
}

}  // namespace attest::casedb
