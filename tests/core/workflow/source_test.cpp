#include "core/workflow/source.h"

#include "tests/core/workflow/home.h"

namespace attest::workflow::test {
namespace {

class SourceTest : public HomeTest {};

TEST_F(SourceTest, CaseStudySeriesAndBlockNameTheSameImages) {
  const CaseId id = importChest();
  const BlockRef ref = blockRef(id);
  for (const auto& name : {id.value, record(id).study.uid.value, ref.series.value, ref.series.value + "#0"}) {
    const auto source = findSource(*services_, name);
    ASSERT_TRUE(source) << name << ": " << source.error().detail;
    EXPECT_EQ(source->ref, ref) << name;
    EXPECT_EQ(source->caseId, id) << name;
    EXPECT_EQ(source->slices.size(), 20U) << name;
    EXPECT_TRUE(source->block.isVolume()) << name;
  }
}

TEST_F(SourceTest, ABlockThatIsNotThereIsAnError) {
  const std::string series = blockRef(importChest()).series.value;
  const auto seventh = findSource(*services_, series + "#7");
  ASSERT_FALSE(seventh);
  EXPECT_EQ(seventh.error().code, ErrorCode::not_found);
  for (const char* number : {"#", "#-1", "#one", "#0x"}) {
    const auto source = findSource(*services_, series + number);
    ASSERT_FALSE(source) << number;
    EXPECT_EQ(source.error().code, ErrorCode::bad_argument) << number;
  }
}

TEST_F(SourceTest, AnUnknownNameIsNotFound) {
  const auto source = findSource(*services_, "nothing-of-this-name");
  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, ErrorCode::not_found);
}

TEST_F(SourceTest, AFolderIsReadWithoutBeingImported) {
  write("ct");
  setBytes(folder_ / "ct/letter.txt", "Dear colleague");
  const auto source = findSource(*services_, (folder_ / "ct").string());
  ASSERT_TRUE(source) << source.error().detail;
  EXPECT_FALSE(source->caseId);
  EXPECT_EQ(source->slices.size(), 20U);
  EXPECT_EQ(services_->db().worklist({})->total, 0);
  const auto volume = loadSource(*services_, *source, 0, {});
  ASSERT_TRUE(volume) << volume.error().detail;
  EXPECT_TRUE(std::ranges::equal((*volume)->values<std::int16_t>(), chest().volume->values<std::int16_t>()));
}

TEST_F(SourceTest, AFolderWithoutImagesIsNotFound) {
  fs::create_directories(folder_ / "empty");
  const auto source = findSource(*services_, (folder_ / "empty").string());
  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, ErrorCode::not_found);
}

TEST_F(SourceTest, OfWhatIsNoVolumeOneImageIsLoaded) {
  auto source = findSource(*services_, importChest().value);
  ASSERT_TRUE(source) << source.error().detail;
  source->block.grid.reset();
  const auto image = loadSource(*services_, *source, 5, {});
  ASSERT_TRUE(image) << image.error().detail;
  EXPECT_EQ((*image)->grid().dims, (Index3{40, 36, 1}));
  EXPECT_EQ((*image)->at({20, 18, 0}), chest().volume->at({20, 18, 5}));
  for (const int slice : {-1, 20}) {
    const auto none = loadSource(*services_, *source, slice, {});
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::bad_argument);
  }
}

TEST(MainBlock, IsTheVolumeWithTheMostSlicesElseTheLargestStack) {
  const auto block = [](int index, std::size_t slices, bool isVolume) {
    Block one;
    one.index = index;
    one.slices.resize(slices);
    if (isVolume) one.grid = Grid{};
    return one;
  };
  const auto series = [](const char* uid, std::vector<Block> blocks) {
    Series one;
    one.info.uid.value = uid;
    one.blocks = std::move(blocks);
    return one;
  };
  EXPECT_FALSE(mainBlock({}));
  EXPECT_FALSE(mainBlock({Series{}}));
  const Series stacks = series("1", {block(0, 9, false), block(1, 90, false)});
  const Series volumes = series("2", {block(0, 20, true), block(1, 30, true), block(2, 30, true)});
  EXPECT_EQ(mainBlock({stacks}), (BlockRef{{"1"}, 1}));
  EXPECT_EQ(mainBlock({stacks, volumes}), (BlockRef{{"2"}, 1}));
}

}  // namespace
}  // namespace attest::workflow::test
