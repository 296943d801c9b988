#include "core/session/sign_in.h"

#include <algorithm>

#include "core/session/turn.h"

namespace attest::session {
namespace {

SignInPhase waitingPhase(const SignIn& signIn) {
  if (signIn.reader) return SignInPhase::locked;
  return signIn.readers.empty() ? SignInPhase::first_reader : SignInPhase::signed_out;
}

void on(Turn& turn, const action::ReadersLoaded& action) {
  SignIn& signIn = turn.change(&State::signIn);
  signIn.readers = action.readers;
  signIn.demonstration = action.demonstration;
  if (signIn.reader || signIn.phase == SignInPhase::checking) return;
  signIn.phase = waitingPhase(signIn);
  signIn.error.reset();
}

void on(Turn& turn, const action::ReadersFailed& action) {
  turn.change(&State::signIn).error = action.error;
}

void on(Turn& turn, const action::CreateFirstReader& action) {
  if (turn.state().signIn->phase != SignInPhase::first_reader) return;
  SignIn& signIn = turn.change(&State::signIn);
  signIn.phase = SignInPhase::checking;
  signIn.error.reset();
  turn.perform(effect::CreateFirstReader{action.name, action.secret});
}

void on(Turn& turn, const action::EnterSecret& action) {
  const SignInPhase phase = turn.state().signIn->phase;
  if (phase != SignInPhase::signed_out && phase != SignInPhase::locked) return;
  SignIn& signIn = turn.change(&State::signIn);
  signIn.phase = SignInPhase::checking;
  signIn.error.reset();
  turn.perform(effect::SignIn{action.reader, action.secret});
}

void on(Turn& turn, const action::SignedIn& action) {
  if (turn.state().signIn->phase != SignInPhase::checking) return;
  const std::optional<Reader> earlier = turn.state().signIn->reader;
  if (earlier && earlier->id != action.reader.id) closeNow(turn, Leave{.signOut = true});
  SignIn& signIn = turn.change(&State::signIn);
  signIn.reader = action.reader;
  signIn.reader->secretHash.clear();
  signIn.reader->sealedKey.clear();
  signIn.phase = SignInPhase::signed_in;
  signIn.error.reset();
  if (std::ranges::find(signIn.readers, action.reader.id) == signIn.readers.end()) {
    signIn.readers.push_back(action.reader.id);
  }
  turn.setMovedAt(std::nullopt);
  reloadWorklist(turn);
  askQueue(turn);
  turn.perform(effect::LoadPreferences{action.reader.id});
  turn.perform(effect::LoadParked{action.reader.id});
  if (turn.state().agents->cards.empty()) turn.perform(effect::LoadCards{});
  if (const auto wish = std::exchange(turn.change(&State::signIn).wish, std::nullopt)) openCase(turn, *wish);
}

void on(Turn& turn, const action::SignInFailed& action) {
  if (turn.state().signIn->phase != SignInPhase::checking) return;
  SignIn& signIn = turn.change(&State::signIn);
  signIn.error = action.error;
  signIn.phase = waitingPhase(signIn);
}

void on(Turn& turn, const action::SignOut&) {
  if (turn.state().signIn->reader) leaveCase(turn, Leave{.signOut = true});
}

void on(Turn& turn, const action::Lock&) {
  lock(turn);
}

}  // namespace

void lock(Turn& turn) {
  if (actor(turn.state()) == nullptr) return;
  saveReport(turn);
  turn.change(&State::signIn).phase = SignInPhase::locked;
}

void handle(Turn& turn, const SignInAction& action) {
  std::visit([&](const auto& one) { on(turn, one); }, action);
}

}  // namespace attest::session
