#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/agents/agent.h"
#include "core/base/format.h"

namespace attest::agents {
namespace {

constexpr int fewestChestSlices = 20;
constexpr double lowestChestMm = 100;  ///< along the body
constexpr double narrowestChestMm = 150;

bool isRegular(const Block& block) {
  return block.geometry == std::vector{Geometry::regular};
}

/// Why a block can not hold the chest of a CT; empty where it may.
std::string whyNotChest(const Series& series, const Block& block) {
  if (series.info.modality != "CT" || block.unit != Unit::hu)
    return "the main block is no CT in Hounsfield units";
  if (!block.isVolume() || block.dims.k < fewestChestSlices)
    return "the main block has too few slices for a volume";
  double height = 0;  // of the volume along the body, and across it
  double width = 0;
  const Grid& grid = *block.grid;
  const std::array<int, 3> dims{grid.dims.i, grid.dims.j, grid.dims.k};
  for (int a = 0; a < 3; ++a) {
    const auto axis = static_cast<std::size_t>(a);
    height = std::max(height, std::abs(grid.axes[axis].z) * grid.spacingMm[a] * dims[axis]);
    width = std::max(width, std::abs(grid.axes[axis].x) * grid.spacingMm[a] * dims[axis]);
  }
  if (height < lowestChestMm || width < narrowestChestMm) return "the main block is smaller than a chest";
  return {};
}

bool isAxial(const Block& block) {
  return block.grid && std::abs(block.grid->axes[2].z) > 0.7;
}

/// What block to read first: one that may hold a chest, then a volume before loose images, an axial one
/// before others, a regular one, and last the one with most slices.
bool readsBefore(const Series& seriesA, const Block& a, const Series& seriesB, const Block& b) {
  const auto rank = [](const Series& series, const Block& block) {
    return std::tuple{whyNotChest(series, block).empty(),
                      block.isVolume(),
                      isAxial(block),
                      block.isVolume() && isRegular(block),
                      block.slices.size(),
                      block.grid ? -block.grid->spacingMm.z : 0.0};
  };
  return rank(seriesA, a) > rank(seriesB, b);
}

std::string techniqueSentence(const Series& series, const Block& block) {
  const std::size_t images = block.slices.size();
  std::string text =
      series.info.modality + ", " + std::to_string(images) + (images == 1 ? " image" : " images");
  if (block.grid) {
    const Vec3 spacing = block.grid->spacingMm;
    if (isRegular(block) && images > 1) text += ", " + formatNumber(spacing.z, 2) + " mm step";
    text += ", " + formatNumber(spacing.x, 2) + " × " + formatNumber(spacing.y, 2) + " mm pixels";
  }
  return text + ".";
}

class StudyContext final : public Agent {
 public:
  const AgentCard& card() const noexcept override { return card_; }

  Result<Output> run(AgentContext& context) const override {
    if (context.stop().stop_requested()) return fail(ErrorCode::cancelled);
    const Series* series = nullptr;
    const Block* main = nullptr;
    int blocks = 0;
    for (const Series& candidate : context.record().series)
      for (const Block& block : candidate.blocks) {
        if (block.slices.empty()) continue;
        ++blocks;
        if (main != nullptr && !readsBefore(candidate, block, *series, *main)) continue;
        series = &candidate;
        main = &block;
      }
    if (main == nullptr) return fail(ErrorCode::unsupported, "the study has no images");
    const std::string whyNot = whyNotChest(*series, *main);
    nlohmann::json geometry = nlohmann::json::array();
    for (const Geometry word : main->geometry) geometry.push_back(name(word));
    nlohmann::json facts{{"main", {{"series", series->info.uid.value}, {"block", main->index}}},
                         {"modality", series->info.modality},
                         {"slices", main->slices.size()},
                         {"geometry", geometry},
                         {"contrast", "unknown"},
                         {"chest_ct", whyNot.empty()}};
    if (!whyNot.empty()) facts["why_not"] = whyNot;
    if (main->grid) {
      facts["step_mm"] = main->grid->spacingMm.z;
      facts["pixel_mm"] = {main->grid->spacingMm.x, main->grid->spacingMm.y};
    }
    Output output;
    output.sentences.push_back({SectionKind::technique, techniqueSentence(*series, *main)});
    output.facts = facts.dump();
    output.notes = {makeNote(NoteCode::main_block, main->slices.size(), blocks)};
    return output;
  }

 private:
  const AgentCard card_{
      .id = "study_context",
      .version = "1.0.0",
      .title = "Study context",
      .owner = "Attest project",
      .intendedUse =
          "Research. Chooses the images that the other agents read and describes them in one sentence.",
      .method =
          "Rules over the header index: what may hold a chest before others, a volume before loose images, "
          "an axial one, a regular one, then the most slices, then the finest step.",
      .limitations =
          "Looks at headers only. Does not know whether contrast agent was given, nor the reconstruction "
          "kernel.",
      .modalities = {},
      .needs = {},
      .operatingPoint = "one main block a study",
      .proposes = false};
};

}  // namespace

std::unique_ptr<Agent> make_study_context() {
  return std::make_unique<StudyContext>();
}

}  // namespace attest::agents
