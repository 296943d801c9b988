#pragma once

#include "core/dicom/seg.h"

class DcmItem;

namespace attest::dicom {

/// Label Map Segmentation Storage, which DCMTK 3.6.7 does not know.
inline constexpr const char* labelMapClass = "1.2.840.10008.5.1.4.1.1.66.7";

/// Appends the description of one segment (PS3.3 C.8.20.4) to the Segment Sequence.
void addSegment(DcmItem& object, int number, const Item& item);

/// The segment 0 of a label map: what belongs to none of the others.
void addBackground(DcmItem& object);

/// Reads what a segment says of itself; its mask stays empty.
SegmentIn readSegment(DcmItem& segment);

}  // namespace attest::dicom
