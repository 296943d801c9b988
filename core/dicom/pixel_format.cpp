#include "core/dicom/pixel_format.h"

#include <algorithm>
#include <limits>

#include "core/dicom/fragments.h"
#include "core/dicom/stream_size.h"
#include "core/dicom/syntax.h"

namespace attest::dicom {
namespace {

constexpr std::size_t maxFrames = 100'000;
// A whole slide's tile, a mammogram: 0.1 of it. JPEG 2000 is decoded as 32 bits a sample.
constexpr std::size_t maxCompressedFrame = std::size_t{512} << 20;
constexpr std::uint64_t mostOfRle = 64;        // two bytes become 128 at most
constexpr std::uint64_t mostOfDeflate = 1040;  // a bit more than zlib can reach
constexpr std::size_t headerBytes = 4096;      // of a stream: where its header is looked for first

tl::unexpected<Error> notRead(const std::string& what) {
  return fail(ErrorCode::unsupported, what + " is not read by this version");
}

Result<> checkColours(const PixelFormat& format, Codec codec) {
  const std::string& is = format.photometric;
  if (is.empty()) return fail(ErrorCode::bad_file, "no Photometric Interpretation (0028,0004)");
  const bool grey = is == "MONOCHROME1" || is == "MONOCHROME2" || is == "PALETTE COLOR";
  const bool of2000 = is == "YBR_RCT" || is == "YBR_ICT";
  const bool colour = is == "RGB" || is == "YBR_FULL" || of2000 || format.sharesChroma();
  if (!grey && !colour) return notRead("photometric interpretation " + is);
  if (format.samples != (grey ? 1 : 3)) {
    return fail(ErrorCode::bad_file, "Samples per Pixel (0028,0002) contradicts " + is);
  }
  if (of2000 && codec != Codec::jpeg2000) {
    return fail(ErrorCode::bad_file, is + " contradicts a transfer syntax that is not JPEG 2000");
  }
  const bool decoded = codec != Codec::none && codec != Codec::deflate;
  if (format.sharesChroma() && !decoded && format.columns % 2 != 0) {
    return fail(ErrorCode::bad_file, is + " contradicts an odd number of Columns (0028,0011)");
  }
  return {};
}

Result<> checkBits(const PixelFormat& format) {
  if (format.bitsStored < 1 || format.bitsStored > format.bitsAllocated) {
    return fail(ErrorCode::bad_file, "Bits Stored (0028,0101) contradicts Bits Allocated (0028,0100)");
  }
  const int bits = format.bitsAllocated;
  const bool grey = format.samples == 1 && format.photometric != "PALETTE COLOR";
  const bool known = format.sample == Sample::float32 ? bits == 32
                     : format.sample == Sample::float64
                         ? bits == 64
                         : bits == 8 || bits == 16 || bits == 32 || (bits == 1 && grey);
  if (!known || (format.sample != Sample::integer && !grey) ||
      (format.photometric == "PALETTE COLOR" && bits > 16)) {
    return notRead("an image of " + std::to_string(bits) + " bits a sample");
  }
  return {};
}

tl::unexpected<Error> tooShort() {
  return fail(ErrorCode::bad_file, "truncated: Pixel Data (7FE0,0010) is too short for its rows and columns");
}

std::optional<StreamSize> firstStream(Scan& scan, const PixelFormat& format) {
  for (const std::size_t most : {headerBytes, maxCompressedFrame}) {
    const auto begin = compressedFrame(scan, format.frames, 0, most);
    const auto size = begin ? streamSize(*begin) : std::nullopt;
    if (size || !begin || begin->size() < most) return size;
  }
  return std::nullopt;
}

// A few compressed bytes must not make gigabytes: what they hold is known before they are decoded.
Result<> checkCompressed(PixelFormat& format, Scan& scan) {
  const Codec codec = syntaxOf(scan.transferSyntax()).codec;
  const std::size_t width = codec == Codec::jpeg2000 ? 4 : format.sampleBytes();
  if (format.framePixels() * static_cast<std::size_t>(format.samples) * width > maxCompressedFrame) {
    return fail(ErrorCode::too_large, "a compressed frame larger than 512 MiB");
  }
  std::uint64_t bytes = 0;
  for (const Fragment& fragment : scan.fragments()) bytes += fragment.length;
  if (codec == Codec::none || codec == Codec::rle || codec == Codec::deflate) {
    const std::uint64_t most = codec == Codec::none ? 1 : codec == Codec::rle ? mostOfRle : mostOfDeflate;
    return format.nativeBytes() <= most * bytes ? Result<>{} : tooShort();
  }
  const auto size = firstStream(scan, format);
  if (!size) return fail(ErrorCode::bad_file, "damaged: the compressed pixels have no frame header");
  if (size->isSigned) format.isSigned = true;
  return checkStream(*size, format);
}

Result<> checkLength(PixelFormat& format, Scan& scan) {
  const auto frames = static_cast<std::size_t>(format.frames);
  if (frames > maxFrames) return fail(ErrorCode::too_large, "more than 100000 frames");
  if (frames > maxPixelBytes / format.frameBytes()) {
    return fail(ErrorCode::too_large, "more than 64 GiB of pixels");
  }
  const Element& pixels = *scan.pixels();
  const bool encapsulated = syntaxOf(scan.transferSyntax()).encoding == Encoding::encapsulated;
  if (pixels.open != encapsulated) {
    return fail(ErrorCode::bad_file,
                "damaged: Pixel Data (7FE0,0010) is not encoded as the transfer syntax says");
  }
  if (encapsulated && scan.fragments().size() < frames) {
    return fail(ErrorCode::bad_file, "truncated: Pixel Data (7FE0,0010) has " +
                                         std::to_string(scan.fragments().size()) + " fragments for " +
                                         std::to_string(frames) + " frames");
  }
  if (encapsulated) return checkCompressed(format, scan);
  if (pixels.length < format.nativeBytes()) {
    return fail(ErrorCode::bad_file, "truncated: Pixel Data (7FE0,0010) has " +
                                         std::to_string(pixels.length) + " of " +
                                         std::to_string(format.nativeBytes()) + " bytes");
  }
  return {};
}

// The bits of a sample. Float pixels have neither Bits Stored nor High Bit.
void readBits(Scan& scan, PixelFormat& format) {
  const Tag tag = scan.pixels()->tag;
  format.sample = tag == 0x7FE00008 ? Sample::float32 : tag == 0x7FE00009 ? Sample::float64 : Sample::integer;
  format.bitsAllocated = scan.word(0x00280100).value_or(0);
  const int all = format.bitsAllocated;
  const bool integer = format.sample == Sample::integer;
  format.bitsStored = integer ? scan.word(0x00280101).value_or(scan.word(0x00280100).value_or(0)) : all;
  format.highBit = integer ? scan.word(0x00280102).value_or(0) : all - 1;
  if (format.highBit >= format.bitsAllocated || format.highBit < format.bitsStored - 1) {
    format.highBit = format.bitsStored - 1;
  }
  format.isSigned = !integer || scan.word(0x00280103).value_or(0) == 1;
}

}  // namespace

Result<PixelFormat> readPixelFormat(Scan& scan) {
  if (!scan.pixels()) return fail(ErrorCode::bad_file, "no Pixel Data (7FE0,0010)");
  PixelFormat format;
  format.rows = scan.word(0x00280010).value_or(0);
  format.columns = scan.word(0x00280011).value_or(0);
  if (format.rows == 0) return fail(ErrorCode::bad_file, "no Rows (0028,0010)");
  if (format.columns == 0) return fail(ErrorCode::bad_file, "no Columns (0028,0011)");
  const double frames = scan.number(0x00280008).value_or(1);
  if (frames < 1 || frames > std::numeric_limits<int>::max()) {
    return fail(ErrorCode::bad_file, "Number of Frames (0028,0008) is out of range");
  }
  format.frames = static_cast<int>(frames);
  format.samples = scan.word(0x00280002).value_or(1);
  format.photometric = scan.text(0x00280004);
  format.planar = scan.word(0x00280006).value_or(0) == 1;
  readBits(scan, format);
  const Syntax syntax = syntaxOf(scan.transferSyntax());
  ATTEST_CHECK(checkColours(format, syntax.codec));
  ATTEST_CHECK(checkBits(format));
  ATTEST_CHECK(checkLength(format, scan));
  if (format.photometric == "PALETTE COLOR") {
    ATTEST_TRY(Palette palette, readPalette(scan, format.isSigned));
    format.palette = std::make_shared<const Palette>(std::move(palette));
  }
  return format;
}

}  // namespace attest::dicom
