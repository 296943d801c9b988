#include "core/dicom/frame.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcpixel.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <vector>

#include "core/dicom/rle.h"

namespace attest::dicom {
namespace {

tl::unexpected<Error> damaged(const char* why) {
  return fail(ErrorCode::bad_file, std::string("the compressed pixels can not be decoded: ") + why);
}

// The fragments of one frame. Where frames have several each, a JPEG frame begins with the marker FF D8.
Result<std::vector<Fragment>> fragmentsOf(Scan& scan, const PixelFormat& format, int frame) {
  const auto& all = scan.fragments();
  const auto index = static_cast<std::size_t>(frame);
  if (format.frames == 1) return all;
  if (all.size() == static_cast<std::size_t>(format.frames)) return std::vector{all[index]};
  std::vector<Fragment> found;
  std::size_t begun = 0;
  for (const Fragment& fragment : all) {
    std::array<std::byte, 2> start{};
    if (fragment.length >= 2 && scan.read(fragment.offset, start) && start[0] == std::byte{0xFF} &&
        start[1] == std::byte{0xD8}) {
      ++begun;
    }
    if (begun == index + 1) found.push_back(fragment);
  }
  if (found.empty()) return damaged("the frame has no fragments");
  return found;
}

// A dataset with nothing but one compressed frame: no structure of the file ever reaches DCMTK's parser.
Result<std::unique_ptr<DcmDataset>> frameDataset(Scan& scan, const PixelFormat& format,
                                                 const std::vector<Fragment>& fragments,
                                                 DcmPixelData*& pixels) {
  auto dataset = std::make_unique<DcmDataset>();
  dataset->putAndInsertString(DCM_PhotometricInterpretation, format.photometric.c_str());
  const std::pair<DcmTagKey, int> words[] = {{DCM_SamplesPerPixel, format.samples},
                                             {DCM_Rows, format.rows},
                                             {DCM_Columns, format.columns},
                                             {DCM_BitsAllocated, format.bitsAllocated},
                                             {DCM_BitsStored, format.bitsStored},
                                             {DCM_HighBit, format.highBit},
                                             {DCM_PixelRepresentation, format.isSigned ? 1 : 0}};
  for (const auto& [tag, value] : words) dataset->putAndInsertUint16(tag, static_cast<Uint16>(value));
  if (format.samples > 1) dataset->putAndInsertUint16(DCM_PlanarConfiguration, 0);
  auto sequence = std::make_unique<DcmPixelSequence>(DcmTag(DCM_PixelSequenceTag));
  sequence->insert(new DcmPixelItem(DcmTag(DCM_PixelItemTag)));  // an empty offset table
  for (const Fragment& fragment : fragments) {
    auto item = std::make_unique<DcmPixelItem>(DcmTag(DCM_PixelItemTag));
    Uint8* bytes = nullptr;
    const auto length = static_cast<Uint32>(fragment.length);
    if (length == 0) continue;
    if (item->createUint8Array(length, bytes).bad() || bytes == nullptr ||
        !scan.read(fragment.offset, std::as_writable_bytes(std::span(bytes, length)))) {
      return damaged("a fragment can not be read");
    }
    sequence->insert(item.release());
  }
  auto data = std::make_unique<DcmPixelData>(DCM_PixelData);
  pixels = data.get();
  data->putOriginalRepresentation(DcmXfer(scan.transferSyntax().c_str()).getXfer(), nullptr,
                                  sequence.release());
  if (dataset->insert(data.release(), true).bad()) return fail(ErrorCode::internal, "no frame dataset");
  return dataset;
}

Result<> decodeByDcmtk(Scan& scan, PixelFormat& format, const std::vector<Fragment>& fragments,
                       std::span<std::byte> out) {
  DcmPixelData* pixels = nullptr;
  ATTEST_TRY(const auto dataset, frameDataset(scan, format, fragments, pixels));
  std::vector<std::byte> padded(out.size() % 2 != 0 ? out.size() + 1
                                                    : 0);  // DCMTK wants an even number of bytes
  const std::span<std::byte> target = padded.empty() ? out : std::span(padded);
  if (target.size() > 0xFFFFFFFE) return fail(ErrorCode::too_large, "a compressed frame beyond 4 GiB");
  Uint32 startFragment = 0;
  OFString colours;
  const OFCondition done = pixels->getUncompressedFrame(dataset.get(), 0, startFragment, target.data(),
                                                        static_cast<Uint32>(target.size()), colours);
  if (done.bad()) return damaged(done.text());
  if (!padded.empty()) std::ranges::copy(std::span(padded).first(out.size()), out.begin());
  if (format.samples > 1) format.photometric = colours.c_str();
  return {};
}

Result<> decode(Scan& scan, PixelFormat& format, int frame, std::span<std::byte> out) {
  format.planar = false;  // as both decoders give it
  ATTEST_TRY(const auto fragments, fragmentsOf(scan, format, frame));
  if (scan.transferSyntax() != UID_RLELosslessTransferSyntax)
    return decodeByDcmtk(scan, format, fragments, out);
  std::vector<std::byte> bytes;
  for (const Fragment& fragment : fragments) {
    const std::size_t had = bytes.size();
    bytes.resize(had + static_cast<std::size_t>(fragment.length));
    if (!scan.read(fragment.offset, std::span(bytes).subspan(had)))
      return damaged("a fragment can not be read");
  }
  return decodeRle(bytes, format, out);
}

Result<> readNative(Scan& scan, const PixelFormat& format, int frame, std::span<std::byte> out) {
  const std::uint64_t at = scan.pixels()->offset + static_cast<std::uint64_t>(frame) * out.size();
  if (!scan.read(at, out))
    return fail(ErrorCode::bad_file, "truncated: the pixels end before the frame does");
  if (!scan.bigEndian()) return {};
  // Big endian of OB is not swapped; 8 bits in OW are swapped in pairs (PS3.5 A.3).
  const bool pairs = format.bitsAllocated == 16 || scan.pixels()->vr == std::array{'O', 'W'};
  for (std::size_t i = 0; pairs && i + 1 < out.size(); i += 2) std::swap(out[i], out[i + 1]);
  return {};
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

void interleave(std::span<std::byte> bytes) {
  const std::vector<std::byte> planes(bytes.begin(), bytes.end());
  const std::size_t pixels = bytes.size() / 3;
  for (std::size_t i = 0; i < pixels; ++i)
    for (std::size_t c = 0; c < 3; ++c) bytes[3 * i + c] = planes[c * pixels + i];
}

// PS3.3 C.7.6.3.1.2, YBR_FULL.
void toRgb(std::span<std::byte> bytes) {
  const auto clamped = [](double v) { return static_cast<std::byte>(std::clamp(v + 0.5, 0.0, 255.0)); };
  for (std::size_t i = 0; i + 2 < bytes.size(); i += 3) {
    const double y = std::to_integer<int>(bytes[i]);
    const double b = std::to_integer<int>(bytes[i + 1]) - 128;
    const double r = std::to_integer<int>(bytes[i + 2]) - 128;
    bytes[i] = clamped(y + 1.402 * r);
    bytes[i + 1] = clamped(y - 0.344136 * b - 0.714136 * r);
    bytes[i + 2] = clamped(y + 1.772 * b);
  }
}

}  // namespace

Result<> readFrame(Scan& scan, const PixelFormat& stored, int frame, std::span<std::byte> out) try {
  if (!scan.pixels() || frame < 0 || frame >= stored.frames)
    return fail(ErrorCode::bad_argument, "no such frame");
  PixelFormat format = stored;
  if (scan.pixels()->open) {
    ATTEST_CHECK(decode(scan, format, frame, out));
  } else {
    ATTEST_CHECK(readNative(scan, format, frame, out));
  }
  if (format.samples == 3) {
    if (format.planar) interleave(out);
    if (format.photometric == "YBR_FULL") toRgb(out);
  } else if (format.bitsStored < format.bitsAllocated) {
    if (format.bitsAllocated == 8) {
      format.isSigned ? keepStoredBits<std::int8_t>(out, format) : keepStoredBits<std::uint8_t>(out, format);
    } else {
      format.isSigned ? keepStoredBits<std::int16_t>(out, format)
                      : keepStoredBits<std::uint16_t>(out, format);
    }
  }
  return {};
} catch (const std::exception& error) {
  return damaged(error.what());
}

}  // namespace attest::dicom
