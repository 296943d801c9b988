#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/dicom/seg.h"
#include "core/domain/code.h"
#include "core/domain/presentation_state.h"

namespace attest::dicom {

/// Images that somebody marked, with the reason (PS3.16 CID 7010) and words of their own.
struct KeyObjects {
  Code title{"DCM", "113000", "Of Interest"};
  std::string description;
  std::vector<ImageReference> images;
  std::string person;  ///< who marked them, DICOM PN; of a written one the context's
};

/// Reads a Key Object Selection (TID 2010). Errors: not_found, bad_file, unsupported (no such object).
Result<KeyObjects> readKeyObjects(const std::filesystem::path& path);

/// Writes one for images of `context.sourceSeries`; images without a series are of that series. Errors: as
/// writeSeg; bad_argument where no image is marked.
Result<> writeKeyObjects(const std::filesystem::path& path, const DerivedContext& context,
                         const KeyObjects& marked);

}  // namespace attest::dicom
