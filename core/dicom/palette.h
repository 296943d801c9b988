#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/base/result.h"
#include "core/dicom/scan.h"
#include "core/imaging/volume.h"

namespace attest::dicom {

/// A Palette Color Lookup Table (PS3.3 C.7.6.3.1.5 and 6), whole or segmented, as colours of 8 bits.
struct Palette {
  int first = 0;  ///< the stored value that means colours.front(); those below it mean that too
  std::vector<imaging::Rgb24> colours;  ///< at least one; stored values beyond mean the last

  imaging::Rgb24 operator()(std::int64_t stored) const {
    const auto last = static_cast<std::int64_t>(colours.size()) - 1;
    return colours[static_cast<std::size_t>(std::clamp<std::int64_t>(stored - first, 0, last))];
  }
};

/// The palette of a file; `isSigned` tells how its stored values are to be read. bad_file where a table is
/// missing or shorter than its descriptor says.
Result<Palette> readPalette(Scan& scan, bool isSigned);

}  // namespace attest::dicom
