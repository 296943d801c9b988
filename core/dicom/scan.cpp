#include "core/dicom/scan.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcistrmf.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <string_view>

#include "core/dicom/pixel_format.h"
#include "core/dicom/walk.h"

namespace attest::dicom {
namespace {

constexpr std::uint64_t maxText = 64 * 1024;
constexpr std::size_t maxInflated = std::size_t{1} << 30;
constexpr std::size_t maxInflatedHeader = std::size_t{1} << 24;

// What a deflated dataset holds, inflated as far as it is wanted.
class Inflated {
 public:
  Inflated(const std::filesystem::path& path, std::uint64_t at)
      : stream_(path.c_str(), static_cast<offile_off_t>(at)) {
    ended_ = stream_.status().bad() || stream_.installCompressionFilter(ESC_zlib).bad();
  }

  bool ended() const { return ended_; }
  std::vector<std::byte>& bytes() { return bytes_; }

  void growTo(std::size_t size) {
    constexpr std::size_t step = std::size_t{1} << 18;
    while (!ended_ && bytes_.size() < size) {
      const std::size_t had = bytes_.size();
      const std::size_t wanted = std::min(step, size - had);
      bytes_.resize(had + wanted);
      const offile_off_t got = stream_.read(bytes_.data() + had, static_cast<offile_off_t>(wanted));
      bytes_.resize(had + static_cast<std::size_t>(std::max<offile_off_t>(got, 0)));
      ended_ = got <= 0 || stream_.eos() || !stream_.good();
    }
  }

 private:
  DcmInputFileStream stream_;
  bool ended_ = false;
  std::vector<std::byte> bytes_;
};

std::string_view trim(std::string_view text) {
  constexpr std::string_view padding(" \0", 2);
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(padding) + 1 - first);
}

std::vector<double> decimals(std::string_view all) {
  std::vector<double> values;
  for (std::size_t begin = 0; begin < all.size();) {
    const std::size_t end = std::min(all.find('\\', begin), all.size());
    std::string_view part = trim(all.substr(begin, end - begin));
    if (part.starts_with('+')) part.remove_prefix(1);
    double value = 0;
    const auto [stop, error] = std::from_chars(part.data(), part.data() + part.size(), value);
    if (error != std::errc{} || stop != part.data() + part.size() || !std::isfinite(value)) break;
    values.push_back(value);
    begin = end + 1;
  }
  return values;
}

template <class T>
std::vector<double> valuesOf(std::span<std::byte> raw, bool bigEndian) {
  std::vector<double> values;
  for (std::size_t at = 0; at + sizeof(T) <= raw.size(); at += sizeof(T)) {
    const auto bytes = raw.subspan(at, sizeof(T));
    if (bigEndian) std::ranges::reverse(bytes);
    T value{};
    std::memcpy(&value, bytes.data(), sizeof(T));
    if (!std::isfinite(static_cast<double>(value))) break;
    values.push_back(static_cast<double>(value));
  }
  return values;
}

std::vector<double> binaryNumbers(std::span<std::byte> raw, std::string_view vr, bool bigEndian) {
  if (vr == "FD") return valuesOf<double>(raw, bigEndian);
  if (vr == "FL") return valuesOf<float>(raw, bigEndian);
  if (vr == "UL") return valuesOf<std::uint32_t>(raw, bigEndian);
  if (vr == "SL") return valuesOf<std::int32_t>(raw, bigEndian);
  if (vr == "US") return valuesOf<std::uint16_t>(raw, bigEndian);
  if (vr == "SS") return valuesOf<std::int16_t>(raw, bigEndian);
  return {};
}

}  // namespace

std::string tagText(Tag tag) {
  char text[16] = {};
  std::snprintf(text, sizeof text, "(%04X,%04X)", tag >> 16, tag & 0xFFFF);
  return text;
}

