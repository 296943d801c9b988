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
  std::optional<FileHeader> header;
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
  std::vector<StudyUid> studies;  ///< in the order of their first file
  std::vector<CaseId> cases;      ///< of the studies
  std::set<StudyUid> grown;       ///< those that got new images
  std::size_t added = 0;
  std::size_t duplicates = 0;
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
    if (std::ranges::find(stored.studies, study) == stored.studies.end()) stored.studies.push_back(study);
    if (how == casedb::Stored::duplicate) {
      ++stored.duplicates;
    } else if (how == casedb::Stored::conflict) {
      stored.conflicts.push_back({instance.header.path,
                                  "conflict: this SOP Instance UID is already here with other content; "
                                  "both are kept, this one is not shown"});
    } else {
      ++stored.added;
      stored.grown.insert(study);
      changed.emplace(instance.header.series.uid, instance.header.series);
    }
  }
  for (const auto& [uid, info] : changed) {
    ATTEST_TRY(const auto instances, tx.instances(uid));
    ATTEST_CHECK(tx.setBlocks(uid, dicom::formBlocks(instances, info)));
  }
  for (const auto& study : stored.studies) {
    ATTEST_TRY(auto id, tx.caseOf(study));
    stored.cases.push_back(std::move(id));
  }
  return {};
}

/// Takes the files of a series that contradicts what is known out of the batch, which goes on without them.
void refuse(std::vector<casedb::NewInstance>& batch, std::size_t place, const std::string& reason,
            std::vector<Skipped>& skipped) {
  const FileHeader bad = batch[place].header;
  std::erase_if(batch, [&](const casedb::NewInstance& file) {
    const bool same = file.header.study.uid == bad.study.uid && file.header.series.uid == bad.series.uid &&
                      file.header.patient.id == bad.patient.id;
    if (same) skipped.push_back({file.header.path, "conflict: " + reason});
    return same;
  });
}

/// An import on its way.
struct Import {
  ImportReport report;
  std::set<CaseId> touched;  ///< as report.cases
  std::set<CaseId> grown;    ///< as report.grown
};

/// One batch in one transaction.
Result<> store(casedb::CaseDb& db, std::vector<casedb::NewInstance> batch, const std::string& actor,
               Import& import) {
  ImportReport& report = import.report;
  while (!batch.empty()) {
    StoredBatch stored;
    const auto written =
        db.write({actor, "import", "", ""}, [&](casedb::WriteTx& tx, AuditEvent& event) -> Result<> {
          ATTEST_CHECK(add(tx, batch, stored));
          event.subject = stored.cases.back().value;
          event.detail = std::to_string(stored.added) + " images added, " +
                         std::to_string(stored.duplicates) + " duplicates";
          return {};
        });
    if (!written && written.error().code == ErrorCode::conflict && stored.place < batch.size()) {
      refuse(batch, stored.place, written.error().detail, report.skipped);
      continue;
    }
    ATTEST_CHECK(written);
    report.added += stored.added;
    report.duplicates += stored.duplicates;
    std::ranges::move(stored.conflicts, std::back_inserter(report.skipped));
    for (std::size_t i = 0; i < stored.cases.size(); ++i) {
      const CaseId& id = stored.cases[i];
      if (import.touched.insert(id).second) report.cases.push_back(id);
      if (stored.grown.contains(stored.studies[i]) && import.grown.insert(id).second)
        report.grown.push_back(id);
    }
    return {};
  }
  return {};
}

/// The bytes of a batch are durable, and hashed, before the rows that name them.
Result<std::vector<casedb::NewInstance>> keepFiles(Services& services, std::vector<Read> batch,
                                                   bool inPlace) {
  std::vector<fs::path> paths;
  paths.reserve(batch.size());
  for (const auto& file : batch) paths.push_back(file.path);
  ATTEST_TRY(const auto hashes, inPlace ? services.db().blobs().hashFiles(paths, services.pool().parallel())
                                        : services.db().blobs().putFiles(paths, services.pool().parallel()));
  std::vector<casedb::NewInstance> instances;
  instances.reserve(batch.size());
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const std::string stored =
        inPlace ? paths[i].string()
                : fs::relative(services.db().blobs().pathOf(hashes[i]), services.home()).string();
    instances.push_back({std::move(*batch[i].header), stored, hashes[i]});
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
    if (!good.empty()) {
      ATTEST_TRY(auto batch, keepFiles(services, std::move(good), request.inPlace));
      ATTEST_CHECK(store(services.db(), std::move(batch), request.actor, import));
    }
    if (progress) progress(begin + count, files.size());
  }
  return std::move(report);
}

}  // namespace attest::workflow
