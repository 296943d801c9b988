#include "core/casedb/casedb.h"

#include <algorithm>
#include <limits>
#include <mutex>

#include "core/casedb/codec.h"
#include "core/casedb/open.h"
#include "core/casedb/reads.h"
#include "core/casedb/search.h"
#include "core/casedb/sqlite.h"
#include "core/casedb/trail.h"

namespace attest::casedb {

namespace fs = std::filesystem;

struct CaseDb::State {
  State(const fs::path& folder, const Clock& time, const Storage& storage)
      : home(folder), clock(time), vfs(storage.vfs), blobs(folder / "blobs", storage.files) {}

  fs::path home;
  const Clock& clock;
  std::string vfs;
  BlobStore blobs;
  std::unique_ptr<Connection> writer;
  std::mutex writing;
  std::vector<std::unique_ptr<Connection>> idleReaders;
  std::mutex idle;
};

namespace {

constexpr const char* databaseName = "attest.db";

/// One snapshot of the database on a connection of its own, so that a read never waits for a write. The
/// connection goes back to the idle ones.
template <class State, class F>
auto reading(State& state, F&& body) -> std::invoke_result_t<F, Connection&> {
  return guarded([&]() -> std::invoke_result_t<F, Connection&> {
    std::unique_ptr<Connection> connection;
    if (const std::scoped_lock lock(state.idle); !state.idleReaders.empty()) {
      connection = std::move(state.idleReaders.back());
      state.idleReaders.pop_back();
    }
    if (!connection)
      connection = std::make_unique<Connection>(state.home / databaseName, Access::read, state.vfs);
    auto answer = [&] {
      const Transaction snapshot(*connection, Access::read);
      return body(*connection);
    }();
    const std::scoped_lock lock(state.idle);
    state.idleReaders.push_back(std::move(connection));
    return answer;
  });
}

/// Patients' data is nobody else's: whatever the umask says, also in a home that an earlier version left
/// open.
void keepPrivate(const fs::path& path, fs::perms allowed) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (!fs::exists(status) || (status.permissions() & fs::perms::mask) == allowed) return;
  fs::permissions(path, allowed, error);
  if (error) throw Failure(ErrorCode::io, "the home cannot be closed to others");
}

/// What a claim's transaction took: none where another worker was faster.
template <class Claimed>
Result<std::optional<Claimed>> claimedBy(const Result<>& written, std::optional<Claimed>&& claimed) {
  if (written) return std::move(claimed);
  if (written.error().code == ErrorCode::not_found) return std::nullopt;
  return fail(written.error());
}

constexpr auto ownFile = fs::perms::owner_read | fs::perms::owner_write;

}  // namespace

CaseDb::CaseDb() = default;
CaseDb::~CaseDb() = default;

Result<std::unique_ptr<CaseDb>> CaseDb::open(const fs::path& home, const Clock& clock,
                                             const Storage& storage) {
  return guarded([&]() -> Result<std::unique_ptr<CaseDb>> {
    std::error_code error;
    fs::create_directories(home, error);
    const fs::path absolute = fs::absolute(home, error);
    if (error) return fail(ErrorCode::io, "the home folder cannot be made");
    keepPrivate(absolute, fs::perms::owner_all);
    std::unique_ptr<CaseDb> db(new CaseDb);
    db->state_ = std::make_unique<State>(absolute, clock, storage);
    db->state_->writer = openAndMigrate(absolute, absolute / databaseName, storage.vfs);
    // SQLite gives the log the rights of the database from here on.
    for (const char* end : {"", "-wal", "-shm"})
      keepPrivate(absolute / (databaseName + std::string(end)), ownFile);
    db->blobs().sweep([&db] { return db->namedBlobs(); });
    return db;
  });
}

