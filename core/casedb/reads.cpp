#include "core/casedb/reads.h"

#include <array>

#include "core/casedb/codec.h"

namespace attest::casedb {
namespace {

/// The value of a stored name.
template <class T>
T known(const std::optional<T>& value) {
  if (!value) throw Failure(ErrorCode::corrupt, "a stored name is unknown");
  return *value;
}

Patient readPatient(const Statement& row, int first) {
  return {Phi(row.text(first)), Phi(row.text(first + 1)), Phi(row.text(first + 2)), row.text(first + 3)};
}

Step readStep(const Statement& row, int first) {
  Step step;
  step.number = row.small(first);
  step.agent = row.text(first + 1);
  step.agentVersion = row.text(first + 2);
  decode(row.text(first + 3), step.needs);
  step.state = known(stepState(row.text(first + 4)));
  step.attempts = row.small(first + 5);
  step.progress = row.real(first + 6);
  step.started = row.maybeTime(first + 7);
  step.seconds = row.real(first + 8);
  step.error = row.text(first + 9);
  step.worker = row.text(first + 10);
  step.leaseUntil = row.maybeTime(first + 11);
  decode(row.text(first + 12), step.notes);
  return step;
}

/// Of SELECT uuid of run, uuid of case, pipeline, priority, state, created, key.
Run readRunRow(Connection& db, const Statement& row) {
  Run run;
  run.id.value = row.text(0);
  run.caseId.value = row.text(1);
  run.pipeline = row.text(2);
  run.priority = static_cast<Priority>(row.integer(3));
  run.state = known(runState(row.text(4)));
  run.created = row.time(5);
  Statement steps(db,
                  "SELECT number, agent, agent_version, needs, state, attempts, progress, started, seconds, "
                  "error, worker, "
                  "lease_until, note FROM steps WHERE run = ? ORDER BY number",
                  row.integer(6));
  while (steps.step()) run.steps.push_back(readStep(steps, 0));
  return run;
}

std::vector<Series> readSeries(Connection& db, std::int64_t study) {
  std::vector<Series> list;
  Statement row(db,
                "SELECT id, uid, frame_of_reference, modality, description, number, body_part, manufacturer, "
                "model, protocol,"
                " (SELECT count(*) FROM instances i WHERE i.series = s.id AND i.conflict = 0)"
                " FROM series s WHERE study = ? ORDER BY number, id",
                study);
  while (row.step()) {
    Series& series = list.emplace_back();
    series.info = {SeriesUid{row.text(1)},
                   FrameUid{row.text(2)},
                   row.text(3),
                   row.text(4),
                   row.small(5),
                   row.text(6),
                   row.text(7),
                   row.text(8),
                   row.text(9)};
    series.instances = row.small(10);
    Statement block(db, "SELECT data FROM blocks WHERE series = ? ORDER BY number", row.integer(0));
    while (block.step()) decode(block.text(0), series.blocks.emplace_back());
  }
  return list;
}

std::vector<Item> readItems(Connection& db, std::int64_t key) {
  std::vector<Item> list;
  Statement row(db, R"(SELECT uuid, kind, state, data FROM items WHERE "case" = ? ORDER BY id)", key);
  while (row.step()) {
    Item& item = list.emplace_back();
    item.id.value = row.text(0);
    item.kind = row.text(1) == name(ItemKind::finding) ? ItemKind::finding : ItemKind::structure;
    item.state = known(itemState(row.text(2)));
    decode(row.text(3), item);
  }
  return list;
}

std::vector<Version> readVersions(Connection& db, std::int64_t key) {
  std::vector<Version> list;
  Statement row(db,
                "SELECT number, hash, signed_by, signed_at, document, signature, certificate FROM versions"
                R"( WHERE "case" = ? ORDER BY number)",
                key);
  while (row.step()) {
    list.push_back({row.small(0), row.text(1), ReaderId{row.text(2)}, row.time(3), row.text(4), row.text(5),
                    row.text(6)});
  }
  return list;
}

}  // namespace

std::int64_t caseKey(Connection& db, const CaseId& id) {
  Statement row(db, "SELECT id FROM cases WHERE uuid = ?", id);
  if (!row.step()) throw Failure(ErrorCode::not_found, "no such case");
  return row.integer(0);
}

CaseRow readRow(Connection& db, std::int64_t recency) {
  Statement row(
      db,
      "SELECT c.uuid, s.uid, c.status, c.priority, p.patient_id, p.name, p.birth_date, p.sex, c.modality, "
      "c.body_part,"
      " s.description, s.date, s.time, c.images, c.findings, c.unreviewed, c.reader, c.steps_done, "
      "c.steps_total, c.low_confidence, c.revision > c.signed_revision, c.delivery"
      " FROM cases c JOIN studies s ON s.id = c.id JOIN patients p ON p.id = s.patient WHERE c.recency = ?",
      recency);
  if (!row.step()) throw Failure(ErrorCode::corrupt, "a row of the search has no case");
  CaseRow out;
  out.id.value = row.text(0);
  out.study.value = row.text(1);
  out.status = known(caseStatus(row.text(2)));
  out.priority = static_cast<Priority>(row.integer(3));
  out.patient = readPatient(row, 4);
  out.modality = row.text(8);
  out.bodyPart = row.text(9);
  out.description = row.text(10);
  out.studyDate = row.text(11);
  out.studyTime = row.text(12);
  out.images = row.small(13);
  out.findings = row.small(14);
  out.unreviewed = row.small(15);
  out.reader.value = row.text(16);
  out.stepsDone = row.small(17);
  out.stepsTotal = row.small(18);
  out.lowConfidence = row.small(19);
  out.changed = row.integer(20) != 0;
  out.delivery = row.text(21);
  out.recency = recency;
  return out;
}

CaseRecord readRecord(Connection& db, const CaseId& id) {
  const std::int64_t key = caseKey(db, id);
  CaseRecord record;
  Statement row(db,
                "SELECT c.recency, c.revision, s.uid, s.description, s.date, s.time, s.accession, "
                "s.referring_physician,"
                " s.study_id FROM cases c JOIN studies s ON s.id = c.id WHERE c.id = ?",
                key);
  if (!row.step()) throw Failure(ErrorCode::corrupt, "a case without its study");
  record.row = readRow(db, row.integer(0));
  record.revision = row.integer(1);
  record.patient = record.row.patient;
  record.study = {StudyUid{row.text(2)}, row.text(3),      row.text(4), row.text(5),
                  Phi(row.text(6)),      Phi(row.text(7)), row.text(8)};
  record.series = readSeries(db, key);
  record.items = readItems(db, key);
  record.runs = readRuns(db, key);
  Statement report(db, R"(SELECT data FROM reports WHERE "case" = ?)", key);
  if (report.step()) decode(report.text(0), record.report);
  record.versions = readVersions(db, key);
  record.deliveries = readDeliveries(db, key);
  Statement viewed(
      db,
      "SELECT s.uid FROM series s JOIN viewed v ON v.series = s.id WHERE s.study = ? ORDER BY s.number, s.id",
      key);
  while (viewed.step()) record.viewed.push_back(SeriesUid{viewed.text(0)});
  record.priors = readPriors(db, record.row);
  Statement comparison(db, R"(SELECT data FROM comparisons WHERE "case" = ?)", key);
  if (comparison.step()) decode(comparison.text(0), record.comparison.emplace());
  Statement done(db, R"(SELECT reader FROM read_done WHERE "case" = ? ORDER BY at, reader)", key);
  while (done.step()) record.readDone.push_back(ReaderId{done.text(0)});
  return record;
}

std::vector<Run> readRuns(Connection& db, std::optional<std::int64_t> caseKey) {
  std::vector<Run> list;
  const auto readAll = [&](Statement row) {
    while (row.step()) list.push_back(readRunRow(db, row));
  };
  if (caseKey) {
    readAll(Statement(db,
                      "SELECT r.uuid, c.uuid, pipeline, r.priority, r.state, created, r.id FROM runs r"
                      R"( JOIN cases c ON c.id = r."case" WHERE r."case" = ? ORDER BY r.id)",
                      *caseKey));
  } else {
    readAll(Statement(db,
                      "SELECT r.uuid, c.uuid, pipeline, r.priority, r.state, created, r.id FROM runs r"
                      R"( JOIN cases c ON c.id = r."case" ORDER BY r.id)"));
  }
  return list;
}

Run readRun(Connection& db, const RunId& id) {
  Statement row(db,
                "SELECT r.uuid, c.uuid, pipeline, r.priority, r.state, created, r.id FROM runs r"
                R"( JOIN cases c ON c.id = r."case" WHERE r.uuid = ?)",
                id);
  if (!row.step()) throw Failure(ErrorCode::not_found, "no such run");
  return readRunRow(db, row);
}

std::vector<InstanceHeader> readInstances(Connection& db, const SeriesUid& uid) {
  std::vector<InstanceHeader> list;
  Statement row(
      db,
      "SELECT header FROM instances WHERE series = (SELECT id FROM series WHERE uid = ?) AND conflict = 0"
      " ORDER BY number, sop_uid",
      uid);
  while (row.step()) decode(row.text(0), list.emplace_back());
  return list;
}

std::vector<Reader> readReaders(Connection& db) {
  std::vector<Reader> list;
  Statement row(db,
                "SELECT id, roles, disabled, secret_hash, sealed_key, certificate, wrong_secrets, "
                "locked_until FROM readers"
                " ORDER BY id");
  while (row.step()) {
    Reader& reader = list.emplace_back();
    reader.id.value = row.text(0);
    decode(row.text(1), reader.roles);
    reader.disabled = row.integer(2) != 0;
    reader.secretHash = row.text(3);
    reader.sealedKey = row.text(4);
    reader.certificatePem = row.text(5);
    reader.wrongSecrets = row.small(6);
    reader.lockedUntil = row.time(7);
  }
  return list;
}

std::optional<Reader> readReader(Connection& db, const ReaderId& id) {
  std::vector<Reader> all = readReaders(db);
  for (Reader& reader : all) {
    if (reader.id == id) return std::move(reader);
  }
  return std::nullopt;
}

std::optional<DueStep> readDueStep(Connection& db, Time now) {
  Statement row(db,
                "SELECT r.id, r.uuid, c.uuid, s.number, s.agent, s.agent_version, s.needs, s.state, "
                "s.attempts, s.progress,"
                " s.started, s.seconds, s.error, s.worker, s.lease_until, s.note"
                R"( FROM runs r JOIN steps s ON s.run = r.id JOIN cases c ON c.id = r."case")"
                " WHERE r.state IN ('queued', 'running')"
                " AND (s.state = 'queued' OR (s.state = 'running' AND coalesce(s.lease_until, 0) <= ?))"
                " AND NOT EXISTS (SELECT 1 FROM json_each(s.needs) need LEFT JOIN steps d"
                "   ON d.run = s.run AND d.number = need.value WHERE d.state IS NOT 'done')"
                " ORDER BY r.priority, r.id, s.number LIMIT 1",
                now);
  if (!row.step()) return std::nullopt;
  return DueStep{row.integer(0), RunId{row.text(1)}, CaseId{row.text(2)}, readStep(row, 3)};
}

}  // namespace attest::casedb
