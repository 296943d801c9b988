#include <nlohmann/json.hpp>

#include "core/agents/blob_shape.h"
#include "core/agents/chest.h"
#include "core/agents/working_volume.h"
#include "core/imaging/filters.h"

namespace attest::agents {
namespace {

using imaging::Mask;

constexpr double workingMm = 1.5;
constexpr double denseHu = -500;
constexpr double lungHu = -850;         ///< of healthy lung, against which something is conspicuous
constexpr double vesselRadiusMm = 2.4;  ///< what a ball of this radius does not fit into is a vessel
constexpr double smallestMm =
    10;  ///< diameter of a ball of the same volume; smaller spots are nodules or nothing
constexpr double vesselHu = -250;      ///< what is fainter is no vessel of that width
constexpr double thickVesselMm = 3.5;  ///< the same where vessels meet, unless what is there is large
constexpr double surelyThickMm = 16;
constexpr double hilumMm = 10;         ///< from the large airways: vessels as thick as lesions
constexpr double surelyLesionMm = 30;  ///< beyond this size nothing is taken for a vessel
constexpr std::size_t mostShown = 10;
constexpr std::size_t mostCandidates = 400;

struct Candidate {
  Mask mask;  ///< on the working grid
  imaging::Box box;
  double diameterMm = 0;
  double meanHu = 0;
  double conspicuity = 0;
};

double meanHu(const WorkingVolume& working, const Mask& mask) {
  const auto values = working.volume().values<float>();
  double sum = 0;
  std::int64_t count = 0;
  mask.forEach([&](Index3 at) {
    sum += values[working.grid().offset(at)];
    ++count;
  });
  return sum / static_cast<double>(count);
}

/// Vessels are long, or thick and beside the large airways, or no thicker where they meet than each of them.
Result<bool> looksLikeVessel(const BlobShape& shape, const Candidate& candidate, const Mask& hilum,
                             const std::stop_token& stop) {
  if (candidate.diameterMm >= surelyLesionMm) return false;
  if (shape.elongation > 2.2 && shape.flatness < 1.8) return true;
  if (candidate.meanHu < vesselHu) return false;
  if ((candidate.mask & hilum).count() * 2 > candidate.mask.count()) return true;
  ATTEST_TRY(const Mask thick, imaging::erode(candidate.mask, thickVesselMm, stop));
  return candidate.diameterMm < surelyThickMm && thick.empty();
}

class LungOpacities final : public Agent {
 public:
  const AgentCard& card() const noexcept override { return card_; }

  Result<Output> run(AgentContext& context) const override {
    ATTEST_TRY(const ChestImages chest, chestImages(context, workingMm));
    const auto& [block, full, working] = chest;
    context.progress(0.2);
    Mask hilum(working.grid());
    for (const Item& item : context.items()) {
      if (item.code != codes::airways) continue;
      ATTEST_TRY(const imaging::MaskPtr airways, context.mask(item.id));
      ATTEST_TRY(hilum, imaging::dilate(working.shrink(*airways, 0), hilumMm, context.stop()));
    }
    context.progress(0.4);
    Mask nodules(working.grid());
    for (const Item& item : noduleItems(context)) {
      ATTEST_TRY(const imaging::MaskPtr nodule, context.mask(item.id));
      ATTEST_TRY(const Mask around, imaging::dilate(working.shrink(*nodule, 0), workingMm, context.stop()));
      nodules = nodules | around;
    }
    Search search{context, block, *full, working, hilum, nodules, {}, {}, {}};
    for (const Item& lung : lungItems(context)) {
      ATTEST_CHECK(search.inLung(lung));
      context.progress(0.7);
    }
    return search.output();
  }

 private:
  /// One search through both lungs.
  struct Search {
    struct Found {
      Candidate candidate;
      Item lung;
    };
    AgentContext& context;
    const BlockRef& block;
    const imaging::Volume& full;
    const WorkingVolume& working;
    const Mask& hilum;
    const Mask& nodules;
    std::vector<Found> found;
    std::vector<imaging::MaskPtr> lungs;
    nlohmann::json sides = nlohmann::json::array();

