#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>
#include <optional>

#include "tests/core/casedb/power_vfs.h"
#include "tests/core/casedb/samples.h"
#include "tests/support/temp_dir.h"

namespace attest::casedb {
namespace {

using test::PoweredFiles;
using test::PowerLoss;
using test::PowerVfs;

/// What was acknowledged before the power went.
struct Promised {
  std::int64_t events = 0;
  std::string head = audit::genesis();
  std::map<std::string, int> images;     ///< by study: how many
  std::map<std::string, int> itemMasks;  ///< by item: version of its mask
  std::vector<std::string> blobs;
};

/// Imports, masks, reports and reviews, session by session; stops where the power does.
class Work {
 public:
  Work(const std::filesystem::path& home, const std::filesystem::path& sources, const Storage& storage)
      : home_(home), sources_(sources), storage_(storage) {}

  Promised run() {
    for (int session = 0; session < 3; ++session) {
      auto opened = CaseDb::open(home_, systemClock(), storage_);
      if (!opened) break;
      for (int round = 0; round < 4; ++round) {
        if (!importRound(**opened, session, round) || !reviewRound(**opened, session, round))
          return promised_;
      }
    }
    return promised_;
  }

 private:
  static std::string studyUid(int session) { return "1.2.3." + std::to_string(session); }

  Result<> importRound(CaseDb& db, int session, int round) {
    std::vector<std::filesystem::path> files;
    for (int i = 0; i < 3; ++i) {
      const std::string text =
          std::to_string(session) + '-' + std::to_string(round) + '-' + std::to_string(i);
      files.push_back(sources_ / text);
      std::ofstream(files.back()) << text << std::string(static_cast<std::size_t>(700 * (i + 1)), 'p');
    }
    Serial serial;
    ATTEST_TRY(const auto stored, db.blobs().putFiles(files, serial));
    std::vector<std::string> hashes;
    for (const auto& one : stored) {
      ATTEST_CHECK(one);
      hashes.push_back(*one);
    }
    promised_.blobs.insert(promised_.blobs.end(), hashes.begin(), hashes.end());
    ATTEST_CHECK(write(db, [&](WriteTx& tx) -> Result<> {
      for (std::size_t i = 0; i < hashes.size(); ++i) {
        NewInstance instance = test::slice(session, 1 + round % 2, round * 10 + static_cast<int>(i));
        instance.sha256 = hashes[i];
        instance.storedPath = "blobs/" + hashes[i].substr(0, 2) + "/" + hashes[i];
        ATTEST_CHECK(tx.addInstance(instance));
      }
      return {};
    }));
    promised_.images[studyUid(session)] += 3;
    return {};
  }

  Result<> reviewRound(CaseDb& db, int session, int round) {
    ATTEST_TRY(const CaseId id, db.resolve(studyUid(session)));
    ATTEST_TRY(const std::string mask, db.blobs().put("mask " + std::to_string(session * 10 + round)));
    promised_.blobs.push_back(mask);
    Item item = test::finding(ItemState::corrected);
    item.id.value = "item-" + std::to_string(session) + "-" + std::to_string(round % 2);
    item.maskVersion = 1 + round;
    item.maskHash = mask;
    Report report;
    report.section(SectionKind::findings) = {{"s", std::string(3000, 'x') + std::to_string(round), "", true}};
    ATTEST_CHECK(write(db, [&](WriteTx& tx) -> Result<> {
      ATTEST_CHECK(tx.putItem(id, item));
      ATTEST_CHECK(tx.setReport(id, report));
      return tx.setStatus(id, CaseStatus::in_review);
    }));
    promised_.itemMasks[item.id.value] = item.maskVersion;
    return {};
  }

  template <class F>
  Result<> write(CaseDb& db, F&& change) {
    ATTEST_CHECK(test::write(db, change));
    promised_.head.clear();
    ATTEST_CHECK(db.auditTrail([&](const AuditRecord& link) {
      promised_.events = link.seq;
      promised_.head = link.hash;
    }));
    return {};
  }

