#include "core/workflow/import.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <system_error>

#include "core/dicom/blocks.h"
#include "core/dicom/header.h"

namespace attest::workflow {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t batchSize = 500;

/// Every regular file below the paths, sorted within each folder so that two imports see them in the same
/// order.
Result<std::vector<fs::path>> expand(const std::vector<fs::path>& paths, std::vector<Skipped>& skipped) {
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
    const auto first = static_cast<std::ptrdiff_t>(files.size());
    fs::recursive_directory_iterator at(absolute, error);
    for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
      std::error_code ignored;
      if (at->is_regular_file(ignored)) files.push_back(at->path());
    }
    if (error) skipped.push_back({absolute.string(), "the folder cannot be read: " + error.message()});
    std::sort(files.begin() + first, files.end());
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

/// What a batch touched.
struct Touched {
  std::map<SeriesUid, SeriesInfo> changed;
  std::set<StudyUid> studies;
  std::set<StudyUid> grown;
};

/// The rows of a batch; a file that does not fit what is here is named in the report and does not hold up the
/// others.
Result<Touched> addInstances(casedb::WriteTx& tx, const std::vector<casedb::NewInstance>& batch,
                             ImportReport& report) {
  Touched touched;
  for (const auto& instance : batch) {
    const auto stored = tx.addInstance(instance);
    if (!stored) {
      const ErrorCode code = stored.error().code;
      if (code != ErrorCode::conflict && code != ErrorCode::bad_argument) return fail(stored.error());
      report.skipped.push_back({instance.header.path, stored.error().detail});
      continue;
    }
    touched.studies.insert(instance.header.study.uid);
    switch (*stored) {
      case casedb::Stored::added:
        ++report.added;
        touched.changed.emplace(instance.header.series.uid, instance.header.series);
        touched.grown.insert(instance.header.study.uid);
        break;
      case casedb::Stored::duplicate:
        ++report.duplicates;
        break;
      case casedb::Stored::conflict:
        report.skipped.push_back({instance.header.path,
                                  "conflict: this SOP Instance UID is already here with other content; "
                                  "both are kept, this one is not shown"});
        break;
    }
  }
  return touched;
}

/// Adds the cases of these studies to a list; a duplicate may belong to a study that is here under another
/// UID.
Result<> nameCases(casedb::WriteTx& tx, const std::set<StudyUid>& studies, std::vector<CaseId>& cases) {
  for (const auto& study : studies) {
    const auto id = tx.caseOf(study);
    if (!id && id.error().code == ErrorCode::not_found) continue;
    if (!id) return fail(id.error());
    if (std::ranges::find(cases, *id) == cases.end()) cases.push_back(*id);
  }
  return {};
}

/// Adds one batch and gives the series that it touched their blocks, in one transaction.
Result<> store(casedb::CaseDb& db, const std::vector<casedb::NewInstance>& batch, const std::string& actor,
               ImportReport& report) {
  ImportReport after;
  ATTEST_CHECK(db.write({actor, "import", "", ""}, [&](casedb::WriteTx& tx, AuditEvent& event) -> Result<> {
    after = report;
    ATTEST_TRY(const auto touched, addInstances(tx, batch, after));
    for (const auto& [uid, info] : touched.changed) {
      ATTEST_TRY(const auto instances, tx.instances(uid));
      ATTEST_CHECK(tx.setBlocks(uid, dicom::formBlocks(instances, info)));
    }
    ATTEST_CHECK(nameCases(tx, touched.studies, after.cases));
    ATTEST_CHECK(nameCases(tx, touched.grown, after.grown));
    if (!after.cases.empty()) event.subject = after.cases.back().value;
    event.detail = std::to_string(after.added - report.added) + " images added, " +
                   std::to_string(after.duplicates - report.duplicates) + " duplicates";
    return {};
  }));
  report = std::move(after);
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
  ImportReport report;
  ATTEST_TRY(const auto files, expand(request.paths, report.skipped));
  for (std::size_t begin = 0; begin < files.size() && !stop.stop_requested(); begin += batchSize) {
    const std::size_t count = std::min(batchSize, files.size() - begin);
    auto good = readHeaders({files.data() + begin, count}, services.pool().parallel(), stop, report.skipped);
    if (!good.empty() && !stop.stop_requested()) {
      ATTEST_TRY(const auto batch, keepFiles(services, std::move(good), request.inPlace));
      ATTEST_CHECK(store(services.db(), batch, request.actor, report));
    }
    if (progress) progress(begin + count, files.size());
  }
  report.wasCancelled = stop.stop_requested();
  return report;
}

}  // namespace attest::workflow
