#include "core/dicom/walk.h"

#include <array>
#include <string>
#include <string_view>

namespace attest::dicom {
namespace {

constexpr Tag item = 0xFFFEE000;
constexpr Tag itemEnd = 0xFFFEE00D;
constexpr Tag sequenceEnd = 0xFFFEE0DD;
constexpr std::uint32_t undefinedLength = 0xFFFFFFFF;
constexpr std::size_t maxNesting = 64;                     // real objects stay below 10
constexpr std::size_t maxElements = std::size_t{1} << 24;  // 20,000 frames of 200 elements: a quarter of it

std::uint32_t number(const std::byte* p, int bytes, bool bigEndian) {
  std::uint32_t value = 0;
  for (int i = 0; i < bytes; ++i) {
    const int shift = 8 * (bigEndian ? bytes - 1 - i : i);
    value |= std::to_integer<std::uint32_t>(p[i]) << shift;
  }
  return value;
}

bool isUpper(std::byte b) {
  return b >= std::byte{'A'} && b <= std::byte{'Z'};
}

// The VRs with a length of 16 bits; every other one, known or to come, has 32 (PS3.5 7.1.2).
bool isShort(std::array<char, 2> vr) {
  constexpr std::string_view shortVrs = "AE AS AT CS DA DS DT FL FD IS LO LT PN SH SL SS ST TM UI UL US ";
  return shortVrs.find(std::string{vr[0], vr[1], ' '}) != std::string_view::npos;
}

// What is being walked: the elements of a dataset or an item, the items of a sequence, or fragments of bytes.
struct Level {
  enum class Kind { elements, items, fragments } kind;
  std::uint64_t end;  // never beyond that of the level around it
  bool open;          // of undefined length: a delimiter has to come before `end`
  Layout layout;
  Tag sequence = 0;       // whose items these are, or whose item this is
  std::size_t items = 0;  // begun so far
};

class Walk {
 public:
  Walk(Bytes& bytes, Layout layout) : bytes_(bytes) {
    levels_.push_back({Level::Kind::elements, bytes.size(), false, layout});
  }

  Result<std::vector<Element>> run(std::uint64_t at) {
    at_ = at;
    for (std::size_t steps = 0; levels_.size() > 1 || at_ < bytes_.size(); ++steps) {
      if (steps == maxElements) return fail(ErrorCode::too_large, "more than 16 million elements");
      const Level level = levels_.back();
      const auto element = readElement(bytes_, at_, level.layout);
      if (levels_.size() == 1) {
        if (!element) return unreadable();
        ATTEST_TRY(const bool goOn, topLevel(*element));
        if (!goOn) break;
      } else if (!inside(element, level) && !recover()) {
        return fail(ErrorCode::bad_file, "truncated or damaged: a sequence does not end");
      }
      if (levels_.size() > 2 * maxNesting) {
        return fail(ErrorCode::too_large, "sequences nested more than 64 deep");
      }
    }
    return std::move(elements_);
  }

  // What is inside `sequence`, told to `visit`.
  void run(const Element& sequence, const Visit& visit) {
    visit_ = &visit;
    enterOrSkip(sequence, levels_.back().layout);
    while (levels_.size() > 1) {
      const Level level = levels_.back();
      if (!inside(readElement(bytes_, at_, level.layout), level) && !recover()) return;
    }
  }

 private:
  tl::unexpected<Error> unreadable() const {
    return bytes_.size() - at_ < 12
               ? fail(ErrorCode::bad_file, "truncated: the file ends inside an element's header")
               : fail(ErrorCode::bad_file, "damaged: no element at byte " + std::to_string(at_));
  }

  // False at the pixel data, which ends the walk.
  Result<bool> topLevel(const Element& element) {
    if (element.tag == itemEnd || element.tag == sequenceEnd) {  // one too many, as some writers do
      at_ = element.offset;
      return true;
    }
    if (element.tag >> 16 == 0xFFFE) {
      return fail(ErrorCode::bad_file, "damaged: an item outside a sequence at byte " + std::to_string(at_));
    }
    elements_.push_back(element);
    if (isPixelData(element.tag)) return false;
    if (!element.open && element.length > bytes_.size() - element.offset) {
      return fail(ErrorCode::bad_file,
                  "truncated: " + tagText(element.tag) + " reaches beyond the end of the file");
    }
    enterOrSkip(element, levels_.back().layout);
    return true;
  }

