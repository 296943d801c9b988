#include "core/casedb/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <array>
#include <utility>

namespace attest::casedb {
namespace {

using Spelling = std::pair<std::string_view, std::string_view>;
constexpr std::array plain{Spelling{"\u00F8", "o"}, Spelling{"\u0142", "l"}, Spelling{"\u0111", "d"},
                           Spelling{"\u0127", "h"}, Spelling{"\u0131", "i"}};
constexpr std::array written{Spelling{"\u00E4", "ae"}, Spelling{"\u00F6", "oe"}, Spelling{"\u00FC", "ue"},
                             Spelling{"\u00E5", "aa"}, Spelling{"\u00F8", "oe"}, Spelling{"\u00E6", "ae"}};

/// Composed, folded, without the strokes being touched; none of it where the text is not UTF-8.
std::string normalized(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFKCCasefoldInstance(error);
  if (U_FAILURE(error) != 0) return std::string(text);
  const icu::UnicodeString result = form->normalize(
      icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}), error);
  if (U_FAILURE(error) != 0) return std::string(text);
  std::string out;
  result.toUTF8String(out);
  return out;
}

template <std::size_t count>
std::string replaced(std::string text, const std::array<Spelling, count>& spellings) {
  for (const auto& [letter, instead] : spellings)
    for (std::size_t at = 0; (at = text.find(letter, at)) != std::string::npos; at += instead.size())
      text.replace(at, letter.size(), instead);
  return text;
}

}  // namespace

std::string folded(std::string_view text) {
  return replaced(normalized(text), plain);
}

std::string spelledOut(std::string_view text) {
  const std::string letters = normalized(text);
  std::string out = replaced(letters, written);
  return out == letters ? "" : replaced(std::move(out), plain);
}

std::string searchable(std::string_view text) {
  const std::string other = spelledOut(text);
  return folded(text) + (other.empty() ? "" : " " + other);
}

}  // namespace attest::casedb