Result<WorklistPage> CaseDb::worklist(const WorklistQuery& query) const {
  return reading(*state_, [&](Connection& db) -> Result<WorklistPage> {
    const std::string words = ftsQuery(query.text);
    const bool all = query.text.find_first_not_of(" \t\n") == std::string::npos;
    if (words.empty() && !all) return WorklistPage{};
    const std::int64_t after = query.afterRecency.value_or(std::numeric_limits<std::int64_t>::max());
    WorklistPage page;
    const auto fill = [&](Statement&& count, Statement&& keys) {
      count.step();
      page.total = count.integer(0);
      while (keys.step()) page.rows.push_back(readRow(db, keys.integer(0)));
    };
    if (all) {
      fill(Statement(db, "SELECT count(*) FROM cases"),
           Statement(db, "SELECT recency FROM cases WHERE recency < ? ORDER BY recency DESC LIMIT ?", after,
                     query.limit));
    } else {
      fill(Statement(db, "SELECT count(*) FROM search WHERE search MATCH ?", words),
           Statement(
               db, "SELECT rowid FROM search WHERE search MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
               words, after, query.limit));
    }
    return page;
  });
}

Result<CaseRecord> CaseDb::record(const CaseId& id) const {
  return reading(*state_, [&](Connection& db) -> Result<CaseRecord> { return readRecord(db, id); });
}

Result<CaseId> CaseDb::resolve(const std::string& caseOrStudyUid) const {
  return reading(*state_, [&](Connection& db) -> Result<CaseId> {
    Statement row(db,
                  "SELECT uuid FROM cases WHERE uuid = ?1"
                  " UNION ALL SELECT c.uuid FROM cases c JOIN studies s ON s.id = c.id WHERE s.uid = ?1",
                  caseOrStudyUid);
    if (!row.step()) return fail(ErrorCode::not_found, "no such case or study");
    return CaseId{row.text(0)};
  });
}

Result<std::optional<CaseId>> CaseDb::caseOfSeries(const SeriesUid& uid) const {
  return reading(*state_, [&](Connection& db) -> Result<std::optional<CaseId>> {
    Statement row(db, "SELECT c.uuid FROM series s JOIN cases c ON c.id = s.study WHERE s.uid = ?", uid);
    return row.step() ? std::optional(CaseId{row.text(0)}) : std::nullopt;
  });
}

Result<std::vector<InstanceHeader>> CaseDb::instances(const SeriesUid& uid) const {
  return reading(
      *state_, [&](Connection& db) -> Result<std::vector<InstanceHeader>> { return readInstances(db, uid); });
}

Result<std::vector<StoredSlice>> CaseDb::slices(const BlockRef& ref) const {
  return reading(*state_, [&](Connection& db) -> Result<std::vector<StoredSlice>> {
    Statement row(
        db, "SELECT data FROM blocks WHERE series = (SELECT id FROM series WHERE uid = ?) AND number = ?",
        ref.series, ref.block);
    if (!row.step()) return fail(ErrorCode::not_found, "no such block");
    Block block;
    decode(row.text(0), block);
    std::vector<StoredSlice> list;
    for (const SliceRef& slice : block.slices) {
      Statement file(db, "SELECT path, sop_class, number FROM instances WHERE sop_uid = ? AND conflict = 0",
                     slice.sopUid);
      if (!file.step()) continue;
      const fs::path path = state_->home / file.text(0);  // an absolute one stays as it is
      std::error_code gone;
      if (fs::exists(path, gone))
        list.push_back({path, slice.frame, slice.sopUid, file.text(1), file.small(2)});
    }
    if (const auto missing = block.slices.size() - list.size(); missing > 0) {
      return fail(ErrorCode::not_found, std::to_string(missing) + " of " +
                                            std::to_string(block.slices.size()) +
                                            " files of the block are missing");
    }
    return list;
  });
}

Result<std::map<SopUid, StoredFile>> CaseDb::files(const CaseId& id) const {
  return reading(*state_, [&](Connection& db) -> Result<std::map<SopUid, StoredFile>> {
    Statement row(db,
                  "SELECT i.sop_uid, i.path, i.sop_class, i.sha256 FROM instances i"
                  " JOIN series s ON s.id = i.series WHERE s.study = ? AND i.conflict = 0",
                  caseKey(db, id));
    std::map<SopUid, StoredFile> files;
    while (row.step()) {
      const fs::path path = row.text(1);
      files[SopUid{row.text(0)}] = {state_->home / path, path.is_absolute(), row.text(2), row.text(3)};
    }
    return files;
  });
}

