#pragma once

#include <string>

#include "core/base/result.h"

namespace attest::dicom {

enum class Encoding { native, deflated, encapsulated };

/// How a transfer syntax lays out its bytes. What is not known here is explicit little endian with
/// encapsulated pixels, as the standard makes every syntax since 1995.
struct Syntax {
  Encoding encoding = Encoding::encapsulated;
  bool bigEndian = false;
  bool readable = false;  ///< this version decodes its pixels
};
Syntax syntaxOf(const std::string& uid);

/// "JPEG2000 Lossless Only (1.2.840.10008.1.2.4.90)", the UID alone where DCMTK's dictionary has no name for
/// it.
std::string uidWithName(const std::string& uid);
/// "Segmentation Storage", or the UID.
std::string uidName(const std::string& uid);

}  // namespace attest::dicom
