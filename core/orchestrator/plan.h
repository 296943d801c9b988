#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/agents/agent.h"
#include "core/domain/case_record.h"

namespace attest::orchestrator {

using Roster = std::vector<std::unique_ptr<agents::Agent>>;

/// The steps of a run: every agent that reads one of the case's modalities and whose needs are in the plan
/// too, each after those it needs and those it wants that are planned, else in the roster's order.
std::vector<Step> plan(const CaseRecord& record, const Roster& roster);

const agents::Agent* findAgent(const Roster& roster, const std::string& id);

bool isOver(const Step& step);
/// Marks as skipped every waiting step that needs one that did not succeed, and those that need it; one that
/// only wants it goes on without. Returns the numbers of the steps that changed.
std::vector<int> skipHopeless(Run& run, const Roster& roster);
/// What a run amounts to whose steps are all over: failed where any step failed.
RunState outcome(const Run& run);
/// Did every agent that could propose something fail, one at least.
bool allProposersFailed(const Run& run, const Roster& roster);

}  // namespace attest::orchestrator
