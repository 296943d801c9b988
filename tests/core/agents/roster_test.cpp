#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "tests/core/agents/roster_run.h"
#include "tests/support/phantom.h"

namespace attest::agents {
namespace {

using test::RosterRun;

Grid gridOf(Index3 dims, Vec3 spacingMm) {
  Grid grid;
  grid.dims = dims;
  grid.spacingMm = spacingMm;
  return grid;
}

imaging::VolumePtr filledVolume(Index3 dims, Vec3 spacingMm, std::int16_t value, Unit unit = Unit::hu) {
  auto volume = std::make_shared<imaging::Volume>(gridOf(dims, spacingMm), imaging::PixelType::int16, unit);
  std::ranges::fill(volume->writable<std::int16_t>(), value);
  return volume;
}

/// Runs every agent on that volume; whatever happens, nothing is proposed.
void expectNothingProposed(RosterRun& run) {
  for (const auto& agent : makeRoster()) {
    const auto output = run.run(agent->card().id);
    if (!output) {
      EXPECT_EQ(output.error().code, ErrorCode::unsupported) << agent->card().id;
      EXPECT_FALSE(output.error().detail.empty()) << agent->card().id;
    } else {
      EXPECT_TRUE(output->proposals.empty()) << agent->card().id;
    }
  }
  EXPECT_TRUE(run.items().empty());
}

TEST(Roster, everyCardIsComplete) {
  std::set<std::string> ids;
  const auto roster = makeRoster();
  for (const auto& agent : roster) ids.insert(agent->card().id);
  EXPECT_THAT(ids, testing::ElementsAre("body", "lung_nodules", "lung_opacities", "lungs", "measurement",
                                        "prior", "qa", "report_text", "study_context"));
  for (const auto& agent : roster) {
    const AgentCard& card = agent->card();
    for (const std::string& text : {card.version, card.title, card.owner, card.intendedUse, card.method,
                                    card.limitations, card.operatingPoint}) {
      EXPECT_FALSE(text.empty()) << card.id;
    }
    EXPECT_NE(card.intendedUse.find("Research"), std::string::npos) << card.id;
    for (const std::string& need : card.needs)
      EXPECT_TRUE(ids.contains(need)) << card.id << " needs " << need;
    for (const std::string& want : card.wants)
      EXPECT_TRUE(ids.contains(want)) << card.id << " wants " << want;
  }
}

TEST(Roster, findsNothingInAirOrWaterOrAnEmptyImage) {
  for (const std::int16_t value : std::initializer_list<std::int16_t>{-1000, 0, 40}) {
    RosterRun run(filledVolume({100, 100, 60}, {3, 3, 4}, value));
    expectNothingProposed(run);
  }
}

TEST(Roster, findsNothingInAnMrOrAPet) {
  RosterRun mr(filledVolume({64, 64, 30}, {3, 3, 5}, 300, Unit::none), "MR");
  expectNothingProposed(mr);
  RosterRun pt(filledVolume({64, 64, 60}, {4, 4, 4}, 2, Unit::suv_bw), "PT");
  expectNothingProposed(pt);
}

TEST(Roster, findsNothingInFewSlicesOrASmallPiece) {
  RosterRun few(filledVolume({512, 512, 3}, {0.7, 0.7, 5}, -800));
  expectNothingProposed(few);
  RosterRun small(filledVolume({64, 64, 93}, {2, 2, 2}, -800));
  expectNothingProposed(small);
}

TEST(Roster, readsTheChestCtBesideALargerPetAndALargerCoronal) {
  RosterRun run(attest::test::makeChestPhantom().volume);
  auto& series = run.record().series;
  Series pet = series[0];
  pet.info.uid = {"1.2.4"};
  pet.info.modality = "PT";
  pet.blocks[0].unit = Unit::bq_ml;
  for (int k = 0; k < 100; ++k) pet.blocks[0].slices.push_back({SopUid{"1.3." + std::to_string(k)}, 0});
  Series coronal = series[0];
  coronal.info.uid = {"1.2.5"};
  coronal.blocks[0].slices = pet.blocks[0].slices;
  coronal.blocks[0].grid->axes = {Vec3{1, 0, 0}, Vec3{0, 0, -1}, Vec3{0, 1, 0}};
  series.insert(series.begin(), {pet, coronal});
  const auto output = run.run("study_context");
  ASSERT_TRUE(output) << output.error().detail;
  EXPECT_NE(output->facts.find("\"series\":\"1.2.3\""), std::string::npos) << output->facts;
  EXPECT_NE(output->facts.find("\"chest_ct\":true"), std::string::npos) << output->facts;
}

TEST(Roster, findsNothingInAStudyWithoutImages) {
  RosterRun run(filledVolume({1, 1, 1}, {1, 1, 1}, 0));
  run.record().series.clear();
  const auto output = run.run("study_context");
  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().code, ErrorCode::unsupported);
}

TEST(Roster, takesNoGasFilledBagForALung) {
  auto volume = std::make_shared<imaging::Volume>(gridOf({100, 100, 60}, {3, 3, 4}),
                                                  imaging::PixelType::int16, Unit::hu);
  const auto values = volume->writable<std::int16_t>();
  std::size_t n = 0;
  for (int k = 0; k < 60; ++k)
    for (int j = 0; j < 100; ++j)
      for (int i = 0; i < 100; ++i) {
        const double r = std::hypot(i - 50, j - 50);
        values[n++] = r < 25 && k > 10 && k < 50 ? -1000 : r < 45 ? 40 : -1000;
      }
  RosterRun run(volume);
  expectNothingProposed(run);
}

TEST(Roster, everyAgentAnswersAStopRequest) {
  const auto phantom = attest::test::makeChestPhantom();
  for (const auto& agent : makeRoster()) {
    RosterRun run(phantom.volume);
    run.stop();
    const auto output = run.run(agent->card().id);
    ASSERT_FALSE(output) << agent->card().id;
    EXPECT_EQ(output.error().code, ErrorCode::cancelled) << agent->card().id;
  }
}

}  // namespace
}  // namespace attest::agents
