#include "core/workflow/receive.h"

#include <sys/file.h>
#include <unistd.h>

#include <fcntl.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <set>

#include "core/casedb/blobs.h"
#include "core/dicom/header.h"
#include "core/workflow/users.h"

namespace attest::workflow {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t fetchedAtOnce = 200;  ///< so many objects of a fetch, then they are imported

/// One process at a time takes from the spool.
class SpoolLock {
 public:
  explicit SpoolLock(const fs::path& spool)
      : number_(open(spool.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    held_ = number_ >= 0 && flock(number_, LOCK_EX) == 0;
  }
  ~SpoolLock() {
    if (number_ >= 0) close(number_);
  }
  SpoolLock(const SpoolLock&) = delete;
  SpoolLock& operator=(const SpoolLock&) = delete;
  explicit operator bool() const { return held_; }

 private:
  int number_;
  bool held_ = false;
};

/// A sender's name as that of a folder.
std::string folderWord(const std::string& sender) {
  std::string word;
  for (const char c : sender.substr(0, 64)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    word += plain ? c : '_';
  }
  return word.empty() ? "_" : word;
}

/// A folder of the spool, also when the power goes.
Result<> makeFolder(const fs::path& folder) {
  std::error_code error;
  if (fs::is_directory(folder, error)) return {};
  fs::create_directories(folder, error);
  if (error == std::errc::no_space_on_device) return fail(ErrorCode::disk_full, "making a spool folder");
  if (error) return fail(ErrorCode::io, "making a spool folder");
  ATTEST_CHECK(casedb::realFileSystem().syncFolder(folder.parent_path()));
  return casedb::realFileSystem().syncFolder(folder.parent_path().parent_path());
}

std::string uniqueName(const SopUid& uid) {
  static std::atomic<std::uint64_t> counter = 0;
  return uid.value + "_" + std::to_string(getpid()) + "_" + std::to_string(++counter);
}

void merge(ImportReport& all, ImportReport&& one) {
  const auto addNew = [](std::vector<CaseId>& to, const std::vector<CaseId>& from) {
    for (const CaseId& id : from)
      if (std::ranges::find(to, id) == to.end()) to.push_back(id);
  };
  addNew(all.cases, one.cases);
  addNew(all.grown, one.grown);
  all.added += one.added;
  all.duplicates += one.duplicates;
  std::ranges::move(one.skipped, std::back_inserter(all.skipped));
  all.wasCancelled = all.wasCancelled || one.wasCancelled;
}

/// In their order of arrival as far as the file system tells it.
std::vector<fs::path> filesOf(const fs::path& folder) {
  std::vector<std::pair<fs::file_time_type, fs::path>> found;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    if (entry.path().extension() == ".dcm") found.emplace_back(entry.last_write_time(ignored), entry.path());
  }
  std::ranges::sort(found);
  std::vector<fs::path> files;
  for (auto& [time, path] : found) files.push_back(std::move(path));
  return files;
}

}  // namespace

Reception::Reception(Services& services) : services_(services), spool_(services.home() / "spool") {}

fs::path Reception::folderOf(const std::string& sender) const {
  return spool_ / ("from_" + folderWord(sender));
}

Result<> Reception::keep(const network::ReceivedObject& object) {
  casedb::FileSystem& disk = casedb::realFileSystem();
  const fs::path folder = folderOf(object.sender);
  ATTEST_CHECK(makeFolder(folder));
  const std::string name = uniqueName(object.sopUid);
  const fs::path arriving = folder / (name + ".part");
  const auto store = [&]() -> Result<> {
    ATTEST_CHECK(disk.writeFile(arriving, object.file));
    if (const auto header = dicom::readHeader(arriving); !header)
      return fail(ErrorCode::bad_file, header.error().detail);
    ATTEST_CHECK(disk.syncFile(arriving));
    ATTEST_CHECK(disk.rename(arriving, folder / (name + ".dcm")));
    return disk.syncFolder(folder);
  };
  auto stored = store();
  std::error_code ignored;
  if (!stored) fs::remove(arriving, ignored);
  return stored;
}

Result<ImportReport> Reception::take(std::stop_token stop) {
  ImportReport all;
  const SpoolLock lock(spool_);
  if (!lock) return all;  // nothing ever came
  std::error_code ignored;
  for (const auto& folder : fs::directory_iterator(spool_, ignored)) {
    if (!folder.path().filename().string().starts_with("from_")) continue;
    ATTEST_TRY(auto one, takeFrom(folder.path(), stop));
    merge(all, std::move(one));
  }
  return all;
}

Result<ImportReport> Reception::takeFrom(const fs::path& folder, std::stop_token stop) {
  const std::vector<fs::path> files = filesOf(folder);
  if (files.empty()) return ImportReport{};
  const std::string actor = "peer:" + folder.filename().string().substr(5);
  ATTEST_TRY(auto report, importPaths(services_, {files, false, actor}, stop));
  if (report.wasCancelled) return report;  // those that are in are duplicates next time
  for (const Skipped& skipped : report.skipped) ATTEST_CHECK(setAside(skipped, actor));
  std::error_code ignored;
  for (const fs::path& file : files) fs::remove(file, ignored);
  return report;
}

Result<> Reception::setAside(const Skipped& skipped, const std::string& actor) {
  const fs::path from = skipped.path;
  ATTEST_CHECK(makeFolder(spool_ / "refused"));
  ATTEST_CHECK(casedb::realFileSystem().rename(from, spool_ / "refused" / from.filename()));
  return note(services_, {actor, "receive.refused", from.filename().string(), skipped.reason});
}

Result<FetchedStudy> fetchStudy(Services& services, const Node& node, const network::FetchRequest& request,
                                std::stop_token stop, const Progress& progress) {
  Reception reception(services);
  FetchedStudy study;
  std::size_t waiting = 0;
  const auto import = [&]() -> Result<> {
    waiting = 0;
    ATTEST_TRY(auto taken, reception.take(stop));
    merge(study.imported, std::move(taken));
    return {};
  };
  const auto sink = [&](const network::ReceivedObject& object) -> Result<> {
    const auto kept = reception.keep(object);
    if (!kept && kept.error().code == ErrorCode::bad_file) {
      ++study.notImages;
      return {};
    }
    ATTEST_CHECK(kept);
    const bool first = study.imported.added + study.imported.duplicates == 0;
    return first || ++waiting >= fetchedAtOnce ? import() : Result<>{};
  };
  auto fetched = network::Peer::make(node)->fetch(request, sink, stop, progress);
  ATTEST_CHECK(import());  // also what came before it broke off
  if (!fetched) return fail(fetched.error());
  study.fetched = *std::move(fetched);
  return study;
}

}  // namespace attest::workflow
