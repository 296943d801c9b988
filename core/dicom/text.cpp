#include "core/dicom/text.h"

#include <algorithm>

namespace attest::dicom {
namespace {

/// The terms, where they are any that may be shown: what stands there can be anything.
std::string shown(const std::string& characterSet) {
  const bool isTerms = std::ranges::all_of(characterSet, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' || c == '_' || c == '-' || c == '\\';
  });
  return isTerms && characterSet.size() <= 64 ? " (" + characterSet + ")" : "";
}

}  // namespace

Decoded readText(const std::string& bytes, const std::string& characterSet, TextKind kind) {
  Decoded text = decode(bytes, characterSet, kind);
  if (text.utf8.empty() && text.fault != TextFault::none)
    text.utf8 = isUtf8(bytes) ? bytes : fromLatin1(bytes);
  return text;
}

std::string toUtf8(const std::string& bytes, const std::string& characterSet, TextKind kind) {
  return oneLine(readText(bytes, characterSet, kind).utf8);
}

std::string oneLine(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; }, ' ');
  return text;
}

std::string faultNote(TextFault fault, const std::string& characterSet) {
  switch (fault) {
    case TextFault::none:
      return {};
    case TextFault::undeclared:
      return "the files name no character set for their text; names and descriptions may be wrong";
    case TextFault::unknown_set:
      return "the character set of the files" + shown(characterSet) +
             " is not known; names and descriptions may be wrong";
    case TextFault::mismatch:
      return "the text of the files does not fit the character set they name" + shown(characterSet) +
             "; names and descriptions may be wrong";
  }
  return {};
}

}  // namespace attest::dicom
