#include "core/workflow/import.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <system_error>

#include "core/dicom/blocks.h"
#include "core/dicom/header.h"
#include "core/workflow/walk.h"

namespace attest::workflow {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t batchSize = 500;

/// The files named, and every one below the folders named.
Result<std::vector<fs::path>> expand(const std::vector<fs::path>& paths, const std::stop_token& stop,
                                     std::vector<Skipped>& skipped) {
  std::vector<fs::path> files;
  for (const auto& path : paths) {
    std::error_code error;
    const auto absolute = fs::absolute(path, error);
    if (!fs::exists(absolute, error))
      return fail(ErrorCode::not_found, "no such file or folder: " + path.string());
    if (!fs::is_directory(absolute, error)) {
      files.push_back(absolute);
      continue;
    }
    const auto below = filesBelow(absolute, stop, [&](const fs::path& folder, const std::string& why) {
      skipped.push_back({folder.string(), "the folder cannot be read: " + why});
    });
    files.insert(files.end(), below.begin(), below.end());
  }
  return files;
}

struct Read {
  fs::path path;
  FileHeader header;
};

/// The headers of files [begin, end), those that are no images named in `skipped`.
std::vector<Read> readHeaders(std::span<const fs::path> files, Parallel& parallel, std::stop_token stop,
                              std::vector<Skipped>& skipped) {
  std::vector<std::optional<Result<FileHeader>>> results(files.size());
  parallel.forEach(files.size(), 8, stop, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) results[i] = dicom::readHeader(files[i]);
  });
  std::vector<Read> good;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!results[i]) continue;  // stopped before it
    if (*results[i]) {
      good.push_back({files[i], std::move(**results[i])});
    } else {
      skipped.push_back({files[i].string(), results[i]->error().detail});
    }
  }
  return good;
}

/// What one transaction did.
struct StoredBatch {
  struct OneCase {
    StudyUid study;
    CaseId id{};
    std::size_t added = 0;
    std::size_t duplicates = 0;
    std::size_t conflicts = 0;
  };
  std::vector<OneCase> cases;  ///< in the order of their first file
  std::vector<Skipped> conflicts;
  std::size_t place = 0;  ///< the file that it was at
};

/// Adds the files and gives the series that they touched their blocks.
Result<> add(casedb::WriteTx& tx, const std::vector<casedb::NewInstance>& batch, StoredBatch& stored) {
  std::map<SeriesUid, SeriesInfo> changed;
  for (stored.place = 0; stored.place < batch.size(); ++stored.place) {
    const auto& instance = batch[stored.place];
    ATTEST_TRY(const auto how, tx.addInstance(instance));
    const StudyUid& study = instance.header.study.uid;
    auto at = std::ranges::find(stored.cases, study, &StoredBatch::OneCase::study);
    if (at == stored.cases.end()) at = stored.cases.insert(at, {study});
    if (how == casedb::Stored::duplicate) {
      ++at->duplicates;
    } else if (how == casedb::Stored::conflict) {
      ++at->conflicts;
      stored.conflicts.push_back({instance.header.path,
                                  "conflict: this SOP Instance UID is already here with other content; "
                                  "both are kept, this one is not shown"});
    } else {
      ++at->added;
      changed.emplace(instance.header.series.uid, instance.header.series);
    }
  }
  for (const auto& [uid, info] : changed) {
    ATTEST_TRY(const auto instances, tx.instances(uid));
    ATTEST_CHECK(tx.setBlocks(uid, dicom::formBlocks(instances, info)));
  }
  for (auto& one : stored.cases) {
    ATTEST_TRY(one.id, tx.caseOf(one.study));
  }
  return {};
}

/// Takes the files of a series that contradicts what is known out of the batch, which goes on without them.
template <class File>
void refuse(std::vector<File>& batch, std::size_t place, const std::string& reason,
            std::vector<Skipped>& skipped) {
  const FileHeader bad = batch[place].header;
  std::erase_if(batch, [&](const File& file) {
    const bool same = file.header.study.uid == bad.study.uid && file.header.series.uid == bad.series.uid &&
                      file.header.patient.id == bad.patient.id;
    if (same) skipped.push_back({file.header.path, "conflict: " + reason});
    return same;
  });
}

