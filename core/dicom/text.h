#pragma once

#include <string>

namespace attest::dicom {

/// Text of a DICOM file as valid UTF-8 without control characters, whatever its bytes are: by its Specific
/// Character Set (0008,0005), or, where that does not explain them, as UTF-8 if it is that, else as Latin-1.
std::string toUtf8(const std::string& text, const std::string& characterSet);

}  // namespace attest::dicom
