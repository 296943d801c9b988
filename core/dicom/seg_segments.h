#pragma once

#include "core/dicom/seg.h"

class DcmItem;

namespace attest::dicom {

/// Appends the description of one segment (PS3.3 C.8.20.4) to the Segment Sequence.
void addSegment(DcmItem& object, int number, const Item& item);

/// Reads what a segment says of itself; its mask stays empty.
SegmentIn readSegment(DcmItem& segment);

}  // namespace attest::dicom