  std::filesystem::path home_;
  std::filesystem::path sources_;
  Storage storage_;
  Promised promised_;
};

/// Every hash that a row names.
std::vector<std::string> namedBlobs(const std::filesystem::path& home) {
  std::vector<std::string> hashes;
  sqlite3* database = nullptr;
  sqlite3_open((home / "attest.db").c_str(), &database);
  const auto collect = [](void* list, int, char** values, char**) {
    static_cast<std::vector<std::string>*>(list)->emplace_back(values[0]);
    return 0;
  };
  sqlite3_exec(database, "SELECT sha256 FROM instances UNION SELECT hash FROM masks", collect, &hashes,
               nullptr);
  sqlite3_close(database);
  return hashes;
}

std::string complaintOfCases(CaseDb& db, const Promised& promised) {
  for (const auto& [study, images] : promised.images) {
    const auto id = db.resolve(study);
    const auto record = id ? db.record(*id) : Result<CaseRecord>(fail(ErrorCode::not_found));
    if (!record || record->row.images < images) return "images are lost";
    const auto found = db.worklist({"doe id:ATT-" + study.substr(6), {}, 10});
    if (!found || found->total != 1) return "the search lost a case";
    for (const auto& [item, version] : promised.itemMasks) {
      if (item.substr(0, 6) != "item-" + study.substr(6)) continue;
      const Item* kept = findItem(*record, ItemId{item});
      if (kept == nullptr || kept->maskVersion < version) return "an item is lost";
    }
  }
  return {};
}

/// What a reader finds wrong after the power is back; empty when all is well.
std::string complaint(const std::filesystem::path& home, const Storage& storage, const Promised& promised) {
  const auto opened = CaseDb::open(home, systemClock(), storage);
  if (!opened) return "it does not open: " + opened.error().detail;
  CaseDb& db = **opened;
  const auto integrity = db.integrity();
  if (!integrity || !integrity->empty()) return "integrity_check or foreign_key_check complain";
  audit::Verifier verifier;
  bool headKept = promised.events == 0;
  const auto read = db.auditTrail([&](const AuditRecord& link) {
    verifier.add(link);
    headKept =
        headKept || (link.seq == promised.events && (promised.head.empty() || link.hash == promised.head));
  });
  if (!read || !verifier.broken().empty()) return "the audit chain is broken";
  if (!headKept) return "audit events are lost";
  std::vector<std::string> blobs = namedBlobs(home);
  blobs.insert(blobs.end(), promised.blobs.begin(), promised.blobs.end());
  for (const std::string& hash : blobs) {
    if (!db.blobs().get(hash)) return "a blob is lost or torn";
  }
  if (const std::string cases = complaintOfCases(db, promised); !cases.empty()) return cases;
  // And the work goes on.
  if (!test::write(db,
                   [](WriteTx& tx) { return tx.addInstance(test::slice(77, 1, 1)).map([](Stored) {}); })) {
    return "it cannot be written any more";
  }
  return {};
}

struct Outcome {
  long operations = 0;
  std::string complaint;
};

constexpr long never = std::numeric_limits<long>::max();

/// One life of a home, with the power gone at operation `cutAt`. No disk is synced for real: that would only
/// take time.
Outcome live(unsigned seed, long cutAt, bool diskLies = false) {
  const attest::test::TempDir temp;
  std::filesystem::create_directories(temp / "sources");
  PowerLoss power(temp / "home", seed, cutAt);
  if (diskLies) power.ignoreSyncs();
  PoweredFiles files(power);
  const PowerVfs vfs(power, "power");
  const Promised promised = Work(temp / "home", temp / "sources", {"power", files}).run();

  const std::filesystem::path after = temp / "after";
  std::filesystem::create_directories(after);
  power.survive(after);
  PowerLoss powerIsBack(after, seed, never);
  PoweredFiles filesAfter(powerIsBack);
  const PowerVfs vfsAfter(powerIsBack, "power is back");
  return {power.operations(), complaint(after, {"power is back", filesAfter}, promised)};
}

/// The disk is a model, so its files may lie in memory where the system offers that: hundreds of homes are
/// made here.
class PowerCut : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const char* folder = std::getenv("TMPDIR")) before_ = folder;
    if (std::filesystem::is_directory("/dev/shm")) setenv("TMPDIR", "/dev/shm", 1);
  }
  void TearDown() override { before_ ? setenv("TMPDIR", before_->c_str(), 1) : unsetenv("TMPDIR"); }

 private:
  std::optional<std::string> before_;
};

TEST_F(PowerCut, WithoutOneEverythingIsThere) {
  const Outcome outcome = live(1, never);
  EXPECT_EQ(outcome.complaint, "");
  EXPECT_GT(outcome.operations, 500);
}

TEST_F(PowerCut, AtTwoHundredRandomMomentsLosesNothingThatWasAcknowledged) {
  const long operations = live(1, never).operations;
  std::mt19937 chance(20260814);
  for (unsigned seed = 0; seed < 200; ++seed) {
    const long cutAt = 1 + static_cast<long>(chance() % static_cast<unsigned long>(operations));
    EXPECT_EQ(live(seed, cutAt).complaint, "") << "seed " << seed << ", cut at operation " << cutAt;
  }
}

/// The test of the test: on a disk that never syncs, cuts do lose what was acknowledged, and that is seen.
TEST_F(PowerCut, OnADiskThatLiesIsSeen) {
  const long operations = live(1, never).operations;
  int seen = 0;
  for (unsigned seed = 0; seed < 10; ++seed) {
    if (!live(seed, operations / 2 + seed, true).complaint.empty()) ++seen;
  }
  EXPECT_GE(seen, 9);
}

}  // namespace
}  // namespace attest::casedb
