#include "core/dicom/blocks.h"

#include <gmock/gmock.h>

#include <cmath>
#include <numbers>

namespace attest::dicom {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

InstanceHeader slice(int number, Vec3 positionMm) {
  InstanceHeader header;
  header.sopUid.value = "1.2." + std::to_string(number);
  header.sopClass = "1.2.840.10008.5.1.4.1.1.2";
  header.instanceNumber = number;
  header.groups.imageType = "ORIGINAL\\PRIMARY\\AXIAL";
  header.rows = 12;
  header.columns = 10;
  header.photometric = "MONOCHROME2";
  header.groups.rescaleSlope = 1;
  header.groups.rescaleIntercept = -1024;
  header.groups.positionMm = positionMm;
  header.groups.orientation = {Vec3{1, 0, 0}, Vec3{0, 1, 0}};
  header.groups.pixelSpacingMm = {0.8, 0.7};
  return header;
}

std::vector<InstanceHeader> stack(const std::vector<double>& heights) {
  std::vector<InstanceHeader> slices;
  for (const double z : heights) slices.push_back(slice(static_cast<int>(slices.size()) + 1, {-5, -6, z}));
  return slices;
}

std::vector<Block> form(const std::vector<InstanceHeader>& slices) {
  return formBlocks(slices, {});
}

TEST(FormBlocks, MakesOneRegularBlockWithTheExactGrid) {
  auto slices = stack({10, 12.5, 15, 17.5});
  std::ranges::reverse(slices);
  const auto blocks = form(slices);
  ASSERT_THAT(blocks, SizeIs(1));
  const Block& block = blocks[0];
  EXPECT_THAT(block.geometry, ElementsAre(Geometry::regular));
  EXPECT_THAT(block.notes, IsEmpty());
  EXPECT_EQ(block.dims, (Index3{10, 12, 4}));
  EXPECT_EQ(block.unit, Unit::hu);
  EXPECT_EQ(block.slices.front().sopUid.value, "1.2.1");  // the lowest
  EXPECT_EQ(block.grid->originMm, (Vec3{-5, -6, 10}));
  EXPECT_EQ(block.grid->spacingMm, (Vec3{0.7, 0.8, 2.5}));
  EXPECT_EQ(block.grid->axes[2], (Vec3{0, 0, 1}));
}

TEST(FormBlocks, OrdersAlongTheNormalWhateverTheOrientation) {
  auto slices = stack({0, 0, 0});
  for (int k = 0; k < 3; ++k) {  // coronal, feet first: the normal points to the back
    auto& header = slices[static_cast<std::size_t>(k)];
    header.groups.orientation = {Vec3{-1, 0, 0}, Vec3{0, 0, 1}};
    header.groups.positionMm = Vec3{5, 30.0 - 3 * k, 7};
  }
  const auto blocks = form(slices);
  ASSERT_THAT(blocks, SizeIs(1));
  EXPECT_EQ(blocks[0].grid->axes[2], (Vec3{0, 1, 0}));
  EXPECT_EQ(blocks[0].grid->originMm.y, 24);
  EXPECT_EQ(blocks[0].slices.front().sopUid.value, "1.2.3");
}

TEST(FormBlocks, ToleratesRoundedPositions) {
  const auto blocks = form(stack({0, 0.667, 1.333, 2.0, 2.667}));
  EXPECT_THAT(blocks.at(0).geometry, ElementsAre(Geometry::regular));
}

TEST(FormBlocks, NamesEveryGapAndDoesNotHideIt) {
  const auto blocks = form(stack({0, 5, 10, 25, 30}));
  ASSERT_THAT(blocks, SizeIs(1));
  EXPECT_THAT(blocks[0].geometry, ElementsAre(Geometry::gaps));
  EXPECT_THAT(blocks[0].notes, ElementsAre(HasSubstr("2 missing between slices 3 and 4 (10.0 to 25.0 mm")));
  EXPECT_EQ(blocks[0].grid->dims.k, 7);
  EXPECT_EQ(blocks[0].grid->spacingMm.z, 5);
}

TEST(FormBlocks, CallsOtherStepsUneven) {
  const auto blocks = form(stack({0, 4, 8, 12, 19, 26}));
  EXPECT_THAT(blocks.at(0).geometry, ElementsAre(Geometry::uneven));
  EXPECT_THAT(blocks[0].notes, ElementsAre(HasSubstr("varies from 4.00 to 7.0 mm")));
  // Both a hundredth of the step and a hundredth of a millimetre must be exceeded.
  EXPECT_THAT(form(stack({0, 5, 10.04})).at(0).geometry, ElementsAre(Geometry::regular));
  EXPECT_THAT(form(stack({0, 5, 10.06})).at(0).geometry, ElementsAre(Geometry::uneven));
  EXPECT_THAT(form(stack({0, 0.5, 1.009})).at(0).geometry, ElementsAre(Geometry::regular));
}

TEST(FormBlocks, SeesAGantryTiltAndMakesRoomForIt) {
  auto slices = stack({0, 5, 10, 15});
  for (auto& header : slices)
    header.groups.positionMm->y += header.groups.positionMm->z * std::tan(18.5 * std::numbers::pi / 180);
  const auto blocks = form(slices);
  ASSERT_THAT(blocks, SizeIs(1));
  EXPECT_THAT(blocks[0].geometry, ElementsAre(Geometry::tilted));
  EXPECT_THAT(blocks[0].notes, ElementsAre(HasSubstr("18.5 degrees")));
  EXPECT_EQ(blocks[0].grid->dims, (Index3{10, 12 + 7, 4}));  // 5.02 mm at 0.8 mm
  EXPECT_EQ(blocks[0].grid->axes[2], (Vec3{0, 0, 1}));
}

TEST(FormBlocks, PutsRepeatedPositionsIntoABlockOfTheirOwn) {
  const auto blocks = form(stack({0, 2, 4, 6, 2, 4}));
  ASSERT_THAT(blocks, SizeIs(2));
  EXPECT_THAT(blocks[0].geometry, ElementsAre(Geometry::duplicates));
  EXPECT_THAT(blocks[1].geometry, ElementsAre(Geometry::duplicates));
  EXPECT_THAT(blocks[0].slices, SizeIs(4));
  EXPECT_EQ(blocks[0].slices[1].sopUid.value, "1.2.2");  // the first of the two
  EXPECT_THAT(blocks[1].slices, SizeIs(2));
  EXPECT_EQ(blocks[1].index, 1);
  EXPECT_TRUE(blocks[0].isVolume());
}

TEST(FormBlocks, SeparatesAcquisitionsOfTheSamePlaces) {
  auto slices = stack({0, 2, 4, 0, 2, 4});
  for (std::size_t i = 0; i < 6; ++i) slices[i].groups.acquisitionNumber = i < 3 ? 1 : 2;
  const auto blocks = form(slices);
  ASSERT_THAT(blocks, SizeIs(2));
  EXPECT_THAT(blocks[0].geometry, ElementsAre(Geometry::regular));
  EXPECT_THAT(blocks[1].geometry, ElementsAre(Geometry::regular));
}

TEST(FormBlocks, SeparatesWaterFromFatButNotWhatOnlyTheMakerTells) {
  auto slices = stack({0, 2, 4, 0, 2, 4});
  for (std::size_t i = 0; i < 6; ++i)
    slices[i].groups.imageType = std::string("DERIVED\\PRIMARY\\DIXON\\") + (i < 3 ? "WATER" : "FAT");
  const auto blocks = form(slices);
  ASSERT_THAT(blocks, SizeIs(2));
  EXPECT_THAT(blocks[0].geometry, ElementsAre(Geometry::regular));
  auto added = stack({0, 2, 4});
  added[0].groups.imageType += "\\ADD";
  EXPECT_THAT(form(added), SizeIs(1));
}

TEST(FormBlocks, KeepsOneAcquisitionNumberASliceTogether) {
  auto slices = stack({0, 2, 4});
  for (std::size_t i = 0; i < 3; ++i) slices[i].groups.acquisitionNumber = static_cast<int>(i);
  EXPECT_THAT(form(slices), SizeIs(1));
}

TEST(FormBlocks, SeparatesOrientationsAndCallsThemMixed) {
  auto slices = stack({0, 2, 4, 6, 8});
  for (std::size_t i = 3; i < 5; ++i) slices[i].groups.orientation = {Vec3{0, 1, 0}, Vec3{0, 0, -1}};
  slices[4].groups.positionMm->x = 3;
  const auto blocks = form(slices);
  ASSERT_THAT(blocks, SizeIs(2));
  EXPECT_THAT(blocks[0].geometry, ElementsAre(Geometry::mixed));
  EXPECT_THAT(blocks[1].geometry, Contains(Geometry::mixed));
  EXPECT_TRUE(blocks[0].isVolume());
}

TEST(FormBlocks, SetsALocalizerApartWithoutBlamingTheStack) {
  auto slices = stack({0, 2, 4});
  auto scout = slice(9, {0, 0, 300});
  scout.groups.imageType = "ORIGINAL\\PRIMARY\\LOCALIZER";
  scout.groups.orientation = {Vec3{1, 0, 0}, Vec3{0, 0, -1}};
  slices.insert(slices.begin(), scout);
  const auto blocks = form(slices);
  ASSERT_THAT(blocks, SizeIs(2));
  EXPECT_THAT(blocks[0].geometry, ElementsAre(Geometry::regular));
  EXPECT_THAT(blocks[1].geometry, ElementsAre(Geometry::not_3d));
  EXPECT_EQ(blocks[1].unit, Unit::none);
}

TEST(FormBlocks, SeparatesSizeSpacingKernelAndType) {
  const auto splits = [](auto change) {
    auto slices = stack({0, 2, 4, 6});
    for (std::size_t i = 2; i < 4; ++i) change(slices[i]);
    return form(slices).size() == 2;
  };
  EXPECT_TRUE(splits([](InstanceHeader& h) { h.rows = 13; }));
  EXPECT_TRUE(splits([](InstanceHeader& h) { h.groups.pixelSpacingMm = {0.8, 0.71}; }));
  EXPECT_TRUE(splits([](InstanceHeader& h) { h.groups.kernel = "BONE"; }));
  EXPECT_TRUE(splits([](InstanceHeader& h) { h.groups.imageType = "DERIVED\\SECONDARY\\MIP"; }));
  EXPECT_FALSE(splits([](InstanceHeader& h) {
    h.groups.orientation = {Vec3{1, 5e-5, 0}, Vec3{-5e-5, 1, 0}};
  }));
}

TEST(FormBlocks, MakesNoVolumeOfImagesWithoutAPlace) {
  auto slices = stack({0, 0, 0});
  slices[0].groups.positionMm.reset();
  slices[1].groups.orientation = {Vec3{1, 0, 0}, Vec3{1, 0, 0}};
  slices[2].groups.pixelSpacingMm = {0, 0.7};
  std::ranges::reverse(slices);
  const auto blocks = form(slices);
  ASSERT_THAT(blocks, SizeIs(1));
  EXPECT_THAT(blocks[0].geometry, ElementsAre(Geometry::not_3d));
  EXPECT_FALSE(blocks[0].grid);
  EXPECT_EQ(blocks[0].slices.front().sopUid.value, "1.2.1");  // by instance number
}

TEST(FormBlocks, MakesAStackOfFramesOfEachMultiFrameImage) {
  auto slices = stack({0, 2});
  for (auto& header : slices) header.frames = 3;
  const auto blocks = form(slices);
  ASSERT_THAT(blocks, SizeIs(2));
  EXPECT_THAT(blocks[0].geometry, ElementsAre(Geometry::not_3d));
  EXPECT_EQ(blocks[0].dims.k, 3);
  EXPECT_EQ(blocks[0].slices[2].frame, 2);
}

TEST(FormBlocks, SeparatesAcquisitionsThatGoThroughOneAnother) {
  auto slices = stack({0, 5, 10, 15, 2.5, 7.5, 12.5, 17.5});
  for (std::size_t i = 0; i < 8; ++i) slices[i].groups.acquisitionNumber = i < 4 ? 1 : 2;
  const auto blocks = form(slices);
  ASSERT_THAT(blocks, SizeIs(2));
  for (const Block& block : blocks) {
    EXPECT_THAT(block.geometry, ElementsAre(Geometry::regular));
    EXPECT_EQ(block.grid->spacingMm.z, 5);
    EXPECT_THAT(block.notes, ElementsAre(HasSubstr("acquisitions of the series overlap")));
  }
  slices[2].groups.positionMm->z = 5;  // also where an acquisition has an image twice
  EXPECT_THAT(form(slices), SizeIs(3));
}

TEST(FormBlocks, KeepsAcquisitionsThatFollowOneAnotherTogether) {
  auto slices = stack({0, 2, 4, 6, 8, 10});
  for (std::size_t i = 0; i < 6; ++i) slices[i].groups.acquisitionNumber = i < 3 ? 1 : 2;
  EXPECT_THAT(form(slices), SizeIs(1));
  slices[2].groups.positionMm->z = 6;  // they share a step
  slices[3].groups.positionMm->z = 4;
  EXPECT_THAT(form(slices), SizeIs(1));
}

TEST(FormBlocks, SeparatesFramesOfReference) {
  auto slices = stack({0, 2, 4, 6, 8});
  for (std::size_t i = 0; i < 5; ++i) slices[i].frameOfReference = {i < 3 ? "1.2.3" : "1.2.4"};
  const auto blocks = form(slices);
  ASSERT_THAT(blocks, SizeIs(2));
  EXPECT_EQ(blocks[0].frameOfReference.value, "1.2.3");
  EXPECT_EQ(blocks[1].frameOfReference.value, "1.2.4");
}

TEST(FormBlocks, CallsHounsfieldOnlyWhatIsRescaledToThem) {
  const auto unitOf = [](auto change) {
    auto slices = stack({0, 2, 4});
    for (auto& header : slices) change(header);
    return form(slices).at(0).unit;
  };
  EXPECT_EQ(unitOf([](InstanceHeader&) {}), Unit::hu);
  EXPECT_EQ(unitOf([](InstanceHeader& h) { h.groups.rescaleType = "HU"; }), Unit::hu);
  EXPECT_EQ(unitOf([](InstanceHeader& h) { h.groups.rescaleType = "US"; }), Unit::none);
  EXPECT_EQ(unitOf([](InstanceHeader& h) { h.groups.rescaleSlope.reset(); }), Unit::none);
  EXPECT_EQ(unitOf([](InstanceHeader& h) { h.groups.rescaleIntercept.reset(); }), Unit::none);
  EXPECT_EQ(unitOf([](InstanceHeader& h) { h.groups.rescaleSlope = 0; }), Unit::none);
}

TEST(FormBlocks, SeparatesWhatIsNotInOneUnit) {
  auto slices = stack({0, 2, 4});
  slices[0].groups.rescaleType = "US";
  slices[1].groups.rescaleType = "HU";  // as nothing
  const auto blocks = form(slices);
  ASSERT_THAT(blocks, SizeIs(2));
  EXPECT_EQ(blocks[0].unit, Unit::hu);
  EXPECT_EQ(blocks[1].unit, Unit::none);
}

TEST(FormBlocks, SeesSmallStepsThatAddUp) {
  std::vector<double> heights{0};
  for (int k = 0; k < 100; ++k) heights.push_back(heights.back() + (k < 50 ? 1.0 : 1.0095));
  const auto blocks = form(stack(heights));
  ASSERT_THAT(blocks, SizeIs(1));
  EXPECT_THAT(blocks[0].geometry, ElementsAre(Geometry::uneven));
  EXPECT_THAT(blocks[0].notes, ElementsAre(HasSubstr("0.24 mm beside even steps")));
}

TEST(FormBlocks, TakesSlicesNearerThanAnyStepAsOnePlace) {
  const auto blocks = form(stack({0, 5, 10, 15, 20, 10.02}));
  ASSERT_THAT(blocks, SizeIs(2));
  EXPECT_THAT(blocks[0].geometry, ElementsAre(Geometry::duplicates));
  EXPECT_TRUE(blocks[0].isVolume());
  EXPECT_EQ(blocks[0].grid->dims.k, 5);
}

TEST(FormBlocks, AStrayFarAwayLeavesTheOthersAVolume) {
  const auto blocks = form(stack({0, 1, 2, 3, 500}));
  ASSERT_THAT(blocks, SizeIs(2));
  EXPECT_THAT(blocks[0].geometry, ElementsAre(Geometry::regular));
  EXPECT_EQ(blocks[0].grid->dims.k, 4);
  EXPECT_THAT(blocks[0].notes, ElementsAre(HasSubstr("far away")));
  EXPECT_THAT(blocks[1].geometry, ElementsAre(Geometry::not_3d));
}

TEST(FormBlocks, DoesNotInventAVolumeBetweenStacksFarApart) {
  const auto blocks = form(stack({0, 1, 2, 3, 14, 25, 36}));
  ASSERT_THAT(blocks, SizeIs(1));
  EXPECT_THAT(blocks[0].geometry, Contains(Geometry::not_3d));
  EXPECT_FALSE(blocks[0].grid);
}

TEST(FormBlocks, SurvivesSenselessNumbers) {
  auto slices = stack({0, 1e300, -1e300, 5e5});
  slices.push_back(slice(7, {0, NAN, INFINITY}));
  slices.push_back(slice(8, {0, 0, 0}));
  slices.back().groups.pixelSpacingMm = {1e-300, 1e300};
  EXPECT_FALSE(form(slices).empty());
  EXPECT_TRUE(form({}).empty());
}

TEST(FormBlocks, SeparatesEchoAndWeightingAndSaysWhy) {
  auto slices = stack({0, 2, 4, 0, 2, 4});
  for (std::size_t i = 0; i < 6; ++i) slices[i].groups.echoTimeMs = i < 3 ? 2.46 : 4.92;
  slices[1].groups.echoTimeMs = 2.465;  // one echo, rounded
  const auto blocks = form(slices);
  ASSERT_THAT(blocks, SizeIs(2));
  EXPECT_THAT(blocks[0].notes, Contains(HasSubstr("several echo times; this block has 2.46 ms")));
  for (auto& header : slices) header.groups.bValue = header.groups.echoTimeMs > 3 ? 800 : 0;
  EXPECT_THAT(form(slices)[1].notes, Contains(HasSubstr("800 s/mm2")));
}

TEST(FormBlocks, MakesTimePointsOfTriggersThatDifferFromPlaceToPlace) {
  std::vector<InstanceHeader> slices;
  for (int place = 0; place < 3; ++place) {
    for (int phase = 0; phase < 4; ++phase) {
      auto header = slice(1 + 4 * place + phase, {-5, -6, 8.0 * place});
      header.groups.triggerMs = 40.0 * phase + place;  // each place has a heartbeat of its own
      slices.push_back(header);
    }
  }
  const auto blocks = form(slices);
  ASSERT_THAT(blocks, SizeIs(4));
  for (const Block& block : blocks) {
    EXPECT_THAT(block.geometry, ElementsAre(Geometry::regular));
    EXPECT_EQ(block.timePoint.value().count, 4);
  }
  EXPECT_EQ(blocks[3].slices.front().sopUid.value, "1.2.4");
  EXPECT_EQ(blocks[3].timePoint->index, 3);
  slices.pop_back();  // one is missing: what the ranks mean is no longer known
  for (const Block& block : form(slices)) EXPECT_FALSE(block.timePoint);
}

TEST(FormBlocks, GivesUptakeValuesWhereAllIsKnownAndTheReasonWhereNot) {
  auto slices = stack({0, 2, 4});
  PetInputs pet;
  pet.units = "BQML";
  pet.correctedImage = "ATTN\\DECY";
  pet.decayCorrection = "ADMIN";
  pet.weightKg = 80;
  pet.doseBq = 400e6;
  for (auto& header : slices) {
    header.pet = pet;
    header.groups.windows = {{10000, 20000}};
  }
  const auto blocks = form(slices);
  ASSERT_THAT(blocks, SizeIs(1));
  EXPECT_EQ(blocks[0].unit, Unit::suv_bw);
  EXPECT_NEAR(blocks[0].windows.at(0).width, 20000 * 80e3 / 400e6, 1e-9);
  slices[2].pet->weightKg = 0;
  const auto two = form(slices);
  ASSERT_THAT(two, SizeIs(2)) << "what an uptake depends on is one in a block";
  EXPECT_EQ(two[1].unit, Unit::bq_ml);
  EXPECT_THAT(two[1].notes, Contains("no SUV: no weight of the patient (0010,1030)"));
}

}  // namespace
}  // namespace attest::dicom
