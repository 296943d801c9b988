#pragma once

#include <string>

namespace attest {

/// A coded concept: scheme ("SCT", "DCM", "UCUM", "99ATTEST"), value, meaning in English.
struct Code {
  std::string scheme;
  std::string value;
  std::string meaning;
  bool operator==(const Code&) const = default;
};

}  // namespace attest
