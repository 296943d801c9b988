#include <algorithm>

#include "core/session/turn.h"

namespace attest::session {
namespace {

namespace rules = attest::review;

bool isInCase(const State& state, const ItemId& item) {
  return state.reading->record && findItem(*state.reading->record, item) != nullptr;
}

void begin(Turn& turn, Item item, bool isNew, imaging::MaskPtr mask) {
  MaskEdit edit;
  edit.before = std::move(item);
  edit.isNew = isNew;
  edit.base = edit.mask = edit.saved = std::move(mask);
  turn.change(&State::review).edit = std::move(edit);
  turn.change(&State::reading).tool = Tool::brush;
}

/// An empty mask over the voxels of a block; null while they are not there.
imaging::MaskPtr emptyMask(const Reading& reading, const BlockRef& block) {
  const auto data = reading.blocks.find(block);
  if (data == reading.blocks.end() || !data->second.volume) return nullptr;
  return std::make_shared<imaging::Mask>(data->second.volume->grid());
}

/// The edit as one step of the undo stack, then it is over.
void finish(Turn& turn) {
  Review& review = turn.change(&State::review);
  const MaskEdit edit = *review.edit;
  review.edit.reset();
  turn.change(&State::reading).tool = Tool::window;
  UndoStep step{edit.isNew ? "review.draw" : "review.correct", {}, {}};
  if (!edit.isNew) step.before.push_back(edit.before);
  if (const Item* item = findItem(*turn.state().reading->record, edit.before.id)) step.after.push_back(*item);
  if (step.before == step.after) return;
  if (!step.after.empty()) select(turn, edit.before.id, std::nullopt);
  review.redo.clear();
  review.undo.push_back(std::move(step));
}

void on(Turn& turn, const action::StartEdit&) {
  const State& state = turn.state();
  if (actor(state) == nullptr || !state.reading->record || !state.review->selected || state.review->edit)
    return;
  const Item* item = findItem(*state.reading->record, *state.review->selected);
  if (item == nullptr) return;
  if (isPending(*state.review, item->id)) {
    turn.change(&State::review).refusal = Refusal::pending;
    return;
  }
  const auto stored = state.reading->masks.find(item->maskHash);
  imaging::MaskPtr mask = stored == state.reading->masks.end() ? nullptr : stored->second;
  if (item->maskHash.empty()) mask = emptyMask(*state.reading, item->source);
  if (mask) begin(turn, *item, false, std::move(mask));
}

void on(Turn& turn, const action::StartDrawing& action) {
  const State& state = turn.state();
  if (actor(state) == nullptr || !state.reading->record || state.review->edit) return;
  if (action.draft.id.empty() || isInCase(state, action.draft.id)) return;
  if (imaging::MaskPtr mask = emptyMask(*state.reading, action.draft.source)) {
    begin(turn, action.draft, true, std::move(mask));
  }
}

void on(Turn& turn, const action::SetBrushRadius& action) {
  turn.change(&State::review).brushRadiusMm = std::clamp(action.radiusMm, 0.5, 100.0);
}

/// The edit that may go on, or null.
MaskEdit* open(Turn& turn) {
  if (actor(turn.state()) == nullptr || !turn.state().review->edit) return nullptr;
  MaskEdit& edit = *turn.change(&State::review).edit;
  return edit.finishing ? nullptr : &edit;
}

void on(Turn& turn, const action::StrokeEnded& action) {
  MaskEdit* edit = open(turn);
  if (edit == nullptr || !action.mask || *action.mask == *edit->mask) return;
  edit->undo.push_back(edit->mask);
  edit->redo.clear();
  edit->mask = action.mask;
  saveEdit(turn);
}

void on(Turn& turn, const action::FinishEdit&) {
  MaskEdit* edit = open(turn);
  if (edit == nullptr) return;
  edit->finishing = true;
  saveEdit(turn);
}

void on(Turn& turn, const action::CancelEdit&) {
  MaskEdit* edit = open(turn);
  if (edit == nullptr) return;
  edit->mask = edit->base;
  edit->finishing = true;
  saveEdit(turn);
}

using Strokes = std::vector<imaging::MaskPtr> MaskEdit::*;

void step(Turn& turn, Strokes from, Strokes to) {
  MaskEdit* edit = open(turn);
  if (edit == nullptr || (edit->*from).empty()) return;
  (edit->*to).push_back(edit->mask);
  edit->mask = (edit->*from).back();
  (edit->*from).pop_back();
  saveEdit(turn);
}

void on(Turn& turn, const action::Undo&) {
  step(turn, &MaskEdit::undo, &MaskEdit::redo);
}
void on(Turn& turn, const action::Redo&) {
  step(turn, &MaskEdit::redo, &MaskEdit::undo);
}

}  // namespace

/// What is on disk becomes what is on screen. The mask of the start is not a correction: the item becomes as
/// it was.
void saveEdit(Turn& turn) {
  const State& state = turn.state();
  const Reader* reader = actor(state);
  if (!state.review->edit || state.review->edit->ticket || reader == nullptr) return;
  MaskEdit& edit = *turn.change(&State::review).edit;
  if (edit.mask == edit.saved) {
    if (edit.finishing) finish(turn);
    return;
  }
  const Item* found = findItem(*state.reading->record, edit.before.id);
  const bool stored = found != nullptr;
  const std::optional<Item> present = stored ? std::optional(*found) : std::nullopt;
  const bool isEmpty = edit.mask->empty();
  if (isEmpty && !edit.isNew && edit.mask != edit.base) {
    edit.finishing = false;
    turn.change(&State::reading).leave.reset();
    turn.notify(NoticeKind::verdict_refused, Error{ErrorCode::bad_argument, "the mask is empty"});
    return;
  }
  if (isEmpty && edit.isNew && !stored) {
    edit.saved = edit.mask;
    if (edit.finishing) finish(turn);
    return;
  }
  edit.saving = edit.mask;
  edit.ticket = turn.newTicket();
  const CaseId id = *state.reading->caseId;
  if (edit.isNew && isEmpty) {
    turn.perform(
        effect::SubmitVerdicts{*edit.ticket, id, reader->id, {rules::DeleteDrawn{edit.before.id, present}}});
  } else if (!edit.isNew && edit.mask == edit.base) {
    turn.perform(
        effect::SubmitVerdicts{*edit.ticket, id, reader->id, {rules::Restore{edit.before, present}}});
  } else {
    turn.perform(
        effect::SaveMask{*edit.ticket, id, reader->id, edit.before, edit.isNew && !stored, edit.mask});
  }
}

bool editSaved(Turn& turn, Ticket ticket, const std::shared_ptr<const CaseRecord>& record) {
  if (!turn.state().review->edit || turn.state().review->edit->ticket != ticket) return false;
  MaskEdit& edit = *turn.change(&State::review).edit;
  edit.ticket.reset();
  edit.saved = std::move(edit.saving);
  edit.saving.reset();
  if (const Item* item = findItem(*record, edit.before.id)) {
    turn.change(&State::reading).masks[item->maskHash] = edit.saved;  // no need to read it back
  }
  takeRecord(turn, record);
  saveEdit(turn);
  return true;
}

bool editFailed(Turn& turn, Ticket ticket) {
  if (!turn.state().review->edit || turn.state().review->edit->ticket != ticket) return false;
  MaskEdit& edit = *turn.change(&State::review).edit;
  edit.ticket.reset();
  edit.saving.reset();
  edit.finishing = false;
  return true;
}

Item drawnItem(const ItemId& id, const BlockRef& source, std::string label, Code category, Code code,
               std::array<std::uint8_t, 3> color) {
  Item item;
  item.id = id;
  item.kind = ItemKind::finding;
  item.label = std::move(label);
  item.category = std::move(category);
  item.code = std::move(code);
  item.state = ItemState::manual;
  item.color = color;
  item.source = source;
  item.trackingUid = stableUid(id.value);
  return item;
}

void handleEdit(Turn& turn, const ReviewAction& action) {
  std::visit(
      [&](const auto& one) {
        if constexpr (requires { on(turn, one); }) on(turn, one);
      },
      action);
}

}  // namespace attest::session
