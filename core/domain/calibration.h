#pragma once

#include <array>
#include <optional>
#include <string>

namespace attest {

/// How far a length in an image can be believed.
enum class CalibrationKind {
  exact,        ///< the spacing of a plane in the patient
  calibrated,   ///< by an object of known size in the image
  projected,    ///< of a projection, brought to a plane of the patient by its geometry
  at_detector,  ///< of a projection, where it met the detector: the patient is smaller
  region,       ///< of the calibrated region of an ultrasound image
  none          ///< there is only the pixel
};
const char* name(CalibrationKind kind) noexcept;

/// The size of the pixels of an image that lies nowhere in the patient, and how it is known.
struct Calibration {
  CalibrationKind kind = CalibrationKind::none;
  std::optional<std::array<double, 2>>
      spacingMm;      ///< between rows (y), between columns (x); none with `none`
  std::string words;  ///< where it comes from
  bool operator==(const Calibration&) const = default;
};

}  // namespace attest
