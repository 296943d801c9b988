#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/agents/agent.h"
#include "core/agents/chest.h"

namespace attest::agents {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// A run whose agents before it left these items.
class Draft final : public AgentContext {
 public:
  const CaseRecord& record() const override { return record_; }
  std::vector<Item> items() const override { return items_; }
  Result<imaging::MaskPtr> mask(const ItemId&) const override { return fail(ErrorCode::not_found); }
  const CaseRecord* prior() const override { return nullptr; }
  Result<imaging::VolumePtr> volume(const BlockRef&) override { return fail(ErrorCode::not_found); }
  std::string facts(const std::string&) const override { return {}; }
  Parallel& parallel() override { return serial_; }
  std::stop_token stop() const override { return {}; }
  void progress(double) override {}

  void add(const Code& code, const std::string& id, const std::string& label, double volumeMm3) {
    Item item;
    item.id = {id};
    item.code = code;
    item.label = label;
    item.laterality = codes::right;
    item.measurement.volumeMm3 = volumeMm3;
    items_.push_back(item);
  }
  /// An earlier study with one lesion that is nowhere here.
  void compare(int version) {
    record_.comparison.emplace();
    record_.comparison->priorDate = "20260516";
    record_.comparison->priorVersion = version;
    record_.comparison->to.series = {"1.2"};
    if (version == 0) return;
    CarriedLesion lesion;
    lesion.earlier.item = {"gone"};
    lesion.earlier.days = 90;
    record_.comparison->lesions = {lesion};
  }
  std::vector<std::string> write(SectionKind kind) {
    for (const auto& agent : makeRoster()) {
      if (agent->card().id != "report_text") continue;
      const auto output = agent->run(*this);
      EXPECT_TRUE(output) << output.error().detail;
      std::vector<std::string> texts;
      for (const ProposedSentence& one : output->sentences)
        if (one.section == kind) texts.push_back(one.text);
      return texts;
    }
    return {};
  }

 private:
  CaseRecord record_ = [] {
    CaseRecord record;
    record.row.id = {"case"};
    return record;
  }();
  std::vector<Item> items_;
  Serial serial_;
};

TEST(ReportText, ASentenceAFindingTheLargestFirstWithLiveMeasurements) {
  Draft draft;
  draft.add(codes::nodule, "small", "Nodule, right lung", 100);
  draft.add(codes::nodule, "large", "Nodule, right lung", 900);
  EXPECT_THAT(draft.write(SectionKind::findings),
              ElementsAre("\n{large:label}: {large:size}, {large:volume}, mean density {large:hu}.",
                          "\n{small:label}: {small:size}, {small:volume}, mean density {small:hu}."));
  EXPECT_THAT(draft.write(SectionKind::impression), ElementsAre("{case:summary}."));
}

TEST(ReportText, WithoutAnEarlierStudyItSaysThatThereIsNone) {
  Draft draft;
  draft.add(codes::nodule, "one", "Nodule, right lung", 100);
  EXPECT_THAT(draft.write(SectionKind::comparison), ElementsAre(HasSubstr("No earlier study")));
}

TEST(ReportText, ComparesAndForgetsNoEarlierLesion) {
  Draft draft;
  draft.add(codes::nodule, "one", "Nodule, right lung", 100);
  draft.compare(1);
  EXPECT_THAT(draft.write(SectionKind::comparison), ElementsAre("Study of 2026-05-16, 90 days earlier."));
  EXPECT_THAT(draft.write(SectionKind::findings),
              ElementsAre(HasSubstr("; {one:change}."),
                          "\n{gone:label}, {gone:prior_size}, {gone:prior_volume} on {gone:prior_date}: "
                          "{gone:outcome}."));
}

TEST(ReportText, ComparesNothingWithAStudyWhoseLesionsAreNotKnown) {
  Draft draft;
  draft.add(codes::nodule, "one", "Nodule, right lung", 100);
  draft.compare(0);
  EXPECT_THAT(draft.write(SectionKind::comparison), ElementsAre(HasSubstr("not signed")));
  EXPECT_THAT(draft.write(SectionKind::findings), ElementsAre(Not(HasSubstr("change"))));
}

TEST(ReportText, WhereNothingWasFoundItSaysWhatWasSearched) {
  Draft draft;
  draft.add(codes::lung, "right", "Right lung", 2e6);
  draft.add(codes::lung, "left", "Left lung", 2e6);
  EXPECT_THAT(
      draft.write(SectionKind::impression),
      ElementsAre("{case:summary}.", HasSubstr("no nodule or opacity in {right:label} and {left:label}")));
}

}  // namespace
}  // namespace attest::agents
