#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/case_record.h"
#include "core/domain/report.h"

namespace attest::review {

/// A live measurement inside a sentence: text[begin, end) is "{ITEM:FIELD}", ITEM a UUID and FIELD one of
/// those that core/domain/report.h names.
struct Token {
  std::size_t begin = 0;
  std::size_t end = 0;
  ItemId item;
  std::string field;
  bool operator==(const Token&) const = default;
};
/// Those of a text, in their order. All other text in braces is ordinary text.
std::vector<Token> tokens(std::string_view text);

/// Is the sentence part of the report as it is now: it has words, and a person stands for every item that it
/// names, or for what became of every earlier lesion.
bool stands(const CaseRecord& record, const Sentence& sentence);

/// The report with every sentence that stands confirmed, as a signature does it: who signs stands for the
/// report as it reads.
Report confirmed(const CaseRecord& record);
/// The section in which a new sentence of a person would not be seen, because it names an item that does not
/// stand; none where every word that a person wrote is there.
std::optional<SectionKind> sectionThatLoses(const CaseRecord& record, const Report& wanted);

}  // namespace attest::review
