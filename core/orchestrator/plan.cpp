#include "core/orchestrator/plan.h"

#include <algorithm>
#include <map>

namespace attest::orchestrator {
namespace {

bool reads(const AgentCard& card, const CaseRecord& record) {
  return card.modalities.empty() || std::ranges::any_of(record.series, [&](const Series& series) {
           return std::ranges::count(card.modalities, series.info.modality) > 0;
         });
}

}  // namespace

const agents::Agent* findAgent(const Roster& roster, const std::string& id) {
  const auto found = std::ranges::find_if(roster, [&](const auto& agent) { return agent->card().id == id; });
  return found == roster.end() ? nullptr : found->get();
}

std::vector<Step> plan(const CaseRecord& record, const Roster& roster) {
  std::vector<Step> steps;
  std::map<std::string, int> numbers;
  for (bool grew = true; grew;) {  // each round adds the first agent all of whose needs are planned
    grew = false;
    for (const auto& agent : roster) {
      const AgentCard& card = agent->card();
      const bool ready =
          std::ranges::all_of(card.needs, [&](const auto& need) { return numbers.contains(need); });
      if (numbers.contains(card.id) || !ready || !reads(card, record)) continue;
      Step step;
      step.number = static_cast<int>(steps.size());
      step.agent = card.id;
      step.agentVersion = card.version;
      for (const std::string& need : card.needs) step.needs.push_back(numbers.at(need));
      numbers[card.id] = step.number;
      steps.push_back(std::move(step));
      grew = true;
      break;
    }
  }
  return steps;
}

bool isOver(const Step& step) {
  return step.state != StepState::queued && step.state != StepState::running;
}

std::vector<int> skipHopeless(Run& run) {
  std::vector<int> skipped;
  for (Step& step : run.steps) {  // needs come before what needs them, so one pass is enough
    if (step.state != StepState::queued) continue;
    for (const int need : step.needs) {
      const Step& needed = run.steps.at(static_cast<std::size_t>(need));
      if (!isOver(needed) || needed.state == StepState::done) continue;
      step.state = StepState::skipped;
      step.error = needed.agent + " " + name(needed.state);
      skipped.push_back(step.number);
      break;
    }
  }
  return skipped;
}

RunState outcome(const Run& run) {
  const bool failed =
      std::ranges::any_of(run.steps, [](const Step& step) { return step.state == StepState::failed; });
  return failed ? RunState::failed : RunState::done;
}

bool allProposersFailed(const Run& run, const Roster& roster) {
  int proposers = 0;
  int failed = 0;
  for (const Step& step : run.steps) {
    const agents::Agent* agent = findAgent(roster, step.agent);
    if (agent == nullptr || !agent->card().proposes) continue;
    ++proposers;
    const auto needFailed = [&](int need) {
      return run.steps.at(static_cast<std::size_t>(need)).state == StepState::failed;
    };
    if (step.state == StepState::failed ||
        (step.state == StepState::skipped && std::ranges::any_of(step.needs, needFailed))) {
      ++failed;
    }
  }
  return proposers > 0 && failed == proposers;
}

}  // namespace attest::orchestrator