    Result<> inLung(const Item& lung) {
      ATTEST_TRY(const imaging::MaskPtr mask, context.mask(lung.id));
      const Mask small = working.shrink(*mask, 0.5);
      const Vec3 spacing = working.grid().spacingMm;
      ATTEST_TRY(const Mask field,
                 imaging::erode(small, std::min({spacing.x, spacing.y, spacing.z}), context.stop()));
      ATTEST_TRY(const Mask dense,
                 imaging::threshold(working.volume(), denseHu, 1e5, context.parallel(), context.stop()));
      ATTEST_TRY(const Mask thick,
                 imaging::open(minus(dense & field, nodules), vesselRadiusMm, context.stop()));
      const auto smallest =
          std::llround(smallestMm * smallestMm * smallestMm * 0.5236 / working.grid().voxelVolumeMm3());
      ATTEST_TRY(auto parts, imaging::components(thick, std::max<std::int64_t>(1, smallest), mostCandidates,
                                                 context.stop()));
      double volume = 0;
      for (auto& part : parts) {
        const BlobShape shape = blobShape(part.mask);
        Candidate candidate{std::move(part.mask), part.box, shape.diameterMm, 0, 0};
        candidate.meanHu = meanHu(working, candidate.mask);
        ATTEST_TRY(const bool vessel, looksLikeVessel(shape, candidate, hilum, context.stop()));
        if (vessel) continue;
        volume += static_cast<double>(part.voxels) * working.grid().voxelVolumeMm3();
        const double contrast = std::clamp((candidate.meanHu - lungHu) / (40 - lungHu), 0.0, 1.0);
        candidate.conspicuity = shape.diameterMm * contrast * std::sqrt(std::min(1.0, shape.compactness));
        found.push_back({std::move(candidate), lung});
      }
      const double lungVolume = static_cast<double>(small.count()) * working.grid().voxelVolumeMm3();
      sides.push_back({{"lung", lung.id.value},
                       {"opacity_mm3", volume},
                       {"percent", 100 * volume / std::max(1.0, lungVolume)}});
      lungs.push_back(mask);
      return {};
    }

    /// The candidate at full resolution: what is dense around it, inside the lung.
    Result<Mask> outlined(const Found& one) const {
      const Vec3 spacing = working.grid().spacingMm;
      ATTEST_TRY(
          const Mask wide,
          imaging::dilate(one.candidate.mask, std::max({spacing.x, spacing.y, spacing.z}), context.stop()));
      const auto core = one.candidate.mask.toDense();
      const auto around = wide.toDense();
      Mask mask = imaging::visit(full, [&](auto values) {
        return working.refine(
            *wide.box(), context.parallel(), context.stop(), [&](std::size_t at, std::size_t small) {
              return core[small] != 0 || (around[small] != 0 && imaging::toDouble(values[at]) > denseHu);
            });
      });
      ATTEST_TRY(const imaging::MaskPtr lung, context.mask(one.lung.id));
      mask = mask & *lung;
      if (context.stop().stop_requested()) return fail(ErrorCode::cancelled);
      return mask;
    }

    Result<Output> output() {
      std::ranges::stable_sort(found, std::greater{},
                               [](const Found& one) { return one.candidate.conspicuity; });
      Output result;
      const std::size_t shown = std::min(found.size(), mostShown);
      for (std::size_t n = 0; n < shown; ++n) {
        ATTEST_TRY(Mask mask, outlined(found[n]));
        if (mask.empty()) continue;
        const Item& lung = found[n].lung;
        const bool right = lung.laterality == codes::right;
        const double conspicuity = found[n].candidate.conspicuity;
        result.proposals.push_back({.kind = ItemKind::finding,
                                    .label = right ? "Lung opacity, right lung" : "Lung opacity, left lung",
                                    .category = codes::abnormal,
                                    .code = codes::opacity,
                                    .laterality = lung.laterality,
                                    .confidence = conspicuity / (conspicuity + 10),
                                    .flags = {},
                                    .color = {144, 238, 144},
                                    .source = block,
                                    .mask = std::make_shared<const Mask>(std::move(mask))});
      }
      result.belowThreshold = static_cast<int>(found.size() - result.proposals.size());
      result.facts = nlohmann::json{{"candidates", found.size()}, {"lungs", sides}}.dump();
      result.notes = {makeNote(NoteCode::findings, result.proposals.size()),
                      makeNote(NoteCode::below_threshold, result.belowThreshold)};
      return result;
    }
  };

  const AgentCard card_{
      .id = "lung_opacities",
      .version = "1.1.0",
      .title = "Lung opacities",
      .owner = "Attest project",
      .intendedUse =
          "Research. Marks dense regions inside the lungs, other than nodules, for a reader to judge; it "
          "does "
          "not say what they are.",
      .method =
          "Voxels above -500 HU inside the lung outline that belong to no nodule, opened with a ball of 2.4 "
          "mm "
          "against vessels; long shapes, vessels that meet and thick ones beside the large airways left out; "
          "ranked by diameter, contrast and compactness.",
      .limitations =
          "Not validated on a reading set. Misses what is fainter than -500 HU, smaller than 10 mm, outside "
          "the lung outline (consolidation or masses at the pleura) or at the hilum; vessels and scars are "
          "shown at times. Round spots belong to the nodules. The confidence is a rank, not a probability.",
      .modalities = {"CT"},
      .needs = {"study_context", "lungs"},
      .wants = {"lung_nodules"},
      .operatingPoint = "at most 10 findings of 10 mm and more",
      .proposes = true,
      .readingMode = ReadingMode::after};
};

}  // namespace

std::unique_ptr<Agent> make_lung_opacities() {
  return std::make_unique<LungOpacities>();
}

}  // namespace attest::agents
