// The geometry of the real groups of INVENTORY.md.

#include <gmock/gmock.h>

#include "tests/core/dicom/series.h"
#include "tests/support/real_data.h"

namespace attest::dicom {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::SizeIs;

TEST(RealSeries, TiltAndUnevenStepsAreSeenInOneSeries) {
  const auto folder = test::realData("ct-gantry-tilt-uneven");
  if (!folder) GTEST_SKIP() << "ct-gantry-tilt-uneven is not on this machine";
  const auto series = readFolder(*folder);
  ASSERT_THAT(series.blocks, SizeIs(1));
  EXPECT_THAT(series.blocks[0].geometry, ElementsAre(Geometry::tilted, Geometry::uneven));
  EXPECT_THAT(series.blocks[0].slices, SizeIs(28));
}

TEST(RealSeries, AThreePlaneLocalizerIsThreeBlocks) {
  const auto folder = test::realData("mr-localizer-feet-first");
  if (!folder) GTEST_SKIP() << "mr-localizer-feet-first is not on this machine";
  const auto series = readFolder(*folder);
  ASSERT_THAT(series.blocks, SizeIs(3));
  std::size_t images = 0;
  for (const Block& block : series.blocks) {
    images += block.slices.size();
    EXPECT_THAT(block.geometry, Contains(Geometry::mixed));
  }
  EXPECT_EQ(images, 21U);
}

TEST(RealSeries, FailingGeometryGetsItsWords) {
  const auto folder = test::realData("geometry-failing");
  if (!folder) GTEST_SKIP() << "geometry-failing is not on this machine";
  const auto below = *folder / "icometrix+dicom2nifti/tests/data/failing";
  const auto gap = readFolder(below / "sliceincrement");
  ASSERT_THAT(gap.blocks, SizeIs(1));
  EXPECT_THAT(gap.blocks[0].geometry, ElementsAre(Geometry::gaps));
  for (const Block& block : readFolder(below / "sliceorientation").blocks) {
    EXPECT_THAT(block.geometry, Contains(testing::AnyOf(Geometry::mixed, Geometry::duplicates)));
  }
}

TEST(RealSeries, ATinyHeadIsRegular) {
  const auto folder = test::realData("ct-head-tiny");
  if (!folder) GTEST_SKIP() << "ct-head-tiny is not on this machine";
  const auto series = readFolder(*folder);
  ASSERT_THAT(series.blocks, SizeIs(1));
  EXPECT_THAT(series.blocks[0].geometry, ElementsAre(Geometry::regular));
  EXPECT_EQ(series.blocks[0].dims, (Index3{64, 64, 93}));
}

}  // namespace
}  // namespace attest::dicom
