#pragma once

#include "core/dicom/scan.h"
#include "core/domain/study.h"

namespace attest::dicom {

/// How large the pixels of an image are, in this order: Pixel Spacing, unless it is that of the detector of a
/// projection; Imager Pixel Spacing brought to the patient by the Estimated Radiographic Magnification or the
/// distances from the source, else at the detector; Nominal Scanned Pixel Spacing of a film; the regions of
/// ultrasound, where all that show a plane in cm agree and their pixels are square; else none (PS3.3 10.7,
/// C.8.5.5). Nothing for an image with a place in the patient: its plane has the spacing.
Calibration readCalibration(Scan& scan, const InstanceHeader& header);

}  // namespace attest::dicom
