#include <algorithm>
#include <array>

#include "core/review/review.h"
#include "core/review/sentences.h"

namespace attest::review {
namespace {

bool hasFlag(const Item& item, const char* flag) {
  return std::ranges::find(item.flags, flag) != item.flags.end();
}

bool isEmptySection(const CaseRecord& record, SectionKind kind) {
  return std::ranges::none_of(record.report.section(kind),
                              [&](const Sentence& sentence) { return stands(record, sentence); });
}

}  // namespace

const char* name(MissingCode code) noexcept {
  constexpr std::array names{"unreviewed", "critical", "prior_lesion", "section_empty",
                             "role",       "stale",    "run_active",   "unread"};
  return names[static_cast<std::size_t>(code)];
}

bool blocks(const Missing& missing) noexcept {
  return missing.code != MissingCode::unread;
}

std::vector<Missing> missingForSignature(const CaseRecord& record, const Reader& reader) {
  std::vector<Missing> missing;
  if (!maySign(reader)) missing.push_back({MissingCode::role, ""});
  for (const Item& item : record.items) {
    if (isUnreviewed(item)) missing.push_back({MissingCode::unreviewed, item.id.value});
    if (isExportable(item) && hasFlag(item, flagCritical) && !hasFlag(item, flagAcknowledged)) {
      missing.push_back({MissingCode::critical, item.id.value});
    }
  }
  if (record.comparison) {
    for (const CarriedLesion& lesion : record.comparison->lesions) {
      if (outcomeOf(record, lesion) == LesionOutcome::open)
        missing.push_back({MissingCode::prior_lesion, lesion.earlier.item.value});
    }
  }
  for (const SectionKind kind : {SectionKind::findings, SectionKind::impression}) {
    if (isEmptySection(record, kind)) missing.push_back({MissingCode::section_empty, attest::name(kind)});
  }
  if (std::ranges::any_of(record.runs, isActive)) missing.push_back({MissingCode::run_active, ""});
  for (const Series& series : record.series) {
    const bool seen = std::ranges::find(record.viewed, series.info.uid) != record.viewed.end();
    if (!series.blocks.empty() && !seen) missing.push_back({MissingCode::unread, series.info.uid.value});
  }
  return missing;
}

}  // namespace attest::review
