#include <nlohmann/json.hpp>

#include "core/agents/chest.h"
#include "core/agents/nodule_outline.h"
#include "core/agents/nodule_search.h"

namespace attest::agents {
namespace {

using imaging::Mask;

constexpr double workingMm = 1.4;
constexpr std::size_t mostShown = 10;
constexpr double shownRank = 0.5;
constexpr double mentionedRank = 0.25;  ///< below it nothing is counted either
constexpr double groundGlassHu = -300;  ///< of its middle
constexpr double groundGlassMm = 5;     ///< in what is smaller, the blur alone makes it faint

/// The lungs of this run at full resolution; a side that was not found is empty.
struct Lungs {
  imaging::MaskPtr right;
  imaging::MaskPtr left;
  Mask airways;
};

Result<Lungs> lungsOf(const AgentContext& context, const Grid& grid) {
  const auto empty = std::make_shared<const Mask>(grid);
  Lungs lungs{empty, empty, Mask(grid)};
  for (const Item& item : context.items()) {
    ATTEST_TRY(const imaging::MaskPtr mask, context.mask(item.id));
    if (item.code == codes::airways) lungs.airways = *mask;
    if (item.code == codes::lung) (item.laterality == codes::right ? lungs.right : lungs.left) = mask;
  }
  return lungs;
}

std::string labelOf(const NoduleCandidate& candidate) {
  const bool groundGlass =
      candidate.star.coreHu < groundGlassHu && 2 * candidate.star.shape.radiusMm() >= groundGlassMm;
  return std::string(groundGlass ? "Ground glass nodule, " : "Nodule, ") +
         (candidate.right ? "right lung" : "left lung");
}

/// Where the outline follows the shape and not an edge in the image.
std::vector<std::string> flagsOf(const StarSigns& signs) {
  std::vector<std::string> flags;
  if (signs.wall > 0.1) flags.emplace_back("touches_pleura");
  if (signs.open > 0.05) flags.emplace_back("touches_vessel");
  return flags;
}

class LungNodules final : public Agent {
 public:
  const AgentCard& card() const noexcept override { return card_; }

  Result<Output> run(AgentContext& context) const override {
    ATTEST_TRY(const ChestImages chest, chestImages(context, workingMm));
    const auto& [block, full, working] = chest;
    ATTEST_TRY(const Lungs lungs, lungsOf(context, full->grid()));
    context.progress(0.1);
    ATTEST_TRY(const NoduleField field,
               noduleField(working.shrink(*lungs.right, 0.5), working.shrink(*lungs.left, 0.5),
                           working.shrink(lungs.airways, 0.3), context.stop()));
    context.progress(0.2);
    ATTEST_TRY(auto candidates, findNodules(*full, working, field, context.parallel(), context.stop()));
    std::ranges::stable_sort(candidates, std::greater{}, &NoduleCandidate::rank);
    context.progress(0.8);
    Output output;
    int mentioned = 0;
    for (const NoduleCandidate& one : candidates) {
      if (one.rank() < mentionedRank) break;
      ++mentioned;
      if (one.rank() < shownRank || output.proposals.size() == mostShown) continue;
      ATTEST_TRY(Mask mask, outlined(one, *full, one.right ? *lungs.right : *lungs.left, context.stop()));
      if (!mask.empty()) output.proposals.push_back(proposal(one, block, std::move(mask)));
    }
    output.belowThreshold = mentioned - static_cast<int>(output.proposals.size());
    output.facts = nlohmann::json{{"candidates", mentioned}, {"shown", output.proposals.size()}}.dump();
    output.notes = {makeNote(NoteCode::findings, output.proposals.size()),
                    makeNote(NoteCode::below_threshold, output.belowThreshold)};
    return output;
  }

 private:
  static Result<Mask> outlined(const NoduleCandidate& candidate, const imaging::Volume& full,
                               const Mask& lung, std::stop_token stop) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled);
    if (candidate.signs.wall == 0) return outlineOf(candidate.star, full, nullptr);
    ATTEST_TRY(const Mask pleura, pleuraNear(candidate.star, lung, stop));
    return outlineOf(candidate.star, full, &pleura);
  }

  static Proposal proposal(const NoduleCandidate& candidate, const BlockRef& block, Mask mask) {
    return {.kind = ItemKind::finding,
            .label = labelOf(candidate),
            .category = codes::abnormal,
            .code = codes::nodule,
            .laterality = candidate.right ? codes::right : codes::left,
            .confidence = candidate.rank(),
            .flags = flagsOf(candidate.signs),
            .color = {255, 214, 10},
            .source = block,
            .mask = std::make_shared<const Mask>(std::move(mask))};
  }

  const AgentCard card_{
      .id = "lung_nodules",
      .version = "1.0.0",
      .title = "Lung nodules",
      .owner = "Attest project",
      .intendedUse =
          "Research. Marks and measures round spots of 3 to 30 mm in the lungs, solid or ground glass, for a "
          "reader to judge; it does not say what they are.",
      .method =
          "Maxima of the Laplacian of Gaussians in seven sizes (Lindeberg 1998) inside the lungs closed at "
          "the pleura with a ball of 12 mm; from each, 256 rays to where the value falls half way to the "
          "lung "
          "around it, and an ellipsoid fitted to them; ranked by the rays that end there, by how few stay "
          "dense on two sides as in a vessel, by shape, contrast and size. Outlined at the level of the true "
          "edge for the blur that the rays measured, cut by the ellipsoid where it touches vessel or pleura. "
          "Shown only where that ellipsoid spans about 2.4 voxels in every direction.",
      .limitations =
          "Not validated on a reading set. Vessels that fork or bend are shown at times. What does not span "
          "about 2.4 times the step between slices cannot be told from a vessel that crosses them and is not "
          "shown. On phantoms, of 4 mm and more are found up to a step of 1.25 mm, of 6 mm up to 2.5 mm, of "
          "8 mm at 3 mm (of 6 to 7 mm most), of 12 mm at 5 mm. The step is meant, not a thickness beyond it: "
          "on thick slices that overlap expect more false ones. Spots that are long, at the hilum, broad at "
          "the pleura, fainter than 100 HU above the lung or inside a consolidation are missed; of a "
          "part-solid nodule it may outline the solid part alone. The confidence is a rank, not a "
          "probability.",
      .modalities = {"CT"},
      .needs = {"study_context", "lungs"},
      .operatingPoint = "at most 10 findings with a score of 0.5 and more",
      .proposes = true,
      .readingMode = ReadingMode::after};
};

}  // namespace

std::unique_ptr<Agent> make_lung_nodules() {
  return std::make_unique<LungNodules>();
}

}  // namespace attest::agents
