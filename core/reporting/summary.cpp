#include <algorithm>
#include <cctype>
#include <map>

#include "core/base/format.h"
#include "core/domain/change.h"
#include "core/reporting/report_text.h"
#include "core/review/review.h"

namespace attest::reporting {
namespace {

struct Kind {
  int count = 0;
  const Item* largest = nullptr;
};

/// "1 nodule", "4 nodules"; words of which the plural is not known are counted as findings.
std::string counted(int count, const std::string& meaning) {
  std::string word = meaning;
  std::ranges::transform(word, word.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const bool isWord =
      !word.empty() && std::ranges::all_of(word, [](unsigned char c) { return std::islower(c); });
  if (!isWord) word = "finding";
  if (count != 1) {
    if (word.ends_with('y')) {
      word.replace(word.size() - 1, 1, "ies");
    } else {
      word += word.ends_with('s') ? "" : "s";
    }
  }
  return std::to_string(count) + " " + word;
}

std::string countsOf(const CaseRecord& record) {
  std::map<std::string, Kind> kinds;
  for (const Item& item : record.items) {
    if (item.kind != ItemKind::finding || !isExportable(item)) continue;
    Kind& kind = kinds[item.code.meaning];
    ++kind.count;
    if (kind.largest == nullptr || item.measurement.volumeMm3 > kind.largest->measurement.volumeMm3)
      kind.largest = &item;
  }
  std::string text;
  for (const auto& [meaning, kind] : kinds) {
    text += (text.empty() ? "" : "; ") + counted(kind.count, meaning);
    if (!kind.largest->measurement.longestMm) continue;
    text += (kind.count == 1 ? ", " : ", the largest ") + sizeText(kind.largest->measurement);
  }
  return text;
}

/// How many findings changed in which way, and what became of earlier lesions that are none of them.
std::string changesOf(const CaseRecord& record) {
  if (!record.comparison || record.comparison->priorVersion == 0) return {};
  std::vector<std::pair<std::string, int>> counts{{"new", 0},       {"grown", 0},    {"shrunk", 0},
                                                  {"unchanged", 0}, {"resolved", 0}, {"not evaluable", 0}};
  const auto count = [&](const std::string& word) {
    const auto at = std::ranges::find(counts, word, &std::pair<std::string, int>::first);
    if (at != counts.end()) ++at->second;
  };
  for (const Item& item : record.items) {
    if (item.kind != ItemKind::finding || !isExportable(item)) continue;
    if (isNew(record, item)) count("new");
    if (!item.earlier) continue;
    const auto growth = attest::growth(item.earlier->measurement, item.measurement, item.earlier->days);
    if (growth) count(growth->change == Change::stable ? "unchanged" : name(growth->change));
  }
  for (const CarriedLesion& lesion : record.comparison->lesions)
    count(outcomeText(review::outcomeOf(record, lesion)));
  std::string text;
  for (const auto& [word, number] : counts)
    if (number > 0) text += (text.empty() ? "" : ", ") + std::to_string(number) + " " + word;
  return text.empty() ? text : "since " + formatDate(record.comparison->priorDate) + ": " + text;
}

}  // namespace

std::string summaryText(const CaseRecord& record) {
  const std::string counts = countsOf(record);
  std::string changes = changesOf(record);
  if (!counts.empty() && !changes.empty()) return counts + "; " + changes;
  if (!changes.empty()) changes.front() = 'S';
  return counts + changes;
}

}  // namespace attest::reporting
