#pragma once

#include <vector>

#include "core/dicom/seg.h"
#include "core/domain/presentation_state.h"

class DcmItem;
class DcmTagKey;

namespace attest::dicom {

/// The images in the items of a sequence of references; the series is left empty.
std::vector<ImageReference> imageReferences(DcmItem& item, const DcmTagKey& sequence);
/// The reverse: one item an image.
void addImageReferences(DcmItem& item, const DcmTagKey& sequence, const std::vector<ImageReference>& images);
/// The images of a Referenced Series Sequence (0008,1115), each with its series; `sequence` holds those of a
/// series.
std::vector<ImageReference> referencedSeries(DcmItem& item, const DcmTagKey& sequence);
/// The reverse: one item a series.
void addReferencedSeries(DcmItem& item, const DcmTagKey& sequence, const std::vector<ImageReference>& images);
/// Every source of the context once.
std::vector<ImageReference> sourcesOf(const DerivedContext& context);

}  // namespace attest::dicom
