// Whatever bytes a file has, reading ends with a value or a reason.

#include <gmock/gmock.h>

#include <fstream>
#include <random>

#include "core/dicom/header.h"
#include "core/dicom/load.h"
#include "tests/core/dicom/series.h"
#include "tests/support/phantom.h"
#include "tests/support/real_data.h"
#include "tests/support/temp_dir.h"

namespace attest::dicom {
namespace {

using test::TempDir;

std::string smallFile(const TempDir& folder, const char* syntax) {
  imaging::Volume volume(Grid{{5, 4, 1}, {}, {1, 1, 1}}, imaging::PixelType::int16, Unit::hu);
  auto values = volume.writable<std::int16_t>();
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<std::int16_t>(i * 31);
  test::CtOptions options;
  options.transferSyntax = syntax;
  std::ifstream file(writeCt(folder.path(), volume, options).front(), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void save(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

constexpr const char* syntaxes[] = {
    "1.2.840.10008.1.2",      "1.2.840.10008.1.2.1",    "1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.5",
    "1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2.4.80"};

class Damage : public testing::TestWithParam<const char*> {};

TEST_P(Damage, EveryTruncationIsRefused) {
  TempDir folder;
  const std::string whole = smallFile(folder, GetParam());
  const auto path = folder / "cut.dcm";
  for (std::size_t bytes = 0; bytes < whole.size(); ++bytes) {
    save(path, std::string_view(whole).substr(0, bytes));
    const bool readable = readHeader(path).has_value() && loadFrame({path, 0}).has_value();
    // The last bytes of a deflated file are its checksum: without them nothing of the image is missing.
    if (std::string_view(GetParam()) == "1.2.840.10008.1.2.1.99" && bytes + 16 > whole.size()) continue;
    EXPECT_FALSE(readable) << bytes << " of " << whole.size();
  }
}

TEST_P(Damage, FlippedBitsNeverCrash) {
  TempDir folder;
  const std::string whole = smallFile(folder, GetParam());
  const auto path = folder / "flipped.dcm";
  std::mt19937 random(20260801);
  std::size_t readable = 0;
  for (int round = 0; round < 700; ++round) {
    std::string bytes = whole;
    for (int flips = 1 + round % 4; flips > 0; --flips) {
      bytes[random() % bytes.size()] ^= static_cast<char>(1U << random() % 8);
    }
    save(path, bytes);
    const auto header = readHeader(path);
    if (!header) {
      EXPECT_FALSE(header.error().detail.empty());
      continue;
    }
    const auto frame = loadFrame({path, 0});
    const auto blocks = formBlocks(std::span(&header->instance, 1), header->series);
    EXPECT_EQ(blocks.empty(), false);
    readable += frame.has_value();
  }
  EXPECT_GT(readable, 0U);  // some flips only change a value
}

INSTANTIATE_TEST_SUITE_P(Syntaxes, Damage, testing::ValuesIn(syntaxes));

TEST(RealFiles, NeverCrash) {
  std::size_t files = 0;
  for (const char* group :
       {"codec-quirks", "pydicom-data-codecs", "pydicom-charsets-palettes", "mg-us-xa-pt-sc",
        "ct-enhanced-fragments", "syntaxes-one-ct-slice", "nm-ybr-overlay", "geometry-failing",
        "ct-body-small-labels", "pdf-stl-pr-sr-rt-worklist", "seg-sr-highdicom"}) {
    const auto folder = test::realData(group);
    if (!folder) continue;
    for (const auto& file : filesBelow(*folder)) {
      ++files;
      const auto header = readHeader(file);
      if (!header) {
        EXPECT_FALSE(header.error().detail.empty()) << file;
        continue;
      }
      const auto frame = loadFrame({file, header->instance.frames - 1});
      EXPECT_TRUE(frame || !frame.error().detail.empty()) << file;
    }
  }
  if (files == 0) GTEST_SKIP() << "no real data on this machine";
}

}  // namespace
}  // namespace attest::dicom
