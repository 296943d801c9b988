#pragma once

#include <string>

#include "core/dicom/charset.h"

namespace attest::dicom {

/// Text of a DICOM file as valid UTF-8, whatever its bytes are: by its Specific Character Set (0008,0005),
/// or, where that does not explain them, as UTF-8 if it is that, else as Latin-1. Then `fault` says so, and
/// whoever shows the text must.
Decoded readText(const std::string& bytes, const std::string& characterSet, TextKind kind = TextKind::values);

/// The same as one line.
std::string toUtf8(const std::string& bytes, const std::string& characterSet,
                   TextKind kind = TextKind::values);
/// Control characters become spaces.
std::string oneLine(std::string text);

/// What a reader must know of a fault: "no character set is declared; text is shown as UTF-8". Empty where
/// there is none.
std::string faultNote(TextFault fault, const std::string& characterSet);

}  // namespace attest::dicom
