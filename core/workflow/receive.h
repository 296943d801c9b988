#pragma once

#include <filesystem>
#include <stop_token>

#include "core/base/parallel.h"
#include "core/base/result.h"
#include "core/network/listener.h"
#include "core/network/peer.h"
#include "core/workflow/import.h"
#include "core/workflow/services.h"

namespace attest::workflow {

/// Objects that come from other systems: first durable in HOME/spool, so that their sender may forget them,
/// then imported in batches. What a killed process left there is imported by the next. Safe from every thread
/// and for several processes.
class Reception {
 public:
  explicit Reception(Services& services);
  /// Errors: bad_file (no image that this version can read: it is not kept), disk_full, io.
  Result<> keep(const network::ReceivedObject& object);
  /// Imports what lies there. What contradicts the case database (another patient of the same study) goes to
  /// HOME/spool/refused, stays there, and is in the trail. Errors as importPaths; what is not imported stays.
  Result<ImportReport> take(std::stop_token stop);

 private:
  std::filesystem::path folderOf(const std::string& sender) const;
  /// What one sender brought; the images are removed where they are in the store.
  Result<ImportReport> takeFrom(const std::filesystem::path& folder, std::stop_token stop);
  Result<> setAside(const Skipped& skipped, const std::string& actor);

  Services& services_;
  std::filesystem::path spool_;
};

struct FetchedStudy {
  network::FetchReport fetched;
  ImportReport imported;
  std::size_t notImages = 0;  ///< objects that are no images, left there
};
/// Fetches a study from a node; a case from its first images on. Errors as network::Peer::fetch and
/// Reception.
Result<FetchedStudy> fetchStudy(Services& services, const Node& node, const network::FetchRequest& request,
                                std::stop_token stop, const Progress& progress = {});

}  // namespace attest::workflow
