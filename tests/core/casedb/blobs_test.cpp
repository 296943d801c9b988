#include "core/casedb/blobs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "core/base/hash.h"
#include "tests/support/temp_dir.h"

namespace attest::casedb {
namespace {

namespace fs = std::filesystem;

/// Passes on to the disk until the call that shall fail.
class FailingFiles final : public FileSystem {
 public:
  int failAt = 0;
  int calls = 0;
  ErrorCode code = ErrorCode::disk_full;

  Result<> writeFile(const fs::path& path, std::span<const std::byte> bytes) override {
    return next([&] { return realFileSystem().writeFile(path, bytes); });
  }
  Result<> copyFile(const fs::path& from, const fs::path& to) override {
    return next([&] { return realFileSystem().copyFile(from, to); });
  }
  Result<> syncFile(const fs::path& path) override {
    return next([&] { return realFileSystem().syncFile(path); });
  }
  Result<> rename(const fs::path& from, const fs::path& to) override {
    return next([&] { return realFileSystem().rename(from, to); });
  }
  Result<> syncFolder(const fs::path& folder) override {
    return next([&] { return realFileSystem().syncFolder(folder); });
  }

 private:
  template <class F>
  Result<> next(F&& pass) {
    return ++calls == failAt ? Result<>(fail(code)) : pass();
  }
};

class Blobs : public ::testing::Test {
 protected:
  std::size_t filesBelow(const fs::path& folder) {
    std::size_t count = 0;
    std::error_code none;
    for (const auto& entry : fs::recursive_directory_iterator(folder, none))
      count += entry.is_regular_file() ? 1 : 0;
    return count;
  }
  static std::vector<std::string> all(const std::vector<Result<std::string>>& answers) {
    std::vector<std::string> hashes;
    for (const auto& one : answers) hashes.push_back(one.value_or("none"));
    return hashes;
  }
  fs::path source(const std::string& name, const std::string& bytes) {
    const fs::path path = home / name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

  attest::test::TempDir home;
  BlobStore blobs{home / "blobs"};
  Serial serial;
};

TEST_F(Blobs, ComeBackByTheirHash) {
  std::string bytes("a\0b\xFF", 4);
  bytes += std::string(100'000, 'z');
  const std::string hash = blobs.put(bytes).value();
  EXPECT_EQ(hash, sha256(bytes));
  EXPECT_EQ(blobs.get(hash).value(), bytes);
  EXPECT_EQ(blobs.pathOf(hash), home / "blobs" / hash.substr(0, 2) / hash);
}

TEST_F(Blobs, TheEmptyBlobIsABlob) {
  EXPECT_EQ(blobs.get(blobs.put("").value()).value(), "");
}

TEST_F(Blobs, TheSameBytesAreStoredOnce) {
  blobs.put("same").value();
  blobs.put("same").value();
  EXPECT_EQ(filesBelow(home / "blobs"), 1U);
}

TEST_F(Blobs, ADamagedOneIsSaidToBeSo) {
  const std::string hash = blobs.put("precious").value();
  std::ofstream(blobs.pathOf(hash)) << "previous";
  EXPECT_EQ(blobs.get(hash).error().code, ErrorCode::corrupt);
  EXPECT_EQ(blobs.get(std::string(64, '0')).error().code, ErrorCode::not_found);
  EXPECT_EQ(blobs.get("../../etc/passwd").error().code, ErrorCode::bad_argument);
}

TEST_F(Blobs, OneThatWasCutShortIsMendedByStoringItAgain) {
  const std::string hash = blobs.put("precious").value();
  fs::resize_file(blobs.pathOf(hash), 3);
  EXPECT_EQ(blobs.put("precious").value(), hash);
  EXPECT_EQ(blobs.get(hash).value(), "precious");
}

TEST_F(Blobs, FilesAreCopiedInTheirOrderAlsoTheSameOneTwice) {
  const std::vector<fs::path> files{source("one", "1"), source("two", "2"), source("again", "1"),
                                    source("none", "")};
  const std::vector hashes{sha256("1"), sha256("2"), sha256("1"), sha256("")};
  EXPECT_EQ(all(blobs.putFiles(files, serial).value()), hashes);
  EXPECT_EQ(all(blobs.hashFiles(files, serial)), hashes);
  for (const std::string& hash : hashes) EXPECT_TRUE(blobs.get(hash));
  EXPECT_EQ(all(blobs.putFiles(files, serial).value()), hashes);
  EXPECT_EQ(filesBelow(home / "blobs"), 3U);
  EXPECT_TRUE(blobs.putFiles({}, serial).value().empty());
}

TEST_F(Blobs, AMissingFileIsNamedAndTheOthersAreIn) {
  const std::vector<fs::path> files{source("one", "1"), home / "missing", source("two", "2")};
  for (const auto& hashes : {blobs.putFiles(files, serial).value(), blobs.hashFiles(files, serial)}) {
    ASSERT_EQ(hashes.size(), 3U);
    EXPECT_EQ(hashes[0].value(), sha256("1"));
    EXPECT_EQ(hashes[1].error().code, ErrorCode::not_found);
    EXPECT_EQ(hashes[2].value(), sha256("2"));
  }
  EXPECT_EQ(filesBelow(home / "blobs"), 2U);
}

TEST_F(Blobs, WhatNobodyNamesIsSweptADayLaterButNotWhatWasPutAgain) {
  const auto age = [&](const fs::path& path) {
    fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::hours(25));
  };
  std::vector<std::string> hashes;
  for (const char* bytes : {"named", "orphan", "put again", "young"})
    hashes.push_back(blobs.put(bytes).value());
  for (std::size_t i = 0; i < 3; ++i) age(blobs.pathOf(hashes[i]));
  blobs.put("put again").value();
  const auto sweep = [&] { blobs.sweep([&] { return std::set{hashes[0]}; }); };
  sweep();
  EXPECT_TRUE(blobs.get(hashes[0]));
  EXPECT_EQ(blobs.get(hashes[1]).error().code, ErrorCode::not_found);
  EXPECT_TRUE(blobs.get(hashes[2]));
  EXPECT_TRUE(blobs.get(hashes[3]));

  age(blobs.pathOf(hashes[3]));
  sweep();
  EXPECT_TRUE(blobs.get(hashes[3])) << "it looks once a day";
  age(home / "blobs" / "swept");
  blobs.sweep([]() -> Result<std::set<std::string>> { return fail(ErrorCode::database); });
  EXPECT_TRUE(blobs.get(hashes[3])) << "nobody knows whether it is named";
  age(home / "blobs" / "swept");
  sweep();
  EXPECT_EQ(blobs.get(hashes[3]).error().code, ErrorCode::not_found);
}

TEST_F(Blobs, WhateverFailsLeavesNothingHalfWritten) {
  const fs::path file = source("one", "bytes of one");
  const fs::path other = source("two", "bytes of two");
  for (int failAt = 1;; ++failAt) {
    FailingFiles files;
    files.failAt = failAt;
    const fs::path folder = home / ("store" + std::to_string(failAt));
    BlobStore store(folder, files);
    const auto stored = store.putFiles(std::vector{file, other}, serial);
    const auto put = store.put("more");
    if (files.calls < failAt) break;
    EXPECT_TRUE(!stored || !put) << failAt;
    EXPECT_EQ((stored ? put.error() : stored.error()).code, ErrorCode::disk_full);
    EXPECT_EQ(filesBelow(folder / "incoming"), 0U) << failAt;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      const bool isBlob = entry.is_regular_file();
      EXPECT_TRUE(!isBlob || store.get(entry.path().filename().string())) << failAt;
    }
    EXPECT_TRUE(store.putFiles(std::vector{file, other}, serial)) << failAt;
    EXPECT_TRUE(store.put("more")) << failAt;
  }
}

TEST_F(Blobs, WhatAPowerCutLeftIsCleanedADayLater) {
  blobs.put("blob").value();
  const fs::path old = home / "blobs" / "incoming" / "old";
  const fs::path young = home / "blobs" / "incoming" / "young";
  for (const fs::path& path : {old, young}) std::ofstream(path) << "half";
  fs::last_write_time(old, fs::file_time_type::clock::now() - std::chrono::hours(25));
  const BlobStore again(home / "blobs");
  EXPECT_FALSE(fs::exists(old));
  EXPECT_TRUE(fs::exists(young));
}

TEST_F(Blobs, ManyThreadsStoreTheSameAndOthers) {
  std::atomic<int> failures = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&, t] {
        BlobStore mine(home / "blobs");
        for (int i = 0; i < 20; ++i) {
          const std::string bytes = "blob " + std::to_string(i + (t % 2) * 10);
          const auto hash = mine.put(bytes);
          if (!hash || mine.get(*hash).value_or("") != bytes) ++failures;
        }
      });
    }
  }
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(filesBelow(home / "blobs"), 30U);
}

}  // namespace
}  // namespace attest::casedb
