#include <nlohmann/json.hpp>

#include "core/agents/airways.h"
#include "core/agents/chest.h"
#include "core/agents/full_resolution.h"
#include "core/agents/lung_field.h"

namespace attest::agents {
namespace {

using imaging::Mask;

constexpr double workingMm = 2.1;

class Lungs final : public Agent {
 public:
  const AgentCard& card() const noexcept override { return card_; }

  Result<Output> run(AgentContext& context) const override {
    ATTEST_TRY(const ChestImages chest, chestImages(context, workingMm));
    const auto& [block, full, working] = chest;
    context.progress(0.2);
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
    const HuRange air{.high = lungEdgeHu};
    ATTEST_TRY(const Mask right, atFullResolution(lungs.right, lungs.left, air, *full, working,
                                                  context.parallel(), context.stop()));
    ATTEST_TRY(const Mask left, atFullResolution(lungs.left, lungs.right, air, *full, working,
                                                 context.parallel(), context.stop()));
    Mask leftAlone = minus(minus(left, right), airways);
    Mask rightAlone = minus(right, airways);
    return propose(block, std::move(rightAlone), std::move(leftAlone), std::move(airways), lungs.cutAtMiddle);
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
    output.notes = {makeNote(NoteCode::structures, output.proposals.size())};
    return output;
  }

  const AgentCard card_{
      .id = "lungs",
      .version = "1.1.0",
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
