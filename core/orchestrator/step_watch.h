#pragma once

#include <memory>

#include "core/orchestrator/orchestrator.h"

namespace attest::orchestrator {

/// Stands beside a step while its agent works: renews the lease, and asks the agent to stop when the run was
/// cancelled (by any process), the lease was lost, or the worker is to leave.
class StepWatch {
 public:
  StepWatch(const Setup& setup, RunId run, Step step, std::stop_token leave);
  ~StepWatch();
  StepWatch(const StepWatch&) = delete;
  StepWatch& operator=(const StepWatch&) = delete;

  std::stop_token token() const;
  void requestStop();
  /// What the next renewal writes down.
  void setProgress(double fraction);
  /// Ends watching; after it nothing is written any more.
  void close();

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
  jobs::Job job_;
  std::stop_callback<std::function<void()>> leave_;
};

}  // namespace attest::orchestrator
