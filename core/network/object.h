#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "core/base/ids.h"

namespace attest::network {

/// One object as it came, valid during the call only.
struct ReceivedObject {
  SopUid sopUid;  ///< digits and dots, 64 at most: good for a file's name
  std::string sopClass;
  std::string transferSyntax;
  std::string sender;               ///< AE title or URL it came from
  std::span<const std::byte> file;  ///< a whole DICOM file (PS3.10)
};

}  // namespace attest::network
