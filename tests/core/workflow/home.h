#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/identity/identity.h"
#include "core/imaging/measure.h"
#include "core/workflow/import.h"
#include "core/workflow/review.h"
#include "core/workflow/services.h"
#include "tests/support/phantom.h"
#include "tests/support/temp_dir.h"

namespace attest::workflow::test {

namespace fs = std::filesystem;

/// A clock that stands until it is told.
class SetClock final : public Clock {
 public:
  Time now() const override { return Time(std::chrono::milliseconds(ms_.load())); }
  void forward(std::chrono::seconds by) { ms_ += by.count() * 1000; }

 private:
  std::atomic<std::int64_t> ms_ = 1'760'000'000'000;
};

inline constexpr const char* secret = "a good secret";

inline Reader person(std::set<Role> roles, const std::string& name = "anna") {
  Reader reader;
  reader.id.value = name;
  reader.roles = std::move(roles);
  return reader;
}

/// Why it was refused; internal where it was not.
template <class T>
ErrorCode codeOf(const Result<T>& answer) {
  return answer ? ErrorCode::internal : answer.error().code;
}

inline std::string bytesOf(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void setBytes(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

inline const attest::test::ChestPhantom& chest() {
  static const auto phantom = attest::test::makeChestPhantom({40, 36, 20}, {8, 8, 12});
  return phantom;
}

/// A home of its own, with what tests ask of it in one line.
class HomeTest : public testing::Test {
 protected:
  HomeTest() {
    auto opened = Services::open(folder_ / "home", clock_);
    if (!opened) throw std::runtime_error(opened.error().detail);
    services_ = std::move(*opened);
  }

  /// The phantom as files; empty UIDs are new ones.
  std::vector<fs::path> write(const std::string& name, const std::string& patient = "ATT-1",
                              const std::string& study = "", const std::string& series = "") {
    attest::test::CtOptions options;
    options.patientId = patient;
    options.studyUid = study;
    options.seriesUid = series;
    return attest::test::writeCt(folder_ / name, *chest().volume, options);
  }

  Result<ImportReport> import(std::vector<fs::path> paths, bool inPlace = false) {
    return importPaths(*services_, {std::move(paths), inPlace, "system"}, {});
  }

  /// The phantom as a case.
  CaseId importChest(const std::string& name = "ct", bool inPlace = false) {
    write(name);
    const auto report = import({folder_ / name}, inPlace);
    if (!report || report->cases.size() != 1) throw std::runtime_error("the phantom is not imported");
    return report->cases.front();
  }

  /// The first images of the phantom as a case, and where the rest lies that may come later.
  CaseId importPart(int images, bool inPlace = false) {
    const auto paths = write("whole");
    for (const char* name : {"part", "rest"}) fs::create_directories(folder_ / name);
    for (std::size_t i = 0; i < paths.size(); ++i) {
      const bool isPart = i < static_cast<std::size_t>(images);
      fs::rename(paths[i], folder_ / (isPart ? "part" : "rest") / paths[i].filename());
    }
    const auto report = import({folder_ / "part"}, inPlace);
    if (!report || report->cases.size() != 1) throw std::runtime_error("the phantom is not imported");
    return report->cases.front();
  }

  /// A finding that a person drew on the images as they are.
  ItemId draw(const CaseId& id, const Reader& reader) {
    const Item draft = newDrawing(blockRef(id), "Nodule", {"SCT", "27925004", "Nodule"});
    const Grid grid = record(id).series.at(0).blocks.at(0).grid.value();
    const auto mask = std::make_shared<const imaging::Mask>([&] {
      imaging::Mask box(grid);
      box.paint({{10, 10, 5}, {12, 12, 6}}, true, [](Index3) { return true; });
      return box;
    }());
    const auto drawn = submit(*services_, id, {DrawMask{draft, mask}}, reader);
    if (!drawn) throw std::runtime_error(drawn.error().detail);
    return draft.id;
  }

  CaseRecord record(const CaseId& id) {
    auto record = services_->db().record(id);
    if (!record) throw std::runtime_error(record.error().detail);
    return *std::move(record);
  }

  BlockRef blockRef(const CaseId& id) { return {record(id).series.at(0).info.uid, 0}; }

  /// What an agent would have left: an item that waits for a person.
  ItemId propose(const CaseId& id, const imaging::Mask& mask, ItemKind kind = ItemKind::finding) {
    Item item = newDrawing(blockRef(id), "Nodule", {"SCT", "27925004", "Nodule"});
    item.kind = kind;
    item.state = ItemState::proposed;
    item.madeBy = {"nodules", "1.0.0", "", ""};
    item.maskVersion = 1;
    item.measurement = imaging::measure(mask, chest().volume.get());
    const auto hash = services_->db().blobs().put(imaging::encode(mask));
    if (!hash) throw std::runtime_error(hash.error().detail);
    item.maskHash = *hash;
    change([&](casedb::WriteTx& tx) { return tx.putItem(id, item); });
    return item.id;
  }

  template <class F>
  void change(F&& body) {
    const auto written = services_->db().write(
        {"test", "test", "", ""}, [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> { return body(tx); });
    if (!written) throw std::runtime_error(written.error().detail);
  }

  /// A reader of this home, whose secret costs little to try.
  Reader enroll(const std::string& name, std::set<Role> roles) {
    const identity::Cost little{1, 8192};
    auto reader = identity::enroll(name, std::move(roles), secret, clock_.now(), little);
    if (!reader) throw std::runtime_error(reader.error().detail);
    change([&](casedb::WriteTx& tx) { return tx.putReader(*reader); });
    return *std::move(reader);
  }

  /// A reader of this home who never signs in.
  Reader hire(Reader reader) {
    change([&](casedb::WriteTx& tx) { return tx.putReader(reader); });
    return reader;
  }

  /// How often something is in the audit trail.
  std::ptrdiff_t events(const std::string& action) {
    std::ptrdiff_t count = 0;
    const auto visited = services_->db().auditTrail(
        [&](const AuditRecord& one) { count += one.event.action == action ? 1 : 0; });
    if (!visited) throw std::runtime_error(visited.error().detail);
    return count;
  }

  Item item(const CaseId& id, const ItemId& wanted) {
    const auto now = record(id);
    const Item* found = findItem(now, wanted);
    if (found == nullptr) throw std::runtime_error("no such item");
    return *found;
  }

  /// Sections with a sentence each, as a signature asks for them.
  void writeReport(const CaseId& id, const Reader& reader) {
    Report report;
    report.section(SectionKind::findings) = {{newUuid(), "One nodule.", "", true}};
    report.section(SectionKind::impression) = {{newUuid(), "Nodule.", "", true}};
    const auto saved = saveReport(*services_, id, report, record(id).revision, reader);
    if (!saved) throw std::runtime_error(saved.error().detail);
  }

  attest::test::TempDir folder_;
  SetClock clock_;
  std::unique_ptr<Services> services_;
};

/// The voxels of a small box, on the phantom's grid.
inline imaging::Mask boxMask(Index3 low, Index3 high, const Grid& grid = chest().grid) {
  imaging::Mask mask(grid);
  mask.paint({low, high}, true, [](Index3) { return true; });
  return mask;
}

inline imaging::MaskPtr shared(imaging::Mask mask) {
  return std::make_shared<const imaging::Mask>(std::move(mask));
}

}  // namespace attest::workflow::test
