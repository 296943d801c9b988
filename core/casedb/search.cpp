#include "core/casedb/search.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "core/casedb/fold.h"

namespace attest::casedb {
namespace {

/// What is typed before the colon, the column it means, and whether its value is a whole word.
struct Field {
  std::string_view typed;
  std::string_view column;
  bool whole = false;
};
constexpr std::array<Field, 14> fields{{{"name", "name"},
                                        {"patient", "name"},
                                        {"id", "id"},
                                        {"patient_id", "id"},
                                        {"description", "description"},
                                        {"modality", "modality"},
                                        {"status", "status"},
                                        {"body", "body"},
                                        {"bodypart", "body"},
                                        {"body_part", "body"},
                                        {"accession", "accession"},
                                        {"priority", "priority", true},
                                        {"reader", "reader", true},
                                        {"is", "waits", true}}};
constexpr std::string_view anywhere = "- {priority reader waits}";  ///< those only by their field

/// Splits at spaces that are not within quotes; the quotes go.
std::vector<std::string> words(std::string_view typed) {
  std::vector<std::string> list(1);
  bool quoted = false;
  for (const char c : typed) {
    if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && std::isspace(static_cast<unsigned char>(c)) != 0) {
      list.emplace_back();
    } else if (c != '\0') {
      list.back() += c;
    }
  }
  return list;
}

bool hasLetter(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || std::isalnum(byte) != 0;
  });
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  });
  return out;
}

/// SQLite's hex(): a reader's name is one word of the search, whatever it is made of.
std::string hex(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += {digits[byte >> 4U], digits[byte & 15U]};
  }
  return out;
}

void add(std::string& query, std::string_view columns, const std::string& value, bool whole) {
  const auto matches = [&](std::string text) {
    std::ranges::replace(text, '"', ' ');  // folding makes one of a full-width quote
    return std::string(columns) + " : \"" + text + (whole ? "\"" : "\" *");
  };
  if (!query.empty()) query += " AND ";
  const std::string other = spelledOut(value);
  const std::string asTyped = matches(folded(value));
  query += other.empty() ? asTyped : "(" + asTyped + " OR " + matches(other) + ")";
}

}  // namespace

std::string ftsQuery(std::string_view typed) {
  std::string query;
  for (const std::string& word : words(typed)) {
    const std::size_t colon = word.find(':');
    const auto* field = colon == std::string::npos
                            ? fields.end()
                            : std::ranges::find(fields, lower(word.substr(0, colon)), &Field::typed);
    const std::string value = field == fields.end() ? word : word.substr(colon + 1);
    if (!hasLetter(value)) continue;
    if (field == fields.end()) {
      add(query, anywhere, value, false);
    } else {
      add(query, field->column, field->typed == "reader" ? hex(lower(value)) : value, field->whole);
    }
  }
  return query;
}

std::string nameQuery(std::string_view name) {
  const std::size_t begin = name.find_first_not_of('=');
  if (begin == std::string_view::npos) return {};
  std::string plain(name.substr(begin, name.find('=', begin) - begin));
  if (const std::size_t given = plain.find('^'); given != std::string::npos)
    plain.resize(std::min(plain.find('^', given + 1), plain.size()));
  std::ranges::replace_if(
      plain, [](char c) { return c == '^' || c == '"'; }, ' ');
  std::string query;
  for (const std::string& word : words(plain))
    if (hasLetter(word)) add(query, "name", word, false);
  return query;
}

}  // namespace attest::casedb
