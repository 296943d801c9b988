#include "core/imaging/mask.h"

#include <gtest/gtest.h>

#include <random>

namespace attest::imaging {
namespace {

Grid oddGrid() {
  return {.dims = {70, 33, 65}, .originMm = {-10, 20, 30}, .spacingMm = {0.7, 0.8, 1.5}};
}

std::vector<std::uint8_t> randomDense(const Grid& grid, unsigned seed, unsigned oneIn) {
  std::mt19937 random(seed);
  std::vector<std::uint8_t> dense(static_cast<std::size_t>(grid.voxels()));
  for (auto& voxel : dense) voxel = random() % oneIn == 0 ? static_cast<std::uint8_t>(1 + random() % 255) : 0;
  return dense;
}

Mask randomMask(unsigned seed, unsigned oneIn = 3) {
  return Mask::fromDense(oddGrid(), randomDense(oddGrid(), seed, oneIn));
}

std::span<const std::byte> asBytes(const std::string& text) {
  return std::as_bytes(std::span(text));
}

TEST(Mask, WithoutAGridIsEmptyAndHarmless) {
  const Mask mask;
  EXPECT_TRUE(mask.empty());
  EXPECT_EQ(mask.count(), 0);
  EXPECT_FALSE(mask.at({0, 0, 0}));
  EXPECT_FALSE(mask.box());
  EXPECT_TRUE(mask.toDense().empty());
  Mask painted;
  painted.paint({{0, 0, 0}, {3, 3, 3}}, true, [](Index3) { return true; });
  EXPECT_TRUE(painted.empty());
}

TEST(Mask, DenseRoundTripOnOddSizes) {
  const Grid grid = oddGrid();
  const auto dense = randomDense(grid, 1, 2);
  const Mask mask = Mask::fromDense(grid, dense);
  const auto back = mask.toDense();
  ASSERT_EQ(back.size(), dense.size());
  std::int64_t count = 0;
  for (std::size_t n = 0; n < dense.size(); ++n) {
    ASSERT_EQ(back[n], dense[n] != 0) << n;
    count += dense[n] != 0;
  }
  EXPECT_EQ(mask.count(), count);
}

TEST(Mask, DenseBoxIsTheSameAsTheCutOfTheWhole) {
  const Mask mask = randomMask(2);
  const Box box{{5, 3, 30}, {66, 32, 40}};
  const auto cut = mask.toDense(box);
  std::size_t n = 0;
  for (int k = 30; k <= 40; ++k)
    for (int j = 3; j <= 32; ++j)
      for (int i = 5; i <= 66; ++i) ASSERT_EQ(cut[n++] != 0, mask.at({i, j, k}));
  Mask boxed(oddGrid());
  boxed.paint(box, true, [](Index3) { return true; });
  EXPECT_EQ(Mask::fromDense(oddGrid(), box, cut), mask & boxed);
}

TEST(Mask, SetChangesOneVoxelAndIgnoresOutside) {
  Mask mask(oddGrid());
  mask.set({69, 32, 64}, true);
  mask.set({70, 32, 64}, true);
  mask.set({-1, 0, 0}, true);
  EXPECT_EQ(mask.count(), 1);
  EXPECT_TRUE(mask.at({69, 32, 64}));
  EXPECT_EQ(*mask.box(), (Box{{69, 32, 64}, {69, 32, 64}}));
  mask.set({69, 32, 64}, false);
  EXPECT_TRUE(mask.empty());
}

TEST(Mask, PaintAgreesWithSettingVoxelByVoxel) {
  const auto inside = [](Index3 at) { return (at.i * 7 + at.j * 3 + at.k) % 4 != 0; };
  const Box box{{-5, 2, 20}, {50, 90, 64}};
  Mask painted = randomMask(3);
  Mask single = painted;
  for (const bool value : {true, false}) {
    painted.paint(box, value, inside);
    for (int k = 20; k <= 64; ++k)
      for (int j = 2; j <= 90; ++j)
        for (int i = -5; i <= 50; ++i)
          if (inside({i, j, k})) single.set({i, j, k}, value);
    EXPECT_EQ(painted, single);
  }
}

TEST(Mask, OldValueIsTheUndoAndOnlyTouchedBlocksAreCopied) {
  const Mask before = randomMask(4);
  const std::string bytesBefore = encode(before);
  Mask after = before;
  EXPECT_EQ(after.ownBlocks(before), 0U);
  after.set({1, 1, 1}, !before.at({1, 1, 1}));
  EXPECT_EQ(after.ownBlocks(before), 1U);
  after.set({2, 1, 1}, before.at({2, 1, 1}));  // no change, no copy
  after.paint({{30, 0, 0}, {33, 0, 0}}, true, [](Index3) { return true; });
  EXPECT_LE(after.ownBlocks(before), 2U);
  EXPECT_EQ(encode(before), bytesBefore);
  EXPECT_NE(after, before);
}

TEST(Mask, RandomStrokesUndoneInReverseGiveTheStart) {
  std::mt19937 random(5);
  std::vector<Mask> history{randomMask(5)};
  const std::string start = encode(history.front());
  std::vector<std::string> encoded{start};
  for (int stroke = 0; stroke < 60; ++stroke) {
    Mask next = history.back();
    const Index3 at{static_cast<int>(random() % 70), static_cast<int>(random() % 33),
                    static_cast<int>(random() % 65)};
    next.paint({at, {at.i + 9, at.j + 9, at.k + 2}}, random() % 2 == 0, [](Index3) { return true; });
    history.push_back(next);
    encoded.push_back(encode(next));
  }
  for (; !history.empty(); history.pop_back(), encoded.pop_back())
    ASSERT_EQ(encode(history.back()), encoded.back());
}

TEST(Mask, BlocksThatBecomeEmptyOrFullAreGivenBack) {
  Mask mask(Grid{{64, 32, 32}, {}});
  mask.paint({{0, 0, 0}, {31, 31, 31}}, true, [](Index3) { return true; });
  EXPECT_EQ(mask.count(), 32 * 32 * 32);
  EXPECT_EQ(mask.ownBlocks(Mask(mask.grid())), 0U);
  mask.set({3, 3, 3}, false);
  EXPECT_EQ(mask.ownBlocks(Mask(mask.grid())), 1U);
  mask.paint({{0, 0, 0}, {31, 31, 31}}, false, [](Index3) { return true; });
  EXPECT_EQ(mask.ownBlocks(Mask(mask.grid())), 0U);
  EXPECT_TRUE(mask.empty());
}

TEST(Mask, SetOperationsAgreeWithVoxels) {
  const Mask a = randomMask(6);
  const Mask b = randomMask(7, 2);
  const Mask unite = a | b;
  const Mask intersect = a & b;
  const Mask difference = minus(a, b);
  for (int k = 0; k < 65; k += 3)
    for (int j = 0; j < 33; ++j)
      for (int i = 0; i < 70; ++i) {
        const bool x = a.at({i, j, k});
        const bool y = b.at({i, j, k});
        ASSERT_EQ(unite.at({i, j, k}), x || y);
        ASSERT_EQ(intersect.at({i, j, k}), x && y);
        ASSERT_EQ(difference.at({i, j, k}), x && !y);
      }
  EXPECT_TRUE(minus(a, a).empty());
  EXPECT_EQ((a | a).ownBlocks(a), 0U);
}

TEST(Mask, DiceOfEqualDisjointAndEmpty) {
  Mask a(oddGrid());
  Mask b(oddGrid());
  EXPECT_EQ(dice(a, b), 1);
  a.set({1, 1, 1}, true);
  EXPECT_EQ(dice(a, b), 0);
  b.set({1, 1, 1}, true);
  b.set({2, 1, 1}, true);
  EXPECT_DOUBLE_EQ(dice(a, b), 2.0 / 3.0);
}

TEST(Mask, ForEachVisitsInsideVoxelsOnce) {
  const Mask mask = randomMask(8);
  std::int64_t visits = 0;
  mask.forEach([&](Index3 at) {
    ASSERT_TRUE(mask.at(at));
    ++visits;
  });
  EXPECT_EQ(visits, mask.count());
}

TEST(MaskCodec, RoundTripKeepsGridAndVoxels) {
  for (const Mask& mask : {randomMask(9), Mask(oddGrid()), randomMask(10, 1)}) {
    const auto back = decodeMask(asBytes(encode(mask)));
    ASSERT_TRUE(back) << back.error().detail;
    EXPECT_EQ(*back, mask);
  }
}

TEST(MaskCodec, EqualMasksGiveEqualBytesHoweverMade) {
  Mask a(oddGrid());
  Mask b(oddGrid());
  a.paint({{0, 0, 0}, {40, 32, 40}}, true, [](Index3) { return true; });
  for (int k = 40; k >= 0; --k)
    for (int j = 0; j < 33; ++j)
      for (int i = 0; i <= 40; ++i) b.set({i, j, k}, true);
  b.set({60, 1, 1}, true);
  b.set({60, 1, 1}, false);
  EXPECT_EQ(a, b);
  EXPECT_EQ(encode(a), encode(b));
}

TEST(MaskCodec, EveryTruncationIsRefused) {
  const std::string bytes = encode(randomMask(11, 50));
  for (std::size_t length = 0; length < bytes.size(); length += 1 + length / 40)
    EXPECT_FALSE(decodeMask(asBytes(bytes).first(length))) << length;
}

TEST(MaskCodec, FlippedBytesAreRefusedOrGiveAValidGrid) {
  const Mask original = randomMask(12, 50);
  const std::string bytes = encode(original);
  constexpr std::size_t headerBytes = 152;
  std::mt19937 random(12);
  for (int n = 0; n < 3000; ++n) {
    std::string bad = bytes;
    const std::size_t at = n < 152 ? static_cast<std::size_t>(n) : random() % bad.size();
    bad[at] = static_cast<char>(bad[at] ^ (1 + random() % 255));
    const auto mask = decodeMask(asBytes(bad));
    if (!mask) continue;
    if (at >= headerBytes) {
      EXPECT_EQ(*mask, original) << "other compressed bytes may mean the same, but never something else";
    }
    EXPECT_EQ(encode(*mask).size(), bytes.size());
  }
}

TEST(MaskCodec, ImpossibleGeometryIsNamed) {
  std::string bytes = encode(randomMask(13, 50));
  const double notANumber = std::nan("");
  bytes.replace(24, sizeof notANumber, reinterpret_cast<const char*>(&notANumber), sizeof notANumber);
  const auto mask = decodeMask(asBytes(bytes));
  ASSERT_FALSE(mask);
  EXPECT_EQ(mask.error().code, ErrorCode::bad_geometry);
}

TEST(MaskCodec, HugeClaimedSizesAllocateNothing) {
  std::string bytes = encode(Mask(oddGrid()));
  const std::array<std::int32_t, 3> dims{65536, 65536, 65536};
  bytes.replace(8, sizeof dims, reinterpret_cast<const char*>(dims.data()), sizeof dims);
  EXPECT_EQ(decodeMask(asBytes(bytes)).error().code, ErrorCode::corrupt);
  const std::uint64_t length = ~std::uint64_t{0};
  bytes.replace(144, sizeof length, reinterpret_cast<const char*>(&length), sizeof length);
  EXPECT_EQ(decodeMask(asBytes(bytes)).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace attest::imaging
