#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/parallel.h"
#include "core/base/result.h"

namespace attest::casedb {

/// How bytes reach the disk, from several threads. The real one asks the operating system; the power-cut test
/// hands in one that tears and drops what was not synced.
class FileSystem {
 public:
  virtual ~FileSystem() = default;
  virtual Result<> writeFile(const std::filesystem::path& path,
                             std::span<const std::byte> bytes) = 0;  ///< no sync
  virtual Result<> copyFile(const std::filesystem::path& from,
                            const std::filesystem::path& to) = 0;  ///< no sync
  virtual Result<> syncFile(const std::filesystem::path& path) = 0;
  virtual Result<> rename(const std::filesystem::path& from, const std::filesystem::path& to) = 0;
  virtual Result<> syncFolder(const std::filesystem::path& folder) = 0;
};
FileSystem& realFileSystem();

/// Content-addressed files below one folder: HOME/blobs/ab/abcd…; a blob is there whole, with the right hash,
/// or not at all. Write blobs first, then the row that names them. Safe from every thread and for several
/// processes. Errors of writes: disk_full, io, not_found (a file to copy); nothing half-written stays, and
/// what a power cut left is cleaned a day later.
class BlobStore {
 public:
  explicit BlobStore(std::filesystem::path folder, FileSystem& files = realFileSystem());
  /// Stores the bytes durably and returns their SHA-256. Storing what is there already writes nothing.
  Result<std::string> put(std::span<const std::byte> bytes);
  Result<std::string> put(std::string_view bytes);
  /// Copies files in, durably, with one sync of each folder for all of them; an answer for each in their
  /// order: its hash, or why it could not be read (it may have gone meanwhile). An error of the whole where
  /// the store takes nothing any more; then none of them is in.
  Result<std::vector<Result<std::string>>> putFiles(std::span<const std::filesystem::path> files,
                                                    Parallel& parallel);
  /// Only the hashes of files that stay where they are.
  std::vector<Result<std::string>> hashFiles(std::span<const std::filesystem::path> files,
                                             Parallel& parallel) const;
  /// Removes the blobs that nobody names and that were put a day ago or longer: what an import left that was
  /// killed or refused. Looks once a day. Whoever puts a blob has a day to name it.
  void sweep(const std::function<Result<std::set<std::string>>()>& named);
  /// The bytes, checked against the hash. Errors: not_found, corrupt, io.
  Result<std::string> get(const std::string& hash) const;
  std::filesystem::path pathOf(const std::string& hash) const;

 private:
  std::filesystem::path incoming() const;  ///< where files lie before they have their name
  Result<> makeFolder(const std::filesystem::path& folder);
  /// Is it there already; then it counts as put now.
  bool holds(const std::string& hash, std::uintmax_t size) const;
  /// A file on its way: written and synced where it has no name yet, unless the store holds it already.
  struct Arrival {
    std::filesystem::path temporary;  ///< empty where there is nothing to be named
    std::string hash;
    Result<> outcome;
  };
  void bringIn(const std::filesystem::path& file, Arrival& arrival);
  /// Names what came in and syncs the folders. Where that fails, or the disk is full, none of them stays
  /// without a name.
  Result<> land(std::vector<Arrival>& arrivals, Parallel& parallel);

  std::filesystem::path folder_;
  FileSystem& files_;
};

}  // namespace attest::casedb
