#include "core/workflow/volume_cache.h"

#include <algorithm>
#include <limits>

#include "core/dicom/load.h"
#include "core/imaging/window.h"

namespace attest::workflow {

Look lookOf(const imaging::Volume& volume, const Block& block) {
  Look look;
  look.window = block.windows.empty() ? imaging::percentileWindow(volume) : block.windows.front();
  double low = std::numeric_limits<double>::max();
  double high = std::numeric_limits<double>::lowest();
  imaging::visit(volume, [&](auto values) {
    for (const auto& value : values) {
      const double v = imaging::toDouble(value);
      low = std::min(low, v);
      high = std::max(high, v);
    }
  });
  look.range = {low, high};
  return look;
}

Result<Block> blockOf(casedb::CaseDb& db, const BlockRef& ref) {
  ATTEST_TRY(const auto id, db.caseOfSeries(ref.series));
  if (!id) return fail(ErrorCode::not_found, "no such series: " + ref.series.value);
  ATTEST_TRY(const auto record, db.record(*id));
  const Block* block = findBlock(record, ref);
  if (block == nullptr)
    return fail(ErrorCode::not_found, "the series has no block " + std::to_string(ref.block));
  return *block;
}

imaging::VolumePtr VolumeCache::find(const BlockRef& ref, const Block& block) {
  const std::lock_guard lock(mutex_);
  const auto at = std::ranges::find(entries_, ref, &Entry::ref);
  if (at == entries_.end() || at->block != block) return nullptr;
  entries_.splice(entries_.begin(), entries_, at);
  return at->volume;
}

imaging::VolumePtr VolumeCache::keep(const BlockRef& ref, const Block& block, imaging::VolumePtr volume) {
  const std::lock_guard lock(mutex_);
  const auto at = std::ranges::find(entries_, ref, &Entry::ref);
  if (at != entries_.end()) {
    if (at->block == block) return at->volume;
    entries_.erase(at);
  }
  entries_.push_front({ref, block, volume});
  releaseBeyondBudget();
  return volume;
}

void VolumeCache::releaseBeyondBudget() {
  std::size_t bytes = 0;
  for (const auto& entry : entries_) bytes += entry.volume->bytes();
  for (auto at = entries_.end(); bytes > budgetBytes_ && at != entries_.begin();) {
    --at;
    if (at->volume.use_count() > 1)
      continue;  // letting go would free nothing, and the next would load it again
    bytes -= at->volume->bytes();
    at = entries_.erase(at);
  }
}

Result<imaging::VolumePtr> VolumeCache::load(casedb::CaseDb& db, const BlockRef& ref, Parallel& parallel,
                                             std::stop_token stop, const Progress& progress) {
  ATTEST_TRY(const auto block, blockOf(db, ref));
  return load(db, ref, block, parallel, stop, progress);
}

Result<VolumeCache::Seen> VolumeCache::loadSeen(casedb::CaseDb& db, const BlockRef& ref, Parallel& parallel,
                                                std::stop_token stop, const Progress& progress) {
  ATTEST_TRY(const auto block, blockOf(db, ref));
  ATTEST_TRY(auto volume, load(db, ref, block, parallel, stop, progress));
  const auto entryOf = [&]() -> Entry* {
    const auto at = std::ranges::find(entries_, volume, &Entry::volume);
    return at == entries_.end() ? nullptr : &*at;
  };
  {
    const std::lock_guard lock(mutex_);
    if (const Entry* entry = entryOf(); entry != nullptr && entry->look) return Seen{volume, *entry->look};
  }
  const Look look = lookOf(*volume, block);
  const std::lock_guard lock(mutex_);
  if (Entry* entry = entryOf()) entry->look = look;
  return Seen{std::move(volume), look};
}

Result<imaging::VolumePtr> VolumeCache::load(casedb::CaseDb& db, const BlockRef& ref, const Block& block,
                                             Parallel& parallel, std::stop_token stop,
                                             const Progress& progress) {
  if (auto volume = find(ref, block)) return volume;
  if (!block.isVolume()) {
    return fail(ErrorCode::bad_geometry, "these images do not form a volume; look at them as a stack");
  }
  ATTEST_TRY(const auto stored, db.slices(ref));
  std::vector<dicom::SliceFile> slices;
  slices.reserve(stored.size());
  for (const auto& slice : stored) slices.push_back({slice.path, slice.frame});
  ATTEST_TRY(auto volume, dicom::loadVolume(block, slices, parallel, stop, progress));
  return keep(ref, block, std::move(volume));
}

}  // namespace attest::workflow
