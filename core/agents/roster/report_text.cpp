#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/agents/chest.h"
#include "core/base/format.h"

namespace attest::agents {
namespace {

constexpr double mentionedPercent = 1;  ///< of a lung that dense regions take up

std::string live(const ItemId& id, const std::string& field) {
  return "{" + id.value + ":" + field + "}";
}

class ReportText final : public Agent {
 public:
  const AgentCard& card() const noexcept override { return card_; }

  Result<Output> run(AgentContext& context) const override {
    if (context.stop().stop_requested()) return fail(ErrorCode::cancelled);
    const std::vector<Item> lungs = lungItems(context);
    std::vector<Item> findings = noduleItems(context);
    std::ranges::stable_sort(findings, std::greater{},
                             [](const Item& item) { return item.measurement.volumeMm3; });
    const std::vector<Item> opacities = opacityItems(context);
    findings.insert(findings.end(), opacities.begin(), opacities.end());
    if (lungs.empty() && findings.empty()) return fail(ErrorCode::unsupported, "no results to report");
    Output output;
    const auto say = [&](SectionKind section, std::string text) {
      output.sentences.push_back({section, std::move(text)});
    };
    const auto& comparison = context.record().comparison;
    say(SectionKind::comparison, comparisonSentence(context));
    for (const Item& finding : findings) say(SectionKind::findings, findingSentence(finding, comparison));
    if (comparison) {
      for (const CarriedLesion& lesion : comparison->lesions)
        if (!lesion.match) say(SectionKind::findings, lesionSentence(lesion));
    }
    for (const Item& lung : lungs) say(SectionKind::findings, lungSentence(lung));
    for (std::string& text : extentSentences(context, lungs)) say(SectionKind::findings, std::move(text));
    say(SectionKind::impression, "{" + context.record().row.id.value + ":summary}.");
    if (findings.empty() && lungs.size() == 2) {
      say(SectionKind::impression, "The automatic search marked no nodule or opacity in " +
                                       live(lungs[0].id, "label") + " and " + live(lungs[1].id, "label") +
                                       ".");
    }
    output.notes = {makeNote(NoteCode::sentences, output.sentences.size())};
    return output;
  }

 private:
  static std::string comparisonSentence(const AgentContext& context) {
    const auto& comparison = context.record().comparison;
    if (!comparison) return "No earlier study of this patient is here to compare with.";
    std::string text = "Study of " + formatDate(comparison->priorDate);
    if (!comparison->lesions.empty())
      text += ", " + std::to_string(comparison->lesions.front().earlier.days) + " days earlier";
    if (comparison->priorVersion == 0) text += "; it is not signed here, so that its lesions are not known";
    return text + (comparison->isAligned() ? "." : "; the two could not be aligned.");
  }

  static std::string findingSentence(const Item& finding, const std::optional<Comparison>& comparison) {
    std::string text = "\n" + live(finding.id, "label") + ": " + live(finding.id, "size") + ", " +
                       live(finding.id, "volume") + ", mean density " + live(finding.id, "hu");
    if (comparison && comparison->priorVersion > 0) text += "; " + live(finding.id, "change");
    return text + ".";
  }

  /// It stands once a reader has said what became of the lesion, and says that.
  static std::string lesionSentence(const CarriedLesion& lesion) {
    const ItemId& id = lesion.earlier.item;
    return "\n" + live(id, "label") + ", " + live(id, "prior_size") + ", " + live(id, "prior_volume") +
           " on " + live(id, "prior_date") + ": " + live(id, "outcome") + ".";
  }

  static std::string lungSentence(const Item& lung) {
    return "\n" + live(lung.id, "label") + ": volume " + live(lung.id, "volume") + ", mean density " +
           live(lung.id, "hu") + ".";
  }

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
        sentences.push_back("\n" + live(lung.id, "label") + ": dense regions take up about " +
                            formatNumber(percent, 0) + " % of the automatic outline.");
      }
    }
    return sentences;
  }

  const AgentCard card_{
      .id = "report_text",
      .version = "2.0.0",
      .title = "Report text",
      .owner = "Attest project",
      .intendedUse =
          "Research. Drafts sentences from the results of the run for a reader to edit; numbers stay live.",
      .method =
          "Fixed sentences; measurements, changes since the earlier study and counts are filled in from the "
          "current outlines and the reader's verdicts.",
      .limitations = "Says only what the other agents found and measured. Does not describe or conclude.",
      .modalities = {"CT"},
      .needs = {"study_context"},
      .wants = {"lungs", "lung_nodules", "lung_opacities", "measurement", "prior", "qa"},
      .operatingPoint = "one sentence a result, one that counts in the impression",
      .proposes = false};
};

}  // namespace

std::unique_ptr<Agent> make_report_text() {
  return std::make_unique<ReportText>();
}

}  // namespace attest::agents
