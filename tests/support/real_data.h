#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace attest::test {

/// The folder of a group of real data (../shared/data/GROUP, or $ATTEST_DATA/GROUP), or none where this
/// machine has not got it; a test that needs it then calls GTEST_SKIP() and says so.
std::optional<std::filesystem::path> realData(const std::string& group);

}  // namespace attest::test
