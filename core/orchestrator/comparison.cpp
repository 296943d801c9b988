#include "core/orchestrator/comparison.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace attest::orchestrator {
namespace {

bool isFinite(Vec3 v) {
  return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z);
}

bool isRigid(const RigidTransform& transform) {
  constexpr double tolerance = 1e-6;
  const auto& r = transform.rotation;
  const std::array<Vec3, 3> rows{Vec3{r[0], r[1], r[2]}, Vec3{r[3], r[4], r[5]}, Vec3{r[6], r[7], r[8]}};
  for (std::size_t a = 0; a < 3; ++a)
    for (std::size_t b = 0; b < 3; ++b)
      if (!(std::abs(dot(rows[a], rows[b]) - (a == b ? 1 : 0)) < tolerance)) return false;
  return dot(cross(rows[0], rows[1]), rows[2]) > 0 && isFinite(transform.translationMm);
}

tl::unexpected<Error> bad(const std::string& why) {
  return fail(ErrorCode::bad_argument, "comparison: " + why);
}

Result<> admitAlignment(const Comparison& comparison, const StepInput& input) {
  if (comparison.isAligned() != !comparison.from.series.empty()) return bad("one of its blocks is missing");
  if (!comparison.isAligned()) return {};
  if (findBlock(*input.prior, comparison.from) == nullptr ||
      findBlock(input.record, comparison.to) == nullptr)
    return bad("it names a block that is not there");
  if (!isRigid(comparison.toCurrent)) return bad("its transform is not a turn and a shift");
  if (!(comparison.errorMm >= 0) || !std::isfinite(comparison.errorMm)) return bad("its error is no length");
  return {};
}

/// Is it, word for word, what the earlier study says: a finding that was signed there, or a lesion that could
/// not be evaluated there.
bool isKnown(const CarriedLesion& lesion, const CaseRecord& prior) {
  if (const Item* item = findItem(prior, lesion.earlier.item)) {
    return lesion.earlier.caseId == prior.row.id && lesion.earlier.measurement == item->measurement &&
           lesion.trackingUid == item->trackingUid && lesion.maskHash == item->maskHash;
  }
  if (!prior.comparison) return false;
  return std::ranges::any_of(prior.comparison->lesions, [&](const CarriedLesion& known) {
    return known.earlier.item == lesion.earlier.item &&
           known.earlier.measurement == lesion.earlier.measurement &&
           known.trackingUid == lesion.trackingUid && known.maskHash == lesion.maskHash;
  });
}

Result<> admitLesion(const CarriedLesion& lesion, const Comparison& comparison, const CaseRecord& prior) {
  if (!isKnown(lesion, prior)) return bad("a lesion is none of the earlier study");
  if (lesion.outcome != LesionOutcome::open || !lesion.reviewedBy.empty())
    return bad("what became of a lesion is for a person to say");
  const bool hasPlace = lesion.uncertaintyMm != 0;
  if ((hasPlace && !comparison.isAligned()) || !(lesion.uncertaintyMm >= 0) ||
      !std::isfinite(lesion.uncertaintyMm) || !isFinite(lesion.expectedMm)) {
    return bad("the place of a lesion");
  }
  return {};
}

/// Every lesion of the earlier study is there: none is forgotten.
Result<> admitAll(const Comparison& comparison, const CaseRecord& prior) {
  std::set<ItemId> carried;
  for (const CarriedLesion& lesion : comparison.lesions)
    if (!carried.insert(lesion.earlier.item).second) return bad("a lesion is there twice");
  for (const Item& item : prior.items) {
    if (item.kind == ItemKind::finding && isExportable(item) && !carried.contains(item.id))
      return bad("a lesion of the earlier study is missing");
  }
  if (!prior.comparison) return {};
  for (const CarriedLesion& lesion : prior.comparison->lesions) {
    if (lesion.outcome == LesionOutcome::not_evaluable && !carried.contains(lesion.earlier.item))
      return bad("a lesion that could not be evaluated is missing");
  }
  return {};
}

/// What persons said of the lesions counts more than what an agent found since.
void takeOver(Comparison& comparison, const std::optional<Comparison>& before) {
  if (!before) return;
  std::set<ItemId> taken;
  for (CarriedLesion& lesion : comparison.lesions) {
    const auto same = [&](const CarriedLesion& old) { return old.earlier.item == lesion.earlier.item; };
    const auto said = std::ranges::find_if(before->lesions, same);
    if (said == before->lesions.end() || said->reviewedBy.empty()) continue;
    lesion.outcome = said->outcome;
    lesion.match = said->match;
    lesion.reviewedBy = said->reviewedBy;
    lesion.reviewedAt = said->reviewedAt;
    if (lesion.match) taken.insert(*lesion.match);
  }
  for (CarriedLesion& lesion : comparison.lesions) {
    if (lesion.reviewedBy.empty() && lesion.match && taken.contains(*lesion.match)) lesion.match.reset();
  }
}

}  // namespace

Result<> admitComparison(const Comparison& comparison, const StepInput& input,
                         const std::vector<ItemId>& items) {
  if (!input.prior) return bad("there is no earlier study");
  const CaseRecord& prior = *input.prior;
  const int version = prior.versions.empty() ? 0 : prior.versions.back().number;
  if (comparison.prior != prior.row.id || comparison.priorStudy != prior.study.uid ||
      comparison.priorVersion != version) {
    return bad("it is with another study than the earlier one");
  }
  ATTEST_CHECK(admitAlignment(comparison, input));
  ATTEST_CHECK(admitAll(comparison, prior));
  std::set<ItemId> matched;
  for (const CarriedLesion& lesion : comparison.lesions) {
    ATTEST_CHECK(admitLesion(lesion, comparison, prior));
    if (!lesion.match) continue;
    if (std::ranges::count(items, *lesion.match) == 0) return bad("a lesion is an item of no step before");
    if (!matched.insert(*lesion.match).second) return bad("two lesions are one item");
  }
  return {};
}

Result<> pairLesion(std::optional<Comparison>& comparison, const ItemId& lesion, const ItemId& item) {
  if (comparison) {
    for (CarriedLesion& one : comparison->lesions) {
      if (one.earlier.item != lesion || one.match) continue;
      one.match = item;
      return {};
    }
  }
  return bad("a result is a lesion that is not there, or that another one is");
}

Result<> storeComparison(casedb::WriteTx& tx, const CaseId& id, std::optional<Comparison> comparison) {
  ATTEST_TRY(CaseRecord record, tx.record(id));
  if (comparison) {
    takeOver(*comparison, record.comparison);
    if (comparison != record.comparison) ATTEST_CHECK(tx.setComparison(id, comparison));
    record.comparison = std::move(comparison);
  }
  for (Item item : record.items) {
    auto earlier = earlierOf(record, item.id);
    if (item.earlier == earlier) continue;
    item.earlier = std::move(earlier);
    ATTEST_CHECK(tx.putItem(id, item));
  }
  return {};
}

}  // namespace attest::orchestrator
