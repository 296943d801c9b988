#include "core/dicom/charset.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <vector>

namespace attest::dicom {
namespace {

/// A set that an escape sequence invokes (PS3.3 tables C.12-3 and C.12-4), as iconv knows it.
struct CodeSet {
  int registration;          ///< number of the ISO registry
  std::string_view escape;   ///< what follows ESC
  bool high;                 ///< it stands in G1: bytes from 0xA0 on
  bool pairs;                ///< two bytes a character
  const char* encoding;      ///< G0 as its bytes with the high bit, G1 as its bytes
  std::string_view shift{};  ///< before each character in that encoding
};
constexpr std::array codeSets{
    CodeSet{6, "(B", false, false, nullptr},          CodeSet{14, "(J", false, false, nullptr},
    CodeSet{13, ")I", true, false, "EUC-JP", "\x8E"}, CodeSet{100, "-A", true, false, "ISO-8859-1"},
    CodeSet{101, "-B", true, false, "ISO-8859-2"},    CodeSet{109, "-C", true, false, "ISO-8859-3"},
    CodeSet{110, "-D", true, false, "ISO-8859-4"},    CodeSet{144, "-L", true, false, "ISO-8859-5"},
    CodeSet{127, "-G", true, false, "ISO-8859-6"},    CodeSet{126, "-F", true, false, "ISO-8859-7"},
    CodeSet{138, "-H", true, false, "ISO-8859-8"},    CodeSet{148, "-M", true, false, "ISO-8859-9"},
    CodeSet{203, "-b", true, false, "ISO-8859-15"},   CodeSet{166, "-T", true, false, "ISO-8859-11"},
    CodeSet{87, "$B", false, true, "EUC-JP"},         CodeSet{159, "$(D", false, true, "EUC-JP", "\x8F"},
    CodeSet{149, "$)C", true, true, "EUC-KR"},        CodeSet{58, "$)A", true, true, "EUC-CN"}};
constexpr const char* utf8 = "UTF-8";
constexpr const CodeSet* ascii = codeSets.data();
constexpr const CodeSet* romaji = ascii + 1;  ///< ISO 646 of Japan: ASCII but for yen and overline

std::optional<std::string> toUnicode(std::string_view text, const char* encoding) {
  const iconv_t converter = iconv_open("UTF-8", encoding);
  if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  std::string in(text);
  std::string out(4 * text.size() + 4, '\0');
  char* from = in.data();
  char* to = out.data();
  std::size_t fromLeft = in.size();
  std::size_t toLeft = out.size();
  const bool done = iconv(converter, &from, &fromLeft, &to, &toLeft) != static_cast<std::size_t>(-1);
  iconv_close(converter);
  if (!done) return std::nullopt;
  out.resize(out.size() - toLeft);
  return out;
}

/// What the terms say.
struct Declared {
  const char* whole = nullptr;  ///< an encoding without code extensions
  const CodeSet* low = ascii;
  const CodeSet* high = nullptr;
  std::vector<const CodeSet*> sets{};
  bool isUnknown = false;
};

std::vector<std::string> termsOf(std::string_view text) {
  std::vector<std::string> terms(1);
  for (const char c : text) {
    if (c == '\\') {
      terms.emplace_back();
    } else {
      terms.back() += c == '_' || c == '-' ? ' ' : c;  // "ISO-IR 100" is often written
    }
  }
  for (std::string& term : terms) {
    term.erase(0, term.find_first_not_of(' '));
    term.erase(term.find_last_not_of(std::string_view(" \0", 2)) + 1);
  }
  return terms;
}

const char* wholeEncoding(std::string_view term) {
  if (term == "ISO IR 192") return utf8;
  return term == "GB18030" ? "GB18030" : term == "GBK" ? "GBK" : nullptr;
}

/// The set of "ISO IR 100" or "ISO 2022 IR 100".
const CodeSet* setOfTerm(std::string_view term) {
  for (const std::string_view before : {"ISO IR ", "ISO 2022 IR "}) {
    if (!term.starts_with(before)) continue;
    for (const CodeSet& set : codeSets)
      if (term.substr(before.size()) == std::to_string(set.registration)) return &set;
  }
  return nullptr;
}

Declared declared(std::string_view text) {
  Declared out;
  const std::vector<std::string> terms = termsOf(text);
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (terms[i].empty()) continue;
    if (const char* whole = wholeEncoding(terms[i])) {
      out.whole = whole;
      return out;
    }
    const CodeSet* set = setOfTerm(terms[i]);
    if (set == nullptr) {
      out.isUnknown = true;
      continue;
    }
    out.sets.push_back(set);
    if (i > 0) continue;
    if (set->high) out.high = set;
    if (set->registration == 13) out.low = romaji;
  }
  return out;
}

/// ISO 2022 on its way through one text.
class Iso2022 {
 public:
  Iso2022(const Declared& declared, TextKind kind) : declared_(declared), kind_(kind) { reset(); }

