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
  void setMovedAt(std::optional<Time> at) { state_.movedAt = at; }
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
void handle(Turn& turn, const ComparisonAction& action);
void handle(Turn& turn, const RevealAction& action);
void handle(Turn& turn, const QueueAction& action);
void handle(Turn& turn, const PreferencesAction& action);
void handle(Turn& turn, const NodesAction& action);
void handle(Turn& turn, const ThumbnailAction& action);

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
/// The crosshair of every viewport in that block's space, and of those that are linked with it.
void setFocus(Turn& turn, const BlockRef& block, Vec3 focusMm);
/// Linked viewports of the other study show what this one shows: same place, same size.
void follow(Turn& turn, int viewport);
/// Is what is set for one block (its window) set for the other, too: the same block, or a linked one of the
/// same modality.
bool showsAlike(const Reading& reading, const BlockRef& a, const BlockRef& b);
/// The offset of priors that are on screen, for where no registration says it; `anew` forgets those of
/// before.
void linkPriors(Turn& turn, bool anew);
/// Reads the study that the open case is compared with.
void loadComparedPrior(Turn& turn);
/// Brings the viewports of the earlier study to where a lesion was.
void showEarlier(Turn& turn, const CarriedLesion& lesion);
/// Asks for the masks that may be shown, of the open case and of its priors, each once.
void requestMasks(Turn& turn);
void requestThumbnails(Turn& turn, const CaseRecord& record);
/// Shows what agents propose where the reader may see it by now.
void reveal(Turn& turn);
/// Asks which cases come next.
void askQueue(Turn& turn);
/// Brings the prior of the open case into memory, then the cases of the queue.
void prefetchAhead(Turn& turn);
/// To the next case of the queue; says so where there is none.
Leave nextLeave(Turn& turn);
/// Puts the open case aside; and brings one back, false where it is not a parked one.
void park(Turn& turn);
bool unpark(Turn& turn, const CaseId& id);
/// Opens a case now, or as soon as somebody is signed in.
void openCase(Turn& turn, const CaseId& id);
/// Hides everything behind the sign-in screen.
void lock(Turn& turn);
/// Sends one verdict that the rules allow; false, and says why, where they do not.
bool submitVerdicts(Turn& turn, const std::vector<attest::review::Verdict>& verdicts, Time at);
/// Notes that a slice was seen, for the selected item.
void notePainted(Turn& turn, const view::ViewportState& painted, const Grid& grid);
/// Reads the worklist's first pages again, as far as what is on screen.
void reloadWorklist(Turn& turn);
/// Starts to write what is unsaved; `finishes`: the mask under the brush closes once it is on disk.
void saveAll(Turn& turn, bool finishes);
/// Sends what was typed and confirmed, where nothing is under way.
void saveReport(Turn& turn);
/// Sends the mask as it is on screen, where nothing is under way; closes a finished edit that is saved.
void saveEdit(Turn& turn);
/// The answers to the edit's save; false where the ticket is another's.
bool editSaved(Turn& turn, Ticket ticket, const std::shared_ptr<const CaseRecord>& record);
bool editFailed(Turn& turn, Ticket ticket);
/// Chooses the first finding that waits for a person.
void selectFirst(Turn& turn);
/// Makes an item the selected one; `advancedAt` where no hand chose it.
void select(Turn& turn, const ItemId& item, std::optional<Time> advancedAt);
// The second halves of two topics: what their first file does not know.
void handleViews(Turn& turn, const ReadingAction& action);
void handleEdit(Turn& turn, const ReviewAction& action);

}  // namespace attest::session
