#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/domain/audit_event.h"
#include "core/domain/case_record.h"
#include "core/domain/node.h"
#include "core/domain/reader.h"
#include "core/domain/study.h"

namespace attest::casedb {

class Connection;

/// One file for the index: its header and where its bytes are now (relative to HOME in the store, absolute in
/// place).
struct NewInstance {
  FileHeader header;
  std::string storedPath;
  std::string sha256;
};
enum class Stored { added, duplicate, conflict };

/// What may be written; exists only inside CaseDb::write. Every change of what a signature covers (series,
/// items, report) raises the case's revision once a transaction. What the worklist shows of the case follows
/// within the transaction. Errors of all: not_found (no such case, run, step), database, disk_full, io,
/// corrupt. After an error, return it: the transaction is rolled back.
class WriteTx {
 public:
  explicit WriteTx(Connection& connection, Time now) : db_(connection), now_(now) {}
  WriteTx(const WriteTx&) = delete;
  WriteTx& operator=(const WriteTx&) = delete;
  Time now() const noexcept { return now_; }

  /// One more event of the same transaction, where one write is several acts; they stand before that of the
  /// write.
  Result<> alsoAudit(const AuditEvent& event);

  /// Adds a file to its study (a case is made with the first one). Same SOP UID and same bytes: duplicate,
  /// nothing changes. Same UID, other bytes: conflict, both are kept, the second is flagged and is not part
  /// of a block. The error conflict: the study is known with another patient id, or the series in another
  /// study; nothing is kept. bad_argument: no UID.
  Result<Stored> addInstance(const NewInstance& instance);
  /// The error conflict that addInstance would give, before the file itself is in the store.
  Result<> expectNoConflict(const FileHeader& header);
  /// The instances that may be part of a block (no conflicts), those of this transaction included.
  Result<std::vector<InstanceHeader>> instances(const SeriesUid& series);
  /// A block that shares images with one that the series had keeps that one's index, so that findings stay
  /// with their images; others come behind.
  Result<> setBlocks(const SeriesUid& series, std::vector<Block> blocks);
  Result<CaseId> caseOf(const StudyUid& study);

  Result<> setStatus(const CaseId& id, CaseStatus status);
  Result<> setReader(const CaseId& id, const ReaderId& reader);
  Result<> markViewed(const CaseId& id, const SeriesUid& series);
  Result<std::int64_t> revision(const CaseId& id);
  Result<> expectRevision(const CaseId& id, std::int64_t expected);  ///< stale when the case moved on
  Result<CaseRecord> record(const CaseId& id);                       ///< as this transaction sees it

  /// Adds or replaces. Its mask is kept for good under its version; conflict where another one is there, or
  /// where the item is of another case.
  Result<> putItem(const CaseId& id, const Item& item);
  /// The number after those of all masks that the item ever had, also before it was removed.
  Result<int> nextMaskVersion(const ItemId& item);
  Result<> removeItem(const CaseId& id, const ItemId& item);
  Result<> setReport(const CaseId& id, const Report& report);

  Result<> addRun(const Run& run);
  Result<> setRunState(const RunId& run, RunState state);
  /// Replaces a step; with `worker` only where that worker still holds it (else stale).
  Result<> setStep(const RunId& run, const Step& step, const std::string& worker = {});
  /// What a step found is kept with the run, so that a step after it (also in another process) can read it.
  Result<> setStepOutput(const RunId& run, int step, const std::string& json);
  Result<std::optional<std::string>> stepOutput(const RunId& run, int step);

  /// stale where its number is not the next one.
  Result<> addVersion(const CaseId& id, const Version& version);
  /// Its id is given by the database.
  Result<> addDelivery(const CaseId& id, const Delivery& delivery);
  /// State, attempts, error, time and lease of a delivery; with `worker` only where that worker still holds
  /// it (else stale). A case whose last version has nothing left to deliver becomes delivered.
  Result<> setDelivery(const Delivery& delivery, const std::string& worker = {});

  /// Replaces the comparison with an earlier study. A part of what a signature covers.
  Result<> setComparison(const CaseId& id, const std::optional<Comparison>& comparison);
  Result<> setPriority(const CaseId& id, Priority priority);
  /// The reader has finished their own read of the case.
  Result<> markReadDone(const CaseId& id, const ReaderId& reader);
  /// Keeps, or forgets, that this reader put the case aside, and how it was shown.
  Result<> park(const CaseId& id, const ReaderId& reader, const std::string& view);
  Result<> unpark(const CaseId& id, const ReaderId& reader);

  Result<> putNode(const Node& node);  ///< adds or replaces, by name
  Result<> removeNode(const std::string& name);

  Result<std::optional<Reader>> reader(const ReaderId& id);
  Result<> putReader(const Reader& reader);
  Result<> setSetting(const std::string& key, const std::string& value);

 private:
  friend class CaseDb;
  struct Touched {
    int newImages = 0;
    bool arrived = false;  ///< it becomes the newest of the worklist
    bool revised = false;
    bool renamed = false;  ///< its words in the search changed
  };
  struct KnownStudy {
    std::int64_t key = 0;
    std::string patientId;
  };
  struct KnownSeries {
    std::int64_t key = 0;
    std::int64_t study = 0;
  };
  const KnownStudy& studyOf(const FileHeader& header);
  const KnownSeries& seriesOf(const FileHeader& header);
  std::int64_t caseOfRun(const RunId& run);
  /// Brings what is derived from the changes so far up to date.
  void settle();

  Connection& db_;
  Time now_;
  std::map<std::int64_t, Touched> touched_;
  std::set<std::int64_t> signed_;  ///< cases that got a version
  // The ones met in this transaction: importing asks for each file.
  std::map<std::string, KnownStudy> studies_;
  std::map<std::string, KnownSeries> series_;
};

}  // namespace attest::casedb
