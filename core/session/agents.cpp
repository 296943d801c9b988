#include "core/session/agents.h"

#include <algorithm>

#include "core/session/turn.h"

namespace attest::session {
namespace {

bool isOver(StepState state) {
  return state != StepState::queued && state != StepState::running;
}

void on(Turn& turn, const action::CardsLoaded& action) {
  turn.change(&State::agents).cards = action.cards;
}

void on(Turn& turn, const action::Analyze& action) {
  const State& state = turn.state();
  if (actor(state) == nullptr || !state.reading->record || state.agents->starting) return;
  Agents& agents = turn.change(&State::agents);
  agents.starting = true;
  agents.error.reset();
  turn.perform(effect::Analyze{*state.reading->caseId, action.priority, actor(state)->id});
}

void on(Turn& turn, const action::RunQueued& action) {
  if (!isOpen(turn.state(), action.id)) return;
  Agents& agents = turn.change(&State::agents);
  agents.starting = false;
  const auto at = std::ranges::find(agents.runs, action.run.id, &Run::id);
  if (at == agents.runs.end()) agents.runs.push_back(action.run);
  turn.perform(effect::RefreshCase{action.id});
}

void on(Turn& turn, const action::AnalyzeFailed& action) {
  if (!isOpen(turn.state(), action.id)) return;
  Agents& agents = turn.change(&State::agents);
  agents.starting = false;
  agents.error = action.error;
  turn.notify(NoticeKind::analyze_failed, action.error);
}

void on(Turn& turn, const action::StopRun& action) {
  const Reader* reader = actor(turn.state());
  const auto& known = *turn.state().agents;
  if (reader == nullptr || std::ranges::find(known.stopping, action.run) != known.stopping.end()) return;
  const auto run = std::ranges::find(known.runs, action.run, &Run::id);
  if (run == known.runs.end() || !isActive(*run)) return;
  turn.change(&State::agents).stopping.push_back(action.run);
  turn.perform(effect::CancelRun{action.run, reader->id});
}

void on(Turn& turn, const action::StopFailed& action) {
  Agents& agents = turn.change(&State::agents);
  std::erase(agents.stopping, action.run);
  agents.error = action.error;
}

void on(Turn& turn, const action::StepChanged& action) {
  if (!isOpen(turn.state(), action.id)) {
    if (isOver(action.state) && screen(turn.state()) == Screen::worklist) reloadWorklist(turn);
    return;
  }
  Agents& agents = turn.change(&State::agents);
  const auto run = std::ranges::find(agents.runs, action.run, &Run::id);
  const auto number = static_cast<std::size_t>(action.step);
  if (run != agents.runs.end() && action.step >= 0 && number < run->steps.size()) {
    run->steps[number].state = action.state;
    run->steps[number].progress = action.progress;
  }
  if (isOver(action.state)) turn.perform(effect::RefreshCase{action.id});
}

}  // namespace

void handle(Turn& turn, const AgentsAction& action) {
  std::visit([&](const auto& one) { on(turn, one); }, action);
}

}  // namespace attest::session
