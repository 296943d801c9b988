#include "core/workflow/volume_cache.h"

#include <algorithm>

#include "core/dicom/load.h"

namespace attest::workflow {

Result<Block> blockOf(casedb::CaseDb& db, const BlockRef& ref) {
  ATTEST_TRY(const auto id, db.caseOfSeries(ref.series));
  if (!id) return fail(ErrorCode::not_found, "no such series: " + ref.series.value);
  ATTEST_TRY(const auto record, db.record(*id));
  const Block* block = findBlock(record, ref);
  if (block == nullptr)
    return fail(ErrorCode::not_found, "the series has no block " + std::to_string(ref.block));
  return *block;
}

imaging::VolumePtr VolumeCache::find(const BlockRef& ref) {
  const std::lock_guard lock(mutex_);
  const auto at = std::ranges::find(entries_, ref, &Entry::ref);
  if (at == entries_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, at);
  return at->volume;
}

void VolumeCache::keep(const BlockRef& ref, const imaging::VolumePtr& volume) {
  const std::lock_guard lock(mutex_);
  if (std::ranges::find(entries_, ref, &Entry::ref) != entries_.end()) return;
  entries_.push_front({ref, volume});
  std::size_t bytes = 0;
  for (auto at = entries_.begin(); at != entries_.end();) {
    bytes += at->volume->bytes();
    const bool isNewest = at == entries_.begin();
    at = !isNewest && bytes > budgetBytes_ ? entries_.erase(at) : std::next(at);
  }
}

Result<imaging::VolumePtr> VolumeCache::load(casedb::CaseDb& db, const BlockRef& ref, Parallel& parallel,
                                             std::stop_token stop, const Progress& progress) {
  if (auto volume = find(ref)) return volume;
  ATTEST_TRY(const auto block, blockOf(db, ref));
  if (!block.isVolume()) {
    return fail(ErrorCode::bad_geometry, "these images do not form a volume; look at them as a stack");
  }
  ATTEST_TRY(const auto stored, db.slices(ref));
  std::vector<dicom::SliceFile> slices;
  slices.reserve(stored.size());
  for (const auto& slice : stored) slices.push_back({slice.path, slice.frame});
  ATTEST_TRY(const auto volume, dicom::loadVolume(block, slices, parallel, stop, progress));
  keep(ref, volume);
  return volume;
}

}  // namespace attest::workflow
