#include "core/imaging/measure.h"

#include <gtest/gtest.h>

#include <numbers>
#include <random>

#include "core/imaging/hull.h"
#include "tests/support/phantom.h"

namespace attest::imaging {
namespace {

Mask ball(const Grid& grid, Vec3 centerMm, double radiusMm) {
  Mask mask(grid);
  mask.paint({{0, 0, 0}, grid.dims}, true,
             [&](Index3 at) { return length(grid.toPatient(at) - centerMm) <= radiusMm; });
  return mask;
}

Grid obliqueGrid() {
  const double c = std::cos(0.4);
  const double s = std::sin(0.4);
  return {{90, 80, 50},
          {-31, 47, 12},
          {0.6, 0.8, 1.3},
          {Vec3{c, s, 0}, Vec3{-s * c, c * c, s}, Vec3{s * s, -s * c, c}}};
}

TEST(Measure, EmptyMaskHasNoNumbers) {
  const Measurement result = measure(Mask(obliqueGrid()), nullptr);
  EXPECT_EQ(result, Measurement{});
}

TEST(Measure, SingleVoxelHasItsOwnDiagonal) {
  const Grid grid{{8, 8, 8}, {1, 2, 3}, {0.5, 0.5, 2}};
  Mask mask(grid);
  mask.set({3, 4, 5}, true);
  const Measurement result = measure(mask, nullptr);
  EXPECT_EQ(result.voxels, 1);
  EXPECT_DOUBLE_EQ(result.volumeMm3, 0.5);
  EXPECT_EQ(result.centroidMm, grid.toPatient(Index3{3, 4, 5}));
  EXPECT_NEAR(*result.longestMm, std::sqrt(0.5), 1e-12);
  EXPECT_NEAR(*result.perpendicularMm, std::sqrt(0.5), 1e-12);
  EXPECT_NEAR(*result.meanMm, std::sqrt(0.5), 1e-12);
}

TEST(Measure, SphereOnAnAnisotropicObliqueGrid) {
  const Grid grid = obliqueGrid();
  const Vec3 center = grid.toPatient(Vec3{44.3, 40.1, 25.2});
  constexpr double radius = 15;
  const Measurement result = measure(ball(grid, center, radius), nullptr);
  EXPECT_NEAR(result.volumeMm3 / (4.0 / 3 * std::numbers::pi * radius * radius * radius), 1, 0.01);
  EXPECT_LT(length(result.centroidMm - center), 0.1);
  EXPECT_NEAR(*result.longestMm, 2 * radius, 1.0);
  EXPECT_NEAR(*result.perpendicularMm, 2 * radius, 1.2);
  EXPECT_LE(*result.perpendicularMm, *result.longestMm);
}

TEST(Measure, EndsLieInPatientSpaceAtTheStatedDistanceAndAngle) {
  const Grid grid = obliqueGrid();
  Mask mask(grid);
  mask.paint({{10, 10, 20}, {70, 30, 22}}, true, [](Index3 at) { return at.k != 21 || at.i < 66; });
  const Measurement result = measure(mask, nullptr);
  const Vec3 longest = result.longestEndsMm[1] - result.longestEndsMm[0];
  const Vec3 perpendicular = result.perpendicularEndsMm[1] - result.perpendicularEndsMm[0];
  EXPECT_NEAR(length(longest), *result.longestMm, 1e-9);
  EXPECT_NEAR(length(perpendicular), *result.perpendicularMm, 1e-9);
  EXPECT_NEAR(*result.longestMm, std::hypot(61 * 0.6, 21 * 0.8), 1e-9);
  EXPECT_LE(std::abs(dot(normalized(longest), normalized(perpendicular))),
            std::sin(1.0001 * std::numbers::pi / 180));
  EXPECT_NEAR(grid.toIndex(result.longestEndsMm[0]).z, 20, 1e-9) << "the first of two equal slices";
}

TEST(Measure, EllipsoidDiametersAreThoseOfItsLargestAxialSlice) {
  const Grid grid{{120, 100, 40}, {0, 0, 0}, {0.5, 0.5, 1.5}};
  Mask mask(grid);
  const Vec3 radii{22, 11, 25};
  const Vec3 center = grid.toPatient(Vec3{60, 50, 20});
  mask.paint({{0, 0, 0}, grid.dims}, true, [&](Index3 at) {
    const Vec3 p = grid.toPatient(at) - center;
    return p.x * p.x / (radii.x * radii.x) + p.y * p.y / (radii.y * radii.y) +
               p.z * p.z / (radii.z * radii.z) <=
           1;
  });
  const Measurement result = measure(mask, nullptr);
  EXPECT_NEAR(*result.longestMm, 44, 1);
  EXPECT_NEAR(*result.perpendicularMm, 22, 1);
  EXPECT_NEAR(*result.meanMm, (*result.longestMm + *result.perpendicularMm) / 2, 1e-12);
  EXPECT_NEAR(result.volumeMm3 / (4.0 / 3 * std::numbers::pi * radii.x * radii.y * radii.z), 1, 0.01);
}

TEST(Measure, PhantomNodulesHaveTheirKnownSize) {
  const auto phantom = test::makeChestPhantom({256, 256, 128}, {1.35, 1.35, 2.0});
  for (const Vec3& nodule : phantom.nodulesMm) {
    const Mask mask = ball(phantom.grid, nodule, phantom.noduleRadiusMm);
    const Measurement result = measure(mask, phantom.volume.get());
    EXPECT_NEAR(result.volumeMm3 / (4.0 / 3 * std::numbers::pi * std::pow(phantom.noduleRadiusMm, 3)), 1,
                0.03);
    ASSERT_TRUE(result.values);
    EXPECT_EQ(result.values->min, 60);
    EXPECT_EQ(result.values->max, 60);
    EXPECT_EQ(result.values->sd, 0);
  }
}

TEST(Measure, StatisticsOfKnownValues) {
  const Grid grid{{4, 1, 1}, {}, {1, 1, 1}};
  Volume volume(grid, PixelType::int16, Unit::hu);
  const std::array<std::int16_t, 4> numbers{-1000, 7, 10, 32767};
  std::copy(numbers.begin(), numbers.end(), volume.writable<std::int16_t>().begin());
  Mask mask(grid);
  mask.paint({{0, 0, 0}, {2, 0, 0}}, true, [](Index3) { return true; });
  ValueStatistics values = *measure(mask, &volume).values;
  EXPECT_DOUBLE_EQ(values.mean, (-1000 + 7 + 10) / 3.0);
  EXPECT_EQ(values.median, 7);
  EXPECT_EQ(values.min, -1000);
  EXPECT_EQ(values.max, 10);
  mask.set({3, 0, 0}, true);
  values = *measure(mask, &volume).values;
  EXPECT_EQ(values.median, 8.5);
  const double mean = (-1000 + 7 + 10 + 32767) / 4.0;
  double squares = 0;
  for (const double number : numbers) squares += (number - mean) * (number - mean);
  EXPECT_NEAR(values.sd, std::sqrt(squares / 4), 1e-9);
}

TEST(Measure, FloatsThatAreNotFiniteAreLeftOutOfStatistics) {
  const Grid grid{{3, 1, 1}, {}, {1, 1, 1}};
  Volume volume(grid, PixelType::float32, Unit::suv_bw);
  volume.writable<float>()[0] = std::nanf("");
  Mask mask(grid);
  mask.set({0, 0, 0}, true);
  EXPECT_FALSE(measure(mask, &volume).values);
  volume.writable<float>()[1] = 2.5F;
  mask.set({1, 0, 0}, true);
  EXPECT_EQ(measure(mask, &volume).values->mean, 2.5);
}

TEST(Measure, ValuesOfAnotherGridAreNotUsed) {
  Grid grid{{3, 3, 3}, {}, {1, 1, 1}};
  Mask mask(grid);
  mask.set({1, 1, 1}, true);
  grid.originMm.x += 0.1;
  const Volume volume(grid, PixelType::uint8, Unit::none);
  EXPECT_FALSE(measure(mask, &volume).values);
}

/// All chords of a polygon in steps of a thousandth of a degree, cut by a line through each corner.
double bruteForcePerpendicular(const std::vector<Point>& hull, const Chord& axis) {
  double best = 0;
  const double base = std::atan2(axis.to.y - axis.from.y, axis.to.x - axis.from.x);
  for (int step = -1000; step <= 1000; ++step) {
    const double angle = base + (90 + step / 1000.0) * std::numbers::pi / 180;
    const Point d{std::cos(angle), std::sin(angle)};
    for (const Point& from : hull) {
      double low = 0;
      double high = 0;
      for (std::size_t n = 0; n < hull.size(); ++n) {
        const Point a = hull[n];
        const Point b = hull[(n + 1) % hull.size()];
        const double sideA = d.x * (a.y - from.y) - d.y * (a.x - from.x);
        const double sideB = d.x * (b.y - from.y) - d.y * (b.x - from.x);
        if (sideA * sideB > 0 || sideA == sideB) continue;
        const double t = sideA / (sideA - sideB);
        const double along = d.x * (a.x + t * (b.x - a.x) - from.x) + d.y * (a.y + t * (b.y - a.y) - from.y);
        low = std::min(low, along);
        high = std::max(high, along);
      }
      best = std::max(best, high - low);
    }
  }
  return best;
}

TEST(Hull, DiametersAgreeWithBruteForceOnRandomShapes) {
  std::mt19937 random(3);
  for (int shape = 0; shape < 20; ++shape) {
    std::vector<Corner> corners;
    const int count = 3 + static_cast<int>(random() % 60);
    for (int n = 0; n < count; ++n)
      corners.push_back({static_cast<int>(random() % 41), static_cast<int>(random() % (5 + 2 * shape))});
    double longest = 0;
    for (const Corner& a : corners)
      for (const Corner& b : corners) longest = std::max(longest, std::hypot(a.x - b.x, a.y - b.y));
    std::vector<Point> hull;
    for (const Corner& corner : convexHull(corners))
      hull.push_back({static_cast<double>(corner.x), static_cast<double>(corner.y)});
    const Chord diameter = longestChord(hull);
    EXPECT_NEAR(diameter.lengthMm, longest, 1e-9);
    const double perpendicular = longestPerpendicular(hull, diameter).lengthMm;
    EXPECT_NEAR(perpendicular, bruteForcePerpendicular(hull, diameter), 1e-3 * longest);
  }
}

TEST(Hull, DropsPointsInsideAndOnSides) {
  const auto hull = convexHull({{0, 0}, {4, 0}, {2, 0}, {4, 4}, {0, 4}, {1, 1}, {0, 0}, {2, 4}});
  EXPECT_EQ(hull, (std::vector<Corner>{{0, 0}, {4, 0}, {4, 4}, {0, 4}}));
}

}  // namespace
}  // namespace attest::imaging
