#pragma once

#include "core/dicom/scan.h"
#include "core/domain/study.h"

namespace attest::dicom {

/// Where the frames of a reconstructed tomogram of nuclear medicine lie (PS3.3 C.8.4.9 to C.8.4.15): the
/// first one has the position of its detector, the others follow along the normal by Spacing Between Slices,
/// as the Slice Vector counts; a gated one also has its time slots. Whole body, static, dynamic and
/// projection images get no place: the standard gives them none.
void readNuclearGroups(Scan& scan, InstanceHeader& header);

}  // namespace attest::dicom
