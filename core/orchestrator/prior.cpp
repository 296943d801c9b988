#include "core/orchestrator/prior.h"

#include <algorithm>

namespace attest::orchestrator {
namespace {

bool hasVolume(const Series& series) {
  return std::ranges::any_of(series.blocks, &Block::isVolume);
}

bool isComparable(const Series& now, const Series& then) {
  const std::string& part = now.info.bodyPart;
  const std::string& other = then.info.bodyPart;
  return now.info.modality == then.info.modality && !now.blocks.empty() && !then.blocks.empty() &&
         hasVolume(now) == hasVolume(then) && (part == other || part.empty() || other.empty());
}

bool isComparable(const CaseRecord& now, const CaseRecord& then) {
  return std::ranges::any_of(now.series, [&](const Series& series) {
    return std::ranges::any_of(then.series, [&](const Series& other) { return isComparable(series, other); });
  });
}

}  // namespace

Result<std::optional<CaseRecord>> priorOf(const casedb::CaseDb& db, const CaseRecord& record,
                                          const SignedRecord& asSigned) {
  std::optional<CaseRecord> chosen;
  for (const CaseRow& row : record.priors) {
    ATTEST_TRY(CaseRecord prior, db.record(row.id));
    const bool isBetter = !prior.versions.empty() || !chosen;
    if (!isBetter || !isComparable(record, prior)) continue;
    chosen = std::move(prior);
    if (!chosen->versions.empty()) break;
  }
  if (!chosen) return chosen;
  CaseRecord known;  // what is not signed is nobody's word
  if (!chosen->versions.empty()) {
    ATTEST_TRY(known, asSigned(*chosen));
  }
  chosen->items = std::move(known.items);
  chosen->comparison = std::move(known.comparison);
  return chosen;
}

}  // namespace attest::orchestrator
