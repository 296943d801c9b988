#include "core/agents/remeasure.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/agents/chest.h"
#include "core/agents/nodule_outline.h"
#include "core/agents/nodule_search.h"
#include "core/agents/pairing.h"

namespace attest::agents {
namespace {

using imaging::Mask;

constexpr double workingMm = 1.4;   ///< as lung_nodules
constexpr double leastScore = 0.3;  ///< where something was, less is asked of what is there:
constexpr double farScore = 0.5;    ///< at the end of the uncertainty as much as of any nodule
constexpr double aroundMm = 30;     ///< of lung around the place, so that its border hides nothing

/// The lungs of this run; a side that was not found is empty.
struct Lungs {
  imaging::MaskPtr right;
  imaging::MaskPtr left;
};

Result<Lungs> lungsOf(const AgentContext& context, const Grid& grid) {
  Lungs lungs{std::make_shared<const Mask>(grid), std::make_shared<const Mask>(grid)};
  for (const Item& lung : lungItems(context)) {
    ATTEST_TRY((lung.laterality == codes::right ? lungs.right : lungs.left), context.mask(lung.id));
  }
  return lungs;
}

/// The part of a mask within a ball.
Mask near(const Mask& mask, Vec3 centerMm, double radiusMm) {
  const Grid& grid = mask.grid();
  const Index3 middle = grid.nearest(centerMm);
  const auto reach = [&](double spacing) { return static_cast<int>(radiusMm / spacing) + 1; };
  const Index3 away{reach(grid.spacingMm.x), reach(grid.spacingMm.y), reach(grid.spacingMm.z)};
  Mask part(grid);
  part.paint({{middle.i - away.i, middle.j - away.j, middle.k - away.k},
              {middle.i + away.i, middle.j + away.j, middle.k + away.k}},
             true,
             [&](Index3 at) { return mask.at(at) && length(grid.toPatient(at) - centerMm) <= radiusMm; });
  return part;
}

/// One search at the places of lesions.
class Search {
 public:
  Search(AgentContext& context, const imaging::Volume& full, const WorkingVolume& working, const Lungs& lungs)
      : context_(context),
        full_(full),
        working_(working),
        lungs_(lungs),
        right_(working.shrink(*lungs.right, 0.5)),
        left_(working.shrink(*lungs.left, 0.5)) {}

  /// The candidate that is most like the lesion, none where nothing is.
  Result<std::optional<NoduleCandidate>> at(const CarriedLesion& lesion,
                                            const std::vector<Item>& known) const {
    const double reach = lesion.uncertaintyMm + aroundMm;
    ATTEST_TRY(const NoduleField field,
               noduleField(near(right_, lesion.expectedMm, reach), near(left_, lesion.expectedMm, reach),
                           Mask(working_.grid()), context_.stop()));
    ATTEST_TRY(const auto candidates,
               findNodules(full_, working_, field, context_.parallel(), context_.stop()));
    std::optional<NoduleCandidate> best;
    double least = 0;
    for (const NoduleCandidate& one : candidates) {
      const auto cost = mismatch(lesion, measured(one), one.right ? codes::right : codes::left);
      const double away = length(one.star.middleMm() - lesion.expectedMm) / lesion.uncertaintyMm;
      if (!cost || one.score < std::lerp(leastScore, farScore, away)) continue;
      if (isKnown(one, known) || (best && *cost >= least)) continue;
      least = *cost;
      best = one;
    }
    return best;
  }

  Result<Mask> outline(const NoduleCandidate& one) const {
    if (one.signs.wall == 0) return outlineOf(one.star, full_, nullptr);
    ATTEST_TRY(const Mask pleura,
               pleuraNear(one.star, one.right ? *lungs_.right : *lungs_.left, context_.stop()));
    return outlineOf(one.star, full_, &pleura);
  }

 private:
  /// Of its shape, before it is outlined.
  static Measurement measured(const NoduleCandidate& one) {
    Measurement measurement;
    const double radius = one.star.shape.radiusMm();
    measurement.volumeMm3 = 4.0 / 3 * std::numbers::pi * radius * radius * radius;
    measurement.centroidMm = one.star.middleMm();
    return measurement;
  }

  static bool isKnown(const NoduleCandidate& one, const std::vector<Item>& known) {
    return std::ranges::any_of(known, [&](const Item& item) {
      const double radius = std::cbrt(item.measurement.volumeMm3 * 0.75 / std::numbers::pi);
      return length(item.measurement.centroidMm - one.star.middleMm()) <
             std::max(radius, one.star.shape.radiusMm());
    });
  }

  AgentContext& context_;
  const imaging::Volume& full_;
  const WorkingVolume& working_;
  const Lungs& lungs_;
  Mask right_;
  Mask left_;
};

}  // namespace

Result<std::vector<Proposal>> remeasure(AgentContext& context, const Comparison& comparison,
                                        const std::vector<Item>& findings) {
  std::vector<Proposal> proposals;
  const auto isSought = [](const CarriedLesion& lesion) { return !lesion.match && lesion.uncertaintyMm > 0; };
  if (lungItems(context).empty() || std::ranges::none_of(comparison.lesions, isSought)) return proposals;
  ATTEST_TRY(const imaging::VolumePtr full, context.volume(comparison.to));
  ATTEST_TRY(const WorkingVolume working,
             WorkingVolume::make(*full, workingMm, context.parallel(), context.stop()));
  ATTEST_TRY(const Lungs lungs, lungsOf(context, full->grid()));
  const Search search(context, *full, working, lungs);
  for (const CarriedLesion& lesion : comparison.lesions) {
    if (!isSought(lesion)) continue;
    ATTEST_TRY(const auto found, search.at(lesion, findings));
    if (!found) continue;
    ATTEST_TRY(Mask mask, search.outline(*found));
    if (mask.empty()) continue;
    proposals.push_back({.kind = ItemKind::finding,
                         .label = lesion.label,
                         .category = lesion.category,
                         .code = lesion.code,
                         .laterality = lesion.laterality,
                         .confidence = found->score,
                         .flags = {"remeasured"},
                         .source = comparison.to,
                         .mask = std::make_shared<const Mask>(std::move(mask)),
                         .earlier = lesion.earlier.item});
  }
  return proposals;
}

}  // namespace attest::agents
