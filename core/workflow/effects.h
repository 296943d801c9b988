#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "core/jobs/pool.h"
#include "core/session/update.h"
#include "core/workflow/services.h"

namespace attest::workflow {

/// Hands an action to whoever holds the state; called from the pool's threads.
using Post = std::function<void(session::Action)>;

/// Performs the effects of core/session as jobs over one home and answers each with its actions. The
/// functions that do the work are the same that the command line calls. All members are for the window's
/// thread.
class Effects {
 public:
  Effects(Services& services, Post post);
  ~Effects();
  void perform(const session::Effect& effect);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace attest::workflow
