#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace attest::workflow {

/// Every regular file below a folder, sorted by path, so that two walks see them in the same order. Links to
/// folders are not followed. A folder that cannot be read is named to `unreadable`, and the walk goes on with
/// the others; after a stop request it ends with what it has.
std::vector<std::filesystem::path> filesBelow(
    const std::filesystem::path& folder, const std::stop_token& stop,
    const std::function<void(const std::filesystem::path& folder, const std::string& reason)>& unreadable);

}  // namespace attest::workflow
