#include "core/dicom/stream_size.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace attest::dicom {
namespace {

constexpr int maxSegments = 1000;  // before the frame header; real streams have a few
// A tile costs memory however small it is; those of real images are of 64x64 and more.
constexpr std::int64_t leastTilePixels = 1024;

constexpr std::uint32_t jp2Header = 0x6A703268;      // "jp2h"
constexpr std::uint32_t jp2Palette = 0x70636C72;     // "pclr"
constexpr std::uint32_t jp2Codestream = 0x6A703263;  // "jp2c"

class Reader {
 public:
  explicit Reader(std::span<const std::byte> bytes) : bytes_(bytes) {}
  bool has(std::size_t at, std::size_t count) const {
    return at <= bytes_.size() && count <= bytes_.size() - at;
  }
  int at8(std::size_t at) const { return std::to_integer<int>(bytes_[at]); }
  int at16(std::size_t at) const { return at8(at) << 8 | at8(at + 1); }
  std::uint32_t at32(std::size_t at) const {
    return static_cast<std::uint32_t>(at16(at)) << 16 | static_cast<std::uint32_t>(at16(at + 2));
  }
  std::size_t size() const { return bytes_.size(); }

 private:
  std::span<const std::byte> bytes_;
};

// SOF0 to SOF15 without DHT, JPG and DAC, which stand among them; SOF55 is that of JPEG-LS.
bool isFrameHeader(int marker) {
  const bool other = marker == 0xC4 || marker == 0xC8 || marker == 0xCC;
  return (marker >= 0xC0 && marker <= 0xCF && !other) || marker == 0xF7;
}

std::optional<StreamSize> jpeg(const Reader& in) {
  std::size_t at = 2;
  for (int segment = 0; segment < maxSegments && in.has(at, 4) && in.at8(at) == 0xFF; ++segment) {
    const int marker = in.at8(at + 1);
    if (isFrameHeader(marker)) {
      if (!in.has(at, 10)) return std::nullopt;
      StreamSize size;
      size.bits = in.at8(at + 4);
      size.rows = in.at16(at + 5);
      size.columns = in.at16(at + 7);
      size.samples = in.at8(at + 9);
      return size;
    }
    if (marker == 0xDA) return std::nullopt;  // the image itself
    at += marker == 0xFF ? 1 : 2 + static_cast<std::size_t>(in.at16(at + 2));
  }
  return std::nullopt;
}

// ISO 15444-1 A.5.1.
std::optional<StreamSize> jpeg2000(const Reader& in, std::size_t start) {
  constexpr std::size_t fixed = 42;  // SOC, and SIZ up to its components
  if (!in.has(start, fixed) || in.at32(start) != 0xFF4FFF51) return std::nullopt;
  const auto field = [&](std::size_t i) { return std::int64_t{in.at32(start + 8 + 4 * i)}; };
  StreamSize size;
  size.codestream = start;
  size.columns = field(0) - field(2);
  size.rows = field(1) - field(3);
  size.samples = in.at16(start + 40);
  if (field(4) < 1 || field(5) < 1 || size.samples < 1 ||
      !in.has(start + fixed, 3 * static_cast<std::size_t>(size.samples))) {
    return std::nullopt;
  }
  const auto count = [](std::int64_t begin, std::int64_t end, std::int64_t step) {
    return std::max<std::int64_t>(end - begin + step - 1, 0) / step;
  };
  size.tiles = count(field(6), field(0), field(4)) * count(field(7), field(1), field(5));
  const int first = in.at8(start + fixed);
  size.bits = (first & 0x7F) + 1;
  size.isSigned = first >= 0x80;
  for (std::size_t c = 0; c < static_cast<std::size_t>(size.samples); ++c) {
    const std::size_t at = start + fixed + 3 * c;
    size.uniform = size.uniform && in.at8(at) == first && in.at16(at + 1) == 0x0101;
  }
  return size;
}

// The boxes of a JP2 file (ISO 15444-1 I.4), which DICOM does not allow but some writers leave around the
// stream.
std::optional<StreamSize> jp2(const Reader& in) {
  bool palette = false;
  std::size_t at = 0;
  for (int boxes = 0; boxes < maxSegments && in.has(at, 8); ++boxes) {
    const std::uint32_t length = in.at32(at);
    const std::uint32_t type = in.at32(at + 4);
    if (type == jp2Palette) palette = true;
    if (type == jp2Codestream) {
      auto size = jpeg2000(in, at + (length == 1 ? 16 : 8));
      if (size) size->palette = palette;
      return size;
    }
    if (length < 8) return std::nullopt;
    at += type == jp2Header ? 8 : length;  // its own boxes come next
  }
  return std::nullopt;
}

}  // namespace

std::optional<StreamSize> streamSize(std::span<const std::byte> begin) {
  const Reader in(begin);
  if (!in.has(0, 12)) return std::nullopt;
  if (in.at16(0) == 0xFFD8) return jpeg(in);
  if (in.at16(0) == 0xFF4F) return jpeg2000(in, 0);
  if (in.at32(4) == 0x6A502020) return jp2(in);  // "jP  "
  return std::nullopt;
}

Result<> checkStream(const StreamSize& stream, const PixelFormat& format) {
  if (stream.palette) {
    return fail(ErrorCode::unsupported, "a palette within JPEG 2000, which DICOM does not allow");
  }
  if (stream.rows != format.rows || stream.columns != format.columns || stream.samples != format.samples) {
    return fail(ErrorCode::bad_file,
                "Rows (0028,0010), Columns (0028,0011) or Samples per Pixel (0028,0002) contradict the "
                "compressed pixels");
  }
  if (!stream.uniform) {
    return fail(ErrorCode::unsupported, "JPEG 2000 components of different bits or sizes");
  }
  if (stream.bits < 1 || stream.bits > 8 * static_cast<int>(format.sampleBytes())) {
    return fail(ErrorCode::bad_file, "Bits Allocated (0028,0100) contradicts the " +
                                         std::to_string(stream.bits) + " bits of the compressed pixels");
  }
  if (stream.tiles > 1 + stream.rows * stream.columns / leastTilePixels) {
    return fail(ErrorCode::too_large, "JPEG 2000 of " + std::to_string(stream.tiles) + " tiles");
  }
  return {};
}

}  // namespace attest::dicom
