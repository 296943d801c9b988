#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <numbers>
#include <set>

#include "core/base/clock.h"
#include "core/base/format.h"
#include "core/base/geometry.h"
#include "core/base/hash.h"
#include "core/base/ids.h"
#include "core/base/parallel.h"
#include "core/base/result.h"

namespace attest {
namespace {

bool isValidUid(const std::string& uid) {
  if (uid.empty() || uid.size() > 64) return false;
  std::size_t begin = 0;
  while (begin <= uid.size()) {
    const std::size_t end = std::min(uid.find('.', begin), uid.size());
    const std::string part = uid.substr(begin, end - begin);
    if (part.empty() || (part.size() > 1 && part[0] == '0')) return false;
    if (part.find_first_not_of("0123456789") != std::string::npos) return false;
    begin = end + 1;
  }
  return true;
}

TEST(Ids, NewUidsAreValidAndDifferent) {
  std::set<std::string> seen;
  for (int i = 0; i < 500; ++i) {
    const std::string uid = newUid();
    EXPECT_TRUE(isValidUid(uid)) << uid;
    EXPECT_TRUE(uid.starts_with("2.25."));
    EXPECT_TRUE(seen.insert(uid).second);
  }
}

TEST(Ids, StableUidsFollowTheirSeed) {
  EXPECT_EQ(stableUid("a"), stableUid("a"));
  EXPECT_NE(stableUid("a"), stableUid("b"));
  EXPECT_TRUE(isValidUid(stableUid("")));
}

TEST(Ids, UuidsAreOfVersionFour) {
  const std::string uuid = newUuid();
  ASSERT_EQ(uuid.size(), 36U);
  for (const std::size_t hyphen : {8U, 13U, 18U, 23U}) EXPECT_EQ(uuid[hyphen], '-');
  EXPECT_EQ(uuid[14], '4');
  EXPECT_NE(std::string("89ab").find(uuid[19]), std::string::npos);
  EXPECT_EQ(uuid.find_first_not_of("0123456789abcdef-"), std::string::npos);
}

TEST(Hash, KnownAnswers) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Hash, PiecesHashLikeTheWhole) {
  const std::string text(100000, 'x');
  Sha256 hash;
  for (std::size_t at = 0; at < text.size(); at += 777) {
    hash.add(std::as_bytes(std::span(text).subspan(at, std::min<std::size_t>(777, text.size() - at))));
  }
  EXPECT_EQ(hash.finish(), sha256(text));
}

TEST(Clock, TextsComeBackToTheMillisecond) {
  for (const std::int64_t ms : {0LL, 1LL, 999LL, 1786698750250LL, 4102444799999LL}) {
    const Time time{std::chrono::milliseconds(ms)};
    EXPECT_EQ(fromIso8601(toIso8601(time)), time) << toIso8601(time);
  }
}

TEST(Clock, KnownMoment) {
  const Time time = fromIso8601("2026-08-14T09:12:30.250Z");
  EXPECT_EQ(toIso8601(time), "2026-08-14T09:12:30.250Z");
  EXPECT_EQ(toDicomDate(time), "20260814");
  EXPECT_EQ(toDicomTime(time), "091230.250");
  EXPECT_EQ(fromIso8601("no time"), Time{});
}

TEST(Format, ClinicalNumbers) {
  EXPECT_EQ(formatMm(12.44), "12.4 mm");
  EXPECT_EQ(formatMm(0), "0.0 mm");
  EXPECT_EQ(formatMl(210), "0.21 mL");
  EXPECT_EQ(formatMl(9990), "9.99 mL");
  EXPECT_EQ(formatMl(45600), "45.6 mL");
  EXPECT_EQ(formatMl(2840000), "2840 mL");
  EXPECT_EQ(formatHu(-12.4), "\u221212 HU");
  EXPECT_EQ(formatHu(40), "40 HU");
}

TEST(Format, NothingIsInventedForNumbersThatAreNone) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  const double infinite = std::numeric_limits<double>::infinity();
  for (const double value : {none, infinite, -infinite}) {
    EXPECT_EQ(formatMm(value), "n/a");
    EXPECT_EQ(formatMl(value), "n/a");
    EXPECT_EQ(formatHu(value), "n/a");
    EXPECT_EQ(formatNumber(value, 2), "n/a");
  }
}

