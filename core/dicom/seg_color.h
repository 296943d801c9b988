#pragma once

#include <array>
#include <cstdint>

namespace attest::dicom {

/// sRGB to CIELab under D50 (the ICC profile connection space), as Recommended Display CIELab Value stores
/// it: L of 0 to 100 and a, b of -128 to 127, each over the whole of 16 bits (PS3.3 C.10.7.1.1).
std::array<std::uint16_t, 3> toCieLab(std::array<std::uint8_t, 3> rgb);
/// The nearest sRGB colour; exact for what toCieLab made.
std::array<std::uint8_t, 3> fromCieLab(std::array<std::uint16_t, 3> lab);

}  // namespace attest::dicom
