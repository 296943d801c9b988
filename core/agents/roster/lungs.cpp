#include <nlohmann/json.hpp>

#include "core/agents/airways.h"
#include "core/agents/chest.h"
#include "core/agents/lung_field.h"
#include "core/imaging/filters.h"

namespace attest::agents {
namespace {

using imaging::Mask;

constexpr double workingMm = 2.1;

/// A lung at full resolution: all of its core, and in a band along its edge what is thinner than the edge's
/// value.
Result<Mask> atFullResolution(const Mask& lung, const Mask& other, const Mask& airways,
                              const imaging::Volume& full, const WorkingVolume& working,
                              AgentContext& context) {
  const Vec3 spacing = working.grid().spacingMm;
  const double voxelMm = std::max({spacing.x, spacing.y, spacing.z});
  ATTEST_TRY(const Mask core, imaging::erode(lung, voxelMm, context.stop()));
  ATTEST_TRY(const Mask wide, imaging::dilate(lung, voxelMm, context.stop()));
  const auto inCore = core.toDense();
  const auto inBand = minus(wide, other).toDense();
  const auto isAirway = airways.toDense();
  const auto box = wide.box();
  if (!box) return Mask(full.grid());
  Mask mask = imaging::visit(full, [&](auto values) {
    return working.refine(*box, context.parallel(), context.stop(), [&](std::size_t at, std::size_t small) {
      return isAirway[at] == 0 &&
             (inCore[small] != 0 || (inBand[small] != 0 && imaging::toDouble(values[at]) < lungEdgeHu));
    });
  });
  if (context.stop().stop_requested()) return fail(ErrorCode::cancelled);
  return mask;
}

Proposal structure(const BlockRef& source, std::string label, const Code& code,
                   const std::optional<Code>& side, std::array<std::uint8_t, 3> color, Mask mask) {
  return {.kind = ItemKind::structure,
          .label = std::move(label),
          .category = codes::anatomy,
          .code = code,
          .laterality = side,
          .confidence = {},
          .flags = {},
          .color = color,
          .source = source,
          .mask = std::make_shared<const Mask>(std::move(mask))};
}

class Lungs final : public Agent {
 public:
  const AgentCard& card() const noexcept override { return card_; }

  Result<Output> run(AgentContext& context) const override {
    ATTEST_TRY(const BlockRef block, chestBlock(context));
    ATTEST_TRY(const imaging::VolumePtr full, context.volume(block));
    context.progress(0.2);
    ATTEST_TRY(const WorkingVolume working,
               WorkingVolume::make(*full, workingMm, context.parallel(), context.stop()));
    ATTEST_TRY(const Mask inside, insideOfBody(working, context.parallel(), context.stop()));
    if (inside.empty()) return fail(ErrorCode::unsupported, "no body in the volume");
    context.progress(0.4);
    Mask airways(full->grid());
    if (const auto seed = findTrachea(working, inside)) {
      ATTEST_TRY(airways, growAirways(*full, working, inside, *seed, context.stop()));
    }
    context.progress(0.6);
    ATTEST_TRY(const LungField lungs,
               findLungs(working, inside, working.shrink(airways, 0), context.parallel(), context.stop()));
    context.progress(0.8);
    ATTEST_TRY(Mask right, atFullResolution(lungs.right, lungs.left, airways, *full, working, context));
    ATTEST_TRY(Mask left, atFullResolution(lungs.left, lungs.right, airways, *full, working, context));
    left = minus(left, right);
    return propose(block, std::move(right), std::move(left), std::move(airways), lungs.cutAtMiddle);
  }

 private:
  static Output propose(const BlockRef& block, Mask right, Mask left, Mask airways, bool cutAtMiddle) {
    Output output;
    const auto add = [&](const char* label, const Code& code, const std::optional<Code>& side,
                         std::array<std::uint8_t, 3> color, Mask mask) {
      if (mask.empty()) return;
      output.proposals.push_back(structure(block, label, code, side, color, std::move(mask)));
      if (cutAtMiddle && side) output.proposals.back().flags.emplace_back("sides_cut_at_middle");
    };
    add("Right lung", codes::lung, codes::right, {213, 178, 157}, std::move(right));
    add("Left lung", codes::lung, codes::left, {181, 152, 133}, std::move(left));
    const bool airwaysFound = !airways.empty();
    add("Airways", codes::airways, std::nullopt, {182, 228, 255}, std::move(airways));
    output.facts = nlohmann::json{
        {"series", block.series.value},
        {"block", block.block},
        {"airways", airwaysFound},
        {"sides_cut_at_middle",
         cutAtMiddle}}.dump();
    output.note = std::to_string(output.proposals.size()) + " structures";
    return output;
  }

  const AgentCard card_{
      .id = "lungs",
      .version = "1.0.0",
      .title = "Lungs and airways",
      .owner = "Attest project",
      .intendedUse =
          "Research. Outlines both lungs and the large airways on a CT of the chest, as context for "
          "findings.",
      .method =
          "Threshold at -400 HU inside the filled body, airways grown from the trachea with rising "
          "thresholds until "
          "they would burst into the lung, right and left parted by erosion and geodesic distance (after Hu, "
          "Hoffman, "
          "Reinhardt 2001 and Mori 1996), closing with a ball of 6 mm, edges at full resolution.",
      .limitations =
          "Consolidation and effusion at the pleura are left out; bronchi beyond the lobes are part of the "
          "lung. A "
          "circular field of view that cuts the chest wall, and gas in a diaphragmatic hernia, mislead it.",
      .modalities = {"CT"},
      .needs = {"study_context"},
      .operatingPoint = "at most three structures; lungs of 100 mL and more",
      .proposes = true};
};

}  // namespace

std::unique_ptr<Agent> make_lungs() {
  return std::make_unique<Lungs>();
}

}  // namespace attest::agents
