#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/audit/chain.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/casedb/blobs.h"
#include "core/casedb/write.h"
#include "core/domain/audit_event.h"
#include "core/domain/case_record.h"
#include "core/domain/node.h"
#include "core/domain/reader.h"

namespace attest::casedb {

struct WorklistQuery {
  std::string text;  ///< words and field:value ("modality:CT status:signed doe"), empty: all
  std::optional<std::int64_t> afterRecency;  ///< continue below this key
  int limit = 100;
};
struct WorklistPage {
  std::int64_t total = 0;  ///< of the whole query
  std::vector<CaseRow> rows;
};

struct SkippedFile {
  std::string path;
  std::string reason;
};

/// Where a slice's file lies and what its header said.
struct StoredSlice {
  std::filesystem::path path;  ///< absolute
  int frame = 0;
  SopUid sopUid;
  std::string sopClass;
  int instanceNumber = 0;
};

/// The file of an image as it came in.
struct StoredFile {
  std::filesystem::path path;  ///< absolute
  bool isInPlace = false;      ///< not in the store: others can change it
  std::string sopClass;
  std::string sha256;
};

/// One step that a worker holds until `leaseUntil`.
struct ClaimedStep {
  RunId run;
  CaseId caseId;
  int step = 0;
};

/// One thing due that a worker holds until its lease is over.
struct ClaimedDelivery {
  CaseId caseId;
  Delivery delivery;
};

/// A case that a reader put aside.
struct ParkedCase {
  CaseRow row;
  std::string view;  ///< what park() was given
};

/// What the power-cut test replaces.
struct Storage {
  std::string vfs;  ///< name of a registered SQLite VFS; empty: the machine's own
  FileSystem& files = realFileSystem();
};

/// The case database: SQLite (WAL, synchronous=FULL) in HOME/attest.db and the blob store in HOME/blobs.
/// Several processes may have one home open. All members may be called from any thread; reads do not wait for
/// writes.
class CaseDb {
 public:
  /// Creates or migrates, and closes the home to other users of the machine; refuses a database of a newer
  /// version (unsupported) and a damaged one (corrupt).
  static Result<std::unique_ptr<CaseDb>> open(const std::filesystem::path& home,
                                              const Clock& clock = systemClock(),
                                              const Storage& storage = {});
  ~CaseDb();

  Result<WorklistPage> worklist(const WorklistQuery& query) const;
  Result<CaseRecord> record(const CaseId& id) const;                ///< not_found
  Result<CaseId> resolve(const std::string& caseOrStudyUid) const;  ///< not_found
  Result<std::optional<CaseId>> caseOfSeries(const SeriesUid& uid) const;
  /// By instance number; without the conflicts.
  Result<std::vector<InstanceHeader>> instances(const SeriesUid& uid) const;
  /// Files of a block in its order; missing ones are an error that names how many (not_found).
  Result<std::vector<StoredSlice>> slices(const BlockRef& block) const;
  /// The files of a case's images, without the conflicts; whether they are still there is not looked at.
  Result<std::map<SopUid, StoredFile>> files(const CaseId& id) const;
  Result<std::vector<Run>> runs(const std::optional<CaseId>& id) const;
  Result<Run> run(const RunId& id) const;
  /// Hashes of all masks that an item ever had, by version, also of one that was removed; none for an unknown
  /// item.
  Result<std::vector<std::string>> masks(const ItemId& id) const;
  Result<std::vector<Reader>> readers() const;
  Result<std::optional<Reader>> reader(const ReaderId& id) const;
  Result<std::optional<std::string>> setting(const std::string& key) const;
  Result<std::vector<Node>> nodes() const;  ///< by name
  Result<std::optional<Node>> node(const std::string& name) const;
  /// The cases that wait for a reader (not approved, not in another reader's hands), the most urgent first,
  /// then the one that waits longest; without `skip`.
  Result<std::vector<CaseRow>> queue(const ReaderId& reader, const std::vector<CaseId>& skip,
                                     int limit) const;
  /// What a reader put aside, the first one first.
  Result<std::vector<ParkedCase>> parked(const ReaderId& reader) const;
  Result<std::vector<Delivery>> deliveries(const CaseId& id) const;
  /// Those that a worker holds, also where its lease is over.
  Result<std::vector<ClaimedDelivery>> heldDeliveries() const;
  /// When the next delivery is due; none: none waits.
  Result<std::optional<Time>> nextDelivery() const;
  /// Calls `visit` with each link in order.
  Result<> auditTrail(const std::function<void(const AuditRecord&)>& visit) const;
  /// PRAGMA integrity_check and foreign_key_check; the complaints, none when sound.
  Result<std::vector<std::string>> integrity() const;

  /// One write transaction: `change` and the audit event become durable together or not at all; the event is
  /// there for every write. `change` may fill in `event.subject` and `event.detail`; its error rolls all
  /// back. Writes of several threads and processes are one after another; busy after 30 s of waiting.
  /// `change` must not call write itself.
  Result<> write(AuditEvent event, const std::function<Result<>(WriteTx&, AuditEvent&)>& change);

  /// Takes the next step that may run (queued, or its lease is over; all it needs done; best priority, then
  /// oldest), and holds it for `worker` during `lease`; one attempt more, its run is running. Audited as
  /// "run.step" by the system. None when nothing is due; asking then writes nothing.
  Result<std::optional<ClaimedStep>> claimStep(const std::string& worker, std::chrono::seconds lease);

  /// Takes the delivery that is due longest (or whose lease is over) and holds it for `worker`; one attempt
  /// more. With `id` only of that case. Audited as "delivery.attempt" by the system. None when nothing is
  /// due; asking then writes nothing.
  Result<std::optional<ClaimedDelivery>> claimDelivery(const std::string& worker, std::chrono::seconds lease,
                                                       const std::optional<CaseId>& id = {});

  BlobStore& blobs() noexcept;

 private:
  CaseDb();
  Result<std::set<std::string>> namedBlobs() const;
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace attest::casedb
