#include "core/session/nodes.h"

#include "core/session/turn.h"

namespace attest::session {
namespace {

bool isKnown(const State& state, const std::string& name) {
  return std::ranges::find(state.nodes->list, name, &Node::name) != state.nodes->list.end();
}

void load(Turn& turn) {
  turn.change(&State::nodes).loading = true;
  turn.perform(effect::LoadNodes{});
}

void on(Turn& turn, const action::OpenNodes&) {
  if (actor(turn.state()) == nullptr) return;
  turn.change(&State::nodes).open = true;
  load(turn);
}

void on(Turn& turn, const action::CloseNodes&) {
  turn.change(&State::nodes).open = false;
}

void on(Turn& turn, const action::NodesLoaded& action) {
  Nodes& nodes = turn.change(&State::nodes);
  nodes.loading = false;
  nodes.list = action.nodes;
  nodes.error.reset();
  std::erase_if(nodes.tests, [&](const auto& test) {
    return std::ranges::find(action.nodes, test.first, &Node::name) == action.nodes.end();
  });
}

void on(Turn& turn, const action::NodesFailed& action) {
  Nodes& nodes = turn.change(&State::nodes);
  nodes.loading = false;
  nodes.error = action.error;
  turn.notify(NoticeKind::nodes_failed, action.error);
}

void on(Turn& turn, const action::PutNode& action) {
  if (!mayAdminister(turn.state()) || action.node.name.empty()) return;
  turn.change(&State::nodes).tests.erase(action.node.name);  // what it said was about another address
  turn.perform(effect::PutNode{actor(turn.state())->id, action.node, action.before});
}

void on(Turn& turn, const action::RemoveNode& action) {
  if (mayAdminister(turn.state()) && isKnown(turn.state(), action.name)) {
    turn.perform(effect::RemoveNode{actor(turn.state())->id, action.name});
  }
}

void on(Turn& turn, const action::TestNode& action) {
  if (actor(turn.state()) == nullptr || !isKnown(turn.state(), action.name)) return;
  NodeTest& test = turn.change(&State::nodes).tests[action.name];
  if (test.running) return;
  test = {.running = true, .error = {}};
  turn.perform(effect::TestNode{action.name});
}

void on(Turn& turn, const action::NodeTested& action) {
  const auto& tests = turn.state().nodes->tests;
  const auto at = tests.find(action.name);
  if (at == tests.end() || !at->second.running) return;
  NodeTest& test = turn.change(&State::nodes).tests[action.name];
  test = action.test;
  test.running = false;
}

void on(Turn& turn, const action::FindStudies& action) {
  const Reader* reader = actor(turn.state());
  if (reader == nullptr) return;
  const Ticket ticket = turn.newTicket();
  turn.change(&State::nodes).search = {
      .ticket = ticket, .node = action.node, .query = action.query, .found = {}};
  turn.perform(effect::FindStudies{ticket, reader->id, action.node, action.query});
}

void on(Turn& turn, const action::StudiesFound& action) {
  if (turn.state().nodes->search.ticket != action.ticket) return;
  StudySearch& search = turn.change(&State::nodes).search;
  search.ticket.reset();
  search.found = action.studies;
}

void on(Turn& turn, const action::FindFailed& action) {
  if (turn.state().nodes->search.ticket != action.ticket) return;
  StudySearch& search = turn.change(&State::nodes).search;
  search.ticket.reset();
  search.error = action.error;
}

void on(Turn& turn, const action::FetchStudy& action) {
  const Reader* reader = actor(turn.state());
  if (reader == nullptr || action.study.empty()) return;
  const Ticket ticket = turn.newTicket();
  turn.change(&State::worklist)
      .imports.push_back({.ticket = ticket,
                          .reader = reader->id,
                          .paths = {},
                          .node = action.node,
                          .cases = {},
                          .skipped = {}});
  turn.perform(effect::FetchStudy{ticket, reader->id, action.node, action.study});
}

void on(Turn& turn, const action::SetListener& action) {
  if (!mayAdminister(turn.state())) return;
  turn.perform(effect::SetListener{actor(turn.state())->id, action.listener});
}

void on(Turn& turn, const action::ListenerChanged& action) {
  turn.change(&State::nodes).listener = action.listener;
}

void on(Turn& turn, const action::RetryDeliveries&) {
  const State& state = turn.state();
  if (actor(state) == nullptr || !state.reading->record) return;
  turn.perform(effect::Deliver{*state.reading->caseId, actor(state)->id});
}

void on(Turn& turn, const action::DeliveryFailed& action) {
  if (isOpen(turn.state(), action.id)) turn.notify(NoticeKind::delivery_failed, action.error);
}

}  // namespace

bool mayAdminister(const State& state) {
  const Reader* reader = actor(state);
  return reader != nullptr && reader->roles.contains(Role::admin);
}

void handle(Turn& turn, const NodesAction& action) {
  std::visit([&](const auto& one) { on(turn, one); }, action);
}

}  // namespace attest::session
