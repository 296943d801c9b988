#pragma once

#include <string>

#include "core/base/phi.h"

namespace attest {

/// As the files say it, decoded to UTF-8 by their Specific Character Set.
struct Patient {
  Phi<std::string> id;
  Phi<std::string> name;       ///< DICOM PN: "PHANTOM^Chest A"
  Phi<std::string> birthDate;  ///< DICOM DA or empty
  std::string sex;             ///< M, F, O or empty
  bool operator==(const Patient&) const = default;
};

}  // namespace attest
