#include "core/workflow/export.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>

#include "core/review/review.h"
#include "core/workflow/export_job.h"
#include "core/workflow/report_document.h"
#include "core/workflow/users.h"

namespace attest::workflow {
namespace {

namespace fs = std::filesystem;

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

bool always(const Export&) {
  return true;
}
bool hasItems(const Export& out) {
  return !out.blocks.empty();
}
bool hasFindings(const Export& out) {
  return !leavingFindings(out.leaving.record).empty();
}
bool hasSomething(const Export& out) {
  return hasReport(out.leaving.record);
}

struct Format {
  const char* name;
  Result<> (*write)(Export& out);
  bool (*hasContent)(const Export& out);
};
constexpr std::array formats{Format{"dicom", copyImages, always},  Format{"seg", writeSegs, hasItems},
                             Format{"sr", writeSrs, hasItems},     Format{"pdf", writePdf, hasSomething},
                             Format{"nifti", writeNiftis, always}, Format{"png", writePngs, hasFindings},
                             Format{"csv", writeCsv, hasFindings}};

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
      out.report.refused.push_back({format, "this version writes dicom, seg, sr, pdf, nifti, png and csv"});
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
    if (!format.hasContent(out)) {
      out.report.refused.push_back({format.name, "nothing is accepted, corrected, drawn or confirmed yet"});
      continue;
    }
    const std::size_t before = out.report.files.size();
    const auto written = format.write(out);
    if (written) continue;
    takeBack(out, format, before);
    const Error& why = written.error();
    out.report.refused.push_back({format.name, std::string(name(why.code)) + ": " + why.detail, why.code});
    if (first) first = written;
  }
  return out.report.files.empty() ? first : Result<>{};
}

AuditEvent eventOf(const Export& out, const std::string& action, const std::string& detail) {
  const auto& version = out.leaving.version;
  const std::string what = version ? "version " + std::to_string(version->number) : "UNSIGNED";
  return {out.actor, action, out.request.id.value, what + ", " + detail};
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

using Allowed = std::function<Result<>(casedb::WriteTx& tx)>;

Result<ExportReport> write(Export out, const Allowed& allowed) {
  out.blocks = exportable(out);
  const AuditEvent begins = eventOf(out, "export", requestWords(out));
  ATTEST_CHECK(out.services.db().write(
      begins, [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> { return allowed(tx); }));
  const auto written = writeAll(out);
  const std::string end = written ? outcomeWords(out) : std::string("failed: ") + name(written.error().code);
  ATTEST_CHECK(note(out.services, eventOf(out, "export.done", end)));
  if (!written) return fail(written.error());
  return std::move(out.report);
}

}  // namespace

Result<ExportReport> exportCase(Services& services, const ExportRequest& request, const Reader& reader) {
  ATTEST_CHECK(require(reader, identity::Act::export_results));
  ATTEST_TRY(auto leaving, leavingOf(services, request.id));
  return write({services, request, reader.id.value, std::move(leaving), services.clock().now()},
               [&](casedb::WriteTx& tx) -> Result<> {
                 ATTEST_CHECK(stillMay(tx, reader, identity::Act::export_results));
                 return {};
               });
}

Result<ExportReport> exportSigned(Services& services, const ExportRequest& request) {
  ATTEST_TRY(auto leaving, leavingOf(services, request.id));
  if (!leaving.version) return fail(ErrorCode::not_signable, "the case is not signed");
  return write({services, request, "system", std::move(leaving), services.clock().now()},
               [](casedb::WriteTx&) -> Result<> { return {}; });
}

}  // namespace attest::workflow
