#pragma once

#include <optional>
#include <string_view>

#include "core/domain/code.h"

namespace attest {

/// What the outline of a patient is coded as.
inline const Code entireBody{"SCT", "38266002", "Entire body"};

/// The codes that the program can name without asking anybody; a code that is not here has no meaning that
/// may be guessed. SNOMED CT values as in DCMTK's tables of PS3.16.
std::optional<Code> knownCode(std::string_view scheme, std::string_view value);

}  // namespace attest
