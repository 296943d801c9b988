#include "core/imaging/reslice.h"

#include <gtest/gtest.h>

#include <random>

namespace attest::imaging {
namespace {

Grid tiltedGrid() {
  const double c = std::cos(0.3);
  const double s = std::sin(0.3);
  return {{23, 17, 11}, {5, -40, 100}, {0.7, 0.9, 2.5}, {Vec3{c, 0, -s}, Vec3{0, 1, 0}, Vec3{s, 0, c}}};
}

template <class T>
Volume randomVolume(const Grid& grid, PixelType type) {
  Volume volume(grid, type, Unit::none);
  std::mt19937 random(1);
  for (auto& value : volume.writable<T>()) value = static_cast<T>(random() % 255);
  return volume;
}

/// Trilinear in double, with the stated rule for the border.
double bruteForce(const Volume& volume, Vec3 mm) {
  const Grid& grid = volume.grid();
  const Vec3 index = grid.toIndex(mm);
  const std::array<int, 3> dims{grid.dims.i, grid.dims.j, grid.dims.k};
  std::array<int, 3> low{};
  std::array<double, 3> t{};
  for (int axis = 0; axis < 3; ++axis) {
    const auto n = static_cast<std::size_t>(axis);
    if (index[axis] < -0.5 - 1e-7 || index[axis] > dims[n] - 0.5 + 1e-7) return std::nan("");
    const double held = std::clamp(index[axis], 0.0, dims[n] - 1.0);
    low[n] = std::min(static_cast<int>(held), std::max(dims[n] - 2, 0));
    t[n] = held - low[n];
  }
  double sum = 0;
  for (int corner = 0; corner < 8; ++corner) {
    const std::array<int, 3> step{corner & 1, corner >> 1 & 1, corner >> 2 & 1};
    double weight = 1;
    for (std::size_t n = 0; n < 3; ++n) weight *= step[n] != 0 ? t[n] : 1 - t[n];
    if (weight > 0) sum += weight * volume.at({low[0] + step[0], low[1] + step[1], low[2] + step[2]});
  }
  return sum;
}

void expectSame(const Image& image, const Plane& plane, const std::function<double(Vec3)>& truth,
                double tolerance) {
  ASSERT_EQ(image.width, plane.width);
  ASSERT_EQ(image.height, plane.height);
  for (int y = 0; y < plane.height; ++y)
    for (int x = 0; x < plane.width; ++x) {
      const double wanted = truth(plane.originMm + static_cast<double>(x) * plane.stepXMm +
                                  static_cast<double>(y) * plane.stepYMm);
      const auto got = static_cast<double>(image.values[static_cast<std::size_t>(y * plane.width + x)]);
      ASSERT_EQ(std::isnan(got), std::isnan(wanted)) << x << " " << y;
      if (!std::isnan(got)) {
        ASSERT_NEAR(got, wanted, tolerance) << x << " " << y;
      }
    }
}

/// A plane along two axes of the grid, `zoom` pixels a voxel, reaching beyond the volume.
Plane alongAxes(const Grid& grid, int a, int b, Vec3 start, double zoom, int width, int height) {
  const auto step = [&](int axis) {
    return grid.spacingMm[axis] / zoom * grid.axes[static_cast<std::size_t>(axis)];
  };
  return {grid.toPatient(start), step(a), step(b), width, height};
}

TEST(Reslice, PlaneOnTheGridGivesTheVoxelsExactly) {
  Serial serial;
  const Volume volume = randomVolume<float>(tiltedGrid(), PixelType::float32);
  const Grid& grid = volume.grid();
  const Plane axial = alongAxes(grid, 0, 1, {0, 0, 4}, 1, 23, 17);
  const Image image = reslice(volume, axial, {}, serial);
  for (int j = 0; j < 17; ++j)
    for (int i = 0; i < 23; ++i)
      ASSERT_EQ(static_cast<double>(image.values[static_cast<std::size_t>(j * 23 + i)]),
                volume.at({i, j, 4}));
  const Plane sagittal = alongAxes(grid, 1, 2, {22, 0, 0}, 1, 17, 11);
  const Image side = reslice(volume, sagittal, {}, serial);
  for (int k = 0; k < 11; ++k)
    for (int j = 0; j < 17; ++j)
      ASSERT_EQ(static_cast<double>(side.values[static_cast<std::size_t>(k * 17 + j)]),
                volume.at({22, j, k}));
}

TEST(Reslice, AlignedPlanesAgreeWithBruteForceForAllAxesAndTypes) {
  Serial serial;
  const Grid grid = tiltedGrid();
  const std::vector<Volume> volumes{
      randomVolume<std::uint8_t>(grid, PixelType::uint8), randomVolume<std::int16_t>(grid, PixelType::int16),
      randomVolume<std::uint16_t>(grid, PixelType::uint16), randomVolume<float>(grid, PixelType::float32)};
  for (const Volume& volume : volumes)
    for (int a = 0; a < 3; ++a)
      for (int b = 0; b < 3; ++b) {
        if (a == b) continue;
        Plane plane = alongAxes(grid, a, b, {-1.3, -0.9, 2.2}, 1.7, 50, 40);
        expectSame(
            reslice(volume, plane, {}, serial), plane, [&](Vec3 p) { return bruteForce(volume, p); }, 1e-3);
        plane = alongAxes(grid, a, b, {21.4, 14.2, 9.9}, -1.3, 40, 40);
        expectSame(
            reslice(volume, plane, {}, serial), plane, [&](Vec3 p) { return bruteForce(volume, p); }, 1e-3);
      }
}

TEST(Reslice, ObliquePlaneAgreesWithBruteForce) {
  Serial serial;
  const Volume volume = randomVolume<std::int16_t>(tiltedGrid(), PixelType::int16);
  const Vec3 x = normalized({1, 0.3, -0.2});
  const Vec3 y = normalized(cross({0.1, 0.2, 1}, x));
  const Plane plane{volume.grid().toPatient(Vec3{-3, -2, 6}), 0.31 * x, 0.37 * y, 90, 70};
  const Image image = reslice(volume, plane, {}, serial);
  expectSame(
      image, plane, [&](Vec3 p) { return bruteForce(volume, p); }, 1e-2);
  EXPECT_TRUE(std::any_of(image.values.begin(), image.values.end(), [](float v) { return std::isnan(v); }));
  EXPECT_TRUE(std::any_of(image.values.begin(), image.values.end(), [](float v) { return !std::isnan(v); }));
}

TEST(Reslice, HalfAVoxelBeyondTheCentresHoldsTheOutermostValueAndThenNothing) {
  Serial serial;
  const Grid grid{{3, 3, 3}, {}, {1, 1, 1}};
  const Volume volume = randomVolume<std::uint8_t>(grid, PixelType::uint8);
  for (const Vec3 down : {Vec3{0, 1, 0}, Vec3{0, 1, 1e-3}}) {
    const Plane plane{{-1.0, 1, 1}, {0.25, 0, 0}, down, 21, 1};
    const Image image = reslice(volume, plane, {}, serial);
    EXPECT_TRUE(std::isnan(image.values[1]));
    EXPECT_EQ(static_cast<double>(image.values[2]), volume.at({0, 1, 1}));
    EXPECT_EQ(static_cast<double>(image.values[14]), volume.at({2, 1, 1}));
    EXPECT_TRUE(std::isnan(image.values[15]));
  }
}

TEST(Reslice, PlaneBesideTheVolumeIsAllOutside) {
  Serial serial;
  const Volume volume = randomVolume<std::uint8_t>(tiltedGrid(), PixelType::uint8);
  for (const Vec3 start : {Vec3{0, 0, 20}, Vec3{100, 0, 1}, Vec3{0, -100, 1}}) {
    const Image image = reslice(volume, alongAxes(volume.grid(), 0, 1, start, 1, 10, 10), {}, serial);
    EXPECT_TRUE(std::all_of(image.values.begin(), image.values.end(), [](float v) { return std::isnan(v); }));
  }
}

TEST(Reslice, SingleSliceVolumeAndDegeneratePlanesAreHarmless) {
  Serial serial;
  const Grid grid{{9, 7, 1}, {}, {1, 1, 5}};
  const Volume volume = randomVolume<std::int16_t>(grid, PixelType::int16);
  const Plane tilted{{0, 0, 0}, {1, 0, 0}, {0, 1, 0.2}, 9, 7};
  expectSame(
      reslice(volume, tilted, {}, serial), tilted, [&](Vec3 p) { return bruteForce(volume, p); }, 1e-3);
  const Image flat = reslice(volume, {{1, 1, 0}, {}, {}, 3, 3}, {Projection::mip, 10}, serial);
  EXPECT_NEAR(static_cast<double>(flat.values[4]), volume.at({1, 1, 0}), 1e-3);
  const double nan = std::nan("");
  EXPECT_EQ(reslice(volume, {{nan, nan, 0}, {nan, 1, 0}, {0, nan, 1}, 3, 3}, {}, serial).values.size(), 9U);
  EXPECT_TRUE(reslice(volume, {{}, {1, 0, 0}, {0, 1, 0}, 0, -4}, {}, serial).values.empty());
  EXPECT_TRUE(std::isnan(reslice(Volume(Grid{}, PixelType::int16, Unit::hu), tilted, {}, serial).values[0]));
}

struct SlabCase {
  Projection projection;
  bool oblique;
};
class ResliceSlab : public testing::TestWithParam<SlabCase> {};

TEST_P(ResliceSlab, AgreesWithBruteForceOverItsSheets) {
  const auto [projection, oblique] = GetParam();
  Serial serial;
  const Grid grid{{23, 17, 11}, {5, -40, 100}, {0.7, 0.9, 2.5}};
  const Volume volume = randomVolume<std::int16_t>(grid, PixelType::int16);
  const Vec3 x = oblique ? normalized({1, 0.2, 0.1}) : Vec3{1, 0, 0};
  const Vec3 y = oblique ? normalized(cross({0, 0.1, 1}, x)) : Vec3{0, 1, 0};
  const Plane plane{grid.toPatient(Vec3{-2, -2, 8}), 0.5 * x, 0.5 * y, 40, 40};
  const Vec3 normal = normalized(cross(x, y));
  const double stepMm =
      1 / std::max({std::abs(normal.x) / 0.7, std::abs(normal.y) / 0.9, std::abs(normal.z) / 2.5});
  constexpr int sheets = 3;  // to each side
  const auto truth = [&](Vec3 p) {
    double best = std::nan("");
    double sum = 0;
    int hits = 0;
    for (int n = -sheets; n <= sheets; ++n) {
      const double value = bruteForce(volume, p + n * stepMm * normal);
      if (std::isnan(value)) continue;
      best = projection == Projection::mip ? std::fmax(best, value) : std::fmin(best, value);
      sum += value;
      ++hits;
    }
    return projection == Projection::mean ? sum / hits : best;
  };
  const Image image = reslice(volume, plane, {projection, 2 * sheets * stepMm + 0.1}, serial);
  expectSame(image, plane, truth, 1e-2);
}

INSTANTIATE_TEST_SUITE_P(All, ResliceSlab,
                         testing::Values(SlabCase{Projection::mip, false}, SlabCase{Projection::minip, false},
                                         SlabCase{Projection::mean, false}, SlabCase{Projection::mip, true},
                                         SlabCase{Projection::minip, true},
                                         SlabCase{Projection::mean, true}));

TEST(Reslice, ThinSlabIsASingleSheet) {
  Serial serial;
  const Volume volume = randomVolume<std::int16_t>(tiltedGrid(), PixelType::int16);
  const Plane plane = alongAxes(volume.grid(), 0, 1, {0, 0, 4}, 1, 23, 17);
  EXPECT_EQ(reslice(volume, plane, {Projection::mip, 1.0}, serial).values,
            reslice(volume, plane, {}, serial).values);
}

}  // namespace
}  // namespace attest::imaging
