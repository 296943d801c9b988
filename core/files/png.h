#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "core/base/result.h"

namespace attest::files {

/// 8-bit grey (1 channel) or RGB (3 channels), rows from the top. Errors: io, disk_full.
Result<> writePng(const std::filesystem::path& path, int width, int height, int channels,
                  std::span<const std::uint8_t> pixels);

}  // namespace attest::files
