#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/agents/agent.h"
#include "core/orchestrator/orchestrator.h"
#include "core/orchestrator/results.h"
#include "core/orchestrator/step_watch.h"

namespace attest::orchestrator {

/// What one agent gets to see while it works on one step.
class StepContext final : public agents::AgentContext {
 public:
  StepContext(const Setup& setup, const StepInput& input, StepWatch& watch,
              std::function<void(double)> report)
      : setup_(setup), input_(input), watch_(watch), report_(std::move(report)) {}

  const CaseRecord& record() const override { return input_.record; }
  const CaseRecord* prior() const override { return input_.prior ? &*input_.prior : nullptr; }
  std::vector<Item> items() const override;
  Result<imaging::MaskPtr> mask(const ItemId& item) const override;
  Result<imaging::VolumePtr> volume(const BlockRef& block) override { return setup_.load(block, stop()); }
  std::string facts(const std::string& agent) const override;
  Parallel& parallel() override { return setup_.pool.parallel(); }
  std::stop_token stop() const override { return watch_.token(); }
  void progress(double fraction) override;

 private:
  const Setup& setup_;
  const StepInput& input_;
  StepWatch& watch_;
  std::function<void(double)> report_;
};

}  // namespace attest::orchestrator