  Decoded decode(std::string_view bytes) {
    for (rest_ = bytes; !rest_.empty();)
      if (!step()) return {{}, TextFault::mismatch};
    if (!flush()) return {{}, TextFault::mismatch};
    return {std::move(out_), fault_};
  }

 private:
  void reset() {
    low_ = declared_.low;
    high_ = declared_.high;
  }

  bool step() {
    const auto byte = static_cast<unsigned char>(rest_.front());
    if (byte == 0x1B) return invoke();
    if (byte >= 0x80) return high_ != nullptr && byte >= 0xA0 && take(*high_);
    if (byte > 0x20 && low_->pairs) return take(*low_);
    if (byte < 0x20 || isDelimiter(rest_.front())) reset();
    if (!flush()) return false;
    out_ += letter(rest_.front());
    rest_.remove_prefix(1);
    return true;
  }

  bool isDelimiter(char c) const {
    return (c == '\\' && kind_ != TextKind::paragraph) || ((c == '^' || c == '=') && kind_ == TextKind::name);
  }

  std::string letter(char c) const {
    if (low_ == romaji && c == '~') return "\u203E";
    if (low_ == romaji && c == '\\' && kind_ == TextKind::paragraph) return "\u00A5";
    return {c};
  }

  bool invoke() {
    const auto* set = std::ranges::find_if(
        codeSets, [&](const CodeSet& one) { return rest_.substr(1).starts_with(one.escape); });
    if (set == codeSets.end()) return false;
    (set->high ? high_ : low_) = set;
    const bool always = set == ascii || set == romaji;
    if (!always && std::ranges::find(declared_.sets, set) == declared_.sets.end())
      fault_ = TextFault::mismatch;
    rest_.remove_prefix(1 + set->escape.size());
    return true;
  }

  /// One character of a set goes to those of the same encoding that wait.
  bool take(const CodeSet& set) {
    const std::size_t length = set.pairs ? 2 : 1;
    if (rest_.size() < length || (set.encoding != encoding_ && !flush())) return false;
    encoding_ = set.encoding;
    waiting_ += set.shift;
    for (const char c : rest_.substr(0, length)) {
      const auto byte = static_cast<unsigned char>(c);
      if ((byte >= 0x80) != set.high || (set.pairs && (byte & 0x7FU) < 0x21)) return false;
      waiting_ += static_cast<char>(byte | 0x80U);
    }
    rest_.remove_prefix(length);
    return true;
  }

  bool flush() {
    if (waiting_.empty()) return true;
    const auto text = toUnicode(waiting_, encoding_);
    waiting_.clear();
    if (text) out_ += *text;
    return text.has_value();
  }

  const Declared& declared_;
  TextKind kind_;
  std::string_view rest_;
  const CodeSet* low_ = nullptr;
  const CodeSet* high_ = nullptr;
  const char* encoding_ = nullptr;
  std::string waiting_;
  std::string out_;
  TextFault fault_ = TextFault::none;
};

}  // namespace

Decoded decode(std::string_view bytes, std::string_view terms, TextKind kind) {
  const bool plain = std::ranges::all_of(bytes, [](char c) { return c >= 0 && c != 0x1B; });
  if (plain && bytes.find_first_of("~\\") == std::string_view::npos) return {std::string(bytes)};
  const Declared by = declared(terms);
  if (by.whole != nullptr) {
    if (by.whole == utf8)
      return isUtf8(bytes) ? Decoded{std::string(bytes)} : Decoded{{}, TextFault::mismatch};
    auto text = toUnicode(bytes, by.whole);
    return text ? Decoded{*std::move(text)} : Decoded{{}, TextFault::mismatch};
  }
  // Also where nobody knows the set, ASCII may be ASCII: most texts of such files are.
  if (plain && by.low == ascii) return {std::string(bytes)};
  Decoded text =
      by.isUnknown && by.sets.empty() ? Decoded{{}, TextFault::mismatch} : Iso2022(by, kind).decode(bytes);
  if (text.fault == TextFault::mismatch && by.isUnknown) text.fault = TextFault::unknown_set;
  if (text.fault == TextFault::mismatch && by.sets.empty()) text.fault = TextFault::undeclared;
  return text;
}

bool isUtf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const int length = lead < 0x80 ? 1 : std::countl_one(lead);
    if (lead >= 0x80 && (length < 2 || length > 4)) return false;
    char32_t code = lead < 0x80 ? lead : lead & (0x7FU >> length);
    for (int k = 1; k < length; ++k) {
      const std::size_t at = i + static_cast<std::size_t>(k);
      if (at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80) return false;
      code = code << 6 | (static_cast<unsigned char>(text[at]) & 0x3F);
    }
    constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (code < smallest[length] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return false;
    i += static_cast<std::size_t>(length);
  }
  return true;
}

std::string fromLatin1(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out += c;
    } else if (byte < 0xA0) {
      out += "\uFFFD";
    } else {
      out += {static_cast<char>(0xC0 | byte >> 6), static_cast<char>(0x80 | (byte & 0x3F))};
    }
  }
  return out;
}

}  // namespace attest::dicom
