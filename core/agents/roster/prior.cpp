#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/agents/agent.h"
#include "core/agents/carried.h"
#include "core/agents/pairing.h"
#include "core/agents/remeasure.h"
#include "core/imaging/registration.h"

namespace attest::agents {
namespace {

constexpr double marginMm = 5;  ///< this near to the border of the earlier images nothing is called new

/// One block of one series.
struct Images {
  BlockRef ref;
  const Series* series = nullptr;
  const Block* block = nullptr;

  FrameUid frame() const {
    return block->frameOfReference.empty() ? series->info.frameOfReference : block->frameOfReference;
  }
};

/// The volume that study_context chose; none where it chose no volume.
std::optional<Images> mainImages(const AgentContext& context) {
  const auto facts = nlohmann::json::parse(context.facts("study_context"), nullptr, false);
  if (!facts.is_object() || !facts.contains("main")) return std::nullopt;
  const BlockRef ref{{facts["main"].value("series", "")}, facts["main"].value("block", 0)};
  const Images images{ref, findSeries(context.record(), ref.series), findBlock(context.record(), ref)};
  return images.block != nullptr && images.block->isVolume() ? std::optional(images) : std::nullopt;
}

/// The volume of the earlier study to compare with: of the same modality and unit, the one on which most of
/// the lesions were found, then the one whose voxels are most alike.
std::optional<Images> earlierImages(const CaseRecord& prior, const Images& main) {
  std::optional<Images> best;
  const auto rank = [&](const Images& images) {
    const auto lesions = std::ranges::count_if(prior.items, [&](const Item& item) {
      return item.kind == ItemKind::finding && isExportable(item) && item.source == images.ref;
    });
    const Vec3 off = images.block->grid->spacingMm - main.block->grid->spacingMm;
    return std::pair{-lesions, length(off)};
  };
  for (const Series& series : prior.series) {
    if (series.info.modality != main.series->info.modality) continue;
    for (const Block& block : series.blocks) {
      const Images images{{series.info.uid, block.index}, &series, &block};
      if (!block.isVolume() || block.unit != main.block->unit) continue;
      if (!best || rank(images) < rank(*best)) best = images;
    }
  }
  return best;
}

/// Lays the earlier images over these; the note says why that is not possible.
Result<std::optional<NoteCode>> align(AgentContext& context, Comparison& comparison) {
  const auto to = mainImages(context);
  if (!to) return NoteCode::no_volume;
  const auto from = earlierImages(*context.prior(), *to);
  if (!from) return NoteCode::no_earlier_volume;
  ATTEST_TRY(const imaging::VolumePtr earlier, context.volume(from->ref));
  ATTEST_TRY(const imaging::VolumePtr current, context.volume(to->ref));
  context.progress(0.2);
  const bool sameFrame = !to->frame().empty() && to->frame() == from->frame();
  const auto registered = imaging::registerRigid(*earlier, *current, sameFrame, context.stop());
  if (!registered) {
    const Error& error = registered.error();
    const bool refused = error.code == ErrorCode::unsupported || error.code == ErrorCode::bad_geometry;
    if (refused) return NoteCode::not_aligned;
    return fail(error);
  }
  comparison.from = from->ref;
  comparison.to = to->ref;
  comparison.toCurrent = registered->toCurrent;
  comparison.errorMm = registered->errorMm;
  place(comparison, *context.prior());
  return std::nullopt;
}

/// The findings of this run on the images that are compared.
std::vector<Item> findingsOf(const AgentContext& context, const BlockRef& block) {
  std::vector<Item> items = context.items();
  std::erase_if(items,
                [&](const Item& item) { return item.kind != ItemKind::finding || item.source != block; });
  return items;
}

/// What persons looked at in the earlier study and did not accept: there now as then, it is not new.
std::vector<CarriedLesion> dismissedThen(const Comparison& comparison, const CaseRecord& prior) {
  CaseRecord then = prior;
  then.comparison.reset();
  std::erase_if(then.items, [](const Item& item) { return isExportable(item); });
  for (Item& item : then.items) item.state = ItemState::accepted;
  Comparison dismissed = comparison;
  dismissed.lesions = carryOver(then, then).lesions;
  place(dismissed, then);
  return dismissed.lesions;
}

bool wasImaged(const Comparison& comparison, const CaseRecord& prior, Vec3 placeMm) {
  const Block* block = findBlock(prior, comparison.from);
  if (block == nullptr || !block->grid) return false;
  const Grid& grid = *block->grid;
  const Vec3 index = grid.toIndex(comparison.toCurrent.inverse()(placeMm));
  const auto inside = [](double at, double spacing, int dim) {
    return at * spacing > marginMm && (dim - 1 - at) * spacing > marginMm;
  };
  return inside(index.x, grid.spacingMm.x, grid.dims.i) && inside(index.y, grid.spacingMm.y, grid.dims.j) &&
         inside(index.z, grid.spacingMm.z, grid.dims.k);
}

class Prior final : public Agent {
 public:
  const AgentCard& card() const noexcept override { return card_; }

