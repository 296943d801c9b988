#pragma once

// Inside the room only.

#include <string>
#include <string_view>

namespace attest::casedb {

/// Text as it is compared: letters without their case, forms that look alike as one (Unicode's NFKC_Casefold:
/// composed and decomposed, half and full width), and the letters of Latin that have a stroke instead of an
/// accent as plain ones. Accents themselves are left to the index, which ignores them. UTF-8 that is broken
/// stays as it is.
std::string folded(std::string_view text);

/// Folded text with its umlauts and their kin written out: "mueller" of "Müller"; empty where it has none.
/// Old systems, which know ASCII only, write names like this.
std::string spelledOut(std::string_view text);

/// What the index keeps of a text: folded, and beside it as it is spelled out.
std::string searchable(std::string_view text);

}  // namespace attest::casedb
