#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

#include "core/base/result.h"

namespace attest::files {

/// Writes a file so that it is there whole or not at all, also after a power cut: temporary file beside it,
/// fsync, rename, fsync of the folder. Errors: disk_full, io.
Result<> atomicWrite(const std::filesystem::path& path, std::span<const std::byte> bytes);
Result<> atomicWrite(const std::filesystem::path& path, std::string_view text);

}  // namespace attest::files
