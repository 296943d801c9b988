#pragma once

#include <array>
#include <cstddef>
#include <list>
#include <mutex>
#include <optional>

#include "core/base/parallel.h"
#include "core/base/result.h"
#include "core/casedb/casedb.h"
#include "core/domain/study.h"
#include "core/imaging/volume.h"

namespace attest::workflow {

/// What a view needs to know of the values.
struct Look {
  Window window;                  ///< the file's first, else percentiles
  std::array<double, 2> range{};  ///< smallest and largest value
};
Look lookOf(const imaging::Volume& volume, const Block& block);

/// Volumes by block, the last used first, within a budget of bytes: what nobody else holds is released beyond
/// it when another one comes. A block that has changed since (more of its images came) is loaded anew. Safe
/// from every thread; two that ask for the same block at once may both load it, and share the first.
class VolumeCache {
 public:
  explicit VolumeCache(std::size_t budgetBytes = std::size_t{4} << 30U) : budgetBytes_(budgetBytes) {}

  /// From the cache, or decoded from the block's files. Errors as dicom::loadVolume and CaseDb::slices.
  Result<imaging::VolumePtr> load(casedb::CaseDb& db, const BlockRef& ref, Parallel& parallel,
                                  std::stop_token stop, const Progress& progress = {});

  struct Seen {
    imaging::VolumePtr volume;
    Look look;
  };
  /// The same with its look, which is found once.
  Result<Seen> loadSeen(casedb::CaseDb& db, const BlockRef& ref, Parallel& parallel, std::stop_token stop,
                        const Progress& progress = {});
  /// Is the volume of this block there, so that loading it decodes nothing.
  bool holds(const BlockRef& ref, const Block& block) { return find(ref, block) != nullptr; }

 private:
  struct Entry {
    BlockRef ref;
    Block block;
    imaging::VolumePtr volume;
    std::optional<Look> look{};
  };
  Result<imaging::VolumePtr> load(casedb::CaseDb& db, const BlockRef& ref, const Block& block,
                                  Parallel& parallel, std::stop_token stop, const Progress& progress);
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
