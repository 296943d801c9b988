#pragma once

#include <chrono>
#include <optional>

namespace attest::workflow {

/// Lets ten a second pass. For one thread at a time.
class Throttle {
 public:
  bool due() {
    const auto now = std::chrono::steady_clock::now();
    if (last_ && now - *last_ < std::chrono::milliseconds(100)) return false;
    last_ = now;
    return true;
  }

 private:
  std::optional<std::chrono::steady_clock::time_point> last_;
};

}  // namespace attest::workflow
