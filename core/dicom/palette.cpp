#include "core/dicom/palette.h"

#include <array>
#include <optional>
#include <span>

namespace attest::dicom {
namespace {

constexpr std::uint64_t maxTableBytes = std::uint64_t{1} << 20;  // 65536 entries of 16 bits take an eighth

tl::unexpected<Error> damaged(Tag tag) {
  return fail(ErrorCode::bad_file, "the palette " + tagText(tag) + " is missing or damaged");
}

struct Descriptor {
  std::size_t entries;
  int first;
};

using Words = std::vector<std::uint16_t>;

std::optional<Words> words(Scan& scan, Tag tag) {
  const Element* element = scan.find(tag);
  if (element == nullptr || element->open || element->length > maxTableBytes) return std::nullopt;
  std::vector<std::byte> bytes(static_cast<std::size_t>(element->length));
  if (!scan.read(element->offset, bytes)) return std::nullopt;
  Words all(bytes.size() / 2);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto low = std::to_integer<unsigned>(bytes[2 * i + (scan.bigEndian() ? 1 : 0)]);
    const auto high = std::to_integer<unsigned>(bytes[2 * i + (scan.bigEndian() ? 0 : 1)]);
    all[i] = static_cast<std::uint16_t>(low | high << 8);
  }
  return all;
}

// PS3.3 C.7.9.2: pieces that are given value by value, drawn as a line, or repeat earlier ones.
class Segments {
 public:
  Segments(std::span<const std::uint16_t> in, std::size_t entries) : in_(in), entries_(entries) {}

  std::optional<Words> expanded() {
    for (std::size_t at = 0; at < in_.size() && out_.size() < entries_;) {
      starts_.push_back(at);
      const auto next = segment(at, true);
      if (!next) return std::nullopt;
      at = *next;
    }
    if (out_.size() < entries_) return std::nullopt;
    out_.resize(entries_);
    return std::move(out_);
  }

 private:
  // Appends what the segment at `at` says; gives where the next begins.
  std::optional<std::size_t> segment(std::size_t at, bool mayRepeat) {
    if (at + 2 > in_.size()) return std::nullopt;
    const std::size_t length = in_[at + 1];
    switch (in_[at]) {
      case 0:
        if (at + 2 + length > in_.size() || length > entries_ - out_.size()) return std::nullopt;
        out_.insert(out_.end(), in_.begin() + static_cast<std::ptrdiff_t>(at + 2),
                    in_.begin() + static_cast<std::ptrdiff_t>(at + 2 + length));
        return at + 2 + length;
      case 1:
        if (at + 3 > in_.size() || out_.empty() || length > entries_ - out_.size()) return std::nullopt;
        line(in_[at + 2], length);
        return at + 3;
      case 2:
        if (!mayRepeat || at + 4 > in_.size()) return std::nullopt;
        return repeat(in_[at + 2] | std::size_t{in_[at + 3]} << 16, length) ? std::optional(at + 4)
                                                                            : std::nullopt;
      default:
        return std::nullopt;
    }
  }

  void line(int to, std::size_t length) {
    const double from = out_.back();
    for (std::size_t i = 1; i <= length; ++i) {
      const double share = static_cast<double>(i) / static_cast<double>(length);
      out_.push_back(static_cast<std::uint16_t>(from + (to - from) * share + 0.5));
    }
  }

  // The offset counts bytes from the table's begin (16-bit entries), to the first of `count` segments.
  bool repeat(std::size_t offset, std::size_t count) {
    const auto first = static_cast<std::size_t>(std::ranges::find(starts_, offset / 2) - starts_.begin());
    if (first + count >= starts_.size()) return false;  // the last is the one that repeats
    for (std::size_t i = first; i < first + count; ++i)
      if (!segment(starts_[i], false)) return false;
    return true;
  }

  std::span<const std::uint16_t> in_;
  std::size_t entries_;
  std::vector<std::size_t> starts_;
  Words out_;
};

// A table of one colour, an entry of 16 bits each. Entries of 8 bits come two in a word, or, from old
// writers, one.
std::optional<Words> table(Scan& scan, Tag whole, Tag segmented, std::size_t entries) {
  if (auto values = words(scan, whole)) {
    if (values->size() >= entries) {
      values->resize(entries);
      return values;
    }
    if (2 * values->size() < entries) return std::nullopt;
    Words unpacked(entries);
    for (std::size_t i = 0; i < entries; ++i) unpacked[i] = (*values)[i / 2] >> (i % 2 * 8) & 0xFF;
    return unpacked;
  }
  const auto values = words(scan, segmented);
  return values ? Segments(*values, entries).expanded() : std::nullopt;
}

std::optional<Descriptor> descriptor(Scan& scan, Tag tag, bool isSigned) {
  const auto values = words(scan, tag);
  if (!values || values->size() < 3) return std::nullopt;
  const std::uint16_t first = (*values)[1];
  return Descriptor{(*values)[0] == 0 ? std::size_t{65536} : (*values)[0],
                    isSigned ? int{static_cast<std::int16_t>(first)} : int{first}};
}

}  // namespace

Result<Palette> readPalette(Scan& scan, bool isSigned) {
  const auto described = descriptor(scan, 0x00281101, isSigned);
  if (!described) return damaged(0x00281101);
  std::array<Words, 3> colours;
  for (Tag i = 0; i < 3; ++i) {
    auto values = table(scan, 0x00281201 + i, 0x00281221 + i, described->entries);
    if (!values) return damaged(0x00281201 + i);
    colours[i] = *std::move(values);
  }
  // Some descriptors say 16 bits of entries that have 8: what the entries hold decides.
  const bool wide = std::ranges::any_of(
      colours, [](const Words& w) { return std::ranges::any_of(w, [](int v) { return v > 255; }); });
  const auto eight = [&](std::uint16_t v) { return static_cast<std::uint8_t>(wide ? v >> 8 : v); };
  Palette palette{described->first, {}};
  for (std::size_t i = 0; i < described->entries; ++i) {
    palette.colours.push_back({eight(colours[0][i]), eight(colours[1][i]), eight(colours[2][i])});
  }
  return palette;
}

}  // namespace attest::dicom
