#include "core/agents/carried.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>

namespace attest::agents {
namespace {

// The radius within which a lesion is looked for. How far it may lie from where a rigid transform puts
// it: 2.5 root mean squares of what the registration left (in each direction 95 % lie within two; it is
// measured on the whole chest), but never less than what another breath does to a lung: the nodules of 60
// patients lay 9.6 mm on average from where a rigid registration with scaling put them (of low-dose CT two
// years apart, PubMed 21859041), which is 17 mm for 95 % of them where the three directions are alike and
// normal (2.80 / 1.60 of the mean). Then half the lesion's diameter (what grows to one side moves its
// middle), and some for how differently two outlines are drawn.
constexpr double errors = 2.5;
constexpr double breathMm = 17;
constexpr double slackMm = 3;
constexpr double mostMm = 40;

std::optional<std::chrono::sys_days> dayOf(const std::string& date) {
  const bool digits = date.size() == 8 && date.find_first_not_of("0123456789") == std::string::npos;
  if (!digits) return std::nullopt;
  const std::chrono::year_month_day day{
      std::chrono::year(std::stoi(date.substr(0, 4))),
      std::chrono::month(static_cast<unsigned>(std::stoi(date.substr(4, 2)))),
      std::chrono::day(static_cast<unsigned>(std::stoi(date.substr(6, 2))))};
  return day.ok() ? std::optional<std::chrono::sys_days>(day) : std::nullopt;
}

CarriedLesion carried(const Item& item, const CaseRecord& prior, const std::string& today) {
  CarriedLesion lesion;
  lesion.earlier = {prior.row.id, item.id, prior.study.date, daysBetween(prior.study.date, today),
                    item.measurement};
  lesion.label = item.label;
  lesion.category = item.category;
  lesion.code = item.code;
  lesion.laterality = item.laterality;
  lesion.trackingUid = item.trackingUid;
  lesion.maskHash = item.maskHash;
  return lesion;
}

FrameUid frameOf(const CaseRecord& record, const BlockRef& ref) {
  const Series* series = findSeries(record, ref.series);
  const Block* block = findBlock(record, ref);
  if (series == nullptr || block == nullptr) return {};
  return block->frameOfReference.empty() ? series->info.frameOfReference : block->frameOfReference;
}

/// Where a lesion was in the earlier study, in the space of that block; none where that is not known.
std::optional<Vec3> placeThen(const CarriedLesion& lesion, const CaseRecord& prior, const BlockRef& from) {
  if (const Item* item = findItem(prior, lesion.earlier.item)) {
    const FrameUid frame = frameOf(prior, item->source);
    const bool same = item->source == from || (!frame.empty() && frame == frameOf(prior, from));
    return same ? std::optional(item->measurement.centroidMm) : std::nullopt;
  }
  if (!prior.comparison || prior.comparison->to != from) return std::nullopt;
  for (const CarriedLesion& known : prior.comparison->lesions) {
    if (known.earlier.item == lesion.earlier.item && known.uncertaintyMm > 0) return known.expectedMm;
  }
  return std::nullopt;
}

}  // namespace

int daysBetween(const std::string& from, const std::string& to) {
  const auto first = dayOf(from);
  const auto last = dayOf(to);
  return first && last ? static_cast<int>((*last - *first).count()) : 0;
}

Comparison carryOver(const CaseRecord& prior, const CaseRecord& record) {
  Comparison comparison;
  comparison.prior = prior.row.id;
  comparison.priorStudy = prior.study.uid;
  comparison.priorDate = prior.study.date;
  comparison.priorVersion = prior.versions.empty() ? 0 : prior.versions.back().number;
  for (const Item& item : prior.items) {
    if (item.kind == ItemKind::finding && isExportable(item))
      comparison.lesions.push_back(carried(item, prior, record.study.date));
  }
  if (!prior.comparison) return comparison;
  for (const CarriedLesion& known : prior.comparison->lesions) {
    if (known.outcome != LesionOutcome::not_evaluable || findItem(prior, known.earlier.item) != nullptr)
      continue;
    CarriedLesion lesion = known;
    lesion.earlier.days = daysBetween(known.earlier.studyDate, record.study.date);
    lesion.expectedMm = {};
    lesion.uncertaintyMm = 0;
    lesion.match.reset();
    lesion.outcome = LesionOutcome::open;
    lesion.reviewedBy = {};
    lesion.reviewedAt = {};
    comparison.lesions.push_back(std::move(lesion));
  }
  return comparison;
}

void place(Comparison& comparison, const CaseRecord& prior) {
  for (CarriedLesion& lesion : comparison.lesions) {
    const auto then = placeThen(lesion, prior, comparison.from);
    if (!then) continue;
    const double halfMm = std::cbrt(6 * lesion.earlier.measurement.volumeMm3 / std::numbers::pi) / 2;
    lesion.expectedMm = comparison.toCurrent(*then);
    lesion.uncertaintyMm =
        std::min(mostMm, std::max(errors * comparison.errorMm, breathMm) + halfMm + slackMm);
  }
}

}  // namespace attest::agents
