#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/domain/reader.h"
#include "core/domain/run.h"
#include "core/orchestrator/orchestrator.h"
#include "core/workflow/services.h"

namespace attest::workflow {

/// An orchestrator over this home, whose workers are this process.
std::unique_ptr<orchestrator::Orchestrator> makeOrchestrator(Services& services,
                                                             orchestrator::StepListener listen = {});

/// Stops a run in the reader's name. Errors: as Orchestrator::cancel, and not_allowed.
Result<> cancelRun(orchestrator::Orchestrator& agents, const RunId& id, const Reader& reader);

/// Gives the steps that killed processes of this machine hold back at once, instead of when their leases end.
Result<> releaseDeadSteps(Services& services);

/// Works until none of these runs is active; steps that killed processes held come back at once, and every
/// other step that is due is worked off, too. On a stop request the step in work goes back to the queue.
/// Returns the runs as they ended.
Result<std::vector<Run>> finishRuns(Services& services, orchestrator::Orchestrator& agents,
                                    const std::vector<RunId>& ids, std::stop_token stop);

/// Queues a run for each case and finishes it as finishRuns() does.
Result<std::vector<Run>> analyze(Services& services, const std::vector<CaseId>& cases, Priority priority,
                                 const std::string& pipeline, const std::string& actor, std::stop_token stop,
                                 const orchestrator::StepListener& listen = {});

}  // namespace attest::workflow
