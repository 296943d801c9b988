#include "core/workflow/report_tables.h"

#include <algorithm>

#include "core/base/format.h"
#include "core/domain/change.h"
#include "core/reporting/report_text.h"
#include "core/review/review.h"
#include "core/workflow/report_document.h"

namespace attest::workflow {
namespace {

constexpr const char* none = "\u2013";

/// Who made it, and below who stands for it.
std::string origin(const Item& item) {
  if (item.madeBy.agent.empty()) return item.reviewedBy.value + "\ndrawn by hand";
  std::string words = item.madeBy.agent + " " + item.madeBy.version;
  if (!item.madeBy.model.empty()) words += ", " + item.madeBy.model;
  return words + "\n" + name(item.state) + " by " + item.reviewedBy.value;
}

std::string diameter(const std::optional<double>& mm) {
  return mm ? formatMm(*mm) : none;
}

std::string change(const CaseRecord& record, const Item& item) {
  if (reporting::isNew(record, item)) return "new";
  if (!item.earlier) return none;
  const auto growth = attest::growth(item.earlier->measurement, item.measurement, item.earlier->days);
  if (!growth) return none;
  const std::string factor = "\u00d7 " + formatNumber(growth->volumeFactor, 2);
  if (growth->change == Change::stable) return "unchanged\n" + factor + ", within error";
  const std::string words = std::string(name(growth->change)) + " " + factor;
  if (!growth->doublingDays) return words;
  return words + "\ndoubling in " + formatNumber(*growth->doublingDays, 0) + " days";
}

bool isCompared(const CaseRecord& record, const std::vector<const Item*>& findings) {
  return record.comparison ||
         std::ranges::any_of(findings, [](const Item* item) { return item->earlier.has_value(); });
}

/// The number of a finding in the tables; "–" where it has none.
std::string numberOf(const CaseRecord& record, const std::optional<ItemId>& id) {
  const auto findings = leavingFindings(record);
  const auto at = std::ranges::find_if(findings, [&](const Item* item) { return item->id == id; });
  return at == findings.end() ? none : std::to_string(at - findings.begin() + 1);
}

}  // namespace

view::Section findingsTable(const CaseRecord& record) {
  const auto findings = leavingFindings(record);
  if (findings.empty()) return {};
  const bool compared = isCompared(record, findings);
  view::Table table;
  table.columns = {{"#", 0.22},
                   {"Finding", 1.7},
                   {"Volume", 0.75, true},
                   {"Longest \u00d7 perp.", 1.15, true},
                   {"Mean \u00d8", 0.75, true}};
  if (compared) {
    const std::string since = record.comparison ? formatDate(record.comparison->priorDate) : "before";
    table.columns.push_back({"Since " + since, 1.3});
  }
  table.columns.push_back({"Made by", 1.25});
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const Item& item = *findings[i];
    const Measurement& m = item.measurement;
    view::Row row{{std::to_string(i + 1), item.label, formatMl(m.volumeMm3), reporting::sizeText(m),
                   diameter(m.meanMm)},
                  item.color};
    if (compared) row.cells.push_back(change(record, item));
    row.cells.push_back(origin(item));
    table.rows.push_back(std::move(row));
  }
  return {"Measurements", {std::move(table)}};
}

view::Section lesionsTable(const CaseRecord& record) {
  if (!record.comparison || record.comparison->lesions.empty()) return {};
  view::Table table;
  table.columns = {{"Lesion", 1.9},  {"Volume then", 0.9, true}, {"Size then", 1.2, true},
                   {"Outcome", 1.2}, {"Finding here", 0.8},      {"Said by", 1}};
  for (const CarriedLesion& lesion : record.comparison->lesions) {
    const LesionOutcome outcome = review::outcomeOf(record, lesion);
    const bool measured = outcome == LesionOutcome::measured;
    std::string person = lesion.reviewedBy.value;
    if (const Item* item = measured ? findItem(record, *lesion.match) : nullptr;
        item != nullptr && person.empty())
      person = item->reviewedBy.value;
    table.rows.push_back(
        {{lesion.label, formatMl(lesion.earlier.measurement.volumeMm3),
          reporting::sizeText(lesion.earlier.measurement), reporting::outcomeText(outcome),
          measured ? numberOf(record, lesion.match) : none, person.empty() ? none : person}});
  }
  return {"Lesions of " + formatDate(record.comparison->priorDate), {std::move(table)}};
}

view::Section structuresTable(const CaseRecord& record) {
  view::Table table;
  table.columns = {{"Structure", 2}, {"Volume", 1, true}, {"Mean value", 1, true}, {"Made by", 2}};
  for (const Item& item : record.items) {
    if (item.kind != ItemKind::structure || !isExportable(item)) continue;
    table.rows.push_back(
        {{item.label, formatMl(item.measurement.volumeMm3), reporting::meanText(record, item), origin(item)},
         item.color});
  }
  if (table.rows.empty()) return {};
  std::ranges::sort(table.rows, {}, [](const view::Row& row) { return row.cells.front(); });
  return {"Structures", {std::move(table)}};
}

}  // namespace attest::workflow
