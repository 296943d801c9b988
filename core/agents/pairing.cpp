#include "core/agents/pairing.h"

#include <cmath>
#include <limits>

namespace attest::agents {
namespace {

constexpr double largestFactor = 3;  ///< of the diameter, either way
constexpr double unpaired =
    1000;  ///< more than all mismatches of a case together: any pair is better than none

/// The cheapest assignment of rows to columns, every row to one; there are at least as many columns. Row and
/// column 0 are none. By shortest augmenting paths with potentials.
std::vector<std::size_t> assign(const std::vector<std::vector<double>>& cost, std::size_t columns) {
  const std::size_t rows = cost.size();
  std::vector<double> ofRow(rows + 1);
  std::vector<double> ofColumn(columns + 1);
  std::vector<std::size_t> rowOf(columns + 1);
  for (std::size_t row = 1; row <= rows; ++row) {
    std::vector<double> least(columns + 1, std::numeric_limits<double>::infinity());
    std::vector<std::size_t> from(columns + 1);
    std::vector<bool> done(columns + 1);
    std::size_t column = 0;
    rowOf[0] = row;
    do {
      done[column] = true;
      double step = std::numeric_limits<double>::infinity();
      std::size_t next = 0;
      for (std::size_t c = 1; c <= columns; ++c) {
        if (done[c]) continue;
        const double reduced = cost[rowOf[column] - 1][c - 1] - ofRow[rowOf[column]] - ofColumn[c];
        if (reduced < least[c]) {
          least[c] = reduced;
          from[c] = column;
        }
        if (least[c] < step) {
          step = least[c];
          next = c;
        }
      }
      for (std::size_t c = 0; c <= columns; ++c) {
        if (done[c]) {
          ofRow[rowOf[c]] += step;
          ofColumn[c] -= step;
        } else {
          least[c] -= step;
        }
      }
      column = next;
    } while (rowOf[column] != 0);
    for (; column != 0; column = from[column]) rowOf[column] = rowOf[from[column]];
  }
  std::vector<std::size_t> columnOf(rows);
  for (std::size_t c = 1; c <= columns; ++c)
    if (rowOf[c] != 0) columnOf[rowOf[c] - 1] = c - 1;
  return columnOf;
}

}  // namespace

std::optional<double> mismatch(const CarriedLesion& lesion, const Measurement& finding,
                               const std::optional<Code>& laterality) {
  const double then = lesion.earlier.measurement.volumeMm3;
  if (!(lesion.uncertaintyMm > 0) || !(then > 0) || !(finding.volumeMm3 > 0)) return std::nullopt;
  if (lesion.laterality && laterality && *lesion.laterality != *laterality) return std::nullopt;
  const double away = length(finding.centroidMm - lesion.expectedMm) / lesion.uncertaintyMm;
  const double size = std::log(finding.volumeMm3 / then) / (3 * std::log(largestFactor));
  if (!(away <= 1) || !(std::abs(size) <= 1)) return std::nullopt;
  return away * away + size * size;
}

std::vector<std::optional<std::size_t>> pairLesions(const std::vector<CarriedLesion>& lesions,
                                                    const std::vector<Item>& findings) {
  // A column for each finding, and one for each lesion that stays alone.
  const std::size_t columns = findings.size() + lesions.size();
  std::vector<std::vector<double>> cost;
  for (const CarriedLesion& lesion : lesions) {
    std::vector<double>& row = cost.emplace_back(columns, unpaired);
    for (std::size_t n = 0; n < findings.size(); ++n)
      row[n] = mismatch(lesion, findings[n].measurement, findings[n].laterality).value_or(2 * unpaired);
  }
  std::vector<std::optional<std::size_t>> pairs;
  for (const std::size_t column : assign(cost, columns))
    pairs.push_back(column < findings.size() ? std::optional(column) : std::nullopt);
  return pairs;
}

}  // namespace attest::agents