  Result<Output> run(AgentContext& context) const override {
    if (context.stop().stop_requested()) return fail(ErrorCode::cancelled);
    Output output;
    if (context.prior() == nullptr) {
      output.notes = {makeNote(NoteCode::no_earlier_study)};
      return output;
    }
    Comparison comparison = carryOver(*context.prior(), context.record());
    ATTEST_TRY(const std::optional<NoteCode> whyNot, align(context, comparison));
    context.progress(0.7);
    if (!whyNot) ATTEST_CHECK(compare(context, comparison, output));
    const std::size_t lesions = comparison.lesions.size();
    output.notes = {makeNote(NoteCode::earlier_lesions, lesions),
                    whyNot ? makeNote(*whyNot) : makeNote(NoteCode::new_findings, output.flags.size())};
    output.facts = nlohmann::json{{"lesions", lesions}, {"new", output.flags.size()}}.dump();
    output.comparison = std::move(comparison);
    return output;
  }

 private:
  static Result<> compare(AgentContext& context, Comparison& comparison, Output& output) {
    const std::vector<Item> findings = findingsOf(context, comparison.to);
    std::vector<Item> others;
    const auto pairs = pairLesions(comparison.lesions, findings);
    for (std::size_t n = 0; n < pairs.size(); ++n)
      if (pairs[n]) comparison.lesions[n].match = findings[*pairs[n]].id;
    for (std::size_t n = 0; n < findings.size(); ++n)
      if (std::ranges::count(pairs, std::optional(n)) == 0) others.push_back(findings[n]);
    if (comparison.priorVersion > 0) flagNew(*context.prior(), comparison, others, output);
    ATTEST_TRY(output.proposals, remeasure(context, comparison, findings));
    return {};
  }

  static void flagNew(const CaseRecord& prior, const Comparison& comparison,
                      const std::vector<Item>& findings, Output& output) {
    const auto known = pairLesions(dismissedThen(comparison, prior), findings);
    for (std::size_t n = 0; n < findings.size(); ++n) {
      const bool seen = std::ranges::count(known, std::optional(n)) > 0;
      if (!seen && wasImaged(comparison, prior, findings[n].measurement.centroidMm))
        output.flags[findings[n].id] = {"new"};
    }
  }

  const AgentCard card_{
      .id = "prior",
      .version = "1.1.0",
      .title = "Comparison with the earlier study",
      .owner = "Attest project",
      .intendedUse =
          "Research. Carries every lesion of the last signed version of the newest earlier study into this "
          "one, "
          "says where it is expected and which finding it may be, and measures there again. What became of "
          "it is "
          "for a reader to say.",
      .method =
          "Rigid registration (correlation over 8, 4 and 2.5 mm, ITK) that is refused where the studies do "
          "not "
          "show the same; an uncertainty radius of 2.5 times its remaining error, at least 17 mm for another "
          "breath, and half the lesion and 3 mm; one to one pairing by place and size; a search for nodules "
          "at "
          "places where nothing was found.",
      .limitations =
          "Rigid: a lung in another breath moves by more than the bones, most near the diaphragm. Needs "
          "volumes "
          "of one modality. Measures again only in lungs.",
      .modalities = {},
      .needs = {"study_context"},
      .wants = {"lungs", "lung_nodules", "lung_opacities", "measurement"},
      .readsPrior = true,
      .operatingPoint = "every lesion of the earlier study",
      .proposes = true,
      .readingMode = ReadingMode::after};
};

}  // namespace

std::unique_ptr<Agent> make_prior() {
  return std::make_unique<Prior>();
}

}  // namespace attest::agents
