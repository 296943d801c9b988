#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/domain/agent_card.h"
#include "core/domain/run.h"

namespace attest::session {

struct Agents {
  std::vector<AgentCard> cards;
  std::vector<Run> runs;  ///< of the open case, the newest last, with the progress of what runs
  bool starting = false;  ///< a run was asked for and is not yet queued
  std::vector<RunId> stopping;
  std::optional<Error> error;  ///< of the last start or stop
};

namespace action {
struct CardsLoaded {
  std::vector<AgentCard> cards;
};
/// Runs the agents on the open case (again).
struct Analyze {
  Priority priority = Priority::routine;
};
struct RunQueued {
  CaseId id;
  Run run;
};
struct AnalyzeFailed {
  CaseId id;
  Error error;
};
struct StopRun {
  RunId run;
};
struct StopFailed {
  RunId run;
  Error error;
};
/// A step moved on, of whichever case. What it changed follows as RecordChanged.
struct StepChanged {
  CaseId id;
  RunId run;
  int step = 0;
  StepState state{};
  double progress = 0;
};
}  // namespace action

using AgentsAction =
    std::variant<action::CardsLoaded, action::Analyze, action::RunQueued, action::AnalyzeFailed,
                 action::StopRun, action::StopFailed, action::StepChanged>;

namespace effect {
/// Answered by CardsLoaded.
struct LoadCards {};
/// Answered by RunQueued / AnalyzeFailed, then StepChanged (ten a second at most).
struct Analyze {
  CaseId id;
  Priority priority = Priority::routine;
  ReaderId reader;
};
/// Answered by StepChanged of the steps that end, or StopFailed.
struct CancelRun {
  RunId run;
  ReaderId reader;
};
}  // namespace effect

}  // namespace attest::session
