#include "core/review/sentences.h"

#include <algorithm>

namespace attest::review {

std::vector<Token> tokens(std::string_view text) {
  std::vector<Token> found;
  std::size_t begin = 0;
  while ((begin = text.find('{', begin)) != std::string_view::npos) {
    const std::size_t end = text.find_first_of("{}", begin + 1);
    if (end == std::string_view::npos) break;
    const std::string_view inside = text.substr(begin + 1, end - begin - 1);
    const std::size_t colon = inside.find(':');
    if (text[end] == '}' && colon != std::string_view::npos && colon > 0 && colon + 1 < inside.size()) {
      found.push_back(
          {begin, end + 1, {std::string(inside.substr(0, colon))}, std::string(inside.substr(colon + 1))});
    }
    begin = text[end] == '}' ? end + 1 : end;
  }
  return found;
}

bool stands(const CaseRecord& record, const Sentence& sentence) {
  if (sentence.text.find_first_not_of(" \t\r\n") == std::string::npos) return false;
  return std::ranges::all_of(tokens(sentence.text), [&](const Token& token) {
    const Item* item = findItem(record, token.item);
    return item != nullptr && isExportable(*item);
  });
}

}  // namespace attest::review
