#include "core/imaging/volume.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace attest::imaging {
namespace {

TEST(Buffer, IsZeroedAndAlignedBelowAndAboveAHugePage) {
  for (const std::size_t bytes : {std::size_t{0}, std::size_t{1}, std::size_t{1000}, std::size_t{2} << 20,
                                  (std::size_t{5} << 20) + 17}) {
    const Buffer buffer(bytes);
    EXPECT_EQ(buffer.bytes(), bytes);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(buffer.data()) % 64, 0U);
    EXPECT_TRUE(
        std::all_of(buffer.data(), buffer.data() + bytes, [](std::byte b) { return b == std::byte{0}; }));
  }
}

TEST(Buffer, MoreThanTheMachineHasThrows) {
  EXPECT_THROW(Buffer(std::size_t{1} << 60), std::bad_alloc);
}

TEST(Volume, ValuesKeepTheirType) {
  const Grid grid{{2, 3, 4}, {}, {1, 1, 1}};
  Volume volume(grid, PixelType::int16, Unit::hu);
  EXPECT_EQ(volume.bytes(), 48U);
  volume.writable<std::int16_t>()[grid.offset({1, 2, 3})] = -1024;
  EXPECT_EQ(volume.at({1, 2, 3}), -1024);
  EXPECT_EQ(volume.at({0, 0, 0}), 0);
}

TEST(Volume, ColoursHaveTheirLuminance) {
  Volume volume(Grid{{1, 1, 1}, {}, {1, 1, 1}}, PixelType::rgb24, Unit::none);
  EXPECT_EQ(volume.bytes(), 3U);
  volume.writable<Rgb24>()[0] = {255, 0, 0};
  EXPECT_NEAR(volume.at({0, 0, 0}), 76.245, 1e-9);
}

TEST(Volume, CopiesShareTheirVoxels) {
  const Volume volume(Grid{{64, 64, 64}, {}, {1, 1, 1}}, PixelType::float32, Unit::none);
  const Volume copy = volume;
  EXPECT_EQ(copy.rawData(), volume.rawData());
}

}  // namespace
}  // namespace attest::imaging
