#include "core/dicom/jpeg_ls.h"

#include <algorithm>
#include <array>
#include <optional>

namespace attest::dicom {
namespace {

constexpr int frameHeader = 0xF7;  // SOF55
constexpr int startOfScan = 0xDA;
constexpr int presets = 0xF8;  // LSE
constexpr int resetInterval = 64;

// The first marker segment of one of the two kinds, before the image itself; none where it is no JPEG-LS.
std::optional<std::size_t> findSegment(std::span<const std::byte> in) {
  const auto at8 = [&](std::size_t i) { return std::to_integer<int>(in[i]); };
  bool isLs = false;
  for (std::size_t at = 2; at + 4 <= in.size() && at8(at) == 0xFF;) {
    const int marker = at8(at + 1);
    if (marker == startOfScan || marker == presets) return isLs ? std::optional(at) : std::nullopt;
    isLs = isLs || marker == frameHeader;
    at += 2 + static_cast<std::size_t>(at8(at + 2) << 8 | at8(at + 3));
  }
  return std::nullopt;
}

// ISO 14495-1 C.2.4.1.1.1 for a largest value below 128.
std::array<int, 3> thresholds(int largest, int near) {
  const int factor = 256 / (largest + 1);
  const auto clamp = [&](int value, int least) { return value > largest || value < least ? least : value; };
  const int first = clamp(std::max(2, 3 / factor + 3 * near), near + 1);
  const int second = clamp(std::max(3, 7 / factor + 5 * near), first);
  return {first, second, clamp(std::max(4, 21 / factor + 7 * near), second)};
}

}  // namespace

std::vector<std::byte> withPresets(std::span<const std::byte> stream, const StreamSize& size) {
  std::vector<std::byte> made(stream.begin(), stream.end());
  const auto scan = size.bits < 8 ? findSegment(stream) : std::nullopt;
  const std::size_t nearAt = scan.value_or(0) + 5 + 2 * static_cast<std::size_t>(size.samples);
  if (!scan || stream[*scan + 1] != std::byte{startOfScan} || nearAt >= stream.size()) return made;
  const int largest = (1 << size.bits) - 1;
  const auto [first, second, third] = thresholds(largest, std::to_integer<int>(stream[nearAt]));
  std::vector<std::byte> segment{std::byte{0xFF}, std::byte{presets}, std::byte{0}, std::byte{13},
                                 std::byte{1}};
  for (const int value : {largest, first, second, third, resetInterval}) {
    segment.push_back(static_cast<std::byte>(value >> 8));
    segment.push_back(static_cast<std::byte>(value));
  }
  made.insert(made.begin() + static_cast<std::ptrdiff_t>(*scan), segment.begin(), segment.end());
  return made;
}

}  // namespace attest::dicom
