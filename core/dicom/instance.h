#pragma once

#include "core/base/result.h"
#include "core/dicom/pixel_format.h"
#include "core/dicom/scan.h"
#include "core/domain/study.h"

namespace attest::dicom {

/// An image that this version can decode: unsupported, with what it is and what reads it, for objects that
/// are no image, videos and whole slides, for values behind a Modality LUT and for transfer syntaxes without
/// a decoder; bad_file where UIDs are missing.
Result<> checkImage(Scan& scan);

/// The attributes of one image. `format` is that of the same file. bad_file as readGroups().
Result<InstanceHeader> readInstance(Scan& scan, const PixelFormat& format);

bool isLocalizer(const FrameGroups& frame);
/// HU for CT that is no localizer, has a rescale, and whose Rescale Type says HU or nothing; Bq/ml
/// for PET that says so; else none.
Unit unitOf(const InstanceHeader& header, const FrameGroups& frame);

}  // namespace attest::dicom
