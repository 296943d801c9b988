#include <algorithm>
#include <array>
#include <charconv>

#include "core/dicom/encapsulated_pdf.h"
#include "core/files/atomic_write.h"
#include "core/workflow/export_job.h"
#include "core/workflow/key_image.h"
#include "core/workflow/report_document.h"

namespace attest::workflow {
namespace {

constexpr int documentSeries = 9200;

/// Where its mask is among what leaves; the volume beside it is loaded.
Result<BlockItems*> blockOf(Export& out, const Item& item) {
  const auto block = std::ranges::find(out.blocks, item.source, &BlockItems::ref);
  ATTEST_CHECK(loadMasks(out, *block));
  if (block->volume == nullptr) {
    ATTEST_TRY(const Block* const images, volumeOf(out, block->ref));
    ATTEST_TRY(block->volume, loadVolume(out, block->ref, *images));
  }
  return &*block;
}

/// A figure a finding that has a mask, numbered as the findings are.
Result<std::vector<view::Figure>> keyImages(Export& out) {
  std::vector<view::Figure> figures;
  const auto findings = leavingFindings(out.leaving.record);
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const Item& item = *findings[i];
    if (item.maskHash.empty()) continue;
    ATTEST_TRY(const BlockItems* const block, blockOf(out, item));
    const auto at = std::ranges::find(block->items, &item) - block->items.begin();
    ATTEST_TRY(auto figure,
               keyImage(out.services.pictures(), block->volume, item,
                        block->masks[static_cast<std::size_t>(at)], out.services.pool().parallel()));
    figure.title = std::to_string(i + 1) + "  " + figure.title;
    figures.push_back(std::move(figure));
  }
  return figures;
}

/// The images that the report is about: those of the first results, else of the first images.
Result<BlockRef> subject(const Export& out) {
  if (!out.blocks.empty()) return out.blocks.front().ref;
  for (const Series& series : out.leaving.record.series)
    if (!series.blocks.empty()) return BlockRef{series.info.uid, series.blocks.front().index};
  return fail(ErrorCode::not_found, "the case has no images that a report could be about");
}

Result<> writeObject(Export& out, const std::string& title, const std::string& pdf) {
  ATTEST_TRY(const BlockRef ref, subject(out));
  const Block& block = *findBlock(out.leaving.record, ref);
  const Uids uids = uidsOf(out, {}, "PDF");
  ATTEST_TRY(const auto context, contextOf(out, ref, block, "report", uids, documentSeries));
  ATTEST_CHECK(dicom::writeEncapsulatedPdf(out.request.folder / "report.dcm", context, title, pdf));
  return addFile(out, "report.dcm", "pdf", uids.sopInstance);
}

std::string csvCell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + '"';
}

std::string csvRow(const std::vector<std::string>& cells) {
  std::string row;
  for (const std::string& cell : cells) row += (row.empty() ? "" : ",") + csvCell(cell);
  return row + "\r\n";
}

std::string number(const std::optional<double>& value) {
  std::array<char, 32> text{};
  if (!value) return {};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), *value).ptr};
}

}  // namespace

Result<> writePdf(Export& out) {
  ATTEST_TRY(auto figures, keyImages(out));
  const auto document = reportDocument(out.leaving.record, out.leaving.version, std::move(figures), out.now);
  ATTEST_TRY(const std::string pdf, out.services.pictures().pdf(document));
  ATTEST_CHECK(files::atomicWrite(out.request.folder / "report.pdf", pdf));
  ATTEST_CHECK(addFile(out, "report.pdf", "pdf", ""));
  return writeObject(out, (out.leaving.version ? "" : "UNSIGNED ") + document.title, pdf);
}

Result<> writePngs(Export& out) {
  ATTEST_TRY(const auto figures, keyImages(out));
  for (const view::Figure& figure : figures) {
    int n = 0;
    for (const view::Picture& picture : figure.pictures) {
      const std::string name = "key_" + fileWord(figure.title) + (n++ == 0 ? "_whole" : "_detail") +
                               (out.leaving.version ? "" : "_UNSIGNED") + ".png";
      ATTEST_CHECK(files::atomicWrite(out.request.folder / name, picture.png));
      ATTEST_CHECK(addFile(out, name, "png", ""));
    }
  }
  return {};
}

Result<> writeCsv(Export& out) {
  std::string text = csvRow({"number", "status", "id", "label", "code_scheme", "code", "laterality", "state",
                             "volume_mm3", "longest_mm", "perpendicular_mm", "mean_diameter_mm", "mean_value",
                             "prior_date", "prior_volume_mm3", "agent", "agent_version", "reviewed_by"});
  const auto findings = leavingFindings(out.leaving.record);
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const Item& item = *findings[i];
    const Measurement& m = item.measurement;
    const auto& earlier = item.earlier;
    text += csvRow(
        {std::to_string(i + 1), out.leaving.version ? "signed" : "UNSIGNED", item.id.value, item.label,
         item.code.scheme, item.code.value, item.laterality ? item.laterality->meaning : "", name(item.state),
         number(m.volumeMm3), number(m.longestMm), number(m.perpendicularMm), number(m.meanMm),
         number(m.values ? std::optional(m.values->mean) : std::nullopt), earlier ? earlier->studyDate : "",
         number(earlier ? std::optional(earlier->measurement.volumeMm3) : std::nullopt), item.madeBy.agent,
         item.madeBy.version, item.reviewedBy.value});
  }
  ATTEST_CHECK(files::atomicWrite(out.request.folder / "findings.csv", text));
  return addFile(out, "findings.csv", "csv", "");
}

}  // namespace attest::workflow
