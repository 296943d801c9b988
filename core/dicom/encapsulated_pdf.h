#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/dicom/seg.h"

namespace attest::dicom {

/// Writes an Encapsulated PDF Storage object (PS3.3 A.45.1): the PDF with patient and study of the source,
/// the images that it is about, and its title (a radiology report, LOINC 11528-7). VERIFIED where it is
/// signed. Grid, unit and frames of the context mean nothing here. `path` is the whole object or is not
/// there. Errors: io, disk_full, not_found or bad_file (a source), bad_argument (no PDF, a context that is
/// not complete).
Result<> writeEncapsulatedPdf(const std::filesystem::path& path, const DerivedContext& context,
                              const std::string& title, std::string_view pdf);

}  // namespace attest::dicom
