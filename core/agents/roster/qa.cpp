#include <cmath>
#include <nlohmann/json.hpp>
#include <numbers>

#include "core/agents/chest.h"
#include "core/agents/nodule_search.h"
#include "core/agents/noise.h"
#include "core/imaging/filters.h"

namespace attest::agents {
namespace {

using imaging::Mask;

// Images
constexpr int fewSlices = 50;
constexpr double thickMm = 2.5;  ///< step between slices; more blurs small findings
constexpr double noisyHu = 60;
// Lungs and airways of an adult
constexpr double smallestLungMm3 = 0.8e6;
constexpr double largestLungMm3 = 4.5e6;
constexpr double lowestLungHu = -950;
constexpr double highestLungHu = -600;
constexpr double smallestRatio = 0.6;  ///< right over left
constexpr double largestRatio = 1.9;
constexpr double smallestAirwaysMm3 = 15e3;
constexpr double largestAirwaysMm3 = 150e3;
// Findings
constexpr double smallestNoduleMm = 3;  ///< diameter of the ball of the same volume
constexpr double largestNoduleMm = 32;
constexpr double lowestNoduleHu = -800;
constexpr double nearNoduleMm = 4;
constexpr double nearOpacityMm = 12;  ///< the search begins at 10 mm
constexpr double reachMm = 2;         ///< from a finding to the lung that it belongs to
constexpr double sharedPart = 0.1;    ///< of the smaller of two findings
// A disease of the lung rather than a spot
constexpr int diffuseOpacities = 5;
constexpr int diffuseNodules = 30;  ///< candidates
constexpr double diffusePercent = 5;

double diameterMm(const Item& item) {
  return std::cbrt(6 * item.measurement.volumeMm3 / std::numbers::pi);
}

bool touchesSide(const Mask& mask) {
  const auto box = mask.box();
  const Index3 dims = mask.grid().dims;
  return box && (box->low.i == 0 || box->low.j == 0 || box->low.k == 0 || box->high.i == dims.i - 1 ||
                 box->high.j == dims.j - 1 || box->high.k == dims.k - 1);
}

nlohmann::json factsOf(const AgentContext& context, const char* agent) {
  auto facts = nlohmann::json::parse(context.facts(agent), nullptr, false);
  return facts.is_object() ? facts : nlohmann::json::object();
}

bool isDiffuse(const AgentContext& context) {
  const auto opacities = factsOf(context, "lung_opacities");
  bool diffuse = opacities.value("candidates", 0) >= diffuseOpacities ||
                 factsOf(context, "lung_nodules").value("candidates", 0) >= diffuseNodules;
  for (const auto& lung : opacities.value("lungs", nlohmann::json::array()))
    diffuse = diffuse || lung.value("percent", 0.0) >= diffusePercent;
  return diffuse;
}

/// One check of all results of a run.
class Check {
 public:
  Check(AgentContext& context, Output& output) : context_(context), output_(output) {}

  Result<> all(const std::vector<Item>& items) {
    diffuse_ = isDiffuse(context_);
    ATTEST_CHECK(measureNoise(items.front()));
    for (const Item& item : items) {
      if (context_.stop().stop_requested()) return fail(ErrorCode::cancelled);
      images(item);
      if (item.code == codes::lung) ATTEST_CHECK(lung(item));
      if (item.code == codes::airways)
        range(item, item.measurement.volumeMm3, smallestAirwaysMm3, largestAirwaysMm3);
      if (item.kind == ItemKind::finding) ATTEST_CHECK(finding(item));
    }
    symmetry(lungItems(context_));
    return {};
  }
  bool diffuse() const { return diffuse_; }
  /// Between slices of the images that were read, where that is so much that small nodules may be missed.
  std::optional<double> thickStepMm() const { return thickStep_; }
  std::optional<double> noise() const { return noise_; }

 private:
  struct Place {
    Item item;
    imaging::MaskPtr mask;
  };

  void flag(const Item& item, const char* word) {
    auto& words = output_.flags[item.id];
    if (std::ranges::count(words, word) == 0) words.emplace_back(word);
  }
  void range(const Item& item, double value, double low, double high) {
    if (value < low || value > high) flag(item, "outside_plausible_range");
  }

  Result<> measureNoise(const Item& any) {
    ATTEST_TRY(const imaging::VolumePtr full, context_.volume(any.source));
    ATTEST_TRY(const WorkingVolume working,
               WorkingVolume::make(*full, 2.1, context_.parallel(), context_.stop()));
    noise_ = noiseHu(*full, working);
    return {};
  }

  void images(const Item& item) {
    const Block* block = findBlock(context_.record(), item.source);
    if (block == nullptr) return;
    if (block->geometry != std::vector{Geometry::regular}) flag(item, "irregular_geometry");
    if (block->dims.k < fewSlices) flag(item, "few_slices");
    const bool thick = block->grid && block->grid->spacingMm.z > thickMm;
    if (thick) thickStep_ = block->grid->spacingMm.z;
    if (item.kind != ItemKind::finding) return;
    if (thick) flag(item, "thick_slices");
    if (noise_ && *noise_ > noisyHu) flag(item, "noisy_images");
  }

