#include "core/domain/change.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "core/domain/prior.h"

namespace attest {
namespace {

Measurement ball(double diameterMm, double factor = 1) {
  Measurement m;
  m.volumeMm3 = factor * std::numbers::pi / 6 * std::pow(diameterMm, 3);
  return m;
}

Change changeOf(double diameterMm, double factor) {
  return growth(ball(diameterMm), ball(diameterMm, factor), 90)->change;
}

TEST(Growth, IsOnlyWhatMeasuringTwiceCannotGive) {
  EXPECT_EQ(changeOf(20, 1.29), Change::stable) << "30 % from 12 mm on";
  EXPECT_EQ(changeOf(20, 1.32), Change::grown);
  EXPECT_EQ(changeOf(12.01, 1.29), Change::stable);
  EXPECT_EQ(changeOf(12.01, 1.32), Change::grown);
  EXPECT_EQ(changeOf(10, 1.35), Change::stable) << "39 % at 10 mm";
  EXPECT_EQ(changeOf(10, 1.45), Change::grown);
  EXPECT_EQ(changeOf(6.01, 1.75), Change::stable) << "80 % at 6 mm";
  EXPECT_EQ(changeOf(6.01, 1.85), Change::grown);
  EXPECT_EQ(changeOf(4, 1.9), Change::stable) << "small ones must double";
  EXPECT_EQ(changeOf(4, 2.1), Change::grown);
}

TEST(Growth, WhatGrewOneWayShrankTheOtherWay) {
  for (const double diameterMm : {3.0, 5.9, 6.0, 7.5, 9.0, 11.9, 12.0, 30.0}) {
    for (const double factor : {1.1, 1.3, 1.5, 1.9, 2.5}) {
      const Change forward = growth(ball(diameterMm), ball(diameterMm, factor), 1)->change;
      const Change back = growth(ball(diameterMm, factor), ball(diameterMm), 1)->change;
      EXPECT_EQ(forward == Change::grown, back == Change::shrunk) << diameterMm << " mm, " << factor;
      EXPECT_NE(back, Change::grown);
    }
  }
}

TEST(Growth, DoublesInItsDaysOnlyWhereItGrew) {
  const auto doubled = growth(ball(10), ball(10, 2), 90);
  EXPECT_NEAR(*doubled->doublingDays, 90, 1e-9);
  EXPECT_NEAR(*growth(ball(10), ball(10, 4), 90)->doublingDays, 45, 1e-9);
  EXPECT_NEAR(doubled->volumeFactor, 2, 1e-9);
  EXPECT_FALSE(growth(ball(10), ball(10, 1.1), 90)->doublingDays);
  EXPECT_FALSE(growth(ball(10), ball(10, 0.3), 90)->doublingDays);
  EXPECT_FALSE(growth(ball(10), ball(10, 3), 0)->doublingDays) << "the same day";
}

TEST(Growth, NeedsTwoVolumes) {
  EXPECT_FALSE(growth(ball(0), ball(5), 90));
  EXPECT_FALSE(growth(ball(5), ball(0), 90));
  EXPECT_FALSE(growth(ball(5), ball(std::numeric_limits<double>::quiet_NaN()), 90));
}

TEST(RigidTransform, ItsInverseTakesBack) {
  const double c = std::cos(0.3);
  const double s = std::sin(0.3);
  const RigidTransform there{{c, -s, 0, s, c, 0, 0, 0, 1}, {10, -20, 300}};
  const Vec3 point{5, 7, -11};
  EXPECT_NEAR(length(there.inverse()(there(point)) - point), 0, 1e-9);
  EXPECT_NEAR(length(there(there.inverse()(point)) - point), 0, 1e-9);
  EXPECT_NEAR(there({1, 0, 0}).y, s - 20, 1e-12);
}

}  // namespace
}  // namespace attest
