#pragma once

#include <QImage>

#include "core/base/parallel.h"
#include "core/domain/study.h"
#include "core/imaging/volume.h"

namespace attest::viewers {

/// The middle slice of a block, fitted into that size with black borders. From any thread.
QImage thumbnail(const imaging::Volume& volume, Window window, QSize devicePixels, Parallel& parallel);

}  // namespace attest::viewers
