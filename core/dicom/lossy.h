#pragma once

#include <optional>
#include <string>

#include "core/dicom/pixel_format.h"
#include "core/dicom/scan.h"

namespace attest::dicom {

/// What lossy compression took from an image, now or in an earlier step of its life (PS3.3 C.7.6.1.1.5).
struct Lossy {
  double ratio = 0;       ///< the largest that is stated; else that of its bytes now; 0: unknown
  std::string ratioText;  ///< (0028,2112), or `ratio`; empty where unknown
  std::string method;     ///< (0028,2114), or that of the transfer syntax; empty where unknown
};
/// None where nothing was lost: neither the header says so nor does the transfer syntax mean it. A syntax
/// that may be either (JPEG 2000) counts as lossy unless the header denies it.
std::optional<Lossy> lossyOf(Scan& scan, const PixelFormat& format);

}  // namespace attest::dicom
