#include "core/session/sign.h"

#include <algorithm>

#include "core/session/turn.h"

namespace attest::session {
namespace {

void on(Turn& turn, const action::OpenSignDialog&) {
  if (actor(turn.state()) == nullptr || !turn.state().reading->record) return;
  saveAll(turn, true);
  Signing& signing = turn.change(&State::signing);
  signing.open = true;
  signing.error.reset();
  signing.signedVersion.reset();
}

void on(Turn& turn, const action::CloseSignDialog&) {
  if (!turn.state().signing->busy) turn.change(&State::signing).open = false;
}

void sign(Turn& turn, const std::string& secret, bool goesOn) {
  const State& state = turn.state();
  if (actor(state) == nullptr || !state.reading->record || !state.signing->open) return;
  if (!maySign(*state.signing)) return;
  Signing& signing = turn.change(&State::signing);
  signing.busy = true;
  signing.goesOn = goesOn;
  signing.error.reset();
  const CaseRecord& record = *state.reading->record;
  turn.perform(effect::Sign{record.row.id, actor(state)->id, secret, record.revision,
                            attest::review::contentHash(record)});
}

void on(Turn& turn, const action::Sign& action) {
  sign(turn, action.secret, false);
}
void on(Turn& turn, const action::SignAndNext& action) {
  sign(turn, action.secret, true);
}

/// Signing is a barrier: what stands before it is amended by an addendum, not undone.
void on(Turn& turn, const action::Signed& action) {
  if (!turn.state().signing->busy || !action.record || !isOpen(turn.state(), action.record->row.id)) return;
  Signing& signing = turn.change(&State::signing);
  signing.busy = false;
  signing.open = false;
  signing.signedVersion = action.version;
  Review& review = turn.change(&State::review);
  review.undo.clear();
  review.redo.clear();
  takeRecord(turn, action.record);
  turn.notify(NoticeKind::signed_version);
  if (turn.state().signing->goesOn) leaveCase(turn, nextLeave(turn));
}

bool isStaleItem(const attest::review::Missing& one) {
  return one.code == attest::review::MissingCode::stale && !one.finding.empty();
}

void on(Turn& turn, const action::SignFailed& action) {
  if (!turn.state().signing->busy) return;
  Signing& signing = turn.change(&State::signing);
  signing.busy = false;
  signing.error = action.error;
  if (!action.missing.empty()) signing.missing = action.missing;
  // Items on other images than those of now: only who signs reads masks, so a new record would not tell it.
  const bool told = !action.missing.empty() && std::ranges::all_of(action.missing, isStaleItem);
  const bool moved = action.error.code == ErrorCode::stale || action.error.code == ErrorCode::not_signable;
  if (moved && !told) turn.perform(effect::RefreshCase{*turn.state().reading->caseId});
}

}  // namespace

bool maySign(const Signing& signing) {
  return !signing.busy && !signing.unsaved && std::ranges::none_of(signing.missing, attest::review::blocks);
}

void handle(Turn& turn, const SignAction& action) {
  std::visit([&](const auto& one) { on(turn, one); }, action);
}

}  // namespace attest::session
