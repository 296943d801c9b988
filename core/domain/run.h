#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/domain/note.h"

namespace attest {

enum class Priority { stat, urgent, routine, research };
enum class RunState { queued, running, done, failed, cancelled };
/// `skipped`: its input was not there, or an agent it needs did not succeed; `error` says which.
enum class StepState { queued, running, done, failed, skipped, cancelled };
const char* name(Priority priority) noexcept;
const char* name(RunState state) noexcept;
const char* name(StepState state) noexcept;
std::optional<Priority> priority(const std::string& name);
std::optional<RunState> runState(const std::string& name);
std::optional<StepState> stepState(const std::string& name);

/// One agent's part of a run. What is here is in the database before and after the agent works.
struct Step {
  int number = 0;  ///< from 0, in the order of the plan
  std::string agent;
  std::string agentVersion;
  std::vector<int> needs;  ///< numbers of the steps that must be done first
  StepState state = StepState::queued;
  int attempts = 0;
  double progress = 0;          ///< 0 to 1
  std::optional<Time> started;  ///< of the last attempt
  double seconds = 0;           ///< of the last attempt
  std::string error;            ///< empty while all is well; never patient data
  std::string worker;           ///< who holds the lease
  std::optional<Time> leaseUntil;
  std::vector<Note> notes;  ///< what it did
};

struct Run {
  RunId id;
  CaseId caseId;
  std::string pipeline;
  Priority priority = Priority::routine;
  RunState state = RunState::queued;
  Time created{};
  std::vector<Step> steps;
};

inline bool isActive(const Run& run) {
  return run.state == RunState::queued || run.state == RunState::running;
}

}  // namespace attest
