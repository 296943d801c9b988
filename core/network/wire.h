#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace attest::network {

/// Writes numbers and texts into a growing buffer, in the byte order that is asked for.
class WireWriter {
 public:
  explicit WireWriter(std::vector<std::byte>& to) : to_(to) {}
  void u8(unsigned value) { to_.push_back(static_cast<std::byte>(value)); }
  void zeros(std::size_t count) { to_.insert(to_.end(), count, std::byte{0}); }
  void bigU16(std::size_t value) { u8(value >> 8 & 0xFF), u8(value & 0xFF); }
  void bigU32(std::size_t value) { bigU16(value >> 16 & 0xFFFF), bigU16(value & 0xFFFF); }
  void littleU16(std::size_t value) { u8(value & 0xFF), u8(value >> 8 & 0xFF); }
  void littleU32(std::size_t value) { littleU16(value & 0xFFFF), littleU16(value >> 16 & 0xFFFF); }
  void text(std::string_view value) {
    for (const char c : value) u8(static_cast<unsigned char>(c));
  }
  /// Cut or filled up to `width`.
  void text(std::string_view value, std::size_t width, char fill) {
    value = value.substr(0, width);
    text(value);
    to_.insert(to_.end(), width - value.size(), static_cast<std::byte>(fill));
  }
  /// A 16-bit length, big endian, of what is written until the object ends.
  std::size_t beginLength16() {
    bigU16(0);
    return to_.size();
  }
  void endLength16(std::size_t begin) {
    const std::size_t length = to_.size() - begin;
    to_[begin - 2] = static_cast<std::byte>(length >> 8 & 0xFF);
    to_[begin - 1] = static_cast<std::byte>(length & 0xFF);
  }

 private:
  std::vector<std::byte>& to_;
};

/// Takes numbers and texts from bytes; what is beyond the end reads as zero and makes it bad.
class WireReader {
 public:
  explicit WireReader(std::span<const std::byte> from) : from_(from) {}
  bool bad() const { return bad_; }
  std::size_t left() const { return from_.size(); }
  std::span<const std::byte> take(std::size_t count) {
    if (count > from_.size()) {
      bad_ = true;
      count = from_.size();
    }
    const auto part = from_.first(count);
    from_ = from_.subspan(count);
    return part;
  }
  std::uint32_t big(std::size_t count) {
    std::uint32_t value = 0;
    for (const std::byte b : take(count)) value = value << 8 | std::to_integer<std::uint32_t>(b);
    return value;
  }
  std::uint32_t little(std::size_t count) {
    std::uint32_t value = 0;
    int shift = 0;
    for (const std::byte b : take(count)) {
      value |= std::to_integer<std::uint32_t>(b) << shift;
      shift += 8;
    }
    return value;
  }
  /// Without the blanks and NULs around it.
  std::string text(std::size_t count) {
    const auto part = take(count);
    std::string value(part.size(), '\0');
    std::ranges::transform(part, value.begin(), [](std::byte b) { return static_cast<char>(b); });
    const auto isFill = [](char c) { return c == ' ' || c == '\0'; };
    while (!value.empty() && isFill(value.back())) value.pop_back();
    value.erase(value.begin(), std::ranges::find_if_not(value, isFill));
    return value;
  }

 private:
  std::span<const std::byte> from_;
  bool bad_ = false;
};

}  // namespace attest::network
