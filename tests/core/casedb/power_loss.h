#pragma once

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/casedb/blobs.h"

namespace attest::casedb::test {

namespace fs = std::filesystem;

/// A disk that keeps in mind what was promised to last. All that is done below `home` is told to it; at one
/// operation the power goes, and from then on nothing works. `survive` then writes what a disk may hold after
/// that: what was synced is there; of the rest each write is there, gone, or torn at a sector, whatever came
/// after it, and each name that was made, renamed or removed without a sync of its folder is in the old or
/// the new state.
class PowerLoss {
 public:
  PowerLoss(fs::path home, unsigned seed, long cutAt)
      : home_(std::move(home)), chance_(seed), cutAt_(cutAt) {}

  /// Before each operation; false when the power is off.
  bool operation() {
    if (operations_ < cutAt_) ++operations_;
    return on();
  }
  bool on() const { return operations_ < cutAt_; }
  long operations() const { return operations_; }
  /// A disk that lies: nothing is ever synced.
  void ignoreSyncs() { lies_ = true; }

  bool write(const fs::path& path, std::size_t offset, std::span<const std::byte> bytes) {
    if (!on()) return false;
    fileAt(path).pending.push_back({false, offset, {bytes.begin(), bytes.end()}});
    return operation();
  }
  bool truncate(const fs::path& path, std::size_t size) {
    if (!on()) return false;
    fileAt(path).pending.push_back({true, size, {}});
    return operation();
  }
  bool syncFile(const fs::path& path) {
    if (!operation()) return false;
    if (lies_) return true;
    File& file = fileAt(path);
    for (const Change& change : file.pending) apply(file.synced, change, 0, change.bytes.size());
    file.pending.clear();
    return true;
  }
  /// The file gets another name, or with an empty `to` none.
  bool move(const fs::path& from, const fs::path& to) {
    if (!on()) return false;
    const bool done = operation();
    if (!to.empty()) current_[to] = current_[from];
    current_.erase(from);
    return done;
  }
  bool syncFolder(const fs::path& folder) {
    if (!operation()) return false;
    if (lies_) return true;
    std::erase_if(synced_, [&](const auto& entry) { return entry.first.parent_path() == folder; });
    for (const auto& [path, file] : current_) {
      if (path.parent_path() == folder) synced_[path] = file;
    }
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.is_directory()) syncedFolders_.insert(entry.path());
    }
    return true;
  }

  void survive(const fs::path& home) {
    std::set<fs::path> names;
    for (const auto& [path, file] : synced_) names.insert(path);
    for (const auto& [path, file] : current_) names.insert(path);
    for (const fs::path& path : names) {
      const auto& names_ = coin() ? current_ : synced_;
      const auto at = names_.find(path);
      if (at == names_.end() || !folderSurvives(path.parent_path())) continue;
      const fs::path target = home / path.lexically_relative(home_);
      fs::create_directories(target.parent_path());
      const std::vector<std::byte> bytes = contents(*at->second);
      std::ofstream(target, std::ios::binary)
          .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    }
  }

 private:
  static constexpr std::size_t sector = 512;
  struct Change {
    bool truncates = false;
    std::size_t offset = 0;  ///< or the new size
    std::vector<std::byte> bytes;
  };
  struct File {
    std::vector<std::byte> synced;
    std::vector<Change> pending;
  };

  File& fileAt(const fs::path& path) {
    auto& file = current_[path];
    if (!file) file = std::make_shared<File>();
    return *file;
  }
  static void apply(std::vector<std::byte>& bytes, const Change& change, std::size_t first,
                    std::size_t last) {
    if (change.truncates) {
      bytes.resize(change.offset);
    } else if (last > first) {
      bytes.resize(std::max(bytes.size(), change.offset + last));
      std::copy(change.bytes.begin() + static_cast<std::ptrdiff_t>(first),
                change.bytes.begin() + static_cast<std::ptrdiff_t>(last),
                bytes.begin() + static_cast<std::ptrdiff_t>(change.offset + first));
    }
  }
  std::vector<std::byte> contents(const File& file) {
    std::vector<std::byte> bytes = file.synced;
    for (const Change& change : file.pending) {
      const std::size_t size = change.bytes.size();
      const std::size_t cut = std::min(size, sector * (chance_() % (size / sector + 1)));
      switch (chance_() % 4) {
        case 0:
          break;
        case 1:
          apply(bytes, change, 0, cut);
          break;
        case 2:
          apply(bytes, change, cut, size);
          break;
        default:
          apply(bytes, change, 0, size);
      }
    }
    return bytes;
  }
  bool folderSurvives(const fs::path& folder) {
    if (folder == home_) return true;
    if (!syncedFolders_.contains(folder) && !luckyFolders_.try_emplace(folder, coin()).first->second)
      return false;
    return folderSurvives(folder.parent_path());
  }
  bool coin() { return chance_() % 2 == 0; }

  fs::path home_;
  std::mt19937 chance_;
  long cutAt_;
  long operations_ = 0;
  bool lies_ = false;
  std::map<fs::path, std::shared_ptr<File>> current_;
  std::map<fs::path, std::shared_ptr<File>> synced_;
  std::set<fs::path> syncedFolders_;
  std::map<fs::path, bool> luckyFolders_;
};

/// The blobs' way to that disk.
class PoweredFiles final : public FileSystem {
 public:
  explicit PoweredFiles(PowerLoss& power) : power_(power) {}

  Result<> writeFile(const fs::path& path, std::span<const std::byte> bytes) override {
    return done(power_.write(path, 0, bytes), [&] { return realFileSystem().writeFile(path, bytes); });
  }
  Result<> copyFile(const fs::path& from, const fs::path& to) override {
    std::ifstream file(from, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(file), {});
    return writeFile(to, std::as_bytes(std::span(bytes)));
  }
  Result<> syncFile(const fs::path& path) override {
    return done(power_.syncFile(path), [] { return Result<>(); });
  }
  Result<> rename(const fs::path& from, const fs::path& to) override {
    return done(power_.move(from, to), [&] { return realFileSystem().rename(from, to); });
  }
  Result<> syncFolder(const fs::path& folder) override {
    return done(power_.syncFolder(folder), [] { return Result<>(); });
  }

 private:
  template <class F>
  Result<> done(bool powered, F&& then) {
    return powered ? then() : Result<>(fail(ErrorCode::io, "no power"));
  }
  PowerLoss& power_;
};

}  // namespace attest::casedb::test
