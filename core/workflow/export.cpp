#include "core/workflow/export.h"

#include <algorithm>
#include <fstream>
#include <map>

#include "core/base/hash.h"
#include "core/dicom/seg.h"
#include "core/dicom/sr.h"
#include "core/files/atomic_write.h"
#include "core/files/nifti.h"
#include "core/reporting/report_text.h"
#include "core/review/review.h"
#include "core/workflow/review.h"
#include "core/workflow/users.h"

namespace attest::workflow {
namespace {

namespace fs = std::filesystem;

/// One export in the making.
struct Export {
  Services& services;
  const ExportRequest& request;
  const Reader& reader;
  CaseRecord record;
  const Version* version = nullptr;  ///< the signed one; null: unsigned
  Time now{};
  ExportReport report;
};

struct BlockItems {
  BlockRef ref;
  std::vector<const Item*> items;
  std::vector<imaging::MaskPtr> masks;
};

Result<> addFile(Export& out, const std::string& name, const std::string& format, const std::string& sop) {
  std::ifstream in(out.request.folder / name, std::ios::binary);
  Sha256 hash;
  std::vector<char> piece(1U << 20U);
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0) {
    hash.add(std::as_bytes(std::span(piece.data(), static_cast<std::size_t>(in.gcount()))));
  }
  if (in.bad() || !in.eof()) return fail(ErrorCode::io, "cannot read back " + name);
  out.report.files.push_back({name, format, sop, out.version != nullptr ? out.version->number : 0,
                              out.version != nullptr, hash.finish()});
  return {};
}

/// The items that may leave, by the images that they are about.
Result<std::vector<BlockItems>> exportable(Export& out) {
  std::map<BlockRef, BlockItems> byBlock;
  for (const auto& item : out.record.items) {
    if (!isExportable(item) || item.maskHash.empty()) continue;
    ATTEST_TRY(auto mask, loadMask(out.services, item));
    BlockItems& block = byBlock[item.source];
    block.ref = item.source;
    block.items.push_back(&item);
    block.masks.push_back(std::move(mask));
  }
  std::vector<BlockItems> blocks;
  for (auto& [ref, block] : byBlock) blocks.push_back(std::move(block));
  return blocks;
}

std::string blockName(const Export& out, const BlockRef& ref) {
  const auto at =
      std::ranges::find(out.record.series, ref.series, [](const Series& s) { return s.info.uid; });
  const auto position = at - out.record.series.begin();
  return "series" + std::to_string(position + 1) + (ref.block > 0 ? "_" + std::to_string(ref.block) : "");
}

Result<dicom::DerivedContext> contextOf(Export& out, const BlockRef& ref, const std::string& what,
                                        int seriesNumber) {
  const Series* series = findSeries(out.record, ref.series);
  const Block* block = findBlock(out.record, ref);
  if (series == nullptr || block == nullptr || !block->grid) {
    return fail(ErrorCode::bad_geometry, "the images of an item form no volume any more");
  }
  dicom::DerivedContext context;
  context.sourceSeries = series->info;
  context.sourceGrid = *block->grid;
  ATTEST_TRY(const auto slices, out.services.db().slices(ref));
  for (const auto& slice : slices) {
    const bool isMultiFrame = slices.size() > 1 && slices.front().path == slices.back().path;
    context.sources.push_back(
        {slice.path, slice.sopUid, slice.sopClass, isMultiFrame ? std::optional(slice.frame) : std::nullopt});
  }
  context.unit = block->unit;
  const bool isSigned = out.version != nullptr;
  const std::string seed = out.record.row.id.value + "/" +
                           std::to_string(isSigned ? out.version->number : 0) + "/" + ref.series.value + "#" +
                           std::to_string(ref.block) + "/" + what;
  context.seriesUid = isSigned ? stableUid(seed + "/series") : newUid();
  context.sopInstanceUid = isSigned ? stableUid(seed) : newUid();
  context.seriesNumber = seriesNumber;
  context.seriesDescription = std::string(isSigned ? "" : "UNSIGNED ") + "Attest " + what + ", research use";
  context.time = isSigned ? out.version->signedAt : out.now;
  context.isSigned = isSigned;
  context.person = isSigned ? out.version->signedBy.value : out.reader.id.value;
  context.verifiedAt = isSigned ? out.version->signedAt : Time{};
  context.softwareVersion = ATTEST_VERSION;
  return context;
}

/// The SEG of a block, and the SR that refers to its segments.
Result<> writeDicomResults(Export& out, const BlockItems& block, int number) {
  ATTEST_TRY(const auto segContext, contextOf(out, block.ref, "SEG", 9000 + number));
  const bool withSeg = out.request.formats.contains("seg");
  if (withSeg) {
    std::vector<dicom::SegmentOut> segments;
    for (std::size_t i = 0; i < block.items.size(); ++i) segments.push_back({block.items[i], block.masks[i]});
    const std::string name = blockName(out, block.ref) + "_seg.dcm";
    ATTEST_CHECK(dicom::writeSeg(out.request.folder / name, segContext, segments));
    ATTEST_CHECK(addFile(out, name, "seg", segContext.sopInstanceUid));
  }
  if (!out.request.formats.contains("sr")) return {};
  dicom::SrOut sr;
  ATTEST_TRY(sr.context, contextOf(out, block.ref, "SR", 9100 + number));
  sr.segSopInstanceUid = withSeg ? segContext.sopInstanceUid : "";
  sr.segSeriesUid = withSeg ? segContext.seriesUid : "";
  for (std::size_t i = 0; i < block.items.size(); ++i) {
    sr.items.push_back({block.items[i], withSeg ? static_cast<int>(i) + 1 : 0});
  }
  for (const auto& sentence : reporting::liveSection(out.record, SectionKind::impression)) {
    sr.impression.push_back(sentence.text);
  }
  const std::string name = blockName(out, block.ref) + "_sr.dcm";
  ATTEST_CHECK(dicom::writeSr(out.request.folder / name, sr));
  return addFile(out, name, "sr", sr.context.sopInstanceUid);
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

Result<> writeNiftiResults(Export& out, const std::vector<BlockItems>& blocks) {
  for (const auto& series : out.record.series) {
    for (const auto& block : series.blocks) {
      if (!block.isVolume()) continue;
      const BlockRef ref{series.info.uid, block.index};
      ATTEST_TRY(const auto volume,
                 out.services.volumes().load(out.services.db(), ref, out.services.pool().parallel(),
                                             std::stop_token{}));
      const std::string name = blockName(out, ref) + ".nii.gz";
      ATTEST_CHECK(files::writeNifti(out.request.folder / name, *volume));
      ATTEST_CHECK(addFile(out, name, "nifti", ""));
    }
  }
  for (const auto& block : blocks) {
    for (std::size_t i = 0; i < block.items.size(); ++i) {
      const std::string name = blockName(out, block.ref) + "_" + std::to_string(i + 1) + "_" +
                               fileWord(block.items[i]->label) + ".nii.gz";
      ATTEST_CHECK(files::writeNifti(out.request.folder / name, *block.masks[i]));
      ATTEST_CHECK(addFile(out, name, "nifti", ""));
    }
  }
  return {};
}

/// The images as they came in.
Result<> copyImages(Export& out) {
  for (const auto& series : out.record.series) {
    for (const auto& block : series.blocks) {
      const BlockRef ref{series.info.uid, block.index};
      ATTEST_TRY(const auto slices, out.services.db().slices(ref));
      fs::path last;
      for (const auto& slice : slices) {
        if (slice.path == last) continue;  // the next frame of the same file
        last = slice.path;
        const std::string name = blockName(out, {series.info.uid, 0}) + "/" + slice.sopUid.value + ".dcm";
        std::error_code error;
        fs::create_directories((out.request.folder / name).parent_path(), error);
        fs::copy_file(slice.path, out.request.folder / name, fs::copy_options::overwrite_existing, error);
        if (error == std::errc::no_space_on_device) return fail(ErrorCode::disk_full, "copying an image");
        if (error) return fail(ErrorCode::io, "cannot copy an image: " + error.message());
        ATTEST_CHECK(addFile(out, name, "dicom", slice.sopUid.value));
      }
    }
  }
  return {};
}

void refuseUnknown(Export& out) {
  static const std::set<std::string> known{"dicom", "seg", "sr", "nifti"};
  for (const auto& format : out.request.formats) {
    if (!known.contains(format)) {
      out.report.refused.push_back({format, "this version writes dicom, seg, sr and nifti"});
    }
  }
}

}  // namespace

Result<ExportReport> exportCase(Services& services, const ExportRequest& request, const Reader& reader) {
  ATTEST_CHECK(require(reader, identity::Act::export_results));
  ATTEST_TRY(auto record, services.db().record(request.id));
  std::error_code error;
  fs::create_directories(request.folder, error);
  if (error) return fail(ErrorCode::io, "cannot make the folder: " + error.message());
  Export out{services, request, reader, std::move(record), nullptr, services.clock().now(), {}};
  if (!out.record.versions.empty()) out.version = &out.record.versions.back();
  refuseUnknown(out);
  const bool wantsResults = request.formats.contains("seg") || request.formats.contains("sr");
  ATTEST_TRY(const auto blocks, exportable(out));
  for (const char* format : {"seg", "sr"}) {
    if (blocks.empty() && request.formats.contains(format))
      out.report.refused.push_back({format, "nothing is accepted, corrected, drawn or confirmed yet"});
  }
  if (request.formats.contains("dicom")) ATTEST_CHECK(copyImages(out));
  for (std::size_t i = 0; wantsResults && i < blocks.size(); ++i) {
    ATTEST_CHECK(writeDicomResults(out, blocks[i], static_cast<int>(i)));
  }
  if (request.formats.contains("nifti")) ATTEST_CHECK(writeNiftiResults(out, blocks));
  const AuditEvent event{
      reader.id.value, "export", request.id.value,
      std::to_string(out.report.files.size()) + " files" + (out.version ? "" : ", UNSIGNED")};
  ATTEST_CHECK(services.db().write(event, [](casedb::WriteTx&, AuditEvent&) -> Result<> { return {}; }));
  return std::move(out.report);
}

}  // namespace attest::workflow
