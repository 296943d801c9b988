#include "core/imaging/filters.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/support/phantom.h"

namespace attest::imaging {
namespace {

Grid smallGrid() {
  return {{45, 13, 9}, {3, 4, 5}, {0.7, 0.9, 1.6}};
}

Mask randomMask(const Grid& grid, unsigned seed, unsigned oneIn) {
  std::mt19937 random(seed);
  std::vector<std::uint8_t> dense(static_cast<std::size_t>(grid.voxels()));
  for (auto& voxel : dense) voxel = random() % oneIn == 0;
  return Mask::fromDense(grid, dense);
}

template <class F>
Mask where(const Grid& grid, F&& inside) {
  Mask mask(grid);
  mask.paint({{0, 0, 0}, grid.dims}, true, inside);
  return mask;
}

/// Whether any voxel of the grid within the radius has that value.
bool anyNear(const Mask& mask, Index3 at, double radiusMm, bool value) {
  const Grid& grid = mask.grid();
  const auto steps = [radiusMm](double spacing) { return static_cast<int>(radiusMm / spacing) + 1; };
  const Index3 most{steps(grid.spacingMm.x), steps(grid.spacingMm.y), steps(grid.spacingMm.z)};
  for (int k = std::max(0, at.k - most.k); k <= std::min(grid.dims.k - 1, at.k + most.k); ++k)
    for (int j = std::max(0, at.j - most.j); j <= std::min(grid.dims.j - 1, at.j + most.j); ++j)
      for (int i = std::max(0, at.i - most.i); i <= std::min(grid.dims.i - 1, at.i + most.i); ++i)
        if (mask.at({i, j, k}) == value &&
            length(grid.toPatient(Index3{i, j, k}) - grid.toPatient(at)) <= radiusMm + 1e-9)
          return true;
  return false;
}

Mask bruteDilate(const Mask& mask, double radiusMm) {
  return where(mask.grid(), [&](Index3 at) { return anyNear(mask, at, radiusMm, true); });
}
Mask bruteErode(const Mask& mask, double radiusMm) {
  return where(mask.grid(), [&](Index3 at) { return mask.at(at) && !anyNear(mask, at, radiusMm, false); });
}

std::stop_token stopped() {
  std::stop_source source;
  source.request_stop();
  return source.get_token();
}

TEST(Morphology, AgreesWithBruteForceOnAnAnisotropicGrid) {
  for (const double radius : {0.5, 0.7, 1.6, 2.6, 4.0}) {
    const Mask sparse = randomMask(smallGrid(), 1, 400);
    const Mask dense =
        minus(where(smallGrid(), [](Index3) { return true; }), randomMask(smallGrid(), 2, 500));
    EXPECT_EQ(*dilate(sparse, radius, {}), bruteDilate(sparse, radius)) << radius;
    EXPECT_EQ(*erode(dense, radius, {}), bruteErode(dense, radius)) << radius;
    EXPECT_EQ(*close(sparse, radius, {}), bruteErode(bruteDilate(sparse, radius), radius)) << radius;
    EXPECT_EQ(*open(dense, radius, {}), bruteDilate(bruteErode(dense, radius), radius)) << radius;
  }
}

TEST(Morphology, LargeRadiiReachOverWordsAndTheWholeGrid) {
  Mask mask(Grid{{130, 5, 3}, {}, {0.5, 1, 1}});
  mask.set({63, 2, 1}, true);
  EXPECT_EQ(*dilate(mask, 25, {}), bruteDilate(mask, 25));
  EXPECT_EQ(dilate(mask, 1000, {})->count(), 130 * 5 * 3);
}

TEST(Morphology, OutsideTheGridCountsAsMaskForErosion) {
  const Mask full = where(smallGrid(), [](Index3) { return true; });
  EXPECT_EQ(*erode(full, 3, {}), full);
}

TEST(Morphology, ClosingNeverTakesAndOpeningNeverAdds) {
  const Mask mask = randomMask(smallGrid(), 4, 3);
  EXPECT_TRUE(minus(mask, *close(mask, 1.7, {})).empty());
  EXPECT_TRUE(minus(*open(mask, 1.7, {}), mask).empty());
}

TEST(Morphology, EmptyMasksAndRadiiOfNothingChangeNothing) {
  const Mask mask = randomMask(smallGrid(), 5, 4);
  EXPECT_TRUE(dilate(Mask(smallGrid()), 3, {})->empty());
  EXPECT_TRUE(erode(Mask(), 3, {})->empty());
  for (const double radius : {0.0, -2.0, std::nan("")}) {
    EXPECT_EQ(*dilate(mask, radius, {}), mask);
    EXPECT_EQ(*erode(mask, radius, {}), mask);
  }
}

TEST(Threshold, BothEndsBelongAndFractionsRoundInwards) {
  Serial serial;
  const Grid grid{{6, 1, 1}, {}, {1, 1, 1}};
  Volume volume(grid, PixelType::int16, Unit::hu);
  const std::array<std::int16_t, 6> numbers{-32768, -401, -400, 0, 99, 32767};
  std::copy(numbers.begin(), numbers.end(), volume.writable<std::int16_t>().begin());
  const auto bits = [&](double low, double high) {
    return threshold(volume, low, high, serial, {})->toDense();
  };
  using Bits = std::vector<std::uint8_t>;
  EXPECT_EQ(bits(-400, 99), (Bits{0, 0, 1, 1, 1, 0}));
  EXPECT_EQ(bits(-400.5, 98.9), (Bits{0, 0, 1, 1, 0, 0}));
  EXPECT_EQ(bits(-INFINITY, INFINITY), (Bits{1, 1, 1, 1, 1, 1}));
  EXPECT_EQ(bits(40000, 50000), (Bits{0, 0, 0, 0, 0, 0}));
  EXPECT_EQ(bits(-90000, -40000), (Bits{0, 0, 0, 0, 0, 0}));
  EXPECT_EQ(bits(10, -10), (Bits{0, 0, 0, 0, 0, 0}));
  EXPECT_EQ(threshold(volume, std::nan(""), 3, serial, {}).error().code, ErrorCode::bad_argument);
}

TEST(Threshold, FloatsThatAreNoNumberAreOutside) {
  Serial serial;
  Volume volume(Grid{{2, 1, 1}, {}, {1, 1, 1}}, PixelType::float32, Unit::none);
  volume.writable<float>()[0] = std::nanf("");
  volume.writable<float>()[1] = 0.25F;
  EXPECT_EQ(threshold(volume, -INFINITY, INFINITY, serial, {})->toDense(), (std::vector<std::uint8_t>{0, 1}));
  EXPECT_EQ(threshold(volume, 0.25, 0.3, serial, {})->count(), 1);
}

/// Component numbers by a plain flood.
std::vector<std::int64_t> bruteSizes(const Mask& mask) {
  Mask rest = mask;
  std::vector<std::int64_t> sizes;
  mask.forEach([&](Index3 seed) {
    if (!rest.at(seed)) return;
    std::vector<Index3> pending{seed};
    rest.set(seed, false);
    std::int64_t size = 0;
    while (!pending.empty()) {
      const Index3 at = pending.back();
      pending.pop_back();
      ++size;
      for (const Index3 d : {Index3{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}}) {
        const Index3 next{at.i + d.i, at.j + d.j, at.k + d.k};
        if (!rest.at(next)) continue;
        rest.set(next, false);
        pending.push_back(next);
      }
    }
    sizes.push_back(size);
  });
  std::sort(sizes.rbegin(), sizes.rend());
  return sizes;
}

TEST(Components, AgreeWithAPlainFloodOnRandomMasks) {
  for (unsigned seed = 0; seed < 6; ++seed) {
    const Mask mask = randomMask(Grid{{75, 20, 9}, {}, {1, 1, 1}}, seed, 2 + seed % 3);
    const auto found = *components(mask, 1, 1000000, {});
    const auto sizes = bruteSizes(mask);
    ASSERT_EQ(found.size(), sizes.size());
    Mask together(mask.grid());
    for (std::size_t n = 0; n < found.size(); ++n) {
      ASSERT_EQ(found[n].voxels, sizes[n]);
      ASSERT_EQ(found[n].mask.count(), sizes[n]);
      ASSERT_EQ(*found[n].mask.box(), found[n].box);
      if (n < 5) {
        EXPECT_EQ(bruteSizes(found[n].mask).size(), 1U);
      }
      together = together | found[n].mask;
    }
    EXPECT_EQ(together, mask);
  }
}

TEST(Components, LargestFirstCutBySizeAndNumberAndSidesKnown) {
  Mask mask(Grid{{70, 10, 4}, {}, {1, 1, 1}});
  const auto paint = [&](Box box) { mask.paint(box, true, [](Index3) { return true; }); };
  paint({{2, 2, 0}, {4, 2, 0}});
  paint({{10, 2, 1}, {60, 3, 1}});
  paint({{0, 8, 3}, {9, 8, 3}});
  paint({{40, 8, 2}, {40, 8, 2}});
  const auto all = *components(mask, 1, 100, {});
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0].voxels, 102);
  EXPECT_FALSE(all[0].touchesSide);
  EXPECT_TRUE(all[1].touchesSide);
  EXPECT_FALSE(all[2].touchesSide) << "the first slice is no side";
  EXPECT_EQ(components(mask, 3, 100, {})->size(), 3U);
  EXPECT_EQ(components(mask, 1, 2, {})->size(), 2U);
  EXPECT_TRUE(components(Mask(mask.grid()), 1, 2, {})->empty());
}

