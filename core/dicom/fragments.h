#pragma once

#include <cstddef>
#include <vector>

#include "core/base/result.h"
#include "core/dicom/scan.h"

namespace attest::dicom {

/// The compressed bytes of frame `frame` of `frames`, its fragments joined, up to `most` of them. Which
/// fragments are its own tells their number, else an offset table that fits them, else where streams begin.
/// bad_file where none of these does.
Result<std::vector<std::byte>> compressedFrame(Scan& scan, int frames, int frame,
                                               std::size_t most = std::size_t{1} << 40);

}  // namespace attest::dicom
