#include "core/dicom/frame.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <new>
#include <vector>

#include "core/dicom/colour.h"
#include "core/dicom/fragments.h"
#include "core/dicom/jpeg.h"
#include "core/dicom/jpeg2000.h"
#include "core/dicom/rle.h"
#include "core/dicom/syntax.h"

namespace attest::dicom {
namespace {

tl::unexpected<Error> damaged(const char* why) {
  return fail(ErrorCode::bad_file, std::string("the compressed pixels can not be decoded: ") + why);
}

// Samples as they stand in a file: single bits packed, the first of them in bit `bit` of the first byte.
Result<> unpack(std::span<const std::byte> native, unsigned bit, const PixelFormat& format,
                std::span<std::byte> out) {
  const std::uint64_t bits = format.nativeBits();
  if (native.size() < (bits + bit + 7) / 8) return damaged("a frame has fewer bytes than pixels");
  if (format.bitsAllocated != 1) {
    std::ranges::copy(native.first(static_cast<std::size_t>(bits / 8)), out.begin());
    return {};
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::size_t at = i + bit;
    out[i] = native[at / 8] >> static_cast<int>(at % 8) & std::byte{1};
  }
  return {};
}

// Raw deflate (RFC 1951), a frame by itself.
Result<> inflateFrame(std::span<const std::byte> frame, const PixelFormat& format, std::span<std::byte> out) {
  std::vector<std::byte> native(static_cast<std::size_t>((format.nativeBits() + 7) / 8));
  if (frame.size() > 0xFFFFFFFF || native.size() > 0xFFFFFFFF) {
    return fail(ErrorCode::too_large, "a deflated frame beyond 4 GiB");
  }
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return fail(ErrorCode::internal, "no inflater");
  // zlib does not write to its input; its interface is older than const.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(frame.data()));
  stream.avail_in = static_cast<uInt>(frame.size());
  stream.next_out = reinterpret_cast<Bytef*>(native.data());
  stream.avail_out = static_cast<uInt>(native.size());
  inflate(&stream, Z_FINISH);
  const bool whole = stream.avail_out == 0;
  inflateEnd(&stream);
  if (!whole) return damaged("a deflated frame ends early");
  return unpack(native, 0, format, out);
}

Result<> unpackRle(std::span<const std::byte> frame, const PixelFormat& format, std::span<std::byte> out) {
  if (format.bitsAllocated != 1) return decodeRle(frame, format, out);
  std::vector<std::byte> packed(static_cast<std::size_t>((format.nativeBits() + 7) / 8));
  ATTEST_CHECK(decodeRle(frame, format, packed));
  return unpack(packed, 0, format, out);
}

Result<> decode(Scan& scan, PixelFormat& format, int frame, std::span<std::byte> out) {
  ATTEST_TRY(const auto bytes, compressedFrame(scan, format.frames, frame));
  const Codec codec = syntaxOf(scan.transferSyntax()).codec;
  if (codec == Codec::none) return unpack(bytes, 0, format, out);
  if (codec == Codec::deflate) return inflateFrame(bytes, format, out);
  format.planar = false;  // as every other decoder gives it
  const Result<> done = codec == Codec::jpeg       ? decodeJpeg(bytes, scan.transferSyntax(), format, out)
                        : codec == Codec::jpeg2000 ? decodeJpeg2000(bytes, format, out)
                                                   : unpackRle(bytes, format, out);
  // And a sample of each colour for every pixel.
  if (format.sharesChroma()) format.photometric.erase(format.photometric.find("_422"));
  return done;
}

Result<> readNative(Scan& scan, const PixelFormat& format, int frame, std::span<std::byte> out) {
  const std::uint64_t begin = format.nativeBits() * static_cast<std::uint64_t>(frame);
  const std::uint64_t end = begin + format.nativeBits();
  const bool plain = format.bitsAllocated != 1 && out.size() == format.nativeBits() / 8;
  if (plain && !scan.bigEndian()) {
    if (scan.read(scan.pixels()->offset + begin / 8, out)) return {};
    return fail(ErrorCode::bad_file, "truncated: the pixels end before the frame does");
  }
  // In big endian samples are turned round; 8 bits and fewer in OW are swapped in pairs (PS3.5 A.3).
  const bool words = scan.pixels()->vr == std::array{'O', 'W'};
  const std::size_t unit =
      !scan.bigEndian() ? 1 : std::max(format.sampleBytes(), std::size_t{words ? 2U : 1U});
  const std::uint64_t from = begin / 8 / unit * unit;
  const std::uint64_t to = std::min(((end + 7) / 8 + unit - 1) / unit * unit, scan.pixels()->length);
  std::vector<std::byte> native(static_cast<std::size_t>(to - from));
  if (!scan.read(scan.pixels()->offset + from, native)) {
    return fail(ErrorCode::bad_file, "truncated: the pixels end before the frame does");
  }
  for (auto at = native.begin(); unit > 1 && native.end() - at >= static_cast<std::ptrdiff_t>(unit);) {
    const auto next = at + static_cast<std::ptrdiff_t>(unit);
    std::reverse(at, next);
    at = next;
  }
  const auto skipped = static_cast<std::size_t>(begin / 8 - from);
  return unpack(std::span(native).subspan(skipped), static_cast<unsigned>(begin % 8), format, out);
}

Result<> readSamples(Scan& scan, PixelFormat& format, int frame, std::span<std::byte> out) {
  return scan.pixels()->open ? decode(scan, format, frame, out) : readNative(scan, format, frame, out);
}

template <class Stored>
[[gnu::optimize("O3")]] void keepStoredBits(std::span<std::byte> bytes, const PixelFormat& format) {
  const int up = format.bitsAllocated - 1 - format.highBit;
  const int down = format.bitsAllocated - format.bitsStored;
  auto* values = reinterpret_cast<Stored*>(bytes.data());
  const std::size_t count = bytes.size() / sizeof(Stored);
  for (std::size_t i = 0; i < count; ++i) {
    values[i] = static_cast<Stored>(static_cast<Stored>(values[i] << up) >> down);
  }
}

void keepStoredBits(std::span<std::byte> bytes, const PixelFormat& format) {
  if (format.sample != Sample::integer || format.bitsStored == format.bitsAllocated) return;
  switch (format.sampleBytes()) {
    case 1:
      return format.isSigned ? keepStoredBits<std::int8_t>(bytes, format)
                             : keepStoredBits<std::uint8_t>(bytes, format);
    case 2:
      return format.isSigned ? keepStoredBits<std::int16_t>(bytes, format)
                             : keepStoredBits<std::uint16_t>(bytes, format);
    default:
      return format.isSigned ? keepStoredBits<std::int32_t>(bytes, format)
                             : keepStoredBits<std::uint32_t>(bytes, format);
  }
}

}  // namespace

Result<> readFrame(Scan& scan, const PixelFormat& stored, int frame, std::span<std::byte> out) try {
  if (!scan.pixels() || frame < 0 || frame >= stored.frames)
    return fail(ErrorCode::bad_argument, "no such frame");
  PixelFormat format = stored;
  if (!format.isColour()) {
    ATTEST_CHECK(readSamples(scan, format, frame, out));
    keepStoredBits(out, format);
    return {};
  }
  std::vector<std::byte> samples(format.decodedBytes());
  ATTEST_CHECK(readSamples(scan, format, frame, samples));
  keepStoredBits(samples, format);
  toRgb(format, samples, out);
  return {};
} catch (const std::bad_alloc&) {
  return fail(ErrorCode::too_large, "not enough memory for a frame");
} catch (const std::exception& error) {
  return damaged(error.what());
}

}  // namespace attest::dicom
