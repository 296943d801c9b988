#include <algorithm>

#include "core/base/format.h"
#include "core/reporting/report_text.h"
#include "core/review/sentences.h"

namespace attest::reporting {
namespace {

std::string mm(const std::optional<double>& value) {
  return value ? formatMm(*value) : "n/a";
}

/// The mean in the unit of the images that the item was measured on.
std::string meanValue(const CaseRecord& record, const Item& item) {
  if (!item.measurement.values) return "n/a";
  const double mean = item.measurement.values->mean;
  const Block* block = findBlock(record, item.source);
  const Unit unit = block == nullptr ? Unit::none : block->unit;
  if (unit == Unit::hu) return formatHu(mean);
  return formatNumber(mean, 2) + (unit == Unit::none ? "" : std::string(" ") + name(unit));
}

std::string value(const CaseRecord& record, const review::Token& token) {
  const Item* item = findItem(record, token.item);
  if (item == nullptr) return "n/a";
  const Measurement& m = item->measurement;
  if (token.field == "label") return item->label;
  if (token.field == "volume") return formatMl(m.volumeMm3);
  if (token.field == "longest") return mm(m.longestMm);
  if (token.field == "perpendicular") return mm(m.perpendicularMm);
  if (token.field == "mean") return mm(m.meanMm);
  if (token.field == "hu") return meanValue(record, *item);
  if (token.field == "size" && m.longestMm && m.perpendicularMm) {
    return formatNumber(*m.longestMm, 1) + " \u00d7 " + formatMm(*m.perpendicularMm);
  }
  return "n/a";
}

LiveSentence live(const CaseRecord& record, const Sentence& sentence) {
  LiveSentence out{sentence.id, "", sentence.madeBy, sentence.confirmed, {}};
  std::size_t at = 0;
  for (const review::Token& token : review::tokens(sentence.text)) {
    out.text += sentence.text.substr(at, token.begin - at) + value(record, token);
    at = token.end;
    if (std::ranges::find(out.items, token.item) == out.items.end()) out.items.push_back(token.item);
  }
  out.text += sentence.text.substr(at);
  return out;
}

}  // namespace

std::vector<LiveSentence> liveSection(const CaseRecord& record, SectionKind kind) {
  std::vector<LiveSentence> section;
  for (const Sentence& sentence : record.report.section(kind)) {
    if (review::stands(record, sentence)) section.push_back(live(record, sentence));
  }
  return section;
}

std::vector<LiveSentence> leavingSection(const CaseRecord& record, SectionKind kind) {
  std::vector<LiveSentence> section = liveSection(record, kind);
  std::erase_if(section, [](const LiveSentence& one) { return !one.confirmed && !one.madeBy.empty(); });
  return section;
}

std::string sectionText(const CaseRecord& record, SectionKind kind) {
  std::string text;
  for (const LiveSentence& sentence : liveSection(record, kind)) {
    if (!text.empty() && !sentence.text.starts_with('\n')) text += ' ';
    text += sentence.text;
  }
  return text;
}

bool isEmpty(const CaseRecord& record, SectionKind kind) {
  return liveSection(record, kind).empty();
}

}  // namespace attest::reporting
