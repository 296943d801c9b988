#pragma once

// Inside the room only.

#include <string>
#include <string_view>

namespace attest::dicom {

/// What separates the parts of a text, where ISO 2022 starts anew (PS3.5 6.1.2.5.3).
enum class TextKind {
  values,    ///< LO, SH, UC: backslash between values
  name,      ///< PN: also ^ and = within one
  paragraph  ///< LT, ST, UT: a backslash is a letter
};

/// How the bytes of a text and the character set that their file declares go together.
enum class TextFault {
  none,
  undeclared,   ///< more than ASCII, and no character set is named
  unknown_set,  ///< a term that is not in PS3.3 C.12.1.1.2
  mismatch      ///< the bytes are no text of that set
};

struct Decoded {
  std::string utf8;  ///< nothing where the bytes cannot be read as declared
  TextFault fault = TextFault::none;
};

/// By the terms of Specific Character Set (0008,0005) alone, nothing guessed: every one of PS3.3 C.12.1.1.2,
/// with code extensions (ISO 2022) or without. What an escape sequence invokes is read also where the terms
/// lack it, as a mismatch.
Decoded decode(std::string_view bytes, std::string_view terms, TextKind kind);

/// Well-formed by RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
bool isUtf8(std::string_view text);
/// Never fails: what has no letter in Latin-1 becomes U+FFFD.
std::string fromLatin1(std::string_view text);

}  // namespace attest::dicom
