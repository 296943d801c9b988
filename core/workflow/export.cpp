#include "core/workflow/export.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>

#include "core/base/hash.h"
#include "core/dicom/blocks.h"
#include "core/dicom/load.h"
#include "core/dicom/seg.h"
#include "core/dicom/sr.h"
#include "core/files/nifti.h"
#include "core/reporting/report_text.h"
#include "core/review/review.h"
#include "core/workflow/leaving.h"
#include "core/workflow/review.h"
#include "core/workflow/users.h"

namespace attest::workflow {
namespace {

namespace fs = std::filesystem;

struct Uids {
  std::string series;
  std::string sopInstance;
};

/// The items that may leave, of one block of images.
struct BlockItems {
  BlockRef ref;
  std::vector<const Item*> items;
  std::vector<imaging::MaskPtr> masks{};  ///< once loaded
  std::optional<Uids> seg{};              ///< of the SEG that the SR refers to
};

/// One export in the making.
struct Export {
  Services& services;
  const ExportRequest& request;
  const Reader& reader;
  Leaving leaving;
  Time now{};
  std::vector<BlockItems> blocks{};
  std::map<BlockRef, Result<>> checked{};  ///< blocks whose files were read
  ExportReport report{};
};

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

/// The items that may leave, by the images that they are about.
std::vector<BlockItems> exportable(const Export& out) {
  std::map<BlockRef, BlockItems> byBlock;
  for (const auto& item : out.leaving.record.items) {
    if (!isExportable(item) || item.maskHash.empty()) continue;
    BlockItems& block = byBlock[item.source];
    block.ref = item.source;
    block.items.push_back(&item);
  }
  std::vector<BlockItems> blocks;
  for (auto& [ref, block] : byBlock) {
    // The SEG of a signed version is the same whether it leaves today or left before.
    if (out.leaving.version) block.seg = uidsOf(out, ref, "SEG");
    blocks.push_back(std::move(block));
  }
  return blocks;
}

std::string blockName(const Export& out, const BlockRef& ref) {
  const auto& series = out.leaving.record.series;
  const auto at = std::ranges::find(series, ref.series, [](const Series& s) { return s.info.uid; });
  return "series" + std::to_string(at - series.begin() + 1) +
         (ref.block > 0 ? "_" + std::to_string(ref.block) : "");
}

/// The files of a block, which are the bytes that came in.
Result<std::vector<casedb::StoredSlice>> sourceOf(Export& out, const BlockRef& ref, const Block& block) {
  const auto& files = out.leaving.files;
  auto at = out.checked.find(ref);
  if (at == out.checked.end()) {
    at = out.checked.emplace(ref, expectUnchanged(out.services, files, block, Checked::all)).first;
  }
  if (!at->second) return fail(at->second.error());
  return slicesOf(files, block);
}

/// The block of images that items are about.
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

Result<dicom::DerivedContext> contextOf(Export& out, const BlockRef& ref, const std::string& what,
                                        const Uids& uids, int seriesNumber) {
  ATTEST_TRY(const Block* const block, volumeOf(out, ref));
  ATTEST_TRY(const auto slices, sourceOf(out, ref, *block));
  dicom::DerivedContext context;
  context.sourceSeries = findSeries(out.leaving.record, ref.series)->info;
  if (!block->frameOfReference.empty()) context.sourceSeries.frameOfReference = block->frameOfReference;
  context.sourceGrid = *block->grid;
  for (const auto& slice : slices) {
    const bool isMultiFrame = slices.size() > 1 && slices.front().path == slices.back().path;
    context.sources.push_back(
        {slice.path, slice.sopUid, slice.sopClass, isMultiFrame ? std::optional(slice.frame) : std::nullopt});
  }
  context.resampled = dicom::isResampled(*block);
  context.unit = block->unit;
  context.seriesUid = uids.series;
  context.sopInstanceUid = uids.sopInstance;
  context.seriesNumber = seriesNumber;
  const auto& version = out.leaving.version;
  context.isSigned = version.has_value();
  context.seriesDescription = std::string(version ? "" : "UNSIGNED ") + "Attest " + what + ", research use";
  context.time = version ? version->signedAt : out.now;
  context.person = version ? version->signedBy.value : out.reader.id.value;
  context.verifiedAt = version ? version->signedAt : Time{};
  context.softwareVersion = ATTEST_VERSION;
  return context;
}

Result<> writeSegs(Export& out) {
  int number = 9000;
  for (auto& block : out.blocks) {
    ATTEST_CHECK(loadMasks(out, block));
    const Uids uids = block.seg ? *block.seg : uidsOf(out, block.ref, "SEG");
    ATTEST_TRY(const auto context, contextOf(out, block.ref, "SEG", uids, number++));
    std::vector<dicom::SegmentOut> segments;
    for (std::size_t i = 0; i < block.items.size(); ++i) segments.push_back({block.items[i], block.masks[i]});
    const std::string name = blockName(out, block.ref) + "_seg.dcm";
    ATTEST_CHECK(dicom::writeSeg(out.request.folder / name, context, segments));
    ATTEST_CHECK(addFile(out, name, "seg", uids.sopInstance));
    block.seg = uids;
  }
  return {};
}

/// Each refers to the segments of its block's SEG; unsigned, where one leaves with it.
Result<> writeSrs(Export& out) {
  int number = 9100;
  for (auto& block : out.blocks) {
    ATTEST_CHECK(loadMasks(out, block));
    dicom::SrOut sr;
    ATTEST_TRY(sr.context, contextOf(out, block.ref, "SR", uidsOf(out, block.ref, "SR"), number++));
    if (block.seg) {
      sr.segSopInstanceUid = block.seg->sopInstance;
      sr.segSeriesUid = block.seg->series;
    }
    for (std::size_t i = 0; i < block.items.size(); ++i) {
      sr.items.push_back({block.items[i], block.seg ? static_cast<int>(i) + 1 : 0});
    }
    for (const auto& sentence : reporting::leavingSection(out.leaving.record, SectionKind::impression)) {
      sr.impression.push_back(sentence.text);
    }
    const std::string name = blockName(out, block.ref) + "_sr.dcm";
    ATTEST_CHECK(dicom::writeSr(out.request.folder / name, sr));
    ATTEST_CHECK(addFile(out, name, "sr", sr.context.sopInstanceUid));
  }
  return {};
}

/// A label as a part of a file's name.
std::string fileWord(const std::string& label) {
  std::string word;
  for (const char c : label) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    word += plain ? c : '_';
  }
  return word;
}

Result<> writeVolume(Export& out, const BlockRef& ref, const Block& block) {
  ATTEST_TRY(const auto stored, sourceOf(out, ref, block));
  std::vector<dicom::SliceFile> slices;
  for (const auto& slice : stored) slices.push_back({slice.path, slice.frame});
  ATTEST_TRY(const auto volume,
             dicom::loadVolume(block, slices, out.services.pool().parallel(), std::stop_token{}, {}));
  const std::string name = blockName(out, ref) + ".nii.gz";
  ATTEST_CHECK(files::writeNifti(out.request.folder / name, *volume));
  return addFile(out, name, "nifti", "");
}

Result<> writeNiftis(Export& out) {
  for (const auto& series : out.leaving.record.series) {
    for (const auto& block : series.blocks) {
      if (block.isVolume()) ATTEST_CHECK(writeVolume(out, {series.info.uid, block.index}, block));
    }
  }
  for (auto& block : out.blocks) {
    ATTEST_CHECK(loadMasks(out, block));
    for (std::size_t i = 0; i < block.items.size(); ++i) {
      const std::string name = blockName(out, block.ref) + "_" + std::to_string(i + 1) + "_" +
                               fileWord(block.items[i]->label) + ".nii.gz";
      ATTEST_CHECK(files::writeNifti(out.request.folder / name, *block.masks[i]));
      ATTEST_CHECK(addFile(out, name, "nifti", ""));
    }
  }
  return {};
}

Result<> copyWhole(const fs::path& from, const fs::path& to) {
  const fs::path part = to.string() + ".part";
  std::error_code error;
  fs::copy_file(from, part, fs::copy_options::overwrite_existing, error);
  if (!error) fs::rename(part, to, error);
  if (!error) return {};
  std::error_code none;
  fs::remove(part, none);
  if (error == std::errc::no_space_on_device) return fail(ErrorCode::disk_full, "copying an image");
  return fail(ErrorCode::io, "cannot copy an image: " + error.message());
}

/// The images as they came in.
Result<> copyImages(Export& out) {
  for (const auto& series : out.leaving.record.series) {
    const std::string folder = blockName(out, {series.info.uid, 0});
    for (const auto& block : series.blocks) {
      ATTEST_TRY(const auto slices, sourceOf(out, {series.info.uid, block.index}, block));
      std::error_code error;
      fs::create_directories(out.request.folder / folder, error);  // where it fails, the copy says why
      fs::path last;
      for (const auto& slice : slices) {
        if (slice.path == last) continue;  // the next frame of the same file
        last = slice.path;
        const std::string name = folder + "/" + slice.sopUid.value + ".dcm";
        ATTEST_CHECK(copyWhole(slice.path, out.request.folder / name));
        ATTEST_CHECK(addFile(out, name, "dicom", slice.sopUid.value));
      }
    }
  }
  return {};
}

struct Format {
  const char* name;
  Result<> (*write)(Export& out);
  bool ofItems;  ///< there is nothing to write where no item leaves
};
constexpr std::array formats{Format{"dicom", copyImages, false}, Format{"seg", writeSegs, true},
                             Format{"sr", writeSrs, true}, Format{"nifti", writeNiftis, false}};

/// Takes back what a format wrote before it failed.
void takeBack(Export& out, const Format& format, std::size_t firstFile) {
  auto& files = out.report.files;
  for (std::size_t i = firstFile; i < files.size(); ++i) {
    const fs::path path = out.request.folder / files[i].path;
    std::error_code none;
    fs::remove(path, none);
    if (path.parent_path() != out.request.folder) fs::remove(path.parent_path(), none);  // where it is empty
  }
  files.resize(firstFile);
  if (out.leaving.version || format.write != writeSegs) return;
  for (auto& block : out.blocks) block.seg.reset();
}

void refuseUnknown(Export& out) {
  for (const auto& format : out.request.formats) {
    if (std::ranges::find(formats, format, &Format::name) == formats.end()) {
      out.report.refused.push_back({format, "this version writes dicom, seg, sr and nifti"});
    }
  }
}

Result<> writeAll(Export& out) {
  std::error_code error;
  fs::create_directories(out.request.folder, error);
  if (error) return fail(ErrorCode::io, "cannot make the folder: " + error.message());
  refuseUnknown(out);
  Result<> first;
  for (const Format& format : formats) {
    if (!out.request.formats.contains(format.name)) continue;
    if (format.ofItems && out.blocks.empty()) {
      out.report.refused.push_back({format.name, "nothing is accepted, corrected, drawn or confirmed yet"});
      continue;
    }
    const std::size_t before = out.report.files.size();
    const auto written = format.write(out);
    if (written) continue;
    takeBack(out, format, before);
    const Error& why = written.error();
    out.report.refused.push_back({format.name, std::string(name(why.code)) + ": " + why.detail});
    if (first) first = written;
  }
  return out.report.files.empty() ? first : Result<>{};
}

AuditEvent eventOf(const Export& out, const std::string& action, const std::string& detail) {
  const auto& version = out.leaving.version;
  const std::string what = version ? "version " + std::to_string(version->number) : "UNSIGNED";
  return {out.reader.id.value, action, out.request.id.value, what + ", " + detail};
}

/// Of the formats that there are; other words of the request may be anything.
std::string requestWords(const Export& out) {
  std::string words;
  for (const Format& format : formats) {
    if (out.request.formats.contains(format.name))
      words += (words.empty() ? "" : " ") + std::string(format.name);
  }
  return words;
}

std::string outcomeWords(const Export& out) {
  const std::string words = std::to_string(out.report.files.size()) + " files";
  const auto refused = out.report.refused.size();
  return words + (refused > 0 ? ", " + std::to_string(refused) + " formats refused" : "");
}

}  // namespace

Result<ExportReport> exportCase(Services& services, const ExportRequest& request, const Reader& reader) {
  ATTEST_CHECK(require(reader, identity::Act::export_results));
  ATTEST_TRY(auto leaving, leavingOf(services, request.id));
  Export out{services, request, reader, std::move(leaving), services.clock().now()};
  out.blocks = exportable(out);
  const AuditEvent begins = eventOf(out, "export", requestWords(out));
  ATTEST_CHECK(services.db().write(begins, [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
    ATTEST_CHECK(stillMay(tx, reader, identity::Act::export_results));
    return {};
  }));
  const auto written = writeAll(out);
  const std::string end = written ? outcomeWords(out) : std::string("failed: ") + name(written.error().code);
  ATTEST_CHECK(note(services, eventOf(out, "export.done", end)));
  if (!written) return fail(written.error());
  return std::move(out.report);
}

}  // namespace attest::workflow
