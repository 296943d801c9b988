#pragma once

#include <vector>

#include "core/dicom/seg.h"

class DcmItem;

namespace attest::dicom {

/// Lossy Image Compression of a derived image: 01, with ratio and method, where a source lost something, be
/// it in an earlier step of its life; else 00. A source that can not be read says nothing.
void addLossyCompression(DcmItem& object, const std::vector<SourceImage>& sources);

}  // namespace attest::dicom
