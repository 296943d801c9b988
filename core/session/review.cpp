#include "core/session/review.h"

#include <algorithm>
#include <cmath>

#include "core/session/turn.h"
#include "core/view/plane.h"

namespace attest::session {
namespace {

namespace rules = attest::review;
using Kind = PendingVerdicts::Kind;

bool canAct(const Turn& turn) {
  return actor(turn.state()) != nullptr && turn.state().reading->record != nullptr;
}

void refuse(Turn& turn, Refusal refusal) {
  turn.change(&State::review).refusal = refusal;
}

/// Sends verdicts that the rules allow on the record as it is now; says false, and why, where they do not.
bool submit(Turn& turn, const std::vector<rules::Verdict>& verdicts, Kind kind, Time at) {
  const Reader reader = *actor(turn.state());
  const CaseRecord& present = *turn.state().reading->record;
  CaseRecord record = present;
  PendingVerdicts pending{.kind = kind, .items = {}, .step = {}};
  for (const rules::Verdict& verdict : verdicts) {
    const Result<rules::Change> change = rules::apply(record, verdict, reader, at);
    if (!change) {
      turn.notify(NoticeKind::verdict_refused, change.error());
      return false;
    }
    record.items = rules::merged(std::move(record.items), *change);
    if (change->comparison) record.comparison = change->comparison;
    pending.step.action = change->action;
    for (const Item& item : change->items) pending.items.push_back(item.id);
    pending.items.insert(pending.items.end(), change->removed.begin(), change->removed.end());
  }
  if (present.comparison) {
    for (const CarriedLesion& lesion : present.comparison->lesions) {
      if (*rules::findLesion(record, lesion.earlier.item) == lesion) continue;
      pending.lesions.push_back(lesion.earlier.item);
      pending.step.lesions.push_back(lesion);
    }
  }
  // The way back frees a finding before it gives it to the lesion that had it.
  std::ranges::stable_partition(pending.step.lesions, [](const CarriedLesion& one) { return !one.match; });
  if (pending.items.empty() && pending.lesions.empty()) return false;
  for (const ItemId& id : pending.items) {
    if (const Item* item = findItem(present, id)) pending.step.before.push_back(*item);
  }
  pending.ticket = turn.newTicket();
  turn.perform(effect::SubmitVerdicts{pending.ticket, present.row.id, reader.id, verdicts});
  Review& review = turn.change(&State::review);
  review.refusal = Refusal::none;
  review.rejecting = false;
  review.pending.push_back(std::move(pending));
  return true;
}

/// The next finding that waits for a person, beginning behind the selected one; none where it would be that
/// one again.
std::optional<ItemId> nextUnreviewed(const State& state, bool backwards) {
  const std::vector<Item>& items = state.reading->record->items;
  const auto count = static_cast<std::ptrdiff_t>(items.size());
  const auto& selected = state.review->selected;
  std::ptrdiff_t from = backwards ? count : -1;
  for (std::ptrdiff_t at = 0; at < count; ++at) {
    if (items[static_cast<std::size_t>(at)].id == selected) from = at;
  }
  for (std::ptrdiff_t step = 1; step <= count; ++step) {
    const std::ptrdiff_t at = ((backwards ? from - step : from + step) + 2 * count) % count;
    const Item& item = items[static_cast<std::size_t>(at)];
    if (item.id != selected && isUnreviewed(item) && isShown(state, item) &&
        !isPending(*state.review, item.id))
      return item.id;
  }
  return std::nullopt;
}

void advance(Turn& turn, Time at) {
  if (const auto next = nextUnreviewed(turn.state(), false)) select(turn, *next, at);
}

/// A verdict on the selected item, and on to the next.
template <class Verdict>
void decide(Turn& turn, const Verdict& verdict, Time at) {
  const Review& review = *turn.state().review;
  if (review.edit) return refuse(turn, Refusal::editing);
  if (isPending(review, verdict.item)) return refuse(turn, Refusal::pending);
  if (submit(turn, {verdict}, Kind::act, at)) advance(turn, at);
}

Refusal refusalOf(const Review& review, const action::Accept& action) {
  if (!review.selected) return Refusal::nothing_selected;
  if (review.edit) return Refusal::editing;
  if (action.autoRepeat) return Refusal::auto_repeat;
  if (isPending(review, *review.selected)) return Refusal::pending;
  if (review.advancedAt && action.at - *review.advancedAt < acceptDelay) return Refusal::too_soon;
  if (!review.painted) return Refusal::not_painted;
  return Refusal::none;
}

void on(Turn& turn, const action::SelectItem& action) {
  if (!canAct(turn) || turn.state().review->edit) return;
  const Item* item = findItem(*turn.state().reading->record, action.item);
  if (item != nullptr && isShown(turn.state(), *item)) select(turn, action.item, std::nullopt);
}

void on(Turn& turn, const action::SelectNext& action) {
  if (!canAct(turn) || turn.state().review->edit) return;
  if (const auto next = nextUnreviewed(turn.state(), action.backwards)) select(turn, *next, std::nullopt);
}

void on(Turn& turn, const action::Deselect&) {
  Review& review = turn.change(&State::review);
  review.selected.reset();
  review.lesion.reset();
  review.onLesion = false;
  review.rejecting = false;
  review.refusal = Refusal::none;
}

void on(Turn& turn, const action::Accept& action) {
  if (!canAct(turn)) return;
  const Refusal refusal = refusalOf(*turn.state().review, action);
  if (refusal != Refusal::none) return refuse(turn, refusal);
  decide(turn, rules::Accept{*turn.state().review->selected}, action.at);
}

void on(Turn& turn, const action::OpenReject&) {
  if (canAct(turn) && turn.state().review->selected && !turn.state().review->edit) {
    turn.change(&State::review).rejecting = true;
  }
}

void on(Turn& turn, const action::CloseReject&) {
  turn.change(&State::review).rejecting = false;
}

void on(Turn& turn, const action::Reject& action) {
  const auto selected = turn.state().review->selected;
  if (canAct(turn) && selected) decide(turn, rules::Reject{*selected, action.reason}, action.at);
}

void on(Turn& turn, const action::Unsure& action) {
  const auto selected = turn.state().review->selected;
  if (canAct(turn) && selected) decide(turn, rules::Unsure{*selected}, action.at);
}

void on(Turn& turn, const action::Relabel& action) {
  const auto selected = turn.state().review->selected;
  if (!canAct(turn) || !selected) return;
  if (isPending(*turn.state().review, *selected)) return refuse(turn, Refusal::pending);
  submit(turn, {rules::Relabel{*selected, action.label, action.code}}, Kind::act, action.at);
}

void on(Turn& turn, const action::ConfirmStructures& action) {
  if (canAct(turn)) submit(turn, {rules::ConfirmStructures{}}, Kind::act, action.at);
}

void on(Turn& turn, const action::DismissBelowThreshold& action) {
  if (!canAct(turn) || hidesProposals(turn.state())) return;
  submit(turn, {rules::DismissBelowThreshold{}}, Kind::act, action.at);
}

void on(Turn& turn, const action::DeleteSelected& action) {
  const auto selected = turn.state().review->selected;
  if (canAct(turn) && selected) decide(turn, rules::DeleteDrawn{*selected}, action.at);
}

std::optional<Item> itemIn(const std::vector<Item>& items, const ItemId& id) {
  const auto at = std::ranges::find(items, id, &Item::id);
  return at == items.end() ? std::nullopt : std::optional(*at);
}

/// Brings items from the state after a step back to the one before it, where nobody changed them since.
std::vector<rules::Verdict> wayBack(const UndoStep& step) {
  std::vector<rules::Verdict> verdicts;
  for (const Item& item : step.before) {
    const std::optional<Item> after = itemIn(step.after, item.id);
    if (!step.lesions.empty() && after && after->state == item.state) continue;  // it goes with its lesion
    verdicts.emplace_back(rules::Restore{item, after});
  }
  for (const CarriedLesion& lesion : step.lesions) {
    verdicts.emplace_back(rules::JudgeLesion{lesion.earlier.item, lesion.outcome, lesion.match});
  }
  for (const Item& item : step.after) {
    if (!itemIn(step.before, item.id)) verdicts.emplace_back(rules::DeleteDrawn{item.id, item});
  }
  return verdicts;
}

void goBack(Turn& turn, Kind kind, Time at) {
  Review& review = turn.change(&State::review);
  auto& steps = kind == Kind::undo ? review.undo : review.redo;
  if (steps.empty()) return;
  const UndoStep step = steps.back();
  if (!submit(turn, wayBack(step), kind, at)) return;
  review.pending.back().step.action = step.action;
  if (!step.before.empty()) select(turn, step.before.front().id, std::nullopt);
}

void on(Turn& turn, const action::Undo& action) {
  if (!canAct(turn)) return;
  Review& review = turn.change(&State::review);
  if (review.edit) return handleEdit(turn, action);
  if (review.pending.empty()) {
    goBack(turn, Kind::undo, action.at);
  } else {
    ++review.queuedUndos;
  }
}

void on(Turn& turn, const action::Redo& action) {
  if (!canAct(turn)) return;
  if (turn.state().review->edit) return handleEdit(turn, action);
  if (turn.state().review->pending.empty()) goBack(turn, Kind::redo, action.at);
}

/// Takes the pending verdicts of a ticket out of the list.
std::optional<PendingVerdicts> answered(Turn& turn, Ticket ticket) {
  auto& pending = turn.change(&State::review).pending;
  const auto at = std::ranges::find(pending, ticket, &PendingVerdicts::ticket);
  if (at == pending.end()) return std::nullopt;
  PendingVerdicts found = std::move(*at);
  pending.erase(at);
  return found;
}

void on(Turn& turn, const action::VerdictsCommitted& action) {
  if (!action.record || !isOpen(turn.state(), action.record->row.id)) return;
  if (editSaved(turn, action.ticket, action.record)) return;
  takeRecord(turn, action.record);
  std::optional<PendingVerdicts> done = answered(turn, action.ticket);
  if (!done) return;
  for (const ItemId& id : done->items) {
    if (const Item* item = findItem(*action.record, id)) done->step.after.push_back(*item);
  }
  Review& review = turn.change(&State::review);
  if (done->kind == Kind::act) review.redo.clear();
  if (done->kind == Kind::undo) review.undo.pop_back();
  if (done->kind == Kind::redo) review.redo.pop_back();
  (done->kind == Kind::undo ? review.redo : review.undo).push_back(std::move(done->step));
  if (review.queuedUndos > 0 && review.pending.empty() && canAct(turn)) {
    --review.queuedUndos;
    goBack(turn, Kind::undo, {});
  }
}

void on(Turn& turn, const action::VerdictsFailed& action) {
  if (!editFailed(turn, action.ticket)) {
    if (!answered(turn, action.ticket)) return;
    turn.change(&State::review).queuedUndos = 0;
  }
  turn.change(&State::reading).leave.reset();
  turn.notify(NoticeKind::verdict_failed, action.error);
  turn.perform(effect::RefreshCase{*turn.state().reading->caseId});
}

}  // namespace

bool isPending(const Review& review, const ItemId& item) {
  return std::ranges::any_of(review.pending, [&](const PendingVerdicts& pending) {
    return std::ranges::find(pending.items, item) != pending.items.end();
  });
}

bool isPendingLesion(const Review& review, const ItemId& earlier) {
  return std::ranges::any_of(review.pending, [&](const PendingVerdicts& pending) {
    return std::ranges::find(pending.lesions, earlier) != pending.lesions.end();
  });
}

bool isUnsaved(const Review& review) {
  return !review.pending.empty() || review.edit;
}

Vec3 targetMm(const Item& item) {
  const Measurement& m = item.measurement;
  return m.longestMm ? 0.5 * (m.longestEndsMm[0] + m.longestEndsMm[1]) : m.centroidMm;
}

ReviewCount reviewCount(const CaseRecord& record) {
  ReviewCount count;
  for (const Item& item : record.items) {
    if (item.kind != ItemKind::finding) continue;
    ++count.total;
    if (!isUnreviewed(item)) ++count.reviewed;
  }
  return count;
}

void select(Turn& turn, const ItemId& item, std::optional<Time> advancedAt) {
  const Item* found = findItem(*turn.state().reading->record, item);
  if (found == nullptr) return;
  Review& review = turn.change(&State::review);
  review.painted = review.painted && review.selected == item;
  review.selected = item;
  review.lesion = found->earlier ? std::optional(found->earlier->item) : std::nullopt;
  review.onLesion = false;
  review.advancedAt = advancedAt;
  review.refusal = Refusal::none;
  review.rejecting = false;
  if (found->measurement.voxels > 0) goTo(turn, found->source, targetMm(*found));
  if (!found->earlier) return;
  const CarriedLesion* lesion = rules::findLesion(*turn.state().reading->record, found->earlier->item);
  if (lesion != nullptr) showEarlier(turn, *lesion);
}

void selectFirst(Turn& turn) {
  if (!turn.state().review->selected) on(turn, action::SelectNext{});
}

bool submitVerdicts(Turn& turn, const std::vector<rules::Verdict>& verdicts, Time at) {
  return submit(turn, verdicts, Kind::act, at);
}

void notePainted(Turn& turn, const view::ViewportState& painted, const Grid& grid) {
  const State& state = turn.state();
  if (!state.review->selected || state.review->painted) return;
  const Item* item = findItem(*state.reading->record, *state.review->selected);
  if (item == nullptr || !view::sharesSpace(*state.reading->record, item->source, painted.block)) return;
  if (item->measurement.voxels == 0) {  // it has no place of its own in the images
    turn.change(&State::review).painted = true;
    return;
  }
  const Vec3 away = targetMm(*item) - painted.focusMm;
  const Vec3 direction = painted.orientation == view::Orientation::stack
                             ? normalized(cross(grid.axes[0], grid.axes[1]))
                             : view::countDirection(painted.orientation, grid);
  const double half = view::sliceStepMm(painted.orientation, grid) / 2 + 1e-6;
  if (std::abs(dot(away, direction)) <= half) turn.change(&State::review).painted = true;
}

void handle(Turn& turn, const ReviewAction& action) {
  std::visit(
      [&](const auto& one) {
        if constexpr (requires { on(turn, one); }) {
          on(turn, one);
        } else {
          handleEdit(turn, action);
        }
      },
      action);
}

}  // namespace attest::session
