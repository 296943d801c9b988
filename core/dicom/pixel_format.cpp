#include "core/dicom/pixel_format.h"

#include <algorithm>
#include <limits>

#include "core/dicom/jpeg_size.h"
#include "core/dicom/syntax.h"

namespace attest::dicom {
namespace {

constexpr std::size_t maxFrames = 100'000;
constexpr std::size_t maxCompressedFrame = std::size_t{512}
                                           << 20;  // a whole slide's tile, a mammogram: 0.1 of it
constexpr std::uint64_t mostOfRle = 64;            // two bytes become 128 at most
constexpr const char* rle = "1.2.840.10008.1.2.5";

tl::unexpected<Error> notRead(const std::string& what) {
  return fail(ErrorCode::unsupported, what + " is not read by this version");
}

Result<> checkKind(const PixelFormat& format, const Element& pixels) {
  if (pixels.tag != 0x7FE00010) return notRead("floating-point pixel data " + tagText(pixels.tag));
  const bool grey = format.photometric == "MONOCHROME1" || format.photometric == "MONOCHROME2";
  const bool colour = format.photometric == "RGB" || format.photometric == "YBR_FULL";
  if (!grey && !colour) return notRead("photometric interpretation " + format.photometric);
  if (format.samples != (grey ? 1 : 3)) {
    return fail(ErrorCode::bad_file, "Samples per Pixel (0028,0002) contradicts " + format.photometric);
  }
  if (format.bitsAllocated != 8 && (format.bitsAllocated != 16 || colour)) {
    return notRead("an image of " + std::to_string(format.bitsAllocated) + " bits a sample");
  }
  if (format.bitsStored < 1 || format.bitsStored > format.bitsAllocated) {
    return fail(ErrorCode::bad_file, "Bits Stored (0028,0101) contradicts Bits Allocated (0028,0100)");
  }
  return {};
}

// A few compressed bytes must not make gigabytes: what they hold is known before they are decoded.
Result<> checkCompressed(const PixelFormat& format, Scan& scan) {
  if (format.frameBytes() > maxCompressedFrame) {
    return fail(ErrorCode::too_large, "a compressed frame larger than 512 MiB");
  }
  const auto& fragments = scan.fragments();
  if (scan.transferSyntax() == rle) {
    std::uint64_t bytes = 0;
    for (const Fragment& fragment : fragments) bytes += fragment.length;
    if (format.frameBytes() * static_cast<std::size_t>(format.frames) <= mostOfRle * bytes) return {};
    return fail(ErrorCode::bad_file,
                "truncated: Pixel Data (7FE0,0010) is too short for its rows and columns");
  }
  const auto first = std::ranges::find_if(fragments, [](const Fragment& f) { return f.length > 0; });
  const auto size = first == fragments.end() ? std::nullopt : jpegSize(scan, *first);
  if (!size) return fail(ErrorCode::bad_file, "damaged: the compressed pixels have no frame header");
  if (size->rows != format.rows || size->columns != format.columns || size->samples != format.samples) {
    return fail(ErrorCode::bad_file,
                "Rows (0028,0010), Columns (0028,0011) or Samples per Pixel (0028,0002) contradict the "
                "compressed pixels");
  }
  return {};
}

Result<> checkLength(const PixelFormat& format, Scan& scan) {
  const std::size_t bytes = format.frameBytes();
  const auto frames = static_cast<std::size_t>(format.frames);
  if (frames > maxFrames) return fail(ErrorCode::too_large, "more than 100000 frames");
  if (frames > maxPixelBytes / bytes) return fail(ErrorCode::too_large, "more than 64 GiB of pixels");
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
  if (pixels.length < bytes * frames) {
    return fail(ErrorCode::bad_file, "truncated: Pixel Data (7FE0,0010) has " +
                                         std::to_string(pixels.length) + " of " +
                                         std::to_string(bytes * frames) + " bytes");
  }
  return {};
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
  format.bitsAllocated = scan.word(0x00280100).value_or(0);
  format.bitsStored = scan.word(0x00280101).value_or(scan.word(0x00280100).value_or(0));
  format.highBit = scan.word(0x00280102).value_or(0);
  if (format.highBit >= format.bitsAllocated || format.highBit < format.bitsStored - 1) {
    format.highBit = format.bitsStored - 1;
  }
  format.isSigned = scan.word(0x00280103).value_or(0) == 1;
  ATTEST_CHECK(checkKind(format, *scan.pixels()));
  ATTEST_CHECK(checkLength(format, scan));
  return format;
}

}  // namespace attest::dicom
