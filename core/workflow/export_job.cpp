#include "core/workflow/export_job.h"

#include <algorithm>
#include <fstream>

#include "core/base/hash.h"
#include "core/dicom/load.h"
#include "core/workflow/review.h"

namespace attest::workflow {
namespace {

namespace fs = std::filesystem;

Result<std::string> hashOf(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  Sha256 hash;
  std::vector<char> piece(1U << 20U);
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0) {
    hash.add(std::as_bytes(std::span(piece.data(), static_cast<std::size_t>(in.gcount()))));
  }
  if (in.bad() || !in.eof()) return fail(ErrorCode::io, "cannot read back " + path.filename().string());
  return hash.finish();
}

}  // namespace

Result<> addFile(Export& out, const std::string& name, const std::string& format, const std::string& sop) {
  const auto& version = out.leaving.version;
  auto& file = out.report.files.emplace_back(
      ExportedFile{name, format, sop, version ? version->number : 0, version.has_value(), ""});
  ATTEST_TRY(file.sha256, hashOf(out.request.folder / name));
  return {};
}

Uids uidsOf(const Export& out, const BlockRef& ref, const std::string& what) {
  const auto& version = out.leaving.version;
  if (!version) return {newUid(), newUid()};
  const std::string seed = out.leaving.record.row.id.value + "/" + std::to_string(version->number) + "/" +
                           ref.series.value + "#" + std::to_string(ref.block) + "/" + what;
  return {stableUid(seed + "/series"), stableUid(seed)};
}

std::string blockName(const Export& out, const BlockRef& ref) {
  const auto& series = out.leaving.record.series;
  const auto at = std::ranges::find(series, ref.series, [](const Series& s) { return s.info.uid; });
  return "series" + std::to_string(at - series.begin() + 1) +
         (ref.block > 0 ? "_" + std::to_string(ref.block) : "");
}

Result<std::vector<casedb::StoredSlice>> sourceOf(Export& out, const BlockRef& ref, const Block& block) {
  const auto& files = out.leaving.files;
  auto at = out.checked.find(ref);
  if (at == out.checked.end()) {
    at = out.checked.emplace(ref, expectUnchanged(out.services, files, block, Checked::all)).first;
  }
  if (!at->second) return fail(at->second.error());
  return slicesOf(files, block);
}

Result<const Block*> volumeOf(const Export& out, const BlockRef& ref) {
  const Block* block = findBlock(out.leaving.record, ref);
  if (block == nullptr || !block->grid)
    return fail(ErrorCode::bad_geometry, "the images of an item form no volume any more");
  return block;
}

Result<> loadMasks(Export& out, BlockItems& block) {
  ATTEST_TRY(const Block* const images, volumeOf(out, block.ref));
  for (std::size_t i = block.masks.size(); i < block.items.size(); ++i) {
    ATTEST_TRY(auto mask, loadMask(out.services, *block.items[i]));
    if (!sameGrid(mask->grid(), *images->grid))
      return fail(ErrorCode::stale, "images came after an item was made on the others; look at it again");
    block.masks.push_back(std::move(mask));
  }
  return {};
}

Result<imaging::VolumePtr> loadVolume(Export& out, const BlockRef& ref, const Block& block) {
  ATTEST_TRY(const auto stored, sourceOf(out, ref, block));
  std::vector<dicom::SliceFile> slices;
  for (const auto& slice : stored) slices.push_back({slice.path, slice.frame});
  return dicom::loadVolume(block, slices, out.services.pool().parallel(), std::stop_token{}, {});
}

Result<dicom::DerivedContext> contextOf(Export& out, const BlockRef& ref, const Block& block,
                                        const std::string& what, const Uids& uids, int seriesNumber) {
  ATTEST_TRY(const auto slices, sourceOf(out, ref, block));
  dicom::DerivedContext context;
  context.sourceSeries = findSeries(out.leaving.record, ref.series)->info;
  if (!block.frameOfReference.empty()) context.sourceSeries.frameOfReference = block.frameOfReference;
  for (const auto& slice : slices) {
    const bool isMultiFrame = slices.size() > 1 && slices.front().path == slices.back().path;
    context.sources.push_back(
        {slice.path, slice.sopUid, slice.sopClass, isMultiFrame ? std::optional(slice.frame) : std::nullopt});
  }
  context.unit = block.unit;
  context.seriesUid = uids.series;
  context.sopInstanceUid = uids.sopInstance;
  context.seriesNumber = seriesNumber;
  const auto& version = out.leaving.version;
  context.isSigned = version.has_value();
  context.seriesDescription = std::string(version ? "" : "UNSIGNED ") + "Attest " + what + ", research use";
  context.time = version ? version->signedAt : out.now;
  context.person = version ? version->signedBy.value : out.actor;
  context.verifiedAt = version ? version->signedAt : Time{};
  context.softwareVersion = ATTEST_VERSION;
  return context;
}

std::string fileWord(const std::string& label) {
  std::string word;
  for (const char c : label) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    word += plain ? c : '_';
  }
  return word;
}

}  // namespace attest::workflow
