#pragma once

#include <cstddef>
#include <list>
#include <mutex>

#include "core/base/parallel.h"
#include "core/base/result.h"
#include "core/casedb/casedb.h"
#include "core/domain/study.h"
#include "core/imaging/volume.h"

namespace attest::workflow {

/// Volumes by block, the last used first, within a budget of bytes: what nobody else holds is released beyond
/// it when another one comes. A block that has changed since (more of its images came) is loaded anew. Safe
/// from every thread; two that ask for the same block at once may both load it, and share the first.
class VolumeCache {
 public:
  explicit VolumeCache(std::size_t budgetBytes = std::size_t{4} << 30U) : budgetBytes_(budgetBytes) {}

  /// From the cache, or decoded from the block's files. Errors as dicom::loadVolume and CaseDb::slices.
  Result<imaging::VolumePtr> load(casedb::CaseDb& db, const BlockRef& ref, Parallel& parallel,
                                  std::stop_token stop, const Progress& progress = {});

 private:
  struct Entry {
    BlockRef ref;
    Block block;
    imaging::VolumePtr volume;
  };
  /// The volume of that block if it is there already; null otherwise.
  imaging::VolumePtr find(const BlockRef& ref, const Block& block);
  /// The one that everybody shares: this, or what another thread brought meanwhile.
  imaging::VolumePtr keep(const BlockRef& ref, const Block& block, imaging::VolumePtr volume);
  void releaseBeyondBudget();

  std::size_t budgetBytes_;
  std::mutex mutex_;
  std::list<Entry> entries_;
};

/// The block itself, from the database. Errors: not_found.
Result<Block> blockOf(casedb::CaseDb& db, const BlockRef& ref);

}  // namespace attest::workflow
