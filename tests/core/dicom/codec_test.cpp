// Codecs and pixel formats on images that are made here: every value is known.

#include <gmock/gmock.h>
#include <zlib.h>

#include <cmath>
#include <cstdint>
#include <fstream>
#include <random>

#include "core/dicom/lossy.h"
#include "tests/core/dicom/decoded.h"
#include "tests/core/dicom/j2k_encode.h"
#include "tests/core/dicom/small_file.h"
#include "tests/support/temp_dir.h"

namespace attest::dicom {
namespace {

using test::TempDir;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* j2kLossless = "1.2.840.10008.1.2.4.90";
constexpr const char* uncompressedFrames = "1.2.840.10008.1.2.1.98";
constexpr const char* deflatedFrames = "1.2.840.10008.1.2.8.1";

Result<Decoded> decoded(const SmallFile& file) {
  const TempDir folder;
  return decodeFile(file.write(folder / "image.dcm"));
}

std::vector<double> valuesOf(const SmallFile& file) {
  const auto read = decoded(file);
  EXPECT_TRUE(read) << read.error().detail;
  return read ? read->values : std::vector<double>();
}

std::string refusalOf(const SmallFile& file) {
  const auto read = decoded(file);
  return read ? "it was read" : read.error().detail;
}

// Values that fill the range of their bits, rough enough that nothing is decoded by chance.
std::vector<int> pattern(int count, int bits, bool isSigned) {
  std::vector<int> values;
  const auto range = std::int64_t{1} << bits;
  for (int i = 0; i < count; ++i) {
    const std::int64_t value = (std::int64_t{i} * i * 37 + 11 * i) % range;
    values.push_back(static_cast<int>(isSigned ? value - range / 2 : value));
  }
  return values;
}

J2kImage imageOf(int bits, bool isSigned, int samples = 1) {
  J2kImage image{7, 13, samples, bits, isSigned, {}};
  image.values = pattern(7 * 13 * samples, bits, isSigned);
  return image;
}

SmallFile j2kFile(const J2kImage& image) {
  SmallFile file(image.rows, image.columns, image.samples == 3 ? "YBR_RCT" : "MONOCHROME2");
  file.syntax = j2kLossless;
  file.bits(image.bits == 1 ? 1 : image.bits <= 8 ? 8 : 16, image.bits, image.isSigned);
  file.fragments = {encodeJ2k(image)};
  return file;
}

TEST(Jpeg2000, GivesEveryDepthAndSignBack) {
  for (const int bits : {1, 7, 8, 10, 12, 13, 16}) {
    for (const bool isSigned : {false, true}) {
      if (bits == 1 && isSigned) continue;
      const J2kImage image = imageOf(bits, isSigned);
      const auto values = valuesOf(j2kFile(image));
      EXPECT_TRUE(std::ranges::equal(values, image.values)) << bits << " bits, signed " << isSigned;
    }
  }
}

TEST(Jpeg2000, GivesColoursBackAsRgb) {
  const J2kImage image = imageOf(8, false, 3);
  EXPECT_TRUE(std::ranges::equal(valuesOf(j2kFile(image)), image.values));
}

TEST(Jpeg2000, BelievesTheStreamThatItsValuesAreSigned) {
  const J2kImage image = imageOf(12, true);
  SmallFile file = j2kFile(image);
  file.word(0x00280103, 0);
  EXPECT_TRUE(std::ranges::equal(valuesOf(file), image.values));
}

TEST(Jpeg2000, StaysNearWhereItLoses) {
  J2kImage image{32, 32, 1, 12, false, {}};
  for (int i = 0; i < 32 * 32; ++i) image.values.push_back(2000 + 10 * (i % 32) - 5 * (i / 32));
  image.reversible = false;
  SmallFile file = j2kFile(image);
  file.syntax = "1.2.840.10008.1.2.4.91";
  const auto values = valuesOf(file);
  ASSERT_EQ(values.size(), image.values.size());
  for (std::size_t i = 0; i < values.size(); ++i) EXPECT_NEAR(values[i], image.values[i], 2);
}

TEST(Jpeg2000, IsReadWithinTheBoxesOfAFileButNotWithAPaletteThere) {
  const J2kImage image = imageOf(8, false);
  const auto box = [](const std::string& type, const std::string& value) {
    const auto n = static_cast<std::uint32_t>(value.size() + 8);
    return std::string{static_cast<char>(n >> 24), static_cast<char>(n >> 16), static_cast<char>(n >> 8),
                       static_cast<char>(n)} +
           type + value;
  };
  const std::string start = box("jP  ", "\r\n\x87\n") + box("ftyp", "jp2 ");
  SmallFile file = j2kFile(image);
  const std::string stream = file.fragments[0];
  file.fragments = {start + box("jp2h", box("ihdr", std::string(14, '\0'))) + box("jp2c", stream)};
  EXPECT_TRUE(std::ranges::equal(valuesOf(file), image.values));
  file.fragments = {start + box("jp2h", box("pclr", std::string(20, '\0'))) + box("jp2c", stream)};
  EXPECT_THAT(refusalOf(file), HasSubstr("a palette within JPEG 2000"));
}

TEST(Jpeg2000, RefusesWhatIsNotTheImageThatTheHeaderTells) {
  J2kImage image = imageOf(8, false, 3);
  image.bitsOfSecond = 6;
  EXPECT_THAT(refusalOf(j2kFile(image)), HasSubstr("different bits or sizes"));
  image = imageOf(8, false, 3);
  image.stepOfSecond = 2;
  EXPECT_THAT(refusalOf(j2kFile(image)), HasSubstr("different bits or sizes"));
  SmallFile file = j2kFile(imageOf(12, false));
  file.bits(8, 8, false);
  EXPECT_THAT(refusalOf(file), HasSubstr("contradicts the 12 bits"));
  file = j2kFile(imageOf(8, false));
  file.word(0x00280010, 8);
  EXPECT_THAT(refusalOf(file), HasSubstr("contradict the compressed pixels"));
  file = j2kFile(imageOf(8, false));
  file.fragments[0][8 + 16 + 3] = 1;  // XTsiz and YTsiz: tiles of one pixel
  file.fragments[0][8 + 20 + 3] = 1;
  EXPECT_THAT(refusalOf(file), HasSubstr("tiles"));
}

TEST(Jpeg2000, RefusesAStreamThatEndsEarly) {
  const J2kImage image{64, 64, 1, 16, false, pattern(64 * 64, 16, false)};
  SmallFile file = j2kFile(image);
  const std::string whole = file.fragments[0];
  for (const std::size_t bytes : {whole.size() / 2, whole.size() - 100, std::size_t{60}}) {
    file.fragments = {whole.substr(0, bytes)};
    EXPECT_THAT(refusalOf(file), HasSubstr("can not be decoded")) << bytes << " of " << whole.size();
  }
}

TEST(Jpeg2000, SurvivesEveryDamage) {
  const TempDir folder;
  const auto path = j2kFile(imageOf(12, true)).write(folder / "image.dcm");
  std::ifstream in(path, std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(in), {}};
  std::mt19937 random(20260801);
  std::size_t readable = 0;
  for (int round = 0; round < 500; ++round) {
    std::string bytes = whole;
    for (int flips = 1 + round % 4; flips > 0; --flips) {
      bytes[random() % bytes.size()] ^= static_cast<char>(1U << random() % 8);
    }
    if (round % 5 == 0) bytes.resize(random() % bytes.size());
    std::ofstream(path, std::ios::binary) << bytes;
    const auto read = decodeFile(path);
    EXPECT_TRUE(read || !read.error().detail.empty());
    readable += read.has_value();
  }
  EXPECT_GT(readable, 0U);  // some flips only change a value
}

// Three frames of two fragments each.
SmallFile threeFrames(std::vector<int>& values, std::vector<std::uint64_t>& offsets) {
  SmallFile file = j2kFile(imageOf(8, false));
  file.fragments.clear();
  file.frames(3);
  std::uint64_t at = 0;
  for (int frame = 0; frame < 3; ++frame) {
    J2kImage image = imageOf(8, false);
    for (int& value : image.values) value = (value + frame) % 256;
    values.insert(values.end(), image.values.begin(), image.values.end());
    const std::string stream = encodeJ2k(image);
    const std::size_t half = stream.size() / 4 * 2;
    offsets.push_back(at);
    for (const std::string& part : {stream.substr(0, half), stream.substr(half)}) {
      file.fragments.push_back(part);
      at += 8 + part.size() + part.size() % 2;
    }
  }
  return file;
}

TEST(Fragments, AreThoseOfAFrameByEitherTableOrByTheirFirstBytes) {
  std::vector<int> values;
  std::vector<std::uint64_t> offsets;
  SmallFile file = threeFrames(values, offsets);
  EXPECT_TRUE(std::ranges::equal(valuesOf(file), values)) << "without a table";
  const std::vector<std::uint32_t> basic(offsets.begin(), offsets.end());
  file.offsetTable = bytesOf(basic);
  EXPECT_TRUE(std::ranges::equal(valuesOf(file), values)) << "basic";
  file.offsetTable = bytesOf(std::vector<std::uint32_t>{0, 3, 5});
  EXPECT_TRUE(std::ranges::equal(valuesOf(file), values)) << "a table that points nowhere";
  file.offsetTable.clear();
  file.elements[0x7FE00001] = {"OV", bytesOf(offsets)};
  EXPECT_TRUE(std::ranges::equal(valuesOf(file), values)) << "extended";
}

TEST(Fragments, AreRefusedWhereNothingTellsTheirFrame) {
  SmallFile file(4, 4);
  file.syntax = uncompressedFrames;
  file.frames(2);
  file.fragments = {std::string(8, 'a'), std::string(8, 'b'), std::string(16, 'c')};
  EXPECT_THAT(refusalOf(file), HasSubstr("which fragments are those of a frame"));
  file.offsetTable = bytesOf(std::vector<std::uint32_t>{0, 32});
  EXPECT_THAT(valuesOf(file), testing::SizeIs(32));
}

std::string deflated(const std::string& bytes) {
  std::string made(bytes.size() + 100, '\0');
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string input = bytes;
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(made.data());
  stream.avail_out = static_cast<uInt>(made.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  made.resize(stream.total_out);
  deflateEnd(&stream);
  return made;
}

TEST(Frames, AreReadUncompressedOrDeflatedInTheirFragments) {
  const std::vector<std::uint16_t> first{1, 2, 60000, 4};
  const std::vector<std::uint16_t> second{5, 6, 7, 8};
  SmallFile file(2, 2);
  file.bits(16, 16, false);
  file.frames(2);
  file.syntax = uncompressedFrames;
  file.fragments = {bytesOf(first), bytesOf(second)};
  EXPECT_THAT(valuesOf(file), ElementsAre(1, 2, 60000, 4, 5, 6, 7, 8));
  file.syntax = deflatedFrames;
  file.fragments = {deflated(bytesOf(first)), deflated(bytesOf(second))};
  EXPECT_THAT(valuesOf(file), ElementsAre(1, 2, 60000, 4, 5, 6, 7, 8));
  file.fragments[1] = deflated(std::string(4, 'x'));
  EXPECT_THAT(refusalOf(file), HasSubstr("ends early"));
}

// 15 bits a frame: the second begins inside a byte.
TEST(Frames, OfSingleBitsFollowEachOtherWithoutAGap) {
  SmallFile file(3, 5);
  file.bits(1, 1, false);
  file.frames(2);
  std::vector<double> expected;
  std::string packed(4, '\0');
  for (std::size_t i = 0; i < 30; ++i) {
    const bool set = i % 3 == 0 || i == 16;
    expected.push_back(set);
    if (set) packed[i / 8] = static_cast<char>(packed[i / 8] | 1 << i % 8);
  }
  file.pixels = packed;
  file.pixelVr = "OB";
  EXPECT_EQ(valuesOf(file), expected);
}

TEST(Frames, HoldWideIntegersAndFloats) {
  SmallFile file(1, 2);
  file.bits(32, 32, true);
  file.pixels = bytesOf(std::vector<std::int32_t>{-2000000000, 70000});
  EXPECT_THAT(valuesOf(file), ElementsAre(-2000000000, 70000));
  SmallFile floats(1, 2);
  floats.word(0x00280100, 32);
  floats.pixelTag = 0x7FE00008;
  floats.pixelVr = "OF";
  floats.pixels = bytesOf(std::vector<float>{0.5F, -1e20F});
  EXPECT_THAT(valuesOf(floats), ElementsAre(0.5, static_cast<double>(-1e20F)));
  floats.word(0x00280100, 64);
  floats.pixelTag = 0x7FE00009;
  floats.pixelVr = "OD";
  floats.pixels = bytesOf(std::vector<double>{0.1, -1e200});
  EXPECT_THAT(valuesOf(floats), ElementsAre(0.1, -1e200));
}

TEST(Colours, ComeAsRgbFromEveryInterpretation) {
  SmallFile shared(1, 4, "YBR_FULL_422");  // Y1 Y2 B R: grey, then red as bright as can be
  shared.pixels = std::string("\x50\x60\x80\x80\x4C\x4C\x55\xFF", 8);
  EXPECT_THAT(valuesOf(shared), ElementsAre(80, 80, 80, 96, 96, 96, 254, 0, 0, 254, 0, 0));
  SmallFile partial(1, 2, "YBR_PARTIAL_422");
  partial.pixels = std::string("\x10\xEB\x80\x80", 4);
  EXPECT_THAT(valuesOf(partial), ElementsAre(0, 0, 0, 255, 255, 255));
  SmallFile planes(1, 2, "RGB");
  planes.bits(16, 16, false);
  planes.word(0x00280006, 1);
  planes.pixels = bytesOf(std::vector<std::uint16_t>{0x1100, 0x2200, 0x3300, 0x4400, 0x5500, 0x66FF});
  EXPECT_THAT(valuesOf(planes), ElementsAre(0x11, 0x33, 0x55, 0x22, 0x44, 0x66));
  SmallFile odd(1, 3, "YBR_FULL_422");
  odd.pixels = std::string(6, '\0');
  EXPECT_THAT(refusalOf(odd), HasSubstr("contradicts an odd number of Columns"));
}

SmallFile paletteFile(const std::vector<std::uint16_t>& descriptor) {
  SmallFile file(1, 4, "PALETTE COLOR");
  file.pixels = std::string("\x00\x02\x03\x09", 4);
  for (const std::uint32_t i : {0U, 1U, 2U}) file.elements[0x00281101 + i] = {"US", bytesOf(descriptor)};
  return file;
}

TEST(Colours, ComeThroughAPaletteWholeOrSegmented) {
  SmallFile file = paletteFile({3, 1, 16});
  for (const std::uint32_t i : {0U, 1U, 2U}) {
    const auto step = static_cast<std::uint16_t>(256 * (i + 1));
    file.elements[0x00281201 + i] = {
        "OW", bytesOf(std::vector<std::uint16_t>{static_cast<std::uint16_t>(10 * 256), step, 0xFF00})};
  }
  EXPECT_THAT(valuesOf(file), ElementsAre(10, 10, 10, 1, 2, 3, 255, 255, 255, 255, 255, 255));
  SmallFile segmented = paletteFile({5, 0, 16});
  for (const std::uint32_t i : {0U, 1U, 2U}) {  // 0, then a line to 0x4000, then the first piece again
    segmented.elements[0x00281221 + i] = {
        "OW", bytesOf(std::vector<std::uint16_t>{0, 1, 0, 1, 2, 0x4000, 2, 1, 0, 0, 0, 1, 0x6400})};
  }
  EXPECT_THAT(valuesOf(segmented), ElementsAre(0, 0, 0, 64, 64, 64, 0, 0, 0, 100, 100, 100));
  segmented.elements[0x00281222] = {"OW", bytesOf(std::vector<std::uint16_t>{1, 2, 0x4000})};
  EXPECT_THAT(refusalOf(segmented), HasSubstr("the palette (0028,1202) is missing or damaged"));
}

TEST(Lossy, IsWhatTheHeaderSaysOrTheSyntaxMeans) {
  const auto lossyOfFile = [](const SmallFile& file) {
    const TempDir folder;
    auto scan = Scan::file(file.write(folder / "image.dcm")).value();
    return lossyOf(scan, readPixelFormat(scan).value());
  };
  SmallFile file = j2kFile(imageOf(8, false));
  EXPECT_FALSE(lossyOfFile(file));
  file.elements[0x00282110] = {"CS", "01"};
  file.elements[0x00282112] = {"DS", "12.5\\30"};
  ASSERT_TRUE(lossyOfFile(file)) << "an earlier step of its life";
  EXPECT_EQ(lossyOfFile(file)->ratio, 30);
  EXPECT_EQ(lossyOfFile(file)->ratioText, "12.5\\30");
  EXPECT_EQ(lossyOfFile(file)->method, "");
  file = j2kFile(imageOf(8, false));
  file.syntax = "1.2.840.10008.1.2.4.91";
  ASSERT_TRUE(lossyOfFile(file)) << "it may be, and nobody denies it";
  const double ratio =
      7.0 * 13 / static_cast<double>(file.fragments[0].size() + file.fragments[0].size() % 2);
  EXPECT_NEAR(lossyOfFile(file)->ratio, ratio, 0.01);
  EXPECT_EQ(lossyOfFile(file)->method, "ISO_15444_1");
  file.elements[0x00282110] = {"CS", "00"};
  EXPECT_FALSE(lossyOfFile(file));
}

TEST(Syntax, OfOldTimesOrOfVideoIsRefusedWithTheReason) {
  initialize();
  const auto why = [](const char* uid) { return checkReadable(uid).error().detail; };
  EXPECT_THAT(why("1.2.840.10008.1.2.4.53"), HasSubstr("is retired"));
  EXPECT_THAT(why("1.2.840.10008.1.2.4.55"), HasSubstr("is retired"));
  EXPECT_THAT(why("1.2.840.10008.1.2.4.102"), HasSubstr("is video"));
  EXPECT_THAT(why("1.2.840.10008.1.2.4.94"), HasSubstr("pixels elsewhere"));
  EXPECT_THAT(why("1.2.840.10008.1.2.4.110"), HasSubstr("not read by this version"));
}

}  // namespace
}  // namespace attest::dicom
