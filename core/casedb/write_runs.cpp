#include "core/casedb/codec.h"
#include "core/casedb/reads.h"
#include "core/casedb/sqlite.h"
#include "core/casedb/write.h"

namespace attest::casedb {

Result<> WriteTx::addRun(const Run& run) {
  return guarded([&]() -> Result<> {
    const std::int64_t key = caseKey(db_, run.caseId);
    Statement(
        db_,
        R"(INSERT INTO runs ("case", uuid, pipeline, priority, state, created) VALUES (?, ?, ?, ?, ?, ?))",
        key, run.id, run.pipeline, static_cast<int>(run.priority), name(run.state), run.created)
        .run();
    const std::int64_t runKey = db_.lastInsertId();
    for (const Step& step : run.steps) {
      Statement(db_,
                "INSERT INTO steps (run, number, agent, agent_version, needs, state, attempts, progress, "
                "started, seconds,"
                " error, worker, lease_until, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                runKey, step.number, step.agent, step.agentVersion, encode(step.needs), name(step.state),
                step.attempts, step.progress, step.started, step.seconds, step.error, step.worker,
                step.leaseUntil, encode(step.notes))
          .run();
    }
    touched_[key];
    return {};
  });
}

std::int64_t WriteTx::caseOfRun(const RunId& run) {
  Statement row(db_, R"(SELECT "case" FROM runs WHERE uuid = ?)", run);
  if (!row.step()) throw Failure(ErrorCode::not_found, "no such run");
  return row.integer(0);
}

Result<> WriteTx::setRunState(const RunId& run, RunState state) {
  return guarded([&]() -> Result<> {
    caseOfRun(run);
    Statement(db_, "UPDATE runs SET state = ? WHERE uuid = ?", name(state), run).run();
    return {};
  });
}

Result<> WriteTx::setStep(const RunId& run, const Step& step, const std::string& worker) {
  return guarded([&]() -> Result<> {
    touched_[caseOfRun(run)];
    Statement(db_,
              "UPDATE steps SET agent = ?, agent_version = ?, needs = ?, state = ?, attempts = ?, progress = "
              "?, started = ?,"
              " seconds = ?, error = ?, worker = ?, lease_until = ?, note = ?"
              " WHERE run = (SELECT id FROM runs WHERE uuid = ?) AND number = ?"
              " AND (?15 = '' OR (worker = ?15 AND state = 'running'))",
              step.agent, step.agentVersion, encode(step.needs), name(step.state), step.attempts,
              step.progress, step.started, step.seconds, step.error, step.worker, step.leaseUntil,
              encode(step.notes), run, step.number, worker)
        .run();
    if (db_.changes() > 0) return {};
    if (worker.empty()) return fail(ErrorCode::not_found, "no such step");
    return fail(ErrorCode::stale, "the step is no longer this worker's");
  });
}

Result<> WriteTx::setStepOutput(const RunId& run, int step, const std::string& json) {
  return guarded([&]() -> Result<> {
    Statement(db_,
              "INSERT OR REPLACE INTO step_outputs (run, step, data) SELECT run, number, ? FROM steps"
              " WHERE run = (SELECT id FROM runs WHERE uuid = ?) AND number = ?",
              json, run, step)
        .run();
    if (db_.changes() == 0) return fail(ErrorCode::not_found, "no such step");
    return {};
  });
}

Result<std::optional<std::string>> WriteTx::stepOutput(const RunId& run, int step) {
  return guarded([&]() -> Result<std::optional<std::string>> {
    Statement row(
        db_, "SELECT data FROM step_outputs WHERE run = (SELECT id FROM runs WHERE uuid = ?) AND step = ?",
        run, step);
    return row.step() ? std::optional(row.text(0)) : std::nullopt;
  });
}

}  // namespace attest::casedb
