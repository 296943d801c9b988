#include "core/casedb/search.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>
#include <vector>

namespace attest::casedb {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 11> fields{
    {{"name", "name"},
     {"patient", "name"},
     {"id", "id"},
     {"patient_id", "id"},
     {"description", "description"},
     {"modality", "modality"},
     {"status", "status"},
     {"body", "body"},
     {"bodypart", "body"},
     {"body_part", "body"},
     {"accession", "accession"}}};

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

}  // namespace

std::string ftsQuery(std::string_view typed) {
  std::string query;
  for (const std::string& word : words(typed)) {
    const std::size_t colon = word.find(':');
    const auto* field = colon == std::string::npos
                            ? fields.end()
                            : std::ranges::find(fields, lower(word.substr(0, colon)),
                                                [](const auto& row) { return row.first; });
    const std::string value = field == fields.end() ? word : word.substr(colon + 1);
    if (!hasLetter(value)) continue;
    if (!query.empty()) query += " AND ";
    if (field != fields.end()) query += std::string(field->second) + " : ";
    query += '"' + value + "\" *";
  }
  return query;
}

}  // namespace attest::casedb
