#include "core/workflow/prefetch.h"

#include <utility>

#include "core/session/comparison.h"
#include "core/session/reading.h"

namespace attest::workflow {

Result<std::vector<BlockRef>> firstBlocks(Services& services, const CaseId& id) {
  std::vector<BlockRef> blocks;
  const auto add = [&](const CaseRecord& record, const std::optional<BlockRef>& ref) {
    const Block* block = ref ? findBlock(record, *ref) : nullptr;
    if (block != nullptr && block->isVolume()) blocks.push_back(*ref);
  };
  ATTEST_TRY(const auto record, services.db().record(id));
  add(record, session::openingBlock(record));
  const auto& comparison = record.comparison;
  const bool aligned = comparison && comparison->isAligned();
  if (aligned && (blocks.empty() || blocks.front() != comparison->to)) add(record, comparison->to);
  if (const auto prior = session::comparedCase(record)) {
    ATTEST_TRY(const auto earlier, services.db().record(*prior));
    add(earlier, aligned ? comparison->from : session::openingBlock(earlier));
  }
  return blocks;
}

void Prefetcher::start(std::vector<CaseId> cases) {
  const std::lock_guard lock(mutex_);
  job_.cancel();
  cases_ = std::move(cases);
  if (holds_ == 0) begin();
}

void Prefetcher::stop() {
  start({});
}

Prefetcher::Hold Prefetcher::hold() {
  const std::lock_guard lock(mutex_);
  if (holds_++ == 0) job_.cancel();
  return {this, [self = shared_from_this()](const void*) { self->release(); }};
}

void Prefetcher::release() {
  const std::lock_guard lock(mutex_);
  if (--holds_ == 0) begin();
}

void Prefetcher::begin() {
  if (cases_.empty()) return;
  job_ = services_.pool().submit(
      jobs::Lane::cpu, jobs::Urgency::background,
      [self = shared_from_this(), cases = cases_](std::stop_token stop) { self->work(cases, stop); });
}

/// What cannot be read is left to who opens the case, and is said then.
void Prefetcher::work(const std::vector<CaseId>& cases, std::stop_token stop) {
  for (const CaseId& id : cases) {
    const auto blocks = firstBlocks(services_, id);
    for (const BlockRef& ref : blocks.value_or(std::vector<BlockRef>{})) {
      const auto seen = services_.volumes().loadSeen(services_.db(), ref, services_.pool().parallel(), stop);
      if (!seen && seen.error().code == ErrorCode::cancelled) return;
    }
    {
      const std::lock_guard lock(mutex_);
      if (stop.stop_requested()) return;
      std::erase(cases_, id);
    }
    if (blocks) done_(id);
  }
}

}  // namespace attest::workflow
