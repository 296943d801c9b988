#include "core/jobs/signals.h"

#include <signal.h>
#include <unistd.h>

#include <ctime>
#include <thread>

namespace attest::jobs {

struct StopOnSignals::State {
  sigset_t signals{};
  sigset_t before{};
  std::stop_source asked;
  std::jthread waiter;
};

StopOnSignals::StopOnSignals() : state_(std::make_unique<State>()) {
  sigemptyset(&state_->signals);
  sigaddset(&state_->signals, SIGINT);
  sigaddset(&state_->signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &state_->signals, &state_->before);
  state_->waiter = std::jthread([state = state_.get()](std::stop_token ending) {
    while (!ending.stop_requested()) {
      const timespec wait{0, 50'000'000};
      if (sigtimedwait(&state->signals, nullptr, &wait) < 0) continue;
      if (state->asked.stop_requested()) _exit(130);
      state->asked.request_stop();
    }
  });
}

StopOnSignals::~StopOnSignals() {
  state_->waiter = {};
  pthread_sigmask(SIG_SETMASK, &state_->before, nullptr);
}

std::stop_token StopOnSignals::token() const {
  return state_->asked.get_token();
}

}  // namespace attest::jobs
