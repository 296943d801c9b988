#include <algorithm>
#include <functional>

#include "core/base/format.h"
#include "core/domain/change.h"
#include "core/reporting/report_text.h"
#include "core/review/review.h"
#include "core/review/sentences.h"

namespace attest::reporting {
namespace {

std::string mm(const std::optional<double>& value) {
  return value ? formatMm(*value) : "n/a";
}

std::string earlierValue(const EarlierLesion& earlier, const std::string& field) {
  if (field == "prior_date") return formatDate(earlier.studyDate);
  if (field == "prior_volume") return formatMl(earlier.measurement.volumeMm3);
  if (field == "prior_size") return sizeText(earlier.measurement);
  return "n/a";
}

std::string itemValue(const CaseRecord& record, const Item& item, const std::string& field) {
  const Measurement& m = item.measurement;
  if (field == "label") return item.label;
  if (field == "volume") return formatMl(m.volumeMm3);
  if (field == "longest") return mm(m.longestMm);
  if (field == "perpendicular") return mm(m.perpendicularMm);
  if (field == "mean") return mm(m.meanMm);
  if (field == "hu") return meanText(record, item);
  if (field == "size") return sizeText(m);
  if (field == "change") return changeText(record, item);
  return item.earlier ? earlierValue(*item.earlier, field) : "n/a";
}

std::string value(const CaseRecord& record, const review::Token& token) {
  if (const Item* item = findItem(record, token.item)) return itemValue(record, *item, token.field);
  if (token.item.value == record.row.id.value) return token.field == "summary" ? summaryText(record) : "n/a";
  const CarriedLesion* lesion = review::findLesion(record, token.item);
  if (lesion == nullptr) return "n/a";
  if (token.field == "label") return lesion->label;
  if (token.field == "outcome") return outcomeText(review::outcomeOf(record, *lesion));
  return earlierValue(lesion->earlier, token.field);
}

LiveSentence live(const CaseRecord& record, const Sentence& sentence) {
  LiveSentence out{sentence.id, "", sentence.madeBy, sentence.confirmed, {}};
  std::size_t at = std::min(sentence.text.find_first_not_of("\r\n"), sentence.text.size());
  out.breaks = static_cast<std::size_t>(
      std::count(sentence.text.begin(), sentence.text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
  for (const review::Token& token : review::tokens(sentence.text)) {
    out.text += sentence.text.substr(at, token.begin - at) + value(record, token);
    at = token.end;
    if (std::ranges::find(out.items, token.item) == out.items.end()) out.items.push_back(token.item);
  }
  out.text += sentence.text.substr(at);
  return out;
}

bool isUnconfirmed(const LiveSentence& sentence) {
  return !sentence.madeBy.empty() && !sentence.confirmed;
}

}  // namespace

std::string sizeText(const Measurement& m) {
  if (!m.longestMm || !m.perpendicularMm) return mm(m.longestMm);
  return formatNumber(*m.longestMm, 1) + " \u00d7 " + formatMm(*m.perpendicularMm);
}

std::string meanText(const CaseRecord& record, const Item& item) {
  if (!item.measurement.values) return "n/a";
  const double mean = item.measurement.values->mean;
  const Block* block = findBlock(record, item.source);
  const Unit unit = block == nullptr ? Unit::none : block->unit;
  if (unit == Unit::hu) return formatHu(mean);
  return formatNumber(mean, 2) + (unit == Unit::none ? "" : std::string(" ") + name(unit));
}

bool isNew(const CaseRecord& record, const Item& item) {
  return record.comparison && !item.earlier &&
         std::ranges::find(item.flags, review::flagNew) != item.flags.end();
}

std::string changeText(const CaseRecord& record, const Item& item) {
  if (isNew(record, item)) return "new since " + formatDate(record.comparison->priorDate);
  if (!item.earlier) return "not compared";
  const EarlierLesion& then = *item.earlier;
  const std::string before =
      "previously " + formatMl(then.measurement.volumeMm3) + " on " + formatDate(then.studyDate);
  const auto growth = attest::growth(then.measurement, item.measurement, then.days);
  if (!growth) return before;
  if (growth->change == Change::stable) return before + ", unchanged within the error of measuring";
  const std::string factor = formatNumber(growth->volumeFactor, 2) + " times the volume";
  if (!growth->doublingDays) return before + ", " + name(growth->change) + " to " + factor;
  return before + ", " + name(growth->change) + " to " + factor + ", doubling time " +
         formatNumber(*growth->doublingDays, 0) + " days";
}

std::string outcomeText(LesionOutcome outcome) {
  switch (outcome) {
    case LesionOutcome::measured:
      return "measured again";
    case LesionOutcome::resolved:
      return "resolved";
    case LesionOutcome::not_evaluable:
      return "not evaluable";
    case LesionOutcome::open:
      break;
  }
  return "open";
}

std::vector<LiveSentence> liveSection(const CaseRecord& record, SectionKind kind) {
  std::vector<LiveSentence> section;
  for (const Sentence& sentence : record.report.section(kind)) {
    if (review::stands(record, sentence)) section.push_back(live(record, sentence));
  }
  return section;
}

std::vector<LiveSentence> leavingSection(const CaseRecord& record, SectionKind kind) {
  std::vector<LiveSentence> section = liveSection(record, kind);
  std::erase_if(section, isUnconfirmed);
  return section;
}

std::vector<LiveSentence> unconfirmedSection(const CaseRecord& record, SectionKind kind) {
  std::vector<LiveSentence> section = liveSection(record, kind);
  std::erase_if(section, std::not_fn(isUnconfirmed));
  return section;
}

std::string sectionText(const CaseRecord& record, SectionKind kind) {
  std::string text;
  for (const LiveSentence& sentence : liveSection(record, kind)) {
    if (!text.empty()) text += sentence.breaks > 0 ? std::string(sentence.breaks, '\n') : " ";
    text += sentence.text;
  }
  return text;
}

bool isEmpty(const CaseRecord& record, SectionKind kind) {
  return liveSection(record, kind).empty();
}

}  // namespace attest::reporting
