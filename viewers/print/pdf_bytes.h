#pragma once

#include <string>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace attest::viewers {

/// A PDF file of QPdfWriter with another creation date (UTC), and with what it has no way to say: the
/// language (BCP 47), and that a title bar shows the title. Errors: internal (it is not the form of such a
/// file).
Result<std::string> withProperties(std::string pdf, Time created, const std::string& language);

}  // namespace attest::viewers