Result<std::vector<Run>> CaseDb::runs(const std::optional<CaseId>& id) const {
  return reading(*state_, [&](Connection& db) -> Result<std::vector<Run>> {
    return readRuns(db, id ? std::optional(caseKey(db, *id)) : std::nullopt);
  });
}

Result<Run> CaseDb::run(const RunId& id) const {
  return reading(*state_, [&](Connection& db) -> Result<Run> { return readRun(db, id); });
}

Result<std::vector<std::string>> CaseDb::masks(const ItemId& id) const {
  return reading(*state_, [&](Connection& db) -> Result<std::vector<std::string>> {
    std::vector<std::string> list;
    Statement row(db, "SELECT hash FROM masks WHERE item = ? ORDER BY version", id);
    while (row.step()) list.push_back(row.text(0));
    return list;
  });
}

Result<std::vector<Reader>> CaseDb::readers() const {
  return reading(*state_, [](Connection& db) -> Result<std::vector<Reader>> { return readReaders(db); });
}

Result<std::optional<Reader>> CaseDb::reader(const ReaderId& id) const {
  return reading(*state_,
                 [&](Connection& db) -> Result<std::optional<Reader>> { return readReader(db, id); });
}

Result<std::optional<std::string>> CaseDb::setting(const std::string& key) const {
  return reading(*state_, [&](Connection& db) -> Result<std::optional<std::string>> {
    Statement row(db, "SELECT value FROM settings WHERE key = ?", key);
    return row.step() ? std::optional(row.text(0)) : std::nullopt;
  });
}

Result<std::vector<Node>> CaseDb::nodes() const {
  return reading(*state_, [](Connection& db) -> Result<std::vector<Node>> { return readNodes(db); });
}

Result<std::optional<Node>> CaseDb::node(const std::string& name) const {
  ATTEST_TRY(auto all, nodes());
  const auto at = std::ranges::find(all, name, &Node::name);
  return at == all.end() ? std::nullopt : std::optional(std::move(*at));
}

Result<std::vector<CaseRow>> CaseDb::queue(const ReaderId& reader, const std::vector<CaseId>& skip,
                                           int limit) const {
  return reading(*state_, [&](Connection& db) -> Result<std::vector<CaseRow>> {
    return readQueue(db, reader, skip, limit);
  });
}

Result<std::vector<ParkedCase>> CaseDb::parked(const ReaderId& reader) const {
  return reading(*state_,
                 [&](Connection& db) -> Result<std::vector<ParkedCase>> { return readParked(db, reader); });
}

Result<std::vector<Delivery>> CaseDb::deliveries(const CaseId& id) const {
  return reading(*state_, [&](Connection& db) -> Result<std::vector<Delivery>> {
    return readDeliveries(db, caseKey(db, id));
  });
}

Result<std::vector<ClaimedDelivery>> CaseDb::heldDeliveries() const {
  return reading(
      *state_, [](Connection& db) -> Result<std::vector<ClaimedDelivery>> { return readHeldDeliveries(db); });
}

Result<std::optional<Time>> CaseDb::nextDelivery() const {
  return reading(*state_, [](Connection& db) -> Result<std::optional<Time>> { return readNextDelivery(db); });
}

Result<> CaseDb::auditTrail(const std::function<void(const AuditRecord&)>& visit) const {
  return reading(*state_, [&](Connection& db) -> Result<> {
    visitAudit(db, visit);
    return {};
  });
}

Result<std::vector<std::string>> CaseDb::integrity() const {
  return reading(*state_, [&](Connection& db) -> Result<std::vector<std::string>> {
    std::vector<std::string> complaints;
    Statement pages(db, "PRAGMA integrity_check");
    while (pages.step()) {
      if (pages.text(0) != "ok") complaints.push_back(pages.text(0));
    }
    Statement keys(db, "PRAGMA foreign_key_check");
    while (keys.step()) complaints.push_back("a row of " + keys.text(0) + " names none in " + keys.text(2));
    return complaints;
  });
}