  Result<> lung(const Item& item) {
    range(item, item.measurement.volumeMm3, smallestLungMm3, largestLungMm3);
    range(item, item.measurement.values ? item.measurement.values->mean : 0, lowestLungHu, highestLungHu);
    ATTEST_TRY(const imaging::MaskPtr mask, context_.mask(item.id));
    if (touchesSide(*mask)) flag(item, "touches_border");
    lungs_.push_back({item, mask});
    return {};
  }

  Result<> finding(const Item& item) {
    if (diffuse_) flag(item, "diffuse");
    if (item.code == codes::nodule) {
      if (diameterMm(item) < nearNoduleMm) flag(item, "near_threshold_size");
      range(item, diameterMm(item), smallestNoduleMm, largestNoduleMm);
      if (item.measurement.values) range(item, item.measurement.values->mean, lowestNoduleHu, 3000);
    } else if (diameterMm(item) < nearOpacityMm) {
      flag(item, "near_threshold_size");
    }
    ATTEST_TRY(const imaging::MaskPtr mask, context_.mask(item.id));
    ATTEST_CHECK(place(item, *mask));
    for (const Place& other : findings_) {
      const double shared = static_cast<double>((*mask & *other.mask).count());
      if (shared <=
          sharedPart * static_cast<double>(std::min(item.measurement.voxels, other.item.measurement.voxels)))
        continue;
      flag(item, "overlaps");
      flag(other.item, "overlaps");
    }
    findings_.push_back({item, mask});
    return {};
  }

  /// In a lung, and in the one that its laterality names.
  Result<> place(const Item& item, const Mask& mask) {
    if (lungs_.empty()) return {};
    ATTEST_TRY(const Mask wide, imaging::dilate(mask, reachMm, context_.stop()));
    const Place* nearest = nullptr;
    std::int64_t most = 0;
    for (const Place& lung : lungs_) {
      const std::int64_t shared = (wide & *lung.mask).count();
      if (shared <= most) continue;
      most = shared;
      nearest = &lung;
    }
    if (most * 5 < wide.count()) flag(item, "outside_lung");
    if (nearest != nullptr && item.laterality && nearest->item.laterality != item.laterality)
      flag(item, "wrong_side");
    return {};
  }

  void symmetry(const std::vector<Item>& lungs) {
    if (lungs.size() == 1) flag(lungs[0], "other_side_missing");
    if (lungs.size() != 2) return;
    const double ratio = lungs[0].measurement.volumeMm3 / lungs[1].measurement.volumeMm3;
    if (ratio >= smallestRatio && ratio <= largestRatio) return;
    for (const Item& one : lungs) flag(one, "asymmetric");
  }

  AgentContext& context_;
  Output& output_;
  bool diffuse_ = false;
  std::optional<double> noise_;
  std::optional<double> thickStep_;
  std::vector<Place> lungs_;
  std::vector<Place> findings_;
};

class Qa final : public Agent {
 public:
  const AgentCard& card() const noexcept override { return card_; }

  Result<Output> run(AgentContext& context) const override {
    if (context.stop().stop_requested()) return fail(ErrorCode::cancelled);
    std::vector<Item> items = context.items();
    if (items.empty()) return fail(ErrorCode::unsupported, "no results to check");
    std::ranges::stable_sort(items, {}, &Item::kind);  // the lungs before what lies in them
    Output output;
    Check check(context, output);
    ATTEST_CHECK(check.all(items));
    nlohmann::json facts{{"flagged", output.flags.size()}, {"diffuse", check.diffuse()}};
    output.notes = {makeNote(NoteCode::flagged, output.flags.size(), items.size())};
    if (check.noise()) {
      facts["noise_hu"] = *check.noise();
      output.notes.push_back(makeNote(NoteCode::noise, *check.noise()));
    }
    if (const auto step = check.thickStepMm()) {
      facts["nodules_may_be_missed_below_mm"] = fullySpanned * *step;
      output.notes.push_back(makeNote(NoteCode::thick_slices, *step, fullySpanned * *step));
    }
    output.facts = facts.dump();
    return output;
  }

 private:
  const AgentCard card_{
      .id = "qa",
      .version = "1.1.0",
      .title = "Quality flags",
      .owner = "Attest project",
      .intendedUse = "Research. Points a reader to results that may be wrong; it changes and hides nothing.",
      .method =
          "Images: fewer than 50 slices, uneven geometry, a step above 2.5 mm or noise above 60 HU (the "
          "median "
          "difference of soft tissue 5 mm apart) under a finding. Places: outlines that the images cut, "
          "findings that overlap by a tenth, that less than a fifth of a lung surrounds, or on the other "
          "side. "
          "Ranges for an adult: each lung 0.8 to 4.5 L and -950 to -600 HU, right over left 0.6 to 1.9; "
          "airways 15 to 150 mL; nodules 3 to 32 mm and above -800 HU. Near the smallest size: nodules below "
          "4 mm, opacities below 12 mm. Diffuse: 5 opacities, 5 % of a lung or 30 candidates for nodules.",
      .limitations =
          "Ranges are for adults in inspiration; the reconstruction kernel is not known. No flag does not "
          "mean that a result is right.",
      .modalities = {"CT"},
      .needs = {"lungs"},
      .wants = {"body", "lung_nodules", "lung_opacities"},
      .operatingPoint = "every result of the run is checked",
      .proposes = false};
};

}  // namespace

std::unique_ptr<Agent> make_qa() {
  return std::make_unique<Qa>();
}

}  // namespace attest::agents
