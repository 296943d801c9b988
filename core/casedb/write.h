#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/domain/case_record.h"
#include "core/domain/reader.h"
#include "core/domain/study.h"

namespace attest::casedb {

class Connection;

/// One file for the index: its header and where its bytes are now (relative to HOME in the store, absolute in place).
struct NewInstance {
  FileHeader header;
  std::string storedPath;
  std::string sha256;
};
enum class Stored { added, duplicate, conflict };

/// What may be written; exists only inside CaseDb::write. Every change of what a signature covers (series, items, report)
/// raises the case's revision; `expectedRevision` where it stands refuses with `stale` when the case moved on.
class WriteTx {
 public:
  explicit WriteTx(Connection& connection, Time now) : db_(connection), now_(now) {}
  Time now() const noexcept { return now_; }

  /// Adds a file to its study (a case is made with the first one). Same SOP UID and same bytes: duplicate, nothing changes.
  /// Same UID, other bytes: conflict, both are kept, the second is flagged and is not part of a block.
  Result<Stored> addInstance(const NewInstance& instance);
  Result<> setBlocks(const SeriesUid& series, const std::vector<Block>& blocks);
  Result<CaseId> caseOf(const StudyUid& study);

  Result<> setStatus(const CaseId& id, CaseStatus status);
  Result<> setReader(const CaseId& id, const ReaderId& reader);
  Result<> markViewed(const CaseId& id, const SeriesUid& series);
  Result<std::int64_t> revision(const CaseId& id);
  Result<CaseRecord> record(const CaseId& id);  ///< as this transaction sees it

  Result<> putItem(const CaseId& id, const Item& item);  ///< adds or replaces
  Result<> removeItem(const CaseId& id, const ItemId& item);
  Result<> setReport(const CaseId& id, const Report& report);

  Result<> addRun(const Run& run);
  Result<> setRunState(const RunId& run, RunState state);
  /// Replaces a step; with `worker` only where that worker still holds it (else stale).
  Result<> setStep(const RunId& run, const Step& step, const std::string& worker = {});
  /// What a step found is kept with the run, so that a step after it (also in another process) can read it.
  Result<> setStepOutput(const RunId& run, int step, const std::string& json);
  Result<std::optional<std::string>> stepOutput(const RunId& run, int step);

  Result<> addVersion(const CaseId& id, const Version& version);
  Result<> addDelivery(const CaseId& id, const Delivery& delivery);

  Result<> putReader(const Reader& reader);
  Result<> setSetting(const std::string& key, const std::string& value);

 private:
  Connection& db_;
  Time now_;
};

}  // namespace attest::casedb
