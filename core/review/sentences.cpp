#include "core/review/sentences.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/review/review.h"

namespace attest::review {
namespace {

constexpr std::array<std::string_view, 13> fields{
    "volume",     "longest", "perpendicular", "mean",         "size",    "hu",     "label",
    "prior_date", "change",  "prior_size",    "prior_volume", "outcome", "summary"};

/// Ids of items are UUIDs; nothing that a person writes between braces looks like one by chance.
bool isUuid(std::string_view text) {
  constexpr std::string_view shape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  return text.size() == shape.size() && std::ranges::equal(text, shape, [](char c, char wanted) {
           return wanted == '-' ? c == '-' : std::isxdigit(static_cast<unsigned char>(c)) != 0;
         });
}

bool hasWords(const Sentence& sentence) {
  return sentence.text.find_first_not_of(" \t\r\n") != std::string::npos;
}

bool holds(const Report& report, SectionKind kind, const Sentence& sentence) {
  return std::ranges::any_of(report.section(kind), [&](const Sentence& old) {
    return old.id == sentence.id && old.text == sentence.text;
  });
}

/// Is there anything to count: a finding that stands, or an earlier lesion of which a person said what
/// became.
bool hasSummary(const CaseRecord& record) {
  const auto isSaid = [&](const CarriedLesion& lesion) {
    return outcomeOf(record, lesion) != LesionOutcome::open;
  };
  return std::ranges::any_of(
             record.items,
             [](const Item& item) { return item.kind == ItemKind::finding && isExportable(item); }) ||
         (record.comparison && std::ranges::any_of(record.comparison->lesions, isSaid));
}

}  // namespace

std::vector<Token> tokens(std::string_view text) {
  std::vector<Token> found;
  std::size_t begin = 0;
  while ((begin = text.find('{', begin)) != std::string_view::npos) {
    const std::size_t end = text.find_first_of("{}", begin + 1);
    if (end == std::string_view::npos) break;
    const std::string_view inside = text.substr(begin + 1, end - begin - 1);
    const std::size_t colon = inside.find(':');
    if (text[end] == '}' && colon != std::string_view::npos && isUuid(inside.substr(0, colon)) &&
        std::ranges::find(fields, inside.substr(colon + 1)) != fields.end()) {
      found.push_back(
          {begin, end + 1, {std::string(inside.substr(0, colon))}, std::string(inside.substr(colon + 1))});
    }
    begin = text[end] == '}' ? end + 1 : end;
  }
  return found;
}

bool stands(const CaseRecord& record, const Sentence& sentence) {
  if (!hasWords(sentence)) return false;
  return std::ranges::all_of(tokens(sentence.text), [&](const Token& token) {
    if (const Item* item = findItem(record, token.item)) return isExportable(*item);
    if (token.item.value == record.row.id.value) return hasSummary(record);
    const CarriedLesion* lesion = findLesion(record, token.item);
    if (lesion == nullptr) return false;
    const LesionOutcome outcome = outcomeOf(record, *lesion);
    return outcome == LesionOutcome::resolved || outcome == LesionOutcome::not_evaluable;
  });
}

Report confirmed(const CaseRecord& record) {
  Report report = record.report;
  for (auto& section : report.sections) {
    for (Sentence& sentence : section) {
      if (stands(record, sentence)) sentence.confirmed = true;
    }
  }
  return report;
}

std::optional<SectionKind> sectionThatLoses(const CaseRecord& record, const Report& wanted) {
  for (const SectionKind kind : sectionKinds) {
    const bool loses = std::ranges::any_of(wanted.section(kind), [&](const Sentence& sentence) {
      return sentence.madeBy.empty() && hasWords(sentence) && !stands(record, sentence) &&
             !holds(record.report, kind, sentence);
    });
    if (loses) return kind;
  }
  return std::nullopt;
}

}  // namespace attest::review
