#pragma once

// Inside the room only.

class DcmItem;

namespace attest::dicom {

/// All text of a data set as UTF-8, in sequences too, each item by its own character set or that of the item
/// around it. What a set does not explain is read as toUtf8() reads it (text.h), so that all say the same;
/// the voxels and numbers do not depend on it. Afterwards the data set says ISO_IR 192.
void makeUtf8(DcmItem& item);

}  // namespace attest::dicom
