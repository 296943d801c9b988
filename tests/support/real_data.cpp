#include "tests/support/real_data.h"

#include <cstdlib>

namespace attest::test {

std::optional<std::filesystem::path> realData(const std::string& group) {
  const char* chosen = std::getenv("ATTEST_DATA");
  const auto folder = std::filesystem::path(chosen != nullptr ? chosen : ATTEST_DATA_DIR) / group;
  if (!std::filesystem::is_directory(folder)) return std::nullopt;
  return folder;
}

}  // namespace attest::test
