#include <nlohmann/json.hpp>

#include "core/agents/chest.h"
#include "core/agents/full_resolution.h"
#include "core/agents/lung_field.h"
#include "core/domain/terms.h"
#include "core/imaging/filters.h"

namespace attest::agents {
namespace {

using imaging::Mask;

constexpr double workingMm = 2.1;
constexpr double boneHu = 180;
constexpr double cortexHu = 350;  ///< somewhere in each bone; contrast in a vein may be as dense as marrow
constexpr double smallestBoneMm3 = 1e3;
constexpr double largestMarrowMm3 = 60e3;
constexpr double marrowMm = 3;  ///< gaps between trabeculae that are bone too, up to twice this wide
constexpr std::size_t mostPieces = 300;

double largestHu(const WorkingVolume& working, const Mask& mask) {
  const auto values = working.volume().values<float>();
  float largest = values.front();
  mask.forEach([&](Index3 at) { largest = std::max(largest, values[working.grid().offset(at)]); });
  return largest;
}

/// What the bones enclose on all sides.
Result<Mask> withMarrow(const Mask& bones, std::stop_token stop) {
  Mask everything(bones.grid());
  everything.paint({{}, bones.grid().dims}, true, [](Index3) { return true; });
  ATTEST_TRY(const auto others, imaging::components(minus(everything, bones), 1, mostPieces, stop));
  Mask filled = bones;
  for (const auto& hole : others)
    if (!hole.touchesSide &&
        static_cast<double>(hole.voxels) * bones.grid().voxelVolumeMm3() < largestMarrowMm3)
      filled = filled | hole.mask;
  return filled;
}

Result<Mask> findBones(const WorkingVolume& working, const Mask& inside, AgentContext& context) {
  ATTEST_TRY(const Mask dense,
             imaging::threshold(working.volume(), boneHu, 1e5, context.parallel(), context.stop()));
  const auto smallest = std::llround(smallestBoneMm3 / working.grid().voxelVolumeMm3());
  ATTEST_TRY(const auto pieces, imaging::components(dense & inside, smallest, mostPieces, context.stop()));
  Mask bones(working.grid());
  for (const auto& piece : pieces)
    if (largestHu(working, piece.mask) >= cortexHu) bones = bones | piece.mask;
  ATTEST_TRY(const Mask closed, imaging::close(bones, marrowMm, context.stop()));
  return withMarrow(closed, context.stop());
}

class Body final : public Agent {
 public:
  const AgentCard& card() const noexcept override { return card_; }

  Result<Output> run(AgentContext& context) const override {
    ATTEST_TRY(const ChestImages chest, chestImages(context, workingMm));
    const auto& [block, full, working] = chest;
    context.progress(0.2);
    ATTEST_TRY(const Mask inside, insideOfBody(working, context.parallel(), context.stop()));
    if (inside.empty()) return fail(ErrorCode::unsupported, "no body in the volume");
    const Mask none(working.grid());
    ATTEST_TRY(Mask body, atFullResolution(inside, none, {.low = tissueHu}, *full, working,
                                           context.parallel(), context.stop()));
    context.progress(0.6);
    ATTEST_TRY(const Mask bones, findBones(working, inside, context));
    ATTEST_TRY(Mask fine, atFullResolution(bones, none, {.low = boneHu}, *full, working, context.parallel(),
                                           context.stop()));
    Output output;
    output.proposals.push_back(
        structure(block, "Body", entireBody, std::nullopt, {177, 122, 101}, std::move(body)));
    if (!fine.empty())
      output.proposals.push_back(
          structure(block, "Bones", codes::bone, std::nullopt, {241, 214, 145}, std::move(fine)));
    output.notes = {makeNote(NoteCode::structures, output.proposals.size())};
    return output;
  }

 private:
  const AgentCard card_{
      .id = "body",
      .version = "1.0.0",
      .title = "Body and bones",
      .owner = "Attest project",
      .intendedUse =
          "Research. Outlines the body and its bones where lungs were found, as context for findings.",
      .method =
          "The largest piece of tissue above -300 HU, its slices filled; of that, pieces above 180 HU of 1 "
          "mL "
          "and more with cortex above 350 HU, closed with a ball of 3 mm and filled with what they enclose.",
      .limitations =
          "Contrast agent above 180 HU that touches a bone, calcified walls and metal count as bone; marrow "
          "of thin bones may be left out. Bones are not told apart.",
      .modalities = {"CT"},
      .needs = {"study_context", "lungs"},
      .operatingPoint = "at most two structures",
      .proposes = true};
};

}  // namespace

std::unique_ptr<Agent> make_body() {
  return std::make_unique<Body>();
}

}  // namespace attest::agents