/// Refuses what contradicts the database before its bytes are in the store. Nothing is written.
Result<> refuseContradictions(casedb::CaseDb& db, std::vector<Read>& batch, std::vector<Skipped>& skipped) {
  const AuditEvent none;
  while (!batch.empty()) {
    std::size_t place = 0;
    const auto tried = db.write(none, [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
      for (place = 0; place < batch.size(); ++place) ATTEST_CHECK(tx.expectNoConflict(batch[place].header));
      return fail(ErrorCode::cancelled);  // it was only a question
    });
    if (tried.error().code == ErrorCode::cancelled) return {};
    if (tried.error().code != ErrorCode::conflict || place == batch.size()) return tried;
    refuse(batch, place, tried.error().detail, skipped);
  }
  return {};
}

/// An import on its way.
struct Import {
  ImportReport report;
  std::set<CaseId> touched;  ///< as report.cases
  std::set<CaseId> grown;    ///< as report.grown
};

AuditEvent importEvent(const std::string& actor, const StoredBatch::OneCase& one) {
  return {actor, "import", one.id.value,
          std::to_string(one.added) + " images added, " + std::to_string(one.duplicates) + " duplicates, " +
              std::to_string(one.conflicts) + " conflicts"};
}

/// One batch in one transaction, an event for each of its cases.
Result<> store(casedb::CaseDb& db, std::vector<casedb::NewInstance> batch, const std::string& actor,
               Import& import) {
  ImportReport& report = import.report;
  while (!batch.empty()) {
    StoredBatch stored;
    const auto written =
        db.write({actor, "import", "", ""}, [&](casedb::WriteTx& tx, AuditEvent& event) -> Result<> {
          ATTEST_CHECK(add(tx, batch, stored));
          for (std::size_t i = 0; i + 1 < stored.cases.size(); ++i) {
            ATTEST_CHECK(tx.alsoAudit(importEvent(actor, stored.cases[i])));
          }
          event = importEvent(actor, stored.cases.back());
          return {};
        });
    if (!written && written.error().code == ErrorCode::conflict && stored.place < batch.size()) {
      refuse(batch, stored.place, written.error().detail, report.skipped);
      continue;
    }
    ATTEST_CHECK(written);
    std::ranges::move(stored.conflicts, std::back_inserter(report.skipped));
    for (const auto& one : stored.cases) {
      report.added += one.added;
      report.duplicates += one.duplicates;
      if (import.touched.insert(one.id).second) report.cases.push_back(one.id);
      if (one.added > 0 && import.grown.insert(one.id).second) report.grown.push_back(one.id);
    }
    return {};
  }
  return {};
}

/// The bytes of a batch are durable, and hashed, before the rows that name them. What went away meanwhile is
/// skipped.
Result<std::vector<casedb::NewInstance>> keepFiles(Services& services, std::vector<Read> batch, bool inPlace,
                                                   std::vector<Skipped>& skipped) {
  casedb::BlobStore& blobs = services.db().blobs();
  std::vector<fs::path> paths;
  paths.reserve(batch.size());
  for (const auto& file : batch) paths.push_back(file.path);
  std::vector<Result<std::string>> hashes;
  if (inPlace) {
    hashes = blobs.hashFiles(paths, services.pool().parallel());
  } else {
    ATTEST_TRY(hashes, blobs.putFiles(paths, services.pool().parallel()));
  }
  std::vector<casedb::NewInstance> instances;
  instances.reserve(batch.size());
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (!hashes[i]) {
      skipped.push_back({paths[i].string(), "it could not be read: " + hashes[i].error().detail});
      continue;
    }
    const std::string stored =
        inPlace ? paths[i].string() : fs::relative(blobs.pathOf(*hashes[i]), services.home()).string();
    instances.push_back({std::move(batch[i].header), stored, *hashes[i]});
  }
  return instances;
}

}  // namespace

Result<ImportReport> importPaths(Services& services, const ImportRequest& request, std::stop_token stop,
                                 const Progress& progress) {
  Import import;
  ImportReport& report = import.report;
  ATTEST_TRY(const auto files, expand(request.paths, stop, report.skipped));
  report.wasCancelled = stop.stop_requested();
  for (std::size_t begin = 0; begin < files.size() && !report.wasCancelled; begin += batchSize) {
    const std::size_t count = std::min(batchSize, files.size() - begin);
    auto good = readHeaders({files.data() + begin, count}, services.pool().parallel(), stop, report.skipped);
    report.wasCancelled = stop.stop_requested();
    if (report.wasCancelled) break;
    ATTEST_CHECK(refuseContradictions(services.db(), good, report.skipped));
    if (!good.empty()) {
      ATTEST_TRY(auto batch, keepFiles(services, std::move(good), request.inPlace, report.skipped));
      ATTEST_CHECK(store(services.db(), std::move(batch), request.actor, import));
    }
    if (progress) progress(begin + count, files.size());
  }
  return std::move(report);
}

}  // namespace attest::workflow