Result<> CaseDb::write(AuditEvent event, const std::function<Result<>(WriteTx&, AuditEvent&)>& change) {
  return guarded([&]() -> Result<> {
    Connection& db = *state_->writer;
    const std::scoped_lock lock(state_->writing);
    Transaction transaction(db, Access::write);
    WriteTx tx(db, state_->clock.now());
    ATTEST_CHECK(change(tx, event));
    tx.settle();
    appendAudit(db, tx.now(), std::move(event));
    transaction.commit();
    return {};
  });
}

Result<std::optional<ClaimedStep>> CaseDb::claimStep(const std::string& worker, std::chrono::seconds lease) {
  if (worker.empty()) return fail(ErrorCode::bad_argument, "a worker without a name");
  const auto due = [&](Connection& db) -> Result<bool> {
    return readDueStep(db, state_->clock.now()).has_value();
  };
  ATTEST_TRY(const bool anything, reading(*state_, due));
  if (!anything) return std::nullopt;

  std::optional<ClaimedStep> claimed;
  const auto claim = [&](WriteTx& tx, AuditEvent& event) -> Result<> {
    auto next = readDueStep(tx.db_, tx.now());
    if (!next) return fail(ErrorCode::not_found);  // another worker was faster: nothing is written
    Step& step = next->step;
    step.state = StepState::running;
    step.worker = worker;
    step.leaseUntil = tx.now() + lease;
    step.started = tx.now();
    step.progress = 0;
    ++step.attempts;
    event.subject = next->runId.value;
    event.detail = "step " + std::to_string(step.number) + " " + step.agent + " running, attempt " +
                   std::to_string(step.attempts) + ", worker " + worker;
    claimed = {next->runId, next->caseId, step.number};
    ATTEST_CHECK(tx.setRunState(next->runId, RunState::running));
    return tx.setStep(next->runId, step);
  };
  return claimedBy(write({"system", "run.step", {}, {}}, claim), std::move(claimed));
}

Result<std::optional<ClaimedDelivery>> CaseDb::claimDelivery(const std::string& worker,
                                                             std::chrono::seconds lease,
                                                             const std::optional<CaseId>& id) {
  if (worker.empty()) return fail(ErrorCode::bad_argument, "a worker without a name");
  const auto dueAt = [&](Connection& db, Time now) {
    return readDueDelivery(db, now, id ? std::optional(caseKey(db, *id)) : std::nullopt);
  };
  const auto due = [&](Connection& db) -> Result<bool> { return dueAt(db, state_->clock.now()).has_value(); };
  ATTEST_TRY(const bool anything, reading(*state_, due));
  if (!anything) return std::nullopt;

  std::optional<ClaimedDelivery> claimed;
  const auto claim = [&](WriteTx& tx, AuditEvent& event) -> Result<> {
    claimed = dueAt(tx.db_, tx.now());
    if (!claimed) return fail(ErrorCode::not_found);  // another worker was faster: nothing is written
    Delivery& delivery = claimed->delivery;
    delivery.state = "sending";
    delivery.worker = worker;
    delivery.leaseUntil = tx.now() + lease;
    ++delivery.attempts;
    event.subject = claimed->caseId.value;
    event.detail = "version " + std::to_string(delivery.version) + " " + delivery.format + " to " +
                   delivery.destination + ", attempt " + std::to_string(delivery.attempts) + ", worker " +
                   worker;
    return tx.setDelivery(delivery);
  };
  return claimedBy(write({"system", "delivery.attempt", {}, {}}, claim), std::move(claimed));
}

Result<std::set<std::string>> CaseDb::namedBlobs() const {
  return reading(*state_, [](Connection& db) -> Result<std::set<std::string>> {
    std::set<std::string> hashes;
    Statement row(db, "SELECT sha256 FROM instances UNION SELECT hash FROM masks");
    while (row.step()) hashes.insert(row.text(0));
    return hashes;
  });
}

BlobStore& CaseDb::blobs() noexcept {
  return state_->blobs;
}

}  // namespace attest::casedb
