#include <nlohmann/json.hpp>

#include "core/agents/chest.h"
#include "core/base/format.h"
#include "core/imaging/mask.h"

namespace attest::agents {
namespace {

constexpr double emphysemaHu = -950;
constexpr double mentionedPercent = 1;  ///< of the lungs below that; less is in the facts only

/// What is measured of one lung beyond what every mask gets.
struct LungDensity {
  double volumeMm3 = 0;
  double sumHu = 0;
  double voxels = 0;
  double low = 0;  ///< voxels below -950 HU

  LungDensity& operator+=(const LungDensity& other) {
    volumeMm3 += other.volumeMm3;
    sumHu += other.sumHu;
    voxels += other.voxels;
    low += other.low;
    return *this;
  }
  nlohmann::json toJson() const {
    return {{"volume_mm3", volumeMm3}, {"mean_hu", sumHu / voxels}, {"laa950_percent", 100 * low / voxels}};
  }
};

LungDensity densityOf(const imaging::Mask& mask, const imaging::Volume& volume) {
  LungDensity density;
  imaging::visit(volume, [&](auto values) {
    mask.forEach([&](Index3 at) {
      const double hu = imaging::toDouble(values[volume.grid().offset(at)]);
      density.sumHu += hu;
      ++density.voxels;
      if (hu < emphysemaHu) ++density.low;
    });
  });
  density.volumeMm3 = density.voxels * volume.grid().voxelVolumeMm3();
  return density;
}

class MeasurementAgent final : public Agent {
 public:
  const AgentCard& card() const noexcept override { return card_; }

  Result<Output> run(AgentContext& context) const override {
    if (context.stop().stop_requested()) return fail(ErrorCode::cancelled);
    const std::vector<Item> lungs = lungItems(context);
    if (lungs.empty()) return fail(ErrorCode::unsupported, "no lungs to measure");
    ATTEST_TRY(const imaging::VolumePtr volume, context.volume(lungs.front().source));
    nlohmann::json each = nlohmann::json::array();
    LungDensity both;
    std::vector<double> volumes;
    for (const Item& lung : lungs) {
      ATTEST_TRY(const imaging::MaskPtr mask, context.mask(lung.id));
      if (context.stop().stop_requested()) return fail(ErrorCode::cancelled);
      const LungDensity density = densityOf(*mask, *volume);
      nlohmann::json one = density.toJson();
      one["item"] = lung.id.value;
      each.push_back(std::move(one));
      volumes.push_back(density.volumeMm3);
      both += density;
    }
    nlohmann::json facts = both.toJson();
    if (volumes.size() == 2) facts["right_left_ratio"] = volumes[0] / volumes[1];
    facts["lungs"] = std::move(each);
    Output output;
    const double percent = 100 * both.low / both.voxels;
    if (percent >= mentionedPercent)
      output.sentences.push_back({SectionKind::findings, lowAttenuation(lungs, percent)});
    output.facts = facts.dump();
    output.notes = {makeNote(NoteCode::lungs, both.volumeMm3, both.sumHu / both.voxels)};
    return output;
  }

 private:
  /// It names the lungs, so that it stands only while they do; the number is of the outline that the agent
  /// measured.
  static std::string lowAttenuation(const std::vector<Item>& lungs, double percent) {
    std::string names;
    for (const Item& lung : lungs) names += (names.empty() ? "" : ", ") + live(lung, "label");
    return "Voxels below " + formatHu(emphysemaHu) +
           " in the automatic outline: " + formatNumber(percent, 1) + " % (" + names + ").";
  }

  const AgentCard card_{.id = "measurement",
                        .version = "1.0.0",
                        .title = "Lung volume and density",
                        .owner = "Attest project",
                        .intendedUse =
                            "Research. Total lung volume, right to left ratio, mean density and the part "
                            "below -950 HU (LAA-950).",
                        .method = "Counts voxels of the lung outlines on the original images.",
                        .limitations =
                            "LAA-950 depends on slice thickness, kernel and depth of breath, for none of "
                            "which it is corrected.",
                        .modalities = {"CT"},
                        .needs = {"lungs"},
                        .operatingPoint = "both lungs together and each lung",
                        .proposes = false};
};

}  // namespace

std::unique_ptr<Agent> make_measurement() {
  return std::make_unique<MeasurementAgent>();
}

}  // namespace attest::agents
