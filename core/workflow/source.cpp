#include "core/workflow/source.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "core/dicom/blocks.h"
#include "core/dicom/header.h"
#include "core/workflow/walk.h"

namespace attest::workflow {
namespace {

namespace fs = std::filesystem;

/// A folder's images as series with blocks, and where each SOP instance lies.
struct Folder {
  std::vector<Series> series;
  std::map<std::string, fs::path> files;
};

Result<Folder> readFolder(const fs::path& path, Parallel& parallel) {
  std::string refused;
  const auto paths = filesBelow(path, {}, [&](const fs::path&, const std::string& why) { refused = why; });
  if (!refused.empty()) return fail(ErrorCode::io, "cannot read the folder: " + refused);
  std::vector<std::optional<FileHeader>> headers(paths.size());
  parallel.forEach(paths.size(), 8, {}, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      if (auto header = dicom::readHeader(paths[i])) headers[i] = std::move(*header);
    }
  });
  std::map<SeriesUid, std::pair<SeriesInfo, std::vector<InstanceHeader>>> bySeries;
  Folder folder;
  for (const auto& header : headers) {
    if (!header || !folder.files.emplace(header->instance.sopUid.value, header->path).second) continue;
    auto& [info, instances] = bySeries[header->series.uid];
    info = header->series;
    instances.push_back(header->instance);
  }
  for (const auto& [uid, pair] : bySeries) {
    folder.series.push_back(
        {pair.first, static_cast<int>(pair.second.size()), dicom::formBlocks(pair.second, pair.first)});
  }
  return folder;
}

Result<Source> fromFolder(const fs::path& path, Parallel& parallel) {
  ATTEST_TRY(const auto folder, readFolder(path, parallel));
  const auto ref = mainBlock(folder.series);
  if (!ref) return fail(ErrorCode::not_found, "no DICOM images in this folder");
  Source source;
  source.ref = *ref;
  const auto series =
      std::ranges::find(folder.series, ref->series, [](const Series& s) { return s.info.uid; });
  source.block = *std::ranges::find(series->blocks, ref->block, &Block::index);
  for (const auto& slice : source.block.slices)
    source.slices.push_back({folder.files.at(slice.sopUid.value), slice.frame});
  return source;
}

/// SERIES or SERIES#BLOCK.
std::optional<BlockRef> parseBlockRef(const std::string& text) {
  BlockRef ref;
  const auto hash = text.find('#');
  ref.series.value = text.substr(0, hash);
  if (hash == std::string::npos) return ref;
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data() + hash + 1, end, ref.block);
  if (error != std::errc{} || at != end || ref.block < 0) return std::nullopt;
  return ref;
}

}  // namespace

std::optional<BlockRef> mainBlock(const std::vector<Series>& series) {
  std::optional<BlockRef> best;
  std::pair<bool, std::size_t> bestRank{false, 0};
  for (const auto& one : series) {
    for (const auto& block : one.blocks) {
      const std::pair rank{block.isVolume(), block.slices.size()};
      if (best && rank <= bestRank) continue;
      best = BlockRef{one.info.uid, block.index};
      bestRank = rank;
    }
  }
  return best;
}

Result<Source> findSource(Services& services, const std::string& text) {
  auto& db = services.db();
  Source source;
  std::error_code ignored;
  if (fs::is_directory(text, ignored)) return fromFolder(text, services.pool().parallel());
  const auto ref = parseBlockRef(text);
  if (!ref) return fail(ErrorCode::bad_argument, "after # stands the number of a block, from 0");
  ATTEST_TRY(source.caseId, db.caseOfSeries(ref->series));
  if (source.caseId) {
    source.ref = *ref;
  } else {
    ATTEST_TRY(source.caseId, db.resolve(text));
    ATTEST_TRY(const auto record, db.record(*source.caseId));
    const auto main = mainBlock(record.series);
    if (!main) return fail(ErrorCode::not_found, "the case has no images");
    source.ref = *main;
  }
  ATTEST_TRY(source.block, blockOf(db, source.ref));
  ATTEST_TRY(const auto stored, db.slices(source.ref));
  for (const auto& slice : stored) source.slices.push_back({slice.path, slice.frame});
  return source;
}

Result<imaging::VolumePtr> loadSource(Services& services, const Source& source, int slice,
                                      std::stop_token stop) {
  if (source.block.isVolume()) {
    return dicom::loadVolume(source.block, source.slices, services.pool().parallel(), stop, {});
  }
  if (slice < 0 || static_cast<std::size_t>(slice) >= source.slices.size()) {
    return fail(ErrorCode::bad_argument, "there is no image " + std::to_string(slice) + " here");
  }
  return dicom::loadFrame(source.slices[static_cast<std::size_t>(slice)], source.block.suv);
}

}  // namespace attest::workflow
