#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/base/geometry.h"

namespace attest {

/// A window of PS3.3 C.11.2: center and width in modality units.
struct Window {
  double center = 0;
  double width = 1;
  bool operator==(const Window&) const = default;
};

/// What may differ from frame to frame of an image: where it lies, how its values are read, and which moment,
/// echo or diffusion weighting it shows. Of a multi-frame image it comes from the functional groups (PS3.3
/// C.7.6.16), of a classic one from its own attributes.
struct FrameGroups {
  std::optional<Vec3> positionMm;                  ///< centre of the first pixel, LPS
  std::optional<std::array<Vec3, 2>> orientation;  ///< direction along a row, then down a column
  std::optional<std::array<double, 2>>
      pixelSpacingMm;           ///< as the file: between rows (y), between columns (x)
  double sliceThicknessMm = 0;  ///< 0 where absent; never used as the step between slices
  std::optional<double> rescaleSlope;
  std::optional<double> rescaleIntercept;
  std::string rescaleType;
  std::vector<Window> windows;
  std::string imageType;  ///< DICOM CS, values joined by a backslash; Frame Type where there is one
  std::string kernel;
  int acquisitionNumber = 0;
  std::string acquisitionDate;  ///< DICOM DA
  std::string acquisitionTime;  ///< DICOM TM
  std::string stackId;
  int inStack = 0;                     ///< from 1 within the stack; 0: unknown
  int temporalPosition = 0;            ///< from 1; 0: unknown
  std::optional<double> triggerMs;     ///< after the R wave, or the trigger of breathing
  std::optional<double> phasePercent;  ///< of the cycle of the heart, or of breathing
  std::optional<double> echoTimeMs;
  std::optional<double> bValue;  ///< s/mm2
  std::optional<Vec3> gradient;  ///< direction of diffusion, of the patient
  bool operator==(const FrameGroups&) const = default;
};

}  // namespace attest
