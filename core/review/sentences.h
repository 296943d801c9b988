#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/domain/case_record.h"
#include "core/domain/report.h"

namespace attest::review {

/// A live measurement inside a sentence: text[begin, end) is "{ITEM:FIELD}".
struct Token {
  std::size_t begin = 0;
  std::size_t end = 0;
  ItemId item;
  std::string field;
  bool operator==(const Token&) const = default;
};
/// Those of a text, in their order. Braces that hold no item and no field are ordinary text.
std::vector<Token> tokens(std::string_view text);

/// Is the sentence part of the report as it is now: it has words, and a person stands for every item that it
/// names.
bool stands(const CaseRecord& record, const Sentence& sentence);

}  // namespace attest::review
