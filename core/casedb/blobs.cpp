#include "core/casedb/blobs.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <set>
#include <system_error>

#include "core/base/hash.h"

namespace attest::casedb {
namespace {

namespace fs = std::filesystem;

constexpr auto leftoverAge = std::chrono::hours(24);  ///< a writer that still lives is done by then

/// A name that no other thread or process has.
std::string uniqueName() {
  static std::atomic<std::uint64_t> counter = 0;
  const auto moment = std::chrono::steady_clock::now().time_since_epoch().count();
  return std::to_string(getpid()) + '-' + std::to_string(moment) + '-' + std::to_string(++counter);
}

Result<std::string> hashOfFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(ErrorCode::not_found, "a file to be stored cannot be opened");
  Sha256 hash;
  std::vector<char> buffer(1U << 18U);
  while (file.read(buffer.data(), static_cast<std::streamsize>(buffer.size())), file.gcount() > 0) {
    hash.add(std::as_bytes(std::span(buffer.data(), static_cast<std::size_t>(file.gcount()))));
  }
  if (file.bad()) return fail(ErrorCode::io, "reading a file to be stored");
  return hash.finish();
}

/// Between those who put and the one who sweeps, also of other processes. Not held where there is no folder.
class Lock {
 public:
  Lock(const fs::path& folder, int how) : number_(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    held_ = number_ >= 0 && flock(number_, how) == 0;
  }
  ~Lock() {
    if (number_ >= 0) close(number_);
  }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  explicit operator bool() const { return held_; }

 private:
  int number_;
  bool held_ = false;
};

bool isLeftover(const fs::path& path) {
  std::error_code error;
  const auto written = fs::last_write_time(path, error);
  return !error && fs::file_time_type::clock::now() - written > leftoverAge;
}

bool isHash(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

}  // namespace

BlobStore::BlobStore(fs::path folder, FileSystem& files) : folder_(std::move(folder)), files_(files) {
  std::error_code ignored;
  for (const auto& left : fs::directory_iterator(incoming(), ignored)) {
    if (isLeftover(left.path())) fs::remove(left.path(), ignored);
  }
}

fs::path BlobStore::incoming() const {
  return folder_ / "incoming";
}

fs::path BlobStore::pathOf(const std::string& hash) const {
  return folder_ / hash.substr(0, 2) / hash;
}

Result<> BlobStore::makeFolder(const fs::path& folder) {
  std::error_code error;
  if (fs::is_directory(folder, error)) return {};
  if (folder.has_parent_path() && folder != folder_) ATTEST_CHECK(makeFolder(folder.parent_path()));
  fs::create_directories(folder, error);
  if (error == std::errc::no_space_on_device) return fail(ErrorCode::disk_full, "making a blob folder");
  if (error) return fail(ErrorCode::io, "making a blob folder");
  return files_.syncFolder(folder.parent_path());
}

bool BlobStore::holds(const std::string& hash, std::uintmax_t size) const {
  const Lock lock(folder_, LOCK_SH);
  std::error_code error;
  if (!lock || fs::file_size(pathOf(hash), error) != size || error) return false;
  fs::last_write_time(pathOf(hash), fs::file_time_type::clock::now(), error);
  return !error;
}

void BlobStore::sweep(const std::function<Result<std::set<std::string>>()>& named) {
  const fs::path marker = folder_ / "swept";
  std::error_code ignored;
  if (fs::exists(marker, ignored) && !isLeftover(marker)) return;
  const Lock lock(folder_, LOCK_EX | LOCK_NB);
  if (!lock || !files_.writeFile(marker, {})) return;  // nothing there yet, or somebody puts: tomorrow, then
  std::vector<fs::path> old;
  for (const auto& group : fs::directory_iterator(folder_, ignored)) {
    if (!group.is_directory(ignored) || group.path() == incoming()) continue;
    for (const auto& blob : fs::directory_iterator(group.path(), ignored)) {
      if (isHash(blob.path().filename().string()) && isLeftover(blob.path())) old.push_back(blob.path());
    }
  }
  if (old.empty()) return;
  const auto hashes = named();
  if (!hashes) return;
  for (const fs::path& blob : old) {
    if (!hashes->contains(blob.filename().string())) fs::remove(blob, ignored);
  }
}

Result<std::string> BlobStore::put(std::span<const std::byte> bytes) {
  std::vector<Arrival> arrivals(1);
  Arrival& only = arrivals[0];
  only.hash = sha256(bytes);
  if (!holds(only.hash, bytes.size())) {
    ATTEST_CHECK(makeFolder(incoming()));
    only.temporary = incoming() / uniqueName();
    only.outcome = files_.writeFile(only.temporary, bytes);
    if (only.outcome) only.outcome = files_.syncFile(only.temporary);
  }
  Serial serial;
  ATTEST_CHECK(land(arrivals, serial));
  ATTEST_CHECK(only.outcome);
  return std::move(only.hash);
}

Result<std::string> BlobStore::put(std::string_view bytes) {
  return put(std::as_bytes(std::span(bytes)));
}

Result<std::vector<Result<std::string>>> BlobStore::putFiles(std::span<const fs::path> files,
                                                             Parallel& parallel) {
  ATTEST_CHECK(makeFolder(incoming()));
  std::vector<Arrival> arrivals(files.size());
  parallel.forEach(files.size(), 1, {}, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) bringIn(files[i], arrivals[i]);
  });
  ATTEST_CHECK(land(arrivals, parallel));
  std::vector<Result<std::string>> hashes;
  for (Arrival& arrival : arrivals) {
    hashes.push_back(arrival.outcome ? Result<std::string>(std::move(arrival.hash))
                                     : fail(std::move(arrival.outcome).error()));
  }
  return hashes;
}

