#pragma once

#include <string>

#include "core/base/parallel.h"
#include "core/base/result.h"
#include "core/domain/item.h"
#include "core/imaging/mask.h"
#include "core/imaging/volume.h"
#include "core/view/document.h"
#include "core/workflow/ports.h"

namespace attest::workflow {

/// A finding where it is largest, with its outline: the whole slice, and what is around it. Axial, or in the
/// plane of the images where they are not. The window follows what is around: a lung's, an abdomen's, and for
/// values that are no HU most of their range. Errors as Pictures::png.
Result<view::Figure> keyImage(const Pictures& pictures, const imaging::VolumePtr& volume, const Item& item,
                              const imaging::MaskPtr& mask, Parallel& parallel);

}  // namespace attest::workflow
