#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>

namespace attest {

/// How a computation is spread over cores, without knowing threads. `core/jobs` implements it for real.
class Parallel {
 public:
  virtual ~Parallel() = default;
  /// Calls `body(begin, end)` for pieces of [0, count) of about `grain` each, possibly at the same time, and
  /// returns when all that began have ended. After a stop request no new piece begins. `body` must not throw.
  virtual void forEach(std::size_t count, std::size_t grain, std::stop_token stop,
                       const std::function<void(std::size_t begin, std::size_t end)>& body) = 0;
};

/// One piece after the other on the caller's thread.
class Serial final : public Parallel {
 public:
  void forEach(std::size_t count, std::size_t grain, std::stop_token stop,
               const std::function<void(std::size_t, std::size_t)>& body) override {
    if (grain == 0) grain = 1;
    for (std::size_t begin = 0; begin < count && !stop.stop_requested(); begin += grain) {
      body(begin, begin + grain < count ? begin + grain : count);
    }
  }
};

/// Done and total of something long; called from any thread, must be quick.
using Progress = std::function<void(std::size_t done, std::size_t total)>;

}  // namespace attest
