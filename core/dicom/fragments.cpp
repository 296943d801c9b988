#include "core/dicom/fragments.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

namespace attest::dicom {
namespace {

constexpr std::uint64_t itemHeader = 8;
constexpr Tag extendedOffsets = 0x7FE00001;

tl::unexpected<Error> unclear(const char* why) {
  return fail(ErrorCode::bad_file, std::string("damaged: ") + why);
}

std::optional<std::uint64_t> littleEndian(Scan& scan, std::uint64_t at, std::size_t bytes) {
  std::array<std::byte, 8> raw{};
  if (!scan.read(at, std::span(raw).first(bytes))) return std::nullopt;
  std::uint64_t value = 0;
  for (std::size_t i = bytes; i > 0; --i) value = value << 8 | std::to_integer<std::uint64_t>(raw[i - 1]);
  return value;
}

// Where a table says that a frame begins, counted from the first fragment's item; none where it has not an
// entry for each frame.
std::optional<std::uint64_t> offsetOf(Scan& scan, std::size_t frames, std::size_t frame) {
  const Element* extended = scan.find(extendedOffsets);
  if (extended != nullptr && extended->length == 8 * frames) {
    return littleEndian(scan, extended->offset + 8 * frame, 8);
  }
  const Fragment basic = scan.offsetTable();
  if (basic.length != 4 * frames) return std::nullopt;
  return littleEndian(scan, basic.offset + 4 * frame, 4);
}

// The index of the fragment with which a frame begins; that of the end behind the last frame.
std::optional<std::size_t> byTable(Scan& scan, std::size_t frames, std::size_t frame) {
  const auto& all = scan.fragments();
  if (frame == frames) return all.size();
  const auto offset = offsetOf(scan, frames, frame);
  if (!offset || *offset > scan.fileBytes()) return std::nullopt;
  const std::uint64_t at = all.front().offset + *offset;  // both without the item's header
  const auto found = std::ranges::lower_bound(all, at, {}, &Fragment::offset);
  if (found == all.end() || found->offset != at) return std::nullopt;
  return static_cast<std::size_t>(found - all.begin());
}

// JPEG and JPEG-LS begin with FF D8, JPEG 2000 with SOC and SIZ, or as a JP2 file; no other fragment does.
bool beginsStream(Scan& scan, Fragment fragment) {
  std::array<std::byte, itemHeader> raw{};
  if (fragment.length < raw.size() || !scan.read(fragment.offset, raw)) return false;
  const auto at16 = [&](std::size_t i) {
    return std::to_integer<int>(raw[i]) << 8 | std::to_integer<int>(raw[i + 1]);
  };
  return at16(0) == 0xFFD8 || (at16(0) == 0xFF4F && at16(2) == 0xFF51) ||
         (at16(4) == 0x6A50 && at16(6) == 0x2020);
}

using Range = std::pair<std::size_t, std::size_t>;

Result<Range> byStreams(Scan& scan, std::size_t frames, std::size_t frame) {
  const auto& all = scan.fragments();
  std::vector<std::size_t> begins;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (beginsStream(scan, all[i])) begins.push_back(i);
  if (begins.size() != frames) return unclear("which fragments are those of a frame can not be told");
  begins.push_back(all.size());
  return Range{begins[frame], begins[frame + 1]};
}

Result<Range> rangeOf(Scan& scan, std::size_t frames, std::size_t frame) {
  const std::size_t count = scan.fragments().size();
  if (count == 0) return unclear("Pixel Data (7FE0,0010) has no fragments");
  if (frames == 1) return Range{0, count};
  if (count == frames) return Range{frame, frame + 1};
  const auto begin = byTable(scan, frames, frame);
  const auto end = byTable(scan, frames, frame + 1);
  if (begin && end && *begin < *end) return Range{*begin, *end};
  return byStreams(scan, frames, frame);
}

}  // namespace

Result<std::vector<std::byte>> compressedFrame(Scan& scan, int frames, int frame, std::size_t most) {
  ATTEST_TRY(const Range range,
             rangeOf(scan, static_cast<std::size_t>(frames), static_cast<std::size_t>(frame)));
  std::vector<std::byte> bytes;
  for (std::size_t i = range.first; i < range.second && bytes.size() < most; ++i) {
    const Fragment fragment = scan.fragments()[i];
    const std::size_t had = bytes.size();
    bytes.resize(had + std::min(static_cast<std::size_t>(fragment.length), most - had));
    if (!scan.read(fragment.offset, std::span(bytes).subspan(had))) {
      return fail(ErrorCode::bad_file, "truncated: a fragment of the compressed pixels can not be read");
    }
  }
  return bytes;
}

}  // namespace attest::dicom
