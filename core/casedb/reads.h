#pragma once

// Inside the room only: rows as values. All throw Failure; the caller holds a transaction where several
// belong together.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/casedb/casedb.h"
#include "core/casedb/sqlite.h"
#include "core/domain/case_record.h"
#include "core/domain/reader.h"

namespace attest::casedb {

std::int64_t caseKey(Connection& db, const CaseId& id);  ///< Failure not_found
/// The worklist's row with that recency key.
CaseRow readRow(Connection& db, std::int64_t recency);
CaseRecord readRecord(Connection& db, const CaseId& id);
/// The runs of a case, or all, the newest last.
std::vector<Run> readRuns(Connection& db, std::optional<std::int64_t> caseKey);
Run readRun(Connection& db, const RunId& id);
/// Those that may be part of a block, by instance number.
std::vector<InstanceHeader> readInstances(Connection& db, const SeriesUid& uid);
std::vector<Reader> readReaders(Connection& db);
std::optional<Reader> readReader(Connection& db, const ReaderId& id);
/// The step that is due first, as claimStep says.
struct DueStep {
  std::int64_t run = 0;
  RunId runId;
  CaseId caseId;
  Step step;
};
std::optional<DueStep> readDueStep(Connection& db, Time now);

/// Earlier studies of the same patient, the newest first: the same patient id and date of birth, both known,
/// and no contradiction of the names.
std::vector<CaseRow> readPriors(Connection& db, const CaseRow& of);
/// As CaseDb::queue.
std::vector<CaseRow> readQueue(Connection& db, const ReaderId& reader, const std::vector<CaseId>& skip,
                               int limit);
std::vector<ParkedCase> readParked(Connection& db, const ReaderId& reader);
std::vector<Delivery> readDeliveries(Connection& db, std::int64_t caseKey);
/// What claimDelivery takes, as it is before.
std::optional<ClaimedDelivery> readDueDelivery(Connection& db, Time now, std::optional<std::int64_t> caseKey);
std::vector<ClaimedDelivery> readHeldDeliveries(Connection& db);
std::optional<Time> readNextDelivery(Connection& db);
std::vector<Node> readNodes(Connection& db);

}  // namespace attest::casedb
