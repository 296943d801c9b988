#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/parallel.h"
#include "core/base/result.h"
#include "core/domain/case_record.h"
#include "core/workflow/services.h"

namespace attest::workflow {

struct ImportRequest {
  std::vector<std::filesystem::path> paths;  ///< files and folders; folders with all that is below them
  bool inPlace = false;  ///< index the files where they are instead of copying them into the store
  std::string actor = "system";
};

struct Skipped {
  std::string path;
  std::string reason;
};

struct ImportReport {
  std::vector<CaseId> cases;  ///< named by the files, also by those that were here already, in their order
  std::vector<CaseId> grown;  ///< those of them that got new images
  std::size_t added = 0;
  std::size_t duplicates = 0;  ///< same SOP UID, same bytes: already there
  std::vector<Skipped> skipped;
  bool wasCancelled = false;  ///< what was added until then is complete and stays
};

/// Takes files into the case database: headers are read in parallel, then a batch of files is made durable
/// and indexed in one transaction, together with the blocks of the series that it changed. Killing it at any
/// point leaves whole batches, and importing again goes on. What contradicts the database (a study under
/// another patient id) is skipped, the rest of its batch is not. Errors: not_found (a path), disk_full, io,
/// database.
Result<ImportReport> importPaths(Services& services, const ImportRequest& request, std::stop_token stop,
                                 const Progress& progress = {});

}  // namespace attest::workflow
