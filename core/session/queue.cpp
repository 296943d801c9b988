#include "core/session/queue.h"

#include <algorithm>

#include "core/session/turn.h"

namespace attest::session {
namespace {

void on(Turn& turn, const action::OpenNext&) {
  if (actor(turn.state()) != nullptr) leaveCase(turn, nextLeave(turn));
}

void on(Turn& turn, const action::ParkCase& action) {
  const State& state = turn.state();
  if (actor(state) == nullptr || !state.reading->record || action.next == state.reading->caseId) return;
  leaveCase(turn, Leave{.park = true, .next = action.next});
}

bool isAnswered(Turn& turn, Ticket ticket) {
  if (turn.state().queue->asked != ticket) return false;
  turn.change(&State::queue).asked.reset();
  return true;
}

void on(Turn& turn, const action::QueueLoaded& action) {
  if (!isAnswered(turn, action.ticket)) return;
  if (turn.state().queue->askAgain) return askQueue(turn);
  Queue& queue = turn.change(&State::queue);
  const std::vector<CaseRow> before = std::exchange(queue.next, action.rows);
  queue.error.reset();
  std::erase_if(queue.ready, [&](const CaseId& id) {
    return std::ranges::find(action.rows, id, &CaseRow::id) == action.rows.end();
  });
  if (std::ranges::equal(before, action.rows, {}, &CaseRow::id, &CaseRow::id)) return;
  prefetchAhead(turn);
}

void on(Turn& turn, const action::QueueFailed& action) {
  if (!isAnswered(turn, action.ticket)) return;
  turn.change(&State::queue).error = action.error;
  turn.notify(NoticeKind::queue_failed, action.error);
}

void on(Turn& turn, const action::CasePrefetched& action) {
  const auto& next = turn.state().queue->next;
  if (std::ranges::find(next, action.id, &CaseRow::id) == next.end()) return;
  turn.change(&State::queue).ready.insert(action.id);
}

void on(Turn& turn, const action::ParkedLoaded& action) {
  const auto& reader = turn.state().signIn->reader;
  if (!reader || reader->id != action.reader) return;
  for (const ParkedCase& parked : action.cases) {
    const bool known = findParked(*turn.state().queue, parked.row.id) != nullptr;
    if (!known && !isOpen(turn.state(), parked.row.id)) turn.change(&State::queue).parked.push_back(parked);
  }
  const Reading& reading = *turn.state().reading;
  if (reading.caseId && !reading.record) unpark(turn, CaseId(*reading.caseId));  // it is being opened
  askQueue(turn);
}

void on(Turn& turn, const action::ParkedFailed& action) {
  turn.notify(NoticeKind::park_failed, action.error);
}

/// The viewports stay as they are; voxels go back to the cache, which may keep them.
std::shared_ptr<const Reading> withoutVoxels(Reading reading) {
  for (auto& [ref, data] : reading.blocks) {
    data.volume.reset();
    data.slices.clear();
    data.loading = false;
    data.progress = 0;
    data.error.reset();
  }
  std::erase_if(reading.masks, [](const auto& entry) { return entry.second == nullptr; });
  std::erase_if(reading.priors.records, [](const auto& entry) { return entry.second == nullptr; });
  reading.leave.reset();
  return std::make_shared<const Reading>(std::move(reading));
}

}  // namespace

const ParkedCase* findParked(const Queue& queue, const CaseId& id) {
  const auto at = std::ranges::find(queue.parked, id, [](const ParkedCase& one) { return one.row.id; });
  return at == queue.parked.end() ? nullptr : &*at;
}

Leave nextLeave(Turn& turn) {
  const auto& next = turn.state().queue->next;
  if (!next.empty()) return Leave{.next = next.front().id};
  turn.notify(NoticeKind::queue_empty);
  return Leave{};
}

void askQueue(Turn& turn) {
  const State& state = turn.state();
  const Reader* reader = actor(state);
  if (reader == nullptr) return;
  Queue& queue = turn.change(&State::queue);
  queue.askAgain = queue.asked.has_value();
  if (queue.askAgain) return;
  std::vector<CaseId> skip;
  if (state.reading->caseId) skip.push_back(*state.reading->caseId);
  for (const ParkedCase& parked : queue.parked) skip.push_back(parked.row.id);
  queue.asked = turn.newTicket();
  turn.perform(effect::LoadQueue{*queue.asked, reader->id, std::move(skip), static_cast<int>(casesAhead)});
}

void prefetchAhead(Turn& turn) {
  const State& state = turn.state();
  std::vector<CaseId> ahead;
  if (state.reading->record && comparedCase(*state.reading->record)) ahead.push_back(*state.reading->caseId);
  for (const CaseRow& row : state.queue->next) ahead.push_back(row.id);
  turn.perform(effect::Prefetch{std::move(ahead)});
}

void park(Turn& turn) {
  const State& state = turn.state();
  if (!state.reading->record) return;
  // Copies: this turn goes on to change the topics that it made its own.
  ParkedCase parked{state.reading->record->row, withoutVoxels(*state.reading),
                    std::make_shared<const Review>(*state.review),
                    std::make_shared<const ReportDraft>(*state.report)};
  turn.perform(effect::KeepParked{state.signIn->reader->id, parked});
  turn.change(&State::queue).parked.push_back(std::move(parked));
}

bool unpark(Turn& turn, const CaseId& id) {
  const ParkedCase* found = findParked(*turn.state().queue, id);
  if (found == nullptr) return false;
  const ParkedCase parked = *found;
  std::erase_if(turn.change(&State::queue).parked, [&](const ParkedCase& one) { return one.row.id == id; });
  turn.replace(&State::reading, Reading(*parked.reading));
  turn.replace(&State::review, Review(*parked.review));
  turn.replace(&State::report, ReportDraft(*parked.report));
  if (parked.reading->record) turn.change(&State::agents).runs = parked.reading->record->runs;
  turn.perform(effect::ForgetParked{turn.state().signIn->reader->id, id});
  requestShown(turn);
  return true;
}

void handle(Turn& turn, const QueueAction& action) {
  std::visit([&](const auto& one) { on(turn, one); }, action);
}

}  // namespace attest::session
