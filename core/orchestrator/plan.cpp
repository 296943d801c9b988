#include "core/orchestrator/plan.h"

#include <algorithm>
#include <map>
#include <set>

namespace attest::orchestrator {
namespace {

bool reads(const AgentCard& card, const CaseRecord& record) {
  return card.modalities.empty() || std::ranges::any_of(record.series, [&](const Series& series) {
           return std::ranges::count(card.modalities, series.info.modality) > 0;
         });
}

/// The agents that read the case and whose needs are among them.
std::set<std::string> chosen(const CaseRecord& record, const Roster& roster) {
  std::set<std::string> ids;
  for (const auto& agent : roster)
    if (reads(agent->card(), record)) ids.insert(agent->card().id);
  const auto lacks = [&](const auto& agent) {
    return ids.contains(agent->card().id) &&
           !std::ranges::all_of(agent->card().needs, [&](const auto& need) { return ids.contains(need); });
  };
  for (auto at = roster.begin(); (at = std::ranges::find_if(roster, lacks)) != roster.end();)
    ids.erase((*at)->card().id);
  return ids;
}

}  // namespace

const agents::Agent* findAgent(const Roster& roster, const std::string& id) {
  const auto found = std::ranges::find_if(roster, [&](const auto& agent) { return agent->card().id == id; });
  return found == roster.end() ? nullptr : found->get();
}

std::vector<Step> plan(const CaseRecord& record, const Roster& roster) {
  const std::set<std::string> planned = chosen(record, roster);
  std::vector<Step> steps;
  std::map<std::string, int> numbers;
  const auto comesLater = [&](const std::string& id) {
    return planned.contains(id) && !numbers.contains(id);
  };
  for (bool grew = true; grew;) {  // each round adds the first agent after all that it waits for
    grew = false;
    for (const auto& agent : roster) {
      const AgentCard& card = agent->card();
      if (!comesLater(card.id) || std::ranges::any_of(card.needs, comesLater) ||
          std::ranges::any_of(card.wants, comesLater)) {
        continue;
      }
      Step step;
      step.number = static_cast<int>(steps.size());
      step.agent = card.id;
      step.agentVersion = card.version;
      for (const std::string& need : card.needs) step.needs.push_back(numbers.at(need));
      for (const std::string& want : card.wants)
        if (planned.contains(want)) step.needs.push_back(numbers.at(want));
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

std::vector<int> skipHopeless(Run& run, const Roster& roster) {
  std::vector<int> changed;
  for (Step& step : run.steps) {  // needs come before what needs them, so one pass is enough
    if (step.state != StepState::queued) continue;
    const agents::Agent* agent = findAgent(roster, step.agent);
    const auto inVain = [&](int number) {
      const Step& needed = run.steps.at(static_cast<std::size_t>(number));
      return isOver(needed) && needed.state != StepState::done;
    };
    const auto onlyWanted = [&](int number) {
      const std::string& id = run.steps.at(static_cast<std::size_t>(number)).agent;
      return inVain(number) && agent != nullptr && std::ranges::count(agent->card().wants, id) > 0;
    };
    const bool goesOn = std::erase_if(step.needs, onlyWanted) > 0;
    if (const auto need = std::ranges::find_if(step.needs, inVain); need != step.needs.end()) {
      const Step& needed = run.steps.at(static_cast<std::size_t>(*need));
      step.state = StepState::skipped;
      step.error = needed.agent + " " + name(needed.state);
    } else if (!goesOn) {
      continue;
    }
    changed.push_back(step.number);
  }
  return changed;
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
