#pragma once

#include <memory>
#include <stop_token>

namespace attest::jobs {

/// While it lives, SIGINT and SIGTERM request a stop instead of ending the program; a second one ends it.
/// Make it before any other thread.
class StopOnSignals {
 public:
  StopOnSignals();
  ~StopOnSignals();
  std::stop_token token() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace attest::jobs