  // One step inside a sequence; false where it is damaged.
  bool inside(const std::optional<Element>& found, const Level& level) {
    if (at_ >= level.end && !level.open) {
      close(level.end);
      return true;
    }
    if (!found || found->offset > level.end) return false;
    const Element& element = *found;
    if (element.tag == (level.kind == Level::Kind::elements ? itemEnd : sequenceEnd)) {
      close(element.offset);
      return true;
    }
    if (element.length > level.end - element.offset) return false;
    if (level.kind == Level::Kind::elements) {
      if (element.tag >> 16 == 0xFFFE) return false;
      if (visit_ != nullptr) (*visit_)(levels_[1].items - 1, level.sequence, element);
      enterOrSkip(element, level.layout);
      return true;
    }
    if (element.tag != item) return false;
    if (level.kind == Level::Kind::fragments) {
      if (element.open) return false;
      at_ = element.offset + element.length;
    } else {
      ++levels_.back().items;
      enter(Level::Kind::elements, element, level.layout);
      levels_.back().sequence = level.sequence;
    }
    return true;
  }

  void enterOrSkip(const Element& element, Layout layout) {
    const std::string_view vr(element.vr.data(), element.vr.size());
    if (element.open && (vr == "OB" || vr == "OW")) {
      enter(Level::Kind::fragments, element, layout);
    } else if (element.open && vr == "UN") {
      enter(Level::Kind::items, element, {false, false});  // PS3.5 6.2.2: implicit little endian within
    } else if (vr == "SQ" || element.open || (!layout.explicitVr && startsWithItem(element))) {
      enter(Level::Kind::items, element, layout);
    } else {
      at_ = element.offset + element.length;
    }
  }

  void enter(Level::Kind kind, const Element& element, Layout layout) {
    const std::uint64_t end = element.open ? levels_.back().end : element.offset + element.length;
    levels_.push_back({kind, end, element.open, layout, element.tag});
    at_ = element.offset;
  }
  void close(std::uint64_t at) {
    levels_.pop_back();
    at_ = at;
  }

  // An implicit encoding does not say what is a sequence: its value does.
  bool startsWithItem(const Element& element) {
    if (element.length < 8) return false;
    const auto first = readElement(bytes_, element.offset, {false, false});
    return first && first->tag == item;
  }

  // Damage inside a value of known length costs only that value.
  bool recover() {
    while (levels_.size() > 1) {
      const Level level = levels_.back();
      close(level.end);
      if (!level.open) return true;
    }
    return false;
  }

  Bytes& bytes_;
  std::uint64_t at_ = 0;
  std::vector<Level> levels_;
  std::vector<Element> elements_;
  const Visit* visit_ = nullptr;
};

}  // namespace

std::optional<Element> readElement(Bytes& bytes, std::uint64_t at, Layout layout) {
  std::array<std::byte, 12> raw{};
  if (!bytes.read(at, std::span(raw).first(8))) return std::nullopt;
  Element element;
  element.tag = number(&raw[0], 2, layout.bigEndian) << 16 | number(&raw[2], 2, layout.bigEndian);
  element.offset = at + 8;
  std::uint32_t length = 0;
  if (!layout.explicitVr || element.tag >> 16 == 0xFFFE) {
    length = number(&raw[4], 4, layout.bigEndian);
  } else {
    if (!isUpper(raw[4]) || !isUpper(raw[5])) return std::nullopt;
    element.vr = {static_cast<char>(raw[4]), static_cast<char>(raw[5])};
    if (isShort(element.vr)) {
      element.length = number(&raw[6], 2, layout.bigEndian);
      return element;
    }
    if (!bytes.read(at, raw)) return std::nullopt;
    length = number(&raw[8], 4, layout.bigEndian);
    element.offset = at + 12;
  }
  element.open = length == undefinedLength;
  element.length = element.open ? 0 : length;
  return element;
}

bool looksExplicit(Bytes& bytes, std::uint64_t at) {
  std::array<std::byte, 8> raw{};
  return bytes.read(at, raw) && isUpper(raw[4]) && isUpper(raw[5]);
}

Result<std::vector<Element>> walkElements(Bytes& bytes, std::uint64_t at, Layout layout) {
  return Walk(bytes, layout).run(at);
}

void visitItems(Bytes& bytes, const Element& sequence, Layout layout, const Visit& visit) {
  Walk(bytes, layout).run(sequence, visit);
}

}  // namespace attest::dicom
