#include "core/agents/pairing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numbers>
#include <random>

#include "core/agents/carried.h"
#include "core/agents/chest.h"

namespace attest::agents {
namespace {

using testing::ElementsAre;
using testing::Eq;
using testing::Optional;

Measurement ball(Vec3 centerMm, double diameterMm) {
  Measurement m;
  m.volumeMm3 = std::numbers::pi / 6 * std::pow(diameterMm, 3);
  m.centroidMm = centerMm;
  return m;
}

CarriedLesion lesion(Vec3 expectedMm, double diameterMm, double uncertaintyMm = 10) {
  CarriedLesion lesion;
  lesion.earlier.measurement = ball({}, diameterMm);
  lesion.expectedMm = expectedMm;
  lesion.uncertaintyMm = uncertaintyMm;
  return lesion;
}

Item finding(Vec3 centerMm, double diameterMm) {
  Item item;
  item.measurement = ball(centerMm, diameterMm);
  return item;
}

TEST(Pairing, isByPlaceAndSize) {
  EXPECT_THAT(pairLesions({lesion({0, 0, 0}, 8), lesion({50, 0, 0}, 8)},
                          {finding({52, 0, 0}, 9), finding({0, 3, 0}, 8), finding({0, 80, 0}, 8)}),
              ElementsAre(Optional(1U), Optional(0U)));
  EXPECT_THAT(pairLesions({lesion({0, 0, 0}, 8)}, {finding({0, 0, 0}, 25)}), ElementsAre(Eq(std::nullopt)))
      << "three times its diameter is another thing";
  EXPECT_THAT(pairLesions({lesion({0, 0, 0}, 8)}, {finding({0, 0, 11}, 8)}), ElementsAre(Eq(std::nullopt)));
  EXPECT_THAT(pairLesions({lesion({0, 0, 0}, 8, 0)}, {finding({0, 0, 0}, 8)}), ElementsAre(Eq(std::nullopt)))
      << "its place is not known";
  EXPECT_TRUE(pairLesions({}, {finding({}, 8)}).empty());
  EXPECT_THAT(pairLesions({lesion({}, 8)}, {}), ElementsAre(Eq(std::nullopt)));
}

TEST(Pairing, keepsToTheSideOfTheBody) {
  CarriedLesion left = lesion({}, 8);
  left.laterality = codes::left;
  Item right = finding({}, 8);
  right.laterality = codes::right;
  EXPECT_THAT(pairLesions({left}, {right}), ElementsAre(Eq(std::nullopt)));
}

/// The nearest finding of the first lesion is the only one that the second can have.
TEST(Pairing, pairsAsManyAsCanBe) {
  EXPECT_THAT(pairLesions({lesion({0, 0, 0}, 8), lesion({9, 0, 0}, 8)},
                          {finding({2, 0, 0}, 8), finding({-6, 0, 0}, 8)}),
              ElementsAre(Optional(1U), Optional(0U)));
}

TEST(Pairing, isTheBestOfAllPairings) {
  std::mt19937 random(11);
  std::uniform_real_distribution<double> place(-9, 9);
  std::uniform_real_distribution<double> size(4, 16);
  for (int round = 0; round < 200; ++round) {
    std::vector<CarriedLesion> lesions;
    std::vector<Item> findings;
    for (int n = 0; n < 4; ++n) {
      lesions.push_back(lesion({place(random), place(random), place(random)}, size(random)));
      findings.push_back(finding({place(random), place(random), place(random)}, size(random)));
    }
    const auto total = [&](auto&& findingOf) {
      std::pair<int, double> sum{};  // lesions alone, then mismatch
      for (std::size_t n = 0; n < lesions.size(); ++n) {
        const std::optional<std::size_t> m = findingOf(n);
        const auto cost = m ? mismatch(lesions[n], findings[*m].measurement, {}) : std::nullopt;
        cost ? sum.second += * cost : sum.first += 1;
      }
      return sum;
    };
    std::vector<std::size_t> order{0, 1, 2, 3};
    auto best = total([&](std::size_t n) { return order[n]; });
    while (std::ranges::next_permutation(order).found)
      best = std::min(best, total([&](std::size_t n) { return order[n]; }));
    const auto pairs = pairLesions(lesions, findings);
    const auto found = total([&](std::size_t n) { return pairs[n]; });
    EXPECT_EQ(found.first, best.first);
    EXPECT_NEAR(found.second, best.second, 1e-9);
  }
}

TEST(Carried, daysAreCountedByTheCalendar) {
  EXPECT_EQ(daysBetween("20240228", "20240301"), 2);
  EXPECT_EQ(daysBetween("20251231", "20260101"), 1);
  EXPECT_EQ(daysBetween("", "20260101"), 0);
  EXPECT_EQ(daysBetween("20261332", "20260101"), 0);
}

TEST(Carried, whatCouldNotBeEvaluatedIsNotForgotten) {
  CaseRecord prior;
  prior.row.id = {"b"};
  prior.study.date = "20260201";
  prior.comparison = Comparison{};
  prior.comparison->to = {{"1.2"}, 0};
  for (const auto outcome :
       {LesionOutcome::not_evaluable, LesionOutcome::resolved, LesionOutcome::measured}) {
    CarriedLesion old = lesion({1, 2, 3}, 8, 6);
    old.earlier.caseId = {"a"};
    old.earlier.item = {name(outcome)};
    old.earlier.studyDate = "20260101";
    old.outcome = outcome;
    old.reviewedBy = {"reader"};
    prior.comparison->lesions.push_back(old);
  }
  CaseRecord now;
  now.study.date = "20260301";
  Comparison comparison = carryOver(prior, now);
  ASSERT_EQ(comparison.lesions.size(), 1U);
  const CarriedLesion& carried = comparison.lesions[0];
  EXPECT_EQ(carried.earlier.item.value, "not_evaluable");
  EXPECT_EQ(carried.earlier.days, 59);
  EXPECT_EQ(carried.outcome, LesionOutcome::open);
  EXPECT_TRUE(carried.reviewedBy.empty());
  comparison.from = comparison.to = {{"1.2"}, 0};
  comparison.toCurrent.translationMm = {10, 0, 0};
  place(comparison, prior);
  EXPECT_EQ(comparison.lesions[0].expectedMm, (Vec3{11, 2, 3}));
  EXPECT_GT(comparison.lesions[0].uncertaintyMm, 17) << "another breath";
}

}  // namespace
}  // namespace attest::agents