std::vector<Result<std::string>> BlobStore::hashFiles(std::span<const fs::path> files,
                                                      Parallel& parallel) const {
  std::vector<Result<std::string>> hashes(files.size());
  parallel.forEach(files.size(), 1, {}, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) hashes[i] = hashOfFile(files[i]);
  });
  return hashes;
}

void BlobStore::bringIn(const fs::path& file, Arrival& arrival) {
  arrival.temporary = incoming() / uniqueName();
  arrival.outcome = files_.copyFile(file, arrival.temporary);
  if (!arrival.outcome) return;
  auto hash = hashOfFile(arrival.temporary);  // of the copy: the original might change meanwhile
  if (!hash) {
    arrival.outcome = fail(hash.error());
    return;
  }
  arrival.hash = *std::move(hash);
  std::error_code ignored;
  if (holds(arrival.hash, fs::file_size(arrival.temporary, ignored))) {
    fs::remove(arrival.temporary, ignored);
    arrival.temporary.clear();
  } else {
    arrival.outcome = files_.syncFile(arrival.temporary);
  }
}

Result<> BlobStore::land(std::vector<Arrival>& arrivals, Parallel& parallel) {
  const auto nameAll = [&]() -> Result<> {
    for (const Arrival& arrival : arrivals) {
      if (!arrival.outcome && arrival.outcome.error().code == ErrorCode::disk_full) return arrival.outcome;
    }
    // Also of what was there: another writer may have named it a moment ago and not have come to this yet.
    std::set<fs::path> folders;
    for (Arrival& arrival : arrivals) {
      if (!arrival.outcome) continue;
      const fs::path target = pathOf(arrival.hash);
      folders.insert(target.parent_path());
      if (arrival.temporary.empty()) continue;
      ATTEST_CHECK(makeFolder(target.parent_path()));
      ATTEST_CHECK(files_.rename(arrival.temporary, target));
      arrival.temporary.clear();
    }
    const std::vector<fs::path> list(folders.begin(), folders.end());
    std::vector<Result<>> synced(list.size());
    parallel.forEach(list.size(), 1, {}, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) synced[i] = files_.syncFolder(list[i]);
    });
    for (const Result<>& folder : synced) ATTEST_CHECK(folder);
    return {};
  };
  auto landed = nameAll();
  std::error_code ignored;
  for (const Arrival& arrival : arrivals) {
    if (!arrival.temporary.empty()) fs::remove(arrival.temporary, ignored);
  }
  return landed;
}

Result<std::string> BlobStore::get(const std::string& hash) const {
  if (!isHash(hash)) return fail(ErrorCode::bad_argument, "no SHA-256");
  std::error_code error;
  const auto size = fs::file_size(pathOf(hash), error);
  if (error) return fail(ErrorCode::not_found, "blob " + hash);
  std::string bytes(size, '\0');
  std::ifstream file(pathOf(hash), std::ios::binary);
  if (!file.read(bytes.data(), static_cast<std::streamsize>(size)))
    return fail(ErrorCode::io, "blob " + hash);
  if (sha256(bytes) != hash) return fail(ErrorCode::corrupt, "blob " + hash + " does not match its hash");
  return bytes;
}

}  // namespace attest::casedb
