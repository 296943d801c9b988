#pragma once

#include "core/base/result.h"
#include "core/dicom/scan.h"
#include "core/domain/study.h"

namespace attest::dicom {

/// Fills `groups` and `perFrame` (and the cine timing) from the functional groups, shared before per frame,
/// over the attributes that a classic image has itself; from the vectors of nuclear medicine; and b-values
/// also from where three makers keep them. `header` has its other attributes. bad_file where the file has
/// not one item for each frame.
Result<> readGroups(Scan& scan, InstanceHeader& header);

}  // namespace attest::dicom
