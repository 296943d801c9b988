#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/dicom/bytes.h"
#include "core/dicom/syntax.h"

namespace attest::dicom {

/// Group and element: 0x7FE00010 is Pixel Data.
using Tag = std::uint32_t;

struct Element {
  Tag tag = 0;
  std::array<char, 2> vr{};  ///< empty where the encoding is implicit
  std::uint64_t offset = 0;  ///< of its value
  std::uint64_t length = 0;
  bool open = false;  ///< undefined length: ends with a delimiter
};

/// Pixel Data, or its sisters of floating point: with them the walk ends.
constexpr bool isPixelData(Tag tag) {
  return tag == 0x7FE00010 || tag == 0x7FE00008 || tag == 0x7FE00009;
}

/// Where a piece of encapsulated pixel data lies.
struct Fragment {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

/// The structure of a DICOM file, walked once without reading values: its attributes down to Pixel Data.
/// Whatever the bytes are, a walk ends: it never recurses, sequences may nest 64 deep, and no element may
/// reach beyond the file. A copy reads the same bytes from another thread.
class Scan {
 public:
  /// Of a deflated dataset `header` inflates only what stands before the pixels.
  enum class Part { header, whole };
  /// bad_file ("empty file", "not DICOM", "truncated: ...", "damaged: ..."), too_large, not_found, io.
  static Result<Scan> file(const std::filesystem::path& path, Part part = Part::whole);

  std::uint64_t fileBytes() const noexcept { return fileBytes_; }
  const std::string& transferSyntax() const noexcept { return transferSyntax_; }
  bool bigEndian() const noexcept { return bigEndian_; }
  bool has(Tag tag) const { return find(tag) != nullptr; }
  const Element* find(Tag tag) const;

  /// The value as its bytes, without padding at its end; empty where there is none. Values over 64 KB count
  /// as none.
  std::string text(Tag tag);
  std::string text(const Element& element);
  /// The numbers of a DS or IS value, or of a binary one that says its VR; what is no finite number ends the
  /// list.
  std::vector<double> numbers(Tag tag);
  std::optional<double> number(Tag tag);
  /// As numbers(tag); `vr` is what an element has whose encoding does not say.
  std::vector<double> numbers(const Element& element, std::string_view vr);
  /// A value of VR US or SS, as its 16 bits say.
  std::optional<std::uint16_t> word(Tag tag);

  /// Calls `visit` for every element inside a sequence, at any depth, in the order of the file.
  void visit(Tag sequence,
             const std::function<void(std::size_t item, Tag within, const Element& element)>& visit);
  /// (gggg,xxNN) of the block that the private creator reserved; none where it reserved none.
  const Element* findPrivate(std::uint16_t group, std::string_view creator, std::uint8_t element);

  /// The pixel data, if the file has any: 7FE0,0010, or its sisters 0008 and 0009 of floating point.
  const std::optional<Element>& pixels() const noexcept { return pixels_; }
  /// The items of encapsulated pixel data behind the basic offset table, and that table; empty where it is.
  Fragment offsetTable() const noexcept { return offsetTable_; }
  const std::vector<Fragment>& fragments() const noexcept { return fragments_; }
  bool read(std::uint64_t at, std::span<std::byte> to) { return bytes_.read(at, to); }

 private:
  explicit Scan(Bytes bytes) : fileBytes_(bytes.size()), bytes_(std::move(bytes)) {}
  Result<std::uint64_t> walkMeta();
  Result<> inflate(const std::filesystem::path& path, std::uint64_t at, Part part);
  Result<> walkDataset(std::uint64_t at);
  Result<> walkFragments();

  std::uint64_t fileBytes_ = 0;
  Bytes bytes_;
  std::string transferSyntax_;
  bool bigEndian_ = false;
  bool explicitVr_ = true;
  bool cut_ = false;  ///< more could be inflated
  std::vector<Element> elements_;
  bool inOrder_ = false;  ///< of their tags, as they should be
  std::optional<Element> pixels_;
  std::vector<Fragment> fragments_;
  Fragment offsetTable_;
};

/// "(0020,000E)".
std::string tagText(Tag tag);

}  // namespace attest::dicom
