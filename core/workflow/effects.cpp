#include "core/workflow/effects.h"

#include "core/workflow/analyze.h"
#include "core/workflow/effect_jobs.h"

namespace attest::workflow {

void OrderedWrites::add(const CaseId& id, Work write) {
  place(id, std::move(write));
  pump(id);
}

void OrderedWrites::addPrepared(const CaseId& id, std::function<Work()> prepare) {
  pool_.submit(jobs::Lane::cpu, jobs::Urgency::visible,
               [self = shared_from_this(), id, slot = place(id, {}), prepare](std::stop_token) {
                 auto write = prepare();
                 {
                   const std::lock_guard lock(self->mutex_);
                   *slot = std::move(write);
                 }
                 self->pump(id);
               });
}

OrderedWrites::Slot OrderedWrites::place(const CaseId& id, Work write) {
  const std::lock_guard lock(mutex_);
  return waiting_[id].emplace_back(std::make_shared<Work>(std::move(write)));
}

/// The lane has one thread and keeps the order of what it is given.
void OrderedWrites::pump(const CaseId& id) {
  const std::lock_guard lock(mutex_);
  const auto at = waiting_.find(id);
  if (at == waiting_.end()) return;
  auto& queue = at->second;
  for (; !queue.empty() && *queue.front(); queue.pop_front()) {
    pool_.submit(jobs::Lane::database, jobs::Urgency::visible,
                 [write = std::move(*queue.front())](std::stop_token) { write(); });
  }
  if (queue.empty()) waiting_.erase(at);
}

struct Effects::State {
  EffectContext context;
};

Effects::Effects(Services& services, Post post)
    : state_(new State{{services,
                        post,
                        {},
                        {},
                        {},
                        std::make_shared<OrderedWrites>(services.pool()),
                        makeOrchestrator(services, stepListener(services, post)),
                        std::make_shared<Prefetcher>(services, [post](const CaseId& id) {
                          post(session::QueueAction{session::action::CasePrefetched{id}});
                        })}}) {}

/// What waits for the disk is written; what only computes is stopped.
Effects::~Effects() {
  state_->context.cancelAll();
  state_->context.services.pool().drain();
}

void Effects::perform(const session::Effect& effect) {
  std::visit([this](const auto& one) { workflow::perform(state_->context, one); }, effect);
}

}  // namespace attest::workflow
