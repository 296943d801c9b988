#include "core/dicom/seg_color.h"

#include <gtest/gtest.h>

namespace attest::test {
namespace {

TEST(SegColor, ComesBackExactly) {
  for (int r = 0; r < 256; r += 5) {
    for (int g = 0; g < 256; g += 5) {
      for (int b = 0; b < 256; b += 5) {
        const std::array<std::uint8_t, 3> rgb{static_cast<std::uint8_t>(r), static_cast<std::uint8_t>(g),
                                              static_cast<std::uint8_t>(b)};
        ASSERT_EQ(dicom::fromCieLab(dicom::toCieLab(rgb)), rgb);
      }
    }
  }
}

TEST(SegColor, IsThatOfTheStandard) {
  EXPECT_EQ(dicom::toCieLab({0, 0, 0}), (std::array<std::uint16_t, 3>{0, 32896, 32896}));
  const auto white = dicom::toCieLab({255, 255, 255});
  EXPECT_NEAR(white[0], 65535, 1);
  EXPECT_NEAR(white[1], 32896, 8);
  EXPECT_NEAR(white[2], 32896, 8);
  const auto red = dicom::toCieLab({255, 0, 0});  // Lab 54.29, 80.81, 69.89 under D50
  EXPECT_NEAR(red[0] / 65535.0 * 100, 54.29, 0.02);
  EXPECT_NEAR(red[1] / 65535.0 * 255 - 128, 80.81, 0.05);
  EXPECT_NEAR(red[2] / 65535.0 * 255 - 128, 69.89, 0.05);
}

}  // namespace
}  // namespace attest::test
