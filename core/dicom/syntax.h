#pragma once

#include <string>

#include "core/base/result.h"

namespace attest::dicom {

enum class Encoding { native, deflated, encapsulated };

/// What has to be undone within the fragments of encapsulated pixels.
enum class Codec { none, deflate, rle, jpeg, jpeg2000 };

/// How a transfer syntax lays out its bytes. What is not known here is explicit little endian with
/// encapsulated pixels, as the standard makes every syntax since 1995.
struct Syntax {
  Encoding encoding = Encoding::encapsulated;
  bool bigEndian = false;
  bool readable = false;  ///< this version decodes its pixels
  Codec codec = Codec::none;
};
Syntax syntaxOf(const std::string& uid);

/// unsupported, with the reason, where the pixels of a transfer syntax are not decoded.
Result<> checkReadable(const std::string& uid);

/// Whether pixels in this syntax have lost something: always, never, or only where the header says so.
enum class Loss { never, possible, always };
Loss lossOf(const std::string& uid);

/// "JPEG2000 Lossless Only (1.2.840.10008.1.2.4.90)", the UID alone where DCMTK's dictionary has no name for
/// it.
std::string uidWithName(const std::string& uid);
/// "Segmentation Storage", or the UID.
std::string uidName(const std::string& uid);

}  // namespace attest::dicom
