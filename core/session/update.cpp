#include "core/session/update.h"

#include <algorithm>
#include <iterator>

#include "core/review/review.h"
#include "core/session/turn.h"

namespace attest::session {

void Turn::notify(NoticeKind kind, std::optional<Error> error) {
  constexpr std::size_t most = 20;
  auto& list = change(&State::notices).list;
  list.push_back({newTicket(), kind, std::move(error)});
  if (list.size() > most) list.erase(list.begin());
}

void handle(Turn& turn, const NoticeAction& action) {
  const Ticket id = std::get<action::DismissNotice>(action).id;
  std::erase_if(turn.change(&State::notices).list, [&](const Notice& notice) { return notice.id == id; });
}

Screen screen(const State& state) {
  if (state.signIn->phase != SignInPhase::signed_in) return Screen::sign_in;
  if (state.reading->caseId) return Screen::reading;
  return state.nodes->open ? Screen::nodes : Screen::worklist;
}

const Reader* actor(const State& state) {
  const SignIn& signIn = *state.signIn;
  return signIn.phase == SignInPhase::signed_in && signIn.reader ? &*signIn.reader : nullptr;
}

bool isOpen(const State& state, const CaseId& id) {
  return state.reading->caseId == id && state.reading->record;
}

bool isUnsaved(const State& state) {
  return isUnsaved(*state.review) || isUnsaved(*state.report);
}

void leaveCase(Turn& turn, Leave leave) {
  const Reading& reading = *turn.state().reading;
  const bool insists = reading.leave && !reading.leave->park && !leave.park;
  if (!reading.caseId || insists) return closeNow(turn, leave);
  const bool park = leave.park;
  turn.change(&State::reading).leave = std::move(leave);
  saveAll(turn, !park);
}

void saveAll(Turn& turn, bool finishes) {
  saveReport(turn);
  if (!turn.state().review->edit) return;
  if (finishes) turn.change(&State::review).edit->finishing = true;
  saveEdit(turn);
}

void closeNow(Turn& turn, const Leave& leave) {
  if (turn.state().reading->caseId) turn.perform(effect::CloseCase{*turn.state().reading->caseId});
  if (leave.park) park(turn);
  turn.replace(&State::reading, Reading{});
  turn.replace(&State::review, Review{});
  turn.replace(&State::report, ReportDraft{});
  turn.replace(&State::signing, Signing{});
  turn.replace(&State::exporting, Exporting{});
  Agents agents;
  agents.cards = turn.state().agents->cards;
  turn.replace(&State::agents, std::move(agents));
  if (leave.signOut) {
    Worklist fresh;
    std::ranges::copy_if(turn.state().worklist->imports, std::back_inserter(fresh.imports),
                         [](const ImportJob& job) { return !job.finished; });
    turn.replace(&State::worklist, std::move(fresh));
    turn.replace(&State::notices, Notices{});
    turn.replace(&State::queue, Queue{});
    turn.replace(&State::preferences, lookOf(*turn.state().preferences));
    turn.replace(&State::thumbnails, Thumbnails{});
    turn.change(&State::nodes).open = false;
    turn.change(&State::nodes).search = {};
    SignIn& signIn = turn.change(&State::signIn);
    signIn.reader.reset();
    signIn.phase = SignInPhase::signed_out;
  } else if (leave.next && actor(turn.state()) != nullptr) {
    if (!unpark(turn, *leave.next)) turn.change(&State::reading).caseId = leave.next;
    turn.perform(effect::OpenCase{*leave.next, actor(turn.state())->id});
  } else {
    reloadWorklist(turn);
  }
  askQueue(turn);
}

namespace {

/// Something is not on disk, though a mask may still be open under the brush.
bool isOnItsWay(const State& state) {
  const auto& edit = state.review->edit;
  return isUnsaved(*state.report) || !state.review->pending.empty() ||
         (edit && (edit->ticket || edit->mask != edit->saved));
}

/// What is hidden until the reader's own read is done is named as one thing, without saying what it is.
std::vector<attest::review::Missing> missing(const State& state) {
  using attest::review::MissingCode;
  const CaseRecord& record = *state.reading->record;
  auto all = attest::review::missingForSignature(record, *state.signIn->reader);
  const auto hidden = std::erase_if(all, [&](const attest::review::Missing& one) {
    const Item* item = one.code == MissingCode::unreviewed ? findItem(record, {one.finding}) : nullptr;
    return item != nullptr && !isShown(state, *item);
  });
  if (hidden > 0) all.insert(all.begin(), {MissingCode::unreviewed, ""});
  return all;
}

}  // namespace

void settle(Turn& turn, const State& before) {
  const State& now = turn.state();
  reveal(turn);
  if (const auto leave = now.reading->leave) {
    const bool waits = leave->park ? isOnItsWay(now) : isUnsaved(now);
    if (!waits) closeNow(turn, *leave);
  }
  const bool unsaved = isUnsaved(now);
  const bool sameCase = now.reading->record == before.reading->record && now.signIn == before.signIn &&
                        now.reading->revealed == before.reading->revealed;
  if (sameCase && unsaved == now.signing->unsaved) return;
  Signing& signing = turn.change(&State::signing);
  signing.unsaved = unsaved;
  signing.missing.clear();
  if (now.reading->record && now.signIn->reader) {
    signing.missing = missing(now);
  }
}

Effects start() {
  return {effect::LoadReaders{}, effect::StartServices{}};
}

std::pair<State, Effects> update(State state, const Action& action) {
  const State before = state;
  Turn turn(std::move(state));
  std::visit([&](const auto& topic) { handle(turn, topic); }, action);
  settle(turn, before);
  return std::move(turn).finish();
}

}  // namespace attest::session
