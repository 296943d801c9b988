#include "core/review/lesions.h"

#include <algorithm>

namespace attest::review {
namespace {

Result<> expectMatch(const CaseRecord& record, const JudgeLesion& verdict) {
  const bool measured = verdict.outcome == LesionOutcome::measured;
  if (measured && !verdict.match)
    return fail(ErrorCode::bad_argument, "measured: the finding that the lesion is, is needed");
  if (!measured && verdict.outcome != LesionOutcome::open && verdict.match)
    return fail(ErrorCode::bad_argument, "only a lesion that is measured has a finding here");
  if (!verdict.match) return {};
  const Item* item = findItem(record, *verdict.match);
  if (item == nullptr) return fail(ErrorCode::not_found, "no such item: " + verdict.match->value);
  if (item->kind != ItemKind::finding || item->state == ItemState::rejected ||
      item->state == ItemState::dismissed) {
    return fail(ErrorCode::not_allowed, "a lesion is measured by a finding that is not rejected");
  }
  for (const CarriedLesion& other : record.comparison->lesions) {
    if (other.earlier.item != verdict.earlier && other.match == verdict.match && !other.reviewedBy.empty())
      return fail(ErrorCode::not_allowed, "the finding is another earlier lesion");
  }
  return {};
}

}  // namespace

const CarriedLesion* findLesion(const CaseRecord& record, const ItemId& earlier) {
  if (!record.comparison) return nullptr;
  const auto& lesions = record.comparison->lesions;
  const auto at =
      std::ranges::find(lesions, earlier, [](const CarriedLesion& lesion) { return lesion.earlier.item; });
  return at == lesions.end() ? nullptr : &*at;
}

LesionOutcome outcomeOf(const CaseRecord& record, const CarriedLesion& lesion) {
  if (lesion.match) {
    const Item* item = findItem(record, *lesion.match);
    return item != nullptr && isExportable(*item) ? LesionOutcome::measured : LesionOutcome::open;
  }
  const bool said =
      lesion.outcome == LesionOutcome::resolved || lesion.outcome == LesionOutcome::not_evaluable;
  return said && !lesion.reviewedBy.empty() ? lesion.outcome : LesionOutcome::open;
}

Result<Change> judgeLesion(const CaseRecord& record, const JudgeLesion& verdict, const ReaderId& reader,
                           Time now) {
  if (findLesion(record, verdict.earlier) == nullptr)
    return fail(ErrorCode::not_found, "no such earlier lesion: " + verdict.earlier.value);
  ATTEST_CHECK(expectMatch(record, verdict));
  CaseRecord after = record;
  for (CarriedLesion& lesion : after.comparison->lesions) {
    if (lesion.earlier.item == verdict.earlier) {
      const bool open = verdict.outcome == LesionOutcome::open;
      lesion.outcome = verdict.outcome;
      lesion.match = verdict.match;
      lesion.reviewedBy = open ? ReaderId{} : reader;
      lesion.reviewedAt = open ? Time{} : now;
    } else if (verdict.match && lesion.match == verdict.match) {
      lesion.match.reset();  // an agent had paired it with that one
    }
  }
  Change change{
      {}, {}, std::string("review.lesion_") + attest::name(verdict.outcome), verdict.earlier.value, {}};
  for (Item item : record.items) {
    auto earlier = earlierOf(after, item.id);
    if (item.earlier == earlier) continue;
    item.earlier = std::move(earlier);
    change.items.push_back(std::move(item));
  }
  change.comparison = std::move(after.comparison);
  return change;
}

}  // namespace attest::review
