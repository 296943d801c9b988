#include <nlohmann/json.hpp>

#include "core/agents/chest.h"
#include "core/base/format.h"

namespace attest::agents {
namespace {

constexpr std::size_t mostImpressions = 3;
constexpr double mentionedPercent = 1;  ///< of a lung that dense regions take up

class ReportText final : public Agent {
 public:
  const AgentCard& card() const noexcept override { return card_; }

  Result<Output> run(AgentContext& context) const override {
    if (context.stop().stop_requested()) return fail(ErrorCode::cancelled);
    const std::vector<Item> lungs = lungItems(context);
    const std::vector<Item> opacities = opacityItems(context);
    if (lungs.empty() && opacities.empty()) return fail(ErrorCode::unsupported, "no results to report");
    Output output;
    const auto say = [&](SectionKind section, std::string text) {
      output.sentences.push_back({section, std::move(text)});
    };
    for (const Item& lung : lungs) {
      say(SectionKind::findings, live(lung, "label") + ": volume " + live(lung, "volume") +
                                     ", mean density " + live(lung, "hu") + ".");
    }
    for (const std::string& text : extentSentences(context, lungs)) say(SectionKind::findings, text);
    for (const Item& opacity : opacities) {
      say(SectionKind::findings, live(opacity, "label") + ": " + live(opacity, "size") + ", volume " +
                                     live(opacity, "volume") + ", mean density " + live(opacity, "hu") + ".");
    }
    for (std::size_t n = 0; n < std::min(opacities.size(), mostImpressions); ++n) {
      say(SectionKind::impression, live(opacities[n], "label") + ", " + live(opacities[n], "size") + ".");
    }
    if (opacities.empty() && lungs.size() == 2) {
      say(SectionKind::impression, "The automatic search marked no opacity of 5 mm or more in " +
                                       live(lungs[0], "label") + " and " + live(lungs[1], "label") + ".");
    }
    output.note = std::to_string(output.sentences.size()) + " sentences";
    return output;
  }

 private:
  /// How much of each lung is dense; it names the lung, so that it stands only while the outline does.
  static std::vector<std::string> extentSentences(const AgentContext& context,
                                                  const std::vector<Item>& lungs) {
    std::vector<std::string> sentences;
    const auto facts = nlohmann::json::parse(context.facts("lung_opacities"), nullptr, false);
    if (!facts.is_object()) return sentences;
    for (const auto& side : facts.value("lungs", nlohmann::json::array())) {
      const double percent = side.value("percent", 0.0);
      for (const Item& lung : lungs) {
        if (side.value("lung", "") != lung.id.value || percent < mentionedPercent) continue;
        sentences.push_back(live(lung, "label") + ": dense regions take up about " +
                            formatNumber(percent, 0) + " % of the automatic outline.");
      }
    }
    return sentences;
  }

  const AgentCard card_{
      .id = "report_text",
      .version = "1.0.0",
      .title = "Report text",
      .owner = "Attest project",
      .intendedUse =
          "Research. Drafts sentences from the results of the run for a reader to edit; numbers stay live.",
      .method = "Fixed sentences; measurements are filled in from the current outlines.",
      .limitations = "Says only what the other agents found. Does not describe, compare or conclude.",
      .modalities = {"CT"},
      .needs = {"lungs", "lung_opacities", "measurement", "qa"},
      .operatingPoint = "one sentence a result, at most three in the impression",
      .proposes = false};
};

}  // namespace

std::unique_ptr<Agent> make_report_text() {
  return std::make_unique<ReportText>();
}

}  // namespace attest::agents