Result<Scan> Scan::file(const std::filesystem::path& path, Part part) {
  ATTEST_TRY(Bytes bytes, Bytes::open(path));
  Scan scan(std::move(bytes));
  ATTEST_TRY(std::uint64_t at, scan.walkMeta());
  if (syntaxOf(scan.transferSyntax_).encoding == Encoding::deflated) {
    ATTEST_CHECK(scan.inflate(path, at, part));
    at = 0;
  }
  ATTEST_CHECK(scan.walkDataset(at));
  return scan;
}

// The end of the file meta information, which files of old times lack.
Result<std::uint64_t> Scan::walkMeta() {
  std::array<std::byte, 4> magic{};
  const bool preamble = bytes_.read(128, magic) && std::memcmp(magic.data(), "DICM", 4) == 0;
  std::uint64_t at = preamble ? 132 : 0;
  auto element = readElement(bytes_, at, {looksExplicit(bytes_, at), false});
  if (!preamble && (!element || (element->tag >> 16 != 2 && element->tag >> 16 != 8))) {
    return fail(ErrorCode::bad_file, "not DICOM");
  }
  while (element && element->tag >> 16 == 2) {
    if (element->open || element->length > bytes_.size() - element->offset) {
      return fail(ErrorCode::bad_file,
                  "truncated: " + tagText(element->tag) + " reaches beyond the end of the file");
    }
    elements_.push_back(*element);
    at = element->offset + element->length;
    element = readElement(bytes_, at, {true, false});
  }
  if (at >= bytes_.size())
    return fail(ErrorCode::bad_file, "truncated: no dataset behind the file meta information");
  transferSyntax_ = text(0x00020010);
  if (transferSyntax_.empty()) {
    transferSyntax_ = looksExplicit(bytes_, at) ? "1.2.840.10008.1.2.1" : "1.2.840.10008.1.2";
  }
  bigEndian_ = syntaxOf(transferSyntax_).bigEndian;
  return at;
}

// First the header, in steps; then, where they are wanted, the pixels that it announces and nothing beyond.
Result<> Scan::inflate(const std::filesystem::path& path, std::uint64_t at, Part part) {
  Inflated data(path, at);
  if (data.ended()) return fail(ErrorCode::io, "the deflated dataset can not be opened");
  cut_ = true;
  bool header = false;
  for (std::size_t size = maxInflatedHeader / 64; !header && size <= maxInflatedHeader; size *= 8) {
    data.growTo(size);
    bytes_ = Bytes(data.bytes());
    header = walkDataset(0) && pixels_;
    if (data.ended()) break;
  }
  if (data.bytes().empty()) {
    return fail(ErrorCode::bad_file, "damaged: the deflated dataset can not be inflated");
  }
  if (part == Part::header && !header && !data.ended()) {
    return fail(ErrorCode::too_large, "the deflated dataset has no pixels within its first 16 MiB");
  }
  if (part == Part::whole) {
    std::size_t size = maxInflated + 1;
    const auto format = readPixelFormat(*this);
    if (header && format) {
      size = std::min(
          size, static_cast<std::size_t>(pixels_->offset) + static_cast<std::size_t>(format->nativeBytes()));
    }
    data.growTo(size);
    if (data.bytes().size() > maxInflated)
      return fail(ErrorCode::too_large, "the deflated dataset is larger than 1 GiB");
    bytes_ = Bytes(std::move(data.bytes()));
  }
  cut_ = !data.ended();
  return {};
}

Result<> Scan::walkDataset(std::uint64_t at) {
  pixels_.reset();
  // The bytes decide about explicit or implicit: some writers claim the one and write the other.
  explicitVr_ = looksExplicit(bytes_, at);
  ATTEST_TRY(elements_, walkElements(bytes_, at, {explicitVr_, bigEndian_}));
  if (elements_.empty()) return fail(ErrorCode::bad_file, "truncated: the dataset has no elements");
  inOrder_ = std::ranges::is_sorted(elements_, {}, &Element::tag);
  const Element& last = elements_.back();
  if (!isPixelData(last.tag)) return {};
  pixels_ = last;
  if (last.open) return walkFragments();
  if (!cut_ && last.length > bytes_.size() - last.offset) {
    return fail(ErrorCode::bad_file, "truncated: Pixel Data " + tagText(last.tag) + " has " +
                                         std::to_string(bytes_.size() - last.offset) + " of " +
                                         std::to_string(last.length) + " bytes");
  }
  return {};
}

