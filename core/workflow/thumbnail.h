#pragma once

#include "core/base/result.h"
#include "core/session/thumbnails.h"
#include "core/workflow/services.h"

namespace attest::workflow {

/// A small picture of the middle image of a block, as its file would window it. Errors: as CaseDb::slices and
/// dicom::loadFrame.
Result<session::ThumbnailPtr> thumbnail(Services& services, const BlockRef& ref);

/// The same of one image, at most `pixels` wide and high, each pixel the mean of what it stands for.
session::Thumbnail shrunk(const imaging::Volume& image, Window window, int pixels);

}  // namespace attest::workflow
