#include "core/dicom/text.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcspchrs.h>
#include <iconv.h>

#include <algorithm>
#include <bit>
#include <optional>
#include <string_view>

namespace attest::dicom {
namespace {

bool isPlain(const std::string& text) {
  return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
}

// Well-formed by RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
bool isUtf8(const std::string& text) {
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

std::string fromLatin1(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out += c;
    } else {
      out += static_cast<char>(0xC0 | byte >> 6);
      out += static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
  return out;
}

std::optional<std::string> byDcmtk(const std::string& text, const std::string& characterSet) {
  DcmSpecificCharacterSet converter;
  OFString out;
  if (characterSet.empty() || converter.selectCharacterSet(characterSet.c_str()).bad()) return std::nullopt;
  if (converter.convertString(text.data(), text.size(), out, "\\^=").bad()) return std::nullopt;
  return std::string(out.data(), out.size());
}

std::optional<std::string> byIconv(std::string_view text, const char* encoding) {
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

// Japanese by escape sequences, which DCMTK does not know with the C library's iconv: kanji after ESC $, and
// half-width katakana of ISO IR 13 as single bytes in between.
std::optional<std::string> fromJapanese(std::string_view text, const std::string& characterSet) {
  if (characterSet.find("ISO 2022 IR 87") == std::string::npos &&
      characterSet.find("ISO 2022 IR 159") == std::string::npos) {
    return std::nullopt;
  }
  const auto isKatakana = [](char c) { return c >= '\xA1' && c <= '\xDF'; };
  std::string out;
  while (!text.empty()) {
    const auto plain = static_cast<std::size_t>(std::ranges::find_if(text, isKatakana) - text.begin());
    const auto part = byIconv(text.substr(0, plain), "ISO-2022-JP-2");
    if (!part) return std::nullopt;
    out += *part;
    text.remove_prefix(plain);
    for (; !text.empty() && isKatakana(text.front()); text.remove_prefix(1)) {
      const unsigned code = 0xFF61U + static_cast<unsigned char>(text.front()) - 0xA1U;
      out += {static_cast<char>(0xE0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 0x3F)),
              static_cast<char>(0x80 | (code & 0x3F))};
    }
  }
  return out;
}

}  // namespace

std::string toUtf8(const std::string& text, const std::string& characterSet) {
  if (isPlain(text)) return text;
  auto converted = fromJapanese(text, characterSet);
  if (!converted) converted = byDcmtk(text, characterSet);
  if (!converted || !isUtf8(*converted)) converted = isUtf8(text) ? text : fromLatin1(text);
  std::string out = *std::move(converted);
  std::ranges::replace_if(
      out, [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; }, ' ');
  return out;
}

}  // namespace attest::dicom
