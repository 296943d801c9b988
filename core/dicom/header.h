#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/domain/study.h"

namespace attest::dicom {

/// Reads a file's header, never its pixels. Text arrives as UTF-8. Refuses, with a reason for people in
/// `detail` that names the attribute: what is no DICOM, empty or truncated (bad_file), lacks a study, series
/// or SOP UID (bad_file), is no image (unsupported), has a transfer syntax that this version does not decode
/// (unsupported), or claims a size beyond the limits (too_large). Safe from every thread.
Result<FileHeader> readHeader(const std::filesystem::path& path);

/// Set-up of DCMTK (codecs, log level, dictionary), once a process; readHeader and the others call it
/// themselves.
void initialize();

}  // namespace attest::dicom
