#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "core/domain/change.h"
#include "tests/core/agents/phantom_patient.h"
#include "tests/support/phantom.h"

namespace attest::agents {
namespace {

namespace phantom = imaging::phantom;
using test::PhantomPatient;
using test::RosterRun;

const phantom::Nodule* nearest(const std::vector<phantom::Nodule>& nodules, Vec3 placeMm) {
  for (const auto& nodule : nodules)
    if (length(nodule.centerMm - placeMm) < std::max(3.0, nodule.diameterMm / 2)) return &nodule;
  return nullptr;
}

const PhantomPatient& patient() {
  return PhantomPatient::made();
}

/// The nodule that a lesion is, in the earlier study and in this one; null where there is none.
const phantom::Nodule* was(const CarriedLesion& lesion) {
  return nearest(patient().then.truth.nodules, lesion.earlier.measurement.centroidMm);
}
const phantom::Nodule* is(const CarriedLesion& lesion) {
  const auto& nodules = patient().now.truth.nodules;
  const auto at = std::ranges::find(nodules, was(lesion)->name, &phantom::Nodule::name);
  return at == nodules.end() ? nullptr : &*at;
}

/// Every lesion is where it is expected, is the one that it was, and has grown by what it has grown; what is
/// new and what is gone are told.
TEST(PriorOfPhantom, tellsWhatBecameOfEachLesion) {
  RosterRun run = patient().run;
  const auto output = run.run("prior");
  ASSERT_TRUE(output) << output.error().detail;
  ASSERT_TRUE(output->comparison && output->comparison->isAligned()) << noteLine(output->notes);
  std::vector<std::string> gone;
  int measured = 0;
  for (const CarriedLesion& lesion : output->comparison->lesions) {
    if (was(lesion) == nullptr) continue;  // of the agent's false findings
    SCOPED_TRACE(was(lesion)->name);
    const Vec3 truly = patient().then.truth.fromCurrent.inverse()(was(lesion)->centerMm);
    EXPECT_LT(length(lesion.expectedMm - truly), 2.0);
    if (is(lesion) == nullptr) {
      gone.push_back(was(lesion)->name);
      EXPECT_FALSE(lesion.match);
      for (const Proposal& again : output->proposals) EXPECT_NE(again.earlier, lesion.earlier.item);
      continue;
    }
    const auto item = std::ranges::find(run.items(), lesion.match.value_or(ItemId{}), &Item::id);
    if (item == run.items().end()) continue;  // the nodule agent did not see it
    ++measured;
    EXPECT_EQ(nearest(patient().now.truth.nodules, item->measurement.centroidMm), is(lesion));
    const double factor = is(lesion)->volumeMm3 / was(lesion)->volumeMm3;
    EXPECT_NEAR(growth(lesion.earlier.measurement, item->measurement, 90)->volumeFactor, factor,
                0.2 * factor);
  }
  EXPECT_EQ(gone.size(), 1U);
  EXPECT_GE(measured, 5);
  int isNew = 0;
  for (const auto& [id, flags] : output->flags) {
    const auto item = std::ranges::find(run.items(), id, &Item::id);
    const auto* nodule = nearest(patient().now.truth.nodules, item->measurement.centroidMm);
    if (nodule == nullptr) continue;
    ++isNew;
    EXPECT_EQ(std::ranges::count(patient().then.truth.nodules, nodule->name, &phantom::Nodule::name), 0);
  }
  EXPECT_EQ(isNew, 1);
}

/// A lesion of which nothing is proposed now is measured again where it is expected; what is gone is not.
TEST(PriorOfPhantom, measuresAgainWhereNothingWasProposed) {
  RosterRun run = patient().run;
  const auto output = run.runAgain("prior", {"lung_nodules", "lung_opacities"});
  ASSERT_TRUE(output) << output.error().detail;
  int again = 0;
  for (const Proposal& proposal : output->proposals) {
    const auto& lesions = output->comparison->lesions;
    const auto lesion =
        std::ranges::find(lesions, *proposal.earlier, [](const auto& one) { return one.earlier.item; });
    ASSERT_NE(lesion, lesions.end());
    if (was(*lesion) == nullptr) continue;
    SCOPED_TRACE(was(*lesion)->name);
    ASSERT_NE(is(*lesion), nullptr);
    const double volume = imaging::measure(*proposal.mask, patient().now.volume.get()).volumeMm3;
    if (is(*lesion)->diameterMm >= 6) {  // smaller ones have too few of these voxels
      EXPECT_NEAR(volume, is(*lesion)->volumeMm3, 0.2 * is(*lesion)->volumeMm3);
    }
    EXPECT_THAT(proposal.flags, testing::ElementsAre("remeasured"));
    ++again;
  }
  EXPECT_GE(again, 5);
}

TEST(PriorAgent, carriesLesionsWithoutAPlaceWhereTheStudiesCanNotBeAligned) {
  const auto phantom = attest::test::makeChestPhantom();
  RosterRun earlier(phantom.volume);
  ASSERT_TRUE(earlier.run("lung_opacities"));
  auto other = std::make_shared<imaging::Volume>(phantom.grid, imaging::PixelType::int16, Unit::hu);
  RosterRun run(other);
  run.compareWith(earlier, 90);
  const auto output = run.run("prior");
  ASSERT_TRUE(output) << output.error().detail;
  EXPECT_FALSE(output->comparison->isAligned());
  ASSERT_FALSE(output->comparison->lesions.empty());
  EXPECT_EQ(output->comparison->lesions[0].uncertaintyMm, 0);
  EXPECT_EQ(output->notes.back(), makeNote(NoteCode::not_aligned));
}

TEST(PriorAgent, saysNothingWhereThereIsNoEarlierStudy) {
  RosterRun run(attest::test::makeChestPhantom().volume);
  const auto output = run.run("prior");
  ASSERT_TRUE(output) << output.error().detail;
  EXPECT_FALSE(output->comparison);
  EXPECT_TRUE(output->proposals.empty());
}

}  // namespace
}  // namespace attest::agents