TEST(Components, PhantomAirFallsIntoOutsideAndAirways) {
  Serial serial;
  const auto phantom = test::makeChestPhantom();
  const Mask air = *threshold(*phantom.volume, -2000, -400, serial, {});
  const auto found = *components(air, 1000, 10, {});
  ASSERT_EQ(found.size(), 2U) << "the trachea joins both lungs";
  EXPECT_TRUE(found[0].touchesSide);
  EXPECT_FALSE(found[1].touchesSide);
  EXPECT_EQ(found[1].mask, phantom.rightLung | phantom.leftLung | phantom.trachea);
  EXPECT_GT(phantom.rightLung.count(), phantom.leftLung.count());
  EXPECT_LT(phantom.rightLung.box()->high.i, phantom.leftLung.box()->low.i)
      << "the right lung is at lower x of LPS";
}

TEST(FillHoles, ClosesRingsOfASliceAndLeavesWhatTheBorderReaches) {
  Mask mask(Grid{{12, 12, 3}, {}, {1, 1, 1}});
  const auto ring = [](Index3 at) { return at.i == 2 || at.i == 8 || at.j == 2 || at.j == 8; };
  mask.paint({{2, 2, 1}, {8, 8, 1}}, true, ring);
  mask.paint({{2, 2, 2}, {8, 8, 2}}, true, ring);
  mask.set({5, 2, 2}, false);
  mask.paint({{0, 0, 0}, {3, 3, 0}}, true, [](Index3 at) { return at.i == 3 || at.j == 3; });
  const Mask filled = *fillHolesBySlice(mask, {});
  EXPECT_TRUE(filled.at({5, 5, 1}));
  EXPECT_FALSE(filled.at({5, 5, 2})) << "open ring";
  EXPECT_FALSE(filled.at({1, 1, 0})) << "reached from the border of the grid";
  EXPECT_EQ(filled.count(), mask.count() + 25);
  EXPECT_TRUE(fillHolesBySlice(Mask(mask.grid()), {})->empty());
}