Result<> Scan::walkFragments() {
  const auto truncated = [] {
    return fail(ErrorCode::bad_file, "truncated: the compressed Pixel Data does not end");
  };
  std::uint64_t at = pixels_->offset;
  for (;;) {
    const auto item = readElement(bytes_, at, {true, bigEndian_});
    if (!item) return truncated();
    if (item->tag == 0xFFFEE0DD) break;
    if (item->tag != 0xFFFEE000 || item->open) {
      return fail(ErrorCode::bad_file, "damaged: no item of Pixel Data at byte " + std::to_string(at));
    }
    if (item->length > bytes_.size() - item->offset) return truncated();
    fragments_.push_back({item->offset, item->length});
    at = item->offset + item->length;
  }
  if (fragments_.empty()) return {};
  offsetTable_ = fragments_.front();
  fragments_.erase(fragments_.begin());
  return {};
}

const Element* Scan::find(Tag tag) const {
  const auto at = inOrder_ ? std::ranges::lower_bound(elements_, tag, {}, &Element::tag)
                           : std::ranges::find(elements_, tag, &Element::tag);
  return at == elements_.end() || at->tag != tag ? nullptr : &*at;
}

std::string Scan::text(Tag tag) {
  const Element* element = find(tag);
  return element == nullptr ? std::string() : text(*element);
}

std::string Scan::text(const Element& element) {
  if (element.open || element.length > maxText) return {};
  std::string value(static_cast<std::size_t>(element.length), '\0');
  if (!bytes_.read(element.offset, std::as_writable_bytes(std::span(value)))) return {};
  return std::string(trim(value));
}

std::vector<double> Scan::numbers(Tag tag) {
  const Element* element = find(tag);
  return element == nullptr ? std::vector<double>() : numbers(*element, "DS");
}

std::vector<double> Scan::numbers(const Element& element, std::string_view vr) {
  const std::string_view own(element.vr.data(), 2);
  if (own[0] != '\0' && own != "UN") vr = own;
  if (vr == "DS" || vr == "IS") return decimals(text(element));
  if (element.open || element.length > maxText) return {};
  std::vector<std::byte> raw(static_cast<std::size_t>(element.length));
  if (!bytes_.read(element.offset, raw)) return {};
  return binaryNumbers(raw, vr, bigEndian_);
}

void Scan::visit(Tag sequence, const Visit& visit) {
  if (const Element* element = find(sequence)) visitItems(bytes_, *element, {explicitVr_, bigEndian_}, visit);
}

const Element* Scan::findPrivate(std::uint16_t group, std::string_view creator, std::uint8_t element) {
  const Tag first = Tag{group} << 16;
  for (const Element& reserved : elements_) {
    const Tag block = reserved.tag - first;  // 0x10 to 0xFF reserve (gggg,bb00) to (gggg,bbFF)
    if (reserved.tag >= first && block >= 0x10 && block <= 0xFF && text(reserved) == creator)
      return find(first | block << 8 | element);
  }
  return nullptr;
}

std::optional<double> Scan::number(Tag tag) {
  const auto values = numbers(tag);
  return values.empty() ? std::nullopt : std::optional(values.front());
}

std::optional<std::uint16_t> Scan::word(Tag tag) {
  const Element* element = find(tag);
  std::array<std::byte, 2> raw{};
  if (element == nullptr || element->length < 2 || !bytes_.read(element->offset, raw)) return std::nullopt;
  if (bigEndian_) std::swap(raw[0], raw[1]);
  return static_cast<std::uint16_t>(std::to_integer<unsigned>(raw[0]) | std::to_integer<unsigned>(raw[1])
                                                                            << 8);
}

}  // namespace attest::dicom