TEST(Format, ZeroHasNoSign) {
  EXPECT_EQ(formatHu(-0.4), "0 HU");
  EXPECT_EQ(formatNumber(-0.001, 2), "0.00");
  EXPECT_EQ(formatNumber(-0.006, 2), "\u22120.01");
}

Grid obliqueGrid(double shear) {
  const double a = 20 * std::numbers::pi / 180;
  Grid grid;
  grid.dims = {31, 17, 9};
  grid.originMm = {-120.5, 33.25, 811};
  grid.spacingMm = {0.7, 0.9, 2.5};
  grid.axes = {Vec3{std::cos(a), std::sin(a), 0}, Vec3{-std::sin(a), std::cos(a), 0},
               normalized(Vec3{shear, 0.3 * shear, 1})};
  return grid;
}

TEST(Geometry, IndexAndPatientAreInverse) {
  for (const double shear : {0.0, 0.36}) {
    const Grid grid = obliqueGrid(shear);
    for (const Vec3 index : {Vec3{0, 0, 0}, Vec3{30, 16, 8}, Vec3{-3.25, 7.5, 12.125}}) {
      EXPECT_LT(length(grid.toIndex(grid.toPatient(index)) - index), 1e-9);
    }
    EXPECT_EQ(grid.nearest(grid.toPatient(Index3{5, 6, 7}) + Vec3{0.2, -0.2, 0.5}), (Index3{5, 6, 7}));
  }
}

TEST(Geometry, SameGridComparesCorners) {
  const Grid grid = obliqueGrid(0);
  Grid moved = grid;
  moved.originMm.x += 5e-4;
  EXPECT_TRUE(sameGrid(grid, moved));
  moved.originMm.x += 1e-2;
  EXPECT_FALSE(sameGrid(grid, moved));
  Grid stretched = grid;
  stretched.spacingMm.x += 1e-3;  // 0.03 mm at the far corner
  EXPECT_FALSE(sameGrid(grid, stretched));
  Grid longer = grid;
  longer.dims.k += 1;
  EXPECT_FALSE(sameGrid(grid, longer));
}

TEST(Geometry, OffsetsRunAlongRowsFirst) {
  const Grid grid = obliqueGrid(0);
  EXPECT_EQ(grid.offset({1, 0, 0}), 1U);
  EXPECT_EQ(grid.offset({0, 1, 0}), 31U);
  EXPECT_EQ(grid.offset({30, 16, 8}), static_cast<std::size_t>(grid.voxels() - 1));
  EXPECT_FALSE(grid.contains({31, 0, 0}));
  EXPECT_FALSE(grid.contains({0, -1, 0}));
}

TEST(Result, ErrorsTravelThroughTry) {
  const auto inner = [](bool good) -> Result<int> {
    if (!good) return fail(ErrorCode::io, "disk");
    return 7;
  };
  const auto outer = [&](bool good) -> Result<std::string> {
    ATTEST_TRY(const int value, inner(good));
    return std::to_string(value);
  };
  EXPECT_EQ(outer(true).value(), "7");
  EXPECT_EQ(outer(false).error().code, ErrorCode::io);
  EXPECT_EQ(outer(false).error().detail, "disk");
  EXPECT_STREQ(name(ErrorCode::not_signable), "not_signable");
}

TEST(Parallel, SerialCoversEverythingOnceAndStops) {
  Serial serial;
  std::array<int, 10> hits{};
  serial.forEach(hits.size(), 3, {}, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) ++hits[i];
  });
  for (const int hit : hits) EXPECT_EQ(hit, 1);
  std::stop_source stop;
  int pieces = 0;
  serial.forEach(100, 10, stop.get_token(), [&](std::size_t, std::size_t) {
    if (++pieces == 2) stop.request_stop();
  });
  EXPECT_EQ(pieces, 2);
}

}  // namespace
}  // namespace attest