TEST(FillHoles, DiagonalGapsDoNotLeak) {
  Mask mask(Grid{{5, 5, 1}, {}, {1, 1, 1}});
  for (const Index3 at : {Index3{2, 1, 0}, {1, 2, 0}, {3, 2, 0}, {2, 3, 0}}) mask.set(at, true);
  EXPECT_TRUE(fillHolesBySlice(mask, {})->at({2, 2, 0}));
}

TEST(Split, CutsADumbbellInTheMiddleAndTiesGoToTheOthers) {
  const Grid grid{{41, 9, 9}, {}, {1, 1, 1}};
  const Mask bar = where(grid, [](Index3 at) { return at.j == 4 && at.k == 4; });
  Mask a(grid);
  Mask b(grid);
  a.set({0, 4, 4}, true);
  b.set({40, 4, 4}, true);
  const auto [left, right] = *splitBySeeds(bar, a, b, {});
  EXPECT_EQ(left.count(), 20);
  EXPECT_EQ(right.count(), 21) << "the middle voxel is as near to both";
  EXPECT_TRUE((left & right).empty());
  EXPECT_EQ(left | right, bar);
}

TEST(Split, DistanceGoesAroundWallsAndUnreachedVoxelsAreOthers) {
  const Grid grid{{11, 11, 1}, {}, {1, 1, 1}};
  const Mask within =
      where(grid, [](Index3 at) { return at.i != 5 || at.j == 10; });  // a wall with a gap below
  Mask a(grid);
  Mask b(grid);
  a.set({4, 0, 0}, true);
  b.set({9, 10, 0}, true);
  const auto [near, others] = *splitBySeeds(within, a, b, {});
  EXPECT_TRUE(near.at({0, 5, 0}));
  EXPECT_FALSE(near.at({6, 0, 0})) << "one step from A as the crow flies";
  const auto noSeeds = *splitBySeeds(within, Mask(grid), Mask(grid), {});
  EXPECT_TRUE(noSeeds.first.empty());
  EXPECT_EQ(noSeeds.second, within);
  EXPECT_EQ(splitBySeeds(within, Mask(), b, {}).error().code, ErrorCode::bad_argument);
}

TEST(Filters, AllAnswerAStopRequest) {
  Serial serial;
  const Mask mask = randomMask(smallGrid(), 9, 3);
  const Volume volume(smallGrid(), PixelType::int16, Unit::hu);
  EXPECT_EQ(threshold(volume, 0, 1, serial, stopped()).error().code, ErrorCode::cancelled);
  EXPECT_EQ(components(mask, 1, 1, stopped()).error().code, ErrorCode::cancelled);
  EXPECT_EQ(dilate(mask, 1, stopped()).error().code, ErrorCode::cancelled);
  EXPECT_EQ(erode(mask, 1, stopped()).error().code, ErrorCode::cancelled);
  EXPECT_EQ(close(mask, 1, stopped()).error().code, ErrorCode::cancelled);
  EXPECT_EQ(open(mask, 1, stopped()).error().code, ErrorCode::cancelled);
  EXPECT_EQ(fillHolesBySlice(mask, stopped()).error().code, ErrorCode::cancelled);
  EXPECT_EQ(splitBySeeds(mask, mask, mask, stopped()).error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace attest::imaging
