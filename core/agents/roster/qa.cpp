#include <cmath>
#include <nlohmann/json.hpp>
#include <numbers>

#include "core/agents/chest.h"

namespace attest::agents {
namespace {

constexpr double smallestLungMm3 = 0.8e6;
constexpr double largestLungMm3 = 4.5e6;
constexpr double lowestLungHu = -950;
constexpr double highestLungHu = -600;
constexpr double smallestRatio = 0.6;  ///< right over left
constexpr double largestRatio = 1.9;
constexpr int fewSlices = 50;
constexpr double nearThresholdMm = 6.5;  ///< equivalent diameter; the search begins at 5 mm
constexpr int diffuseCandidates = 10;
constexpr double diffusePercent = 5;

bool touchesSide(const imaging::Mask& mask) {
  const auto box = mask.box();
  const Index3 dims = mask.grid().dims;
  return box && (box->low.i == 0 || box->low.j == 0 || box->low.k == 0 || box->high.i == dims.i - 1 ||
                 box->high.j == dims.j - 1 || box->high.k == dims.k - 1);
}

/// Dense regions that are many or large: a disease of the lung rather than a spot.
bool isDiffuse(const nlohmann::json& opacities) {
  if (!opacities.is_object()) return false;
  bool diffuse = opacities.value("candidates", 0) >= diffuseCandidates;
  for (const auto& lung : opacities.value("lungs", nlohmann::json::array())) {
    diffuse = diffuse || lung.value("percent", 0.0) >= diffusePercent;
  }
  return diffuse;
}

class Qa final : public Agent {
 public:
  const AgentCard& card() const noexcept override { return card_; }

  Result<Output> run(AgentContext& context) const override {
    if (context.stop().stop_requested()) return fail(ErrorCode::cancelled);
    const std::vector<Item> items = context.items();
    if (items.empty()) return fail(ErrorCode::unsupported, "no results to check");
    Output output;
    const auto flag = [&](const Item& item, const char* word) { output.flags[item.id].emplace_back(word); };
    const bool diffuse = isDiffuse(nlohmann::json::parse(context.facts("lung_opacities"), nullptr, false));
    for (const Item& item : items) {
      checkImages(context, item, flag);
      if (item.code == codes::lung) {
        ATTEST_CHECK(checkLung(context, item, flag));
      } else if (item.code == codes::opacity) {
        const double diameterMm = std::cbrt(6 * item.measurement.volumeMm3 / std::numbers::pi);
        if (diameterMm < nearThresholdMm) flag(item, "near_threshold_size");
        if (diffuse) flag(item, "diffuse");
      }
    }
    checkSymmetry(lungItems(context), flag);
    output.facts = nlohmann::json{{"flagged", output.flags.size()}, {"diffuse", diffuse}}.dump();
    output.note =
        std::to_string(output.flags.size()) + " of " + std::to_string(items.size()) + " results flagged";
    return output;
  }

 private:
  template <class Flag>
  static void checkImages(const AgentContext& context, const Item& item, Flag&& flag) {
    const Block* block = findBlock(context.record(), item.source);
    if (block == nullptr) return;
    if (block->geometry != std::vector{Geometry::regular}) flag(item, "irregular_geometry");
    if (block->dims.k < fewSlices) flag(item, "few_slices");
  }

  template <class Flag>
  static Result<> checkLung(const AgentContext& context, const Item& lung, Flag&& flag) {
    const Measurement& measured = lung.measurement;
    const bool size = measured.volumeMm3 >= smallestLungMm3 && measured.volumeMm3 <= largestLungMm3;
    const bool density =
        measured.values && measured.values->mean >= lowestLungHu && measured.values->mean <= highestLungHu;
    if (!size || !density) flag(lung, "outside_plausible_range");
    ATTEST_TRY(const imaging::MaskPtr mask, context.mask(lung.id));
    if (touchesSide(*mask)) flag(lung, "touches_border");
    return {};
  }

  template <class Flag>
  static void checkSymmetry(const std::vector<Item>& lungs, Flag&& flag) {
    if (lungs.size() == 1) flag(lungs[0], "other_side_missing");
    if (lungs.size() != 2) return;
    const double ratio = lungs[0].measurement.volumeMm3 / lungs[1].measurement.volumeMm3;
    if (ratio >= smallestRatio && ratio <= largestRatio) return;
    for (const Item& lung : lungs) flag(lung, "asymmetric");
  }

  const AgentCard card_{
      .id = "qa",
      .version = "1.0.0",
      .title = "Quality flags",
      .owner = "Attest project",
      .intendedUse = "Research. Points a reader to results that may be wrong; it changes and hides nothing.",
      .method =
          "Fixed ranges for an adult: each lung 0.8 to 4.5 L and -950 to -600 HU, right over left 0.6 to "
          "1.9; outlines "
          "that the images cut, few slices, uneven geometry, findings near the smallest size, many or large "
          "findings.",
      .limitations = "Ranges are for adults in inspiration. No flag does not mean that a result is right.",
      .modalities = {"CT"},
      .needs = {"lungs", "lung_opacities"},
      .operatingPoint = "every result of the run is checked",
      .proposes = false};
};

}  // namespace

std::unique_ptr<Agent> make_qa() {
  return std::make_unique<Qa>();
}

}  // namespace attest::agents
