#pragma once

#include <memory>
#include <set>
#include <utility>

#include "core/session/update.h"

namespace attest::session {

// Inside this room only: how the topics' files write update().

/// One update() in the making.
class Turn {
 public:
  explicit Turn(State before) : state_(std::move(before)) {}

  const State& state() const { return state_; }
  /// A topic to be changed: copied the first time in this turn.
  template <class Topic>
  Topic& change(std::shared_ptr<const Topic> State::*topic) {
    if (!own_.contains((state_.*topic).get())) {
      state_.*topic = std::make_shared<Topic>(*(state_.*topic));
      own_.insert((state_.*topic).get());
    }
    return const_cast<Topic&>(*(state_.*topic));  // made above as a Topic that is not const
  }
  template <class Topic>
  void replace(std::shared_ptr<const Topic> State::*topic, Topic fresh) {
    change(topic) = std::move(fresh);
  }
  Ticket newTicket() { return state_.nextTicket++; }
  void perform(Effect effect) { effects_.push_back(std::move(effect)); }
  void notify(NoticeKind kind, std::optional<Error> error = std::nullopt);
  std::pair<State, Effects> finish() && { return {std::move(state_), std::move(effects_)}; }

 private:
  State state_;
  Effects effects_;
  std::set<const void*> own_;
};

// One function a topic.
void handle(Turn& turn, const SignInAction& action);
void handle(Turn& turn, const WorklistAction& action);
void handle(Turn& turn, const ReadingAction& action);
void handle(Turn& turn, const ReviewAction& action);
void handle(Turn& turn, const ReportAction& action);
void handle(Turn& turn, const AgentsAction& action);
void handle(Turn& turn, const SignAction& action);
void handle(Turn& turn, const ExportAction& action);
void handle(Turn& turn, const NoticeAction& action);

// What topics ask of one another.
/// Who may act now: the reader who is signed in and not locked out; else null.
const Reader* actor(const State& state);
/// Is that the case that is open.
bool isOpen(const State& state, const CaseId& id);
/// Is anything of the open case not on disk yet.
bool isUnsaved(const State& state);
/// Starts to write what is unsaved, then leaves; see settle().
void leaveCase(Turn& turn, Leave leave);
/// Leaves now, whatever is unsaved.
void closeNow(Turn& turn, const Leave& leave);
/// After every action: leaves where that was asked for and nothing is unsaved; keeps `Signing::missing`
/// current.
void settle(Turn& turn, const State& before);
/// The open case's newest record; an older one than the present is dropped.
void takeRecord(Turn& turn, const std::shared_ptr<const CaseRecord>& record);
/// Asks for the voxels that viewports show and nobody loads yet.
void requestShown(Turn& turn);
/// Brings all viewports that share the patient space of `block` to a point, or the active one to the block.
void goTo(Turn& turn, const BlockRef& block, Vec3 pointMm);
/// Notes that a slice was seen, for the selected item.
void notePainted(Turn& turn, const view::ViewportState& painted, const Grid& grid);
/// Reads the worklist's first pages again, as far as what is on screen.
void reloadWorklist(Turn& turn);
/// Sends what was typed and confirmed, where nothing is under way.
void saveReport(Turn& turn);
/// Sends the mask as it is on screen, where nothing is under way; closes a finished edit that is saved.
void saveEdit(Turn& turn);
/// The answers to the edit's save; false where the ticket is another's.
bool editSaved(Turn& turn, Ticket ticket, const std::shared_ptr<const CaseRecord>& record);
bool editFailed(Turn& turn, Ticket ticket);
/// Makes an item the selected one; `advancedAt` where no hand chose it.
void select(Turn& turn, const ItemId& item, std::optional<Time> advancedAt);
// The second halves of two topics: what their first file does not know.
void handleViews(Turn& turn, const ReadingAction& action);
void handleEdit(Turn& turn, const ReviewAction& action);

}  // namespace attest::session
