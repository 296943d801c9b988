#include "core/workflow/volume_cache.h"

#include <array>

#include "tests/core/workflow/home.h"

namespace attest::workflow::test {
namespace {

class VolumeCacheTest : public HomeTest {
 protected:
  Result<imaging::VolumePtr> load(VolumeCache& cache, const BlockRef& ref, std::stop_token stop = {}) {
    return cache.load(services_->db(), ref, services_->pool().parallel(), std::move(stop));
  }
};

TEST_F(VolumeCacheTest, GivesTheImagesOfTheBlock) {
  VolumeCache cache;
  const auto volume = load(cache, blockRef(importChest()));
  ASSERT_TRUE(volume) << volume.error().detail;
  EXPECT_TRUE(std::ranges::equal((*volume)->values<std::int16_t>(), chest().volume->values<std::int16_t>()));
}

TEST_F(VolumeCacheTest, LoadsABlockOnce) {
  VolumeCache cache;
  const BlockRef ref = blockRef(importChest("ct", true));
  const auto first = load(cache, ref);
  ASSERT_TRUE(first) << first.error().detail;
  fs::remove_all(folder_ / "ct");
  const auto second = load(cache, ref);
  ASSERT_TRUE(second) << second.error().detail;
  EXPECT_EQ(*first, *second);
}

TEST_F(VolumeCacheTest, SharesOneVolumeAmongThoseWhoAskAtOnce) {
  VolumeCache cache;
  const BlockRef ref = blockRef(importChest());
  std::array<imaging::VolumePtr, 8> volumes;
  services_->pool().parallel().forEach(volumes.size(), 1, {}, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) volumes[i] = load(cache, ref).value_or(nullptr);
  });
  ASSERT_NE(volumes[0], nullptr);
  for (const auto& volume : volumes) EXPECT_EQ(volume, volumes[0]);
}

TEST_F(VolumeCacheTest, BeyondTheBudgetItReleasesWhatNobodyHolds) {
  VolumeCache cache(chest().volume->bytes());
  const BlockRef a = blockRef(importChest("a"));
  const BlockRef b = blockRef(importChest("b"));
  const std::weak_ptr<const imaging::Volume> first = load(cache, a).value();
  EXPECT_FALSE(first.expired());
  const auto second = load(cache, b);
  ASSERT_TRUE(second);
  EXPECT_TRUE(first.expired());
  EXPECT_EQ(load(cache, b).value(), *second);
}

TEST_F(VolumeCacheTest, BeyondTheBudgetWhatIsHeldIsStillShared) {
  VolumeCache cache(1);
  const BlockRef a = blockRef(importChest("a"));
  const BlockRef b = blockRef(importChest("b"));
  const auto first = load(cache, a);
  const auto second = load(cache, b);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(load(cache, a).value(), *first);
  EXPECT_EQ(load(cache, b).value(), *second);
}

TEST_F(VolumeCacheTest, ABlockThatGrewIsLoadedAnew) {
  VolumeCache cache;
  const auto files = write("ct");
  const CaseId id = import({files.begin(), files.begin() + 8})->cases.front();
  const auto before = load(cache, blockRef(id));
  ASSERT_TRUE(before) << before.error().detail;
  EXPECT_EQ((*before)->grid().dims.k, 8);
  ASSERT_TRUE(import({folder_ / "ct"}));
  const auto after = load(cache, blockRef(id));
  ASSERT_TRUE(after) << after.error().detail;
  EXPECT_EQ((*after)->grid().dims.k, 20);
  EXPECT_EQ(load(cache, blockRef(id)).value(), *after);
}

TEST_F(VolumeCacheTest, WhatIsNoVolumeIsRefused) {
  VolumeCache cache;
  const CaseId id = importChest();
  Block stack = record(id).series.at(0).blocks.at(0);
  stack.grid.reset();
  stack.geometry = {Geometry::not_3d};
  change([&](casedb::WriteTx& tx) { return tx.setBlocks(blockRef(id).series, {stack}); });
  const auto volume = load(cache, blockRef(id));
  ASSERT_FALSE(volume);
  EXPECT_EQ(volume.error().code, ErrorCode::bad_geometry);
}

TEST_F(VolumeCacheTest, ABlockThatIsNotThereIsNotFound) {
  VolumeCache cache;
  const BlockRef known = blockRef(importChest());
  for (const BlockRef& ref : {BlockRef{known.series, 1}, BlockRef{{"2.25.1"}, 0}}) {
    const auto volume = load(cache, ref);
    ASSERT_FALSE(volume);
    EXPECT_EQ(volume.error().code, ErrorCode::not_found);
  }
}

TEST_F(VolumeCacheTest, ACancelledLoadLeavesNothingHalfDone) {
  VolumeCache cache;
  const BlockRef ref = blockRef(importChest());
  std::stop_source stop;
  stop.request_stop();
  const auto cancelled = load(cache, ref, stop.get_token());
  ASSERT_FALSE(cancelled);
  EXPECT_EQ(cancelled.error().code, ErrorCode::cancelled);
  EXPECT_TRUE(load(cache, ref));
}

}  // namespace
}  // namespace attest::workflow::test
