#include "core/casedb/open.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/casedb/migrations.h"

namespace attest::casedb {
namespace {

constexpr std::int64_t applicationId = 0x41545354;  ///< "ATST", in the file's header

/// Held while a database is made: two programs that start at once must not both do it.
class FolderLock {
 public:
  explicit FolderLock(const std::filesystem::path& folder)
      : number_(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (number_ < 0 || flock(number_, LOCK_EX) != 0)
      throw Failure(ErrorCode::io, "the home folder cannot be locked");
  }
  ~FolderLock() { close(number_); }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int number_;
};

std::int64_t number(Connection& db, std::string_view pragma) {
  Statement row(db, pragma);
  row.step();
  return row.integer(0);
}

}  // namespace

std::unique_ptr<Connection> openAndMigrate(const std::filesystem::path& home,
                                           const std::filesystem::path& file, const std::string& vfs) {
  const FolderLock lock(home);
  auto db = std::make_unique<Connection>(file, Access::write, vfs);
  const auto texts = migrations();
  const std::int64_t newest = static_cast<std::int64_t>(texts.size());
  std::int64_t version = number(*db, "PRAGMA user_version");
  const bool isNew = number(*db, "SELECT count(*) FROM sqlite_schema") == 0;
  if (!isNew && number(*db, "PRAGMA application_id") != applicationId) {
    throw Failure(ErrorCode::corrupt, "the file is not a case database");
  }
  if (version > newest) throw Failure(ErrorCode::unsupported, "the case database is of a newer version");
  {
    Statement mode(*db, "PRAGMA journal_mode=WAL");
    if (!mode.step() || mode.text(0) != "wal") throw Failure(ErrorCode::database, "no write-ahead log here");
  }
  while (version < newest) {
    Transaction transaction(*db, Access::write);
    db->execute(texts[static_cast<std::size_t>(version)]);
    ++version;
    db->execute("PRAGMA user_version=" + std::to_string(version));
    db->execute("PRAGMA application_id=" + std::to_string(applicationId));
    transaction.commit();
  }
  return db;
}

}  // namespace attest::casedb
