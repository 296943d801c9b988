#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace attest::dicom {

/// The data set of an uncompressed file, without the head of the file, in another uncompressed transfer
/// syntax. Error: bad_file.
Result<std::vector<std::byte>> dataSetAs(const std::filesystem::path& path,
                                         const std::string& transferSyntax);

}  // namespace attest::dicom
