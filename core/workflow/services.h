#pragma once

#include <filesystem>
#include <memory>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/casedb/casedb.h"
#include "core/jobs/pool.h"
#include "core/workflow/ports.h"
#include "core/workflow/volume_cache.h"

namespace attest::workflow {

/// What every effect works with: one home, one pool of threads, one cache of volumes. Made once by the
/// program.
class Services {
 public:
  /// Opens (or creates) the home. Errors as CaseDb::open.
  static Result<std::unique_ptr<Services>> open(const std::filesystem::path& home,
                                                const Clock& clock = systemClock(),
                                                std::shared_ptr<const Pictures> pictures = noPictures());

  casedb::CaseDb& db() noexcept { return *db_; }
  jobs::Pool& pool() noexcept { return pool_; }
  VolumeCache& volumes() noexcept { return volumes_; }
  const Pictures& pictures() const noexcept { return *pictures_; }
  const Clock& clock() const noexcept { return clock_; }
  const std::filesystem::path& home() const noexcept { return home_; }

 private:
  Services(std::filesystem::path home, std::unique_ptr<casedb::CaseDb> db, const Clock& clock,
           std::shared_ptr<const Pictures> pictures);

  std::filesystem::path home_;
  const Clock& clock_;
  std::unique_ptr<casedb::CaseDb> db_;
  std::shared_ptr<const Pictures> pictures_;
  VolumeCache volumes_;
  jobs::Pool pool_;  // the last, so that its threads end before what they use
};

}  // namespace attest::workflow
