#include "core/workflow/effects.h"

#include "core/workflow/effect_jobs.h"

namespace attest::workflow {

struct Effects::State {
  EffectContext context;
};

Effects::Effects(Services& services, Post post)
    : state_(new State{{services, std::move(post), {}, {}, {}}}) {}

/// What waits for the disk is written; what only computes is stopped.
Effects::~Effects() {
  state_->context.cancelAll();
  state_->context.services.pool().drain();
}

void Effects::perform(const session::Effect& effect) {
  std::visit([this](const auto& one) { workflow::perform(state_->context, one); }, effect);
}

}  // namespace attest::workflow
