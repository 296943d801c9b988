#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/domain/case_record.h"
#include "core/imaging/mask.h"
#include "core/review/review.h"
#include "core/session/reading.h"
#include "core/session/ticket.h"

namespace attest::session {

/// Enter does nothing within this time of an automatic advance to the next finding.
inline constexpr std::chrono::milliseconds acceptDelay{250};

/// Why a key did nothing; ui shows it beside the card.
enum class Refusal { none, nothing_selected, not_painted, auto_repeat, too_soon, pending, editing };

/// One act that can be taken back: the items it changed, as they were and as they became. An item that is
/// only in `before` was deleted, one only in `after` was made.
struct UndoStep {
  std::string action;  ///< the audit word, "review.accept"
  std::vector<Item> before;
  std::vector<Item> after;
  std::vector<CarriedLesion> lesions{};  ///< carried ones that it changed, as they were
};

/// Verdicts on their way to the disk. Until the answer the items keep their old state and wear a "pending"
/// mark.
struct PendingVerdicts {
  enum class Kind { act, undo, redo };
  Ticket ticket = 0;
  Kind kind = Kind::act;
  std::vector<ItemId> items;
  std::vector<ItemId> lesions{};  ///< carried ones, by the items that they were
  UndoStep step;                  ///< as it will be on the other stack
};

/// A mask in the making. Strokes show at once; each is saved as it comes, and what is not yet on disk wears
/// the mark.
struct MaskEdit {
  Item before;             ///< as it was; for a new item the draft
  bool isNew = false;      ///< drawn by the person, not yet in the case
  imaging::MaskPtr base;   ///< the mask at the start
  imaging::MaskPtr mask;   ///< as it is on screen
  imaging::MaskPtr saved;  ///< as it is on disk; unsaved while it is not `mask`
  std::vector<imaging::MaskPtr> undo;
  std::vector<imaging::MaskPtr> redo;
  bool finishing = false;        ///< ends as soon as the last stroke is on disk
  std::optional<Ticket> ticket;  ///< of the save under way
  imaging::MaskPtr saving;       ///< what it saves
};

struct Review {
  std::optional<ItemId> selected;
  std::optional<ItemId> lesion;    ///< the carried lesion that is chosen, by the item that it was
  bool onLesion = false;           ///< it was chosen itself (its keys act), not the finding that it is
  bool painted = false;            ///< its slice was on screen since it was chosen
  std::optional<Time> advancedAt;  ///< when it was chosen automatically
  Refusal refusal = Refusal::none;
  bool rejecting = false;  ///< the reason chips of the selected finding are open
  std::vector<PendingVerdicts> pending;
  std::vector<UndoStep> undo;  ///< the last one is next
  std::vector<UndoStep> redo;
  int queuedUndos = 0;  ///< asked for while verdicts were pending
  std::optional<MaskEdit> edit;
  double brushRadiusMm = 5;
};

bool isPending(const Review& review, const ItemId& item);
bool isPendingLesion(const Review& review, const ItemId& earlier);
/// Something of this is not on disk yet.
bool isUnsaved(const Review& review);
/// The point through which every viewport goes when the item is chosen: the middle of its longest diameter,
/// else the centroid.
Vec3 targetMm(const Item& item);
/// Findings in their order on the panel: unreviewed first come first; rejected and dismissed stay at their
/// place.
struct ReviewCount {
  int reviewed = 0;
  int total = 0;
};
ReviewCount reviewCount(const CaseRecord& record);
/// Draft of an item that a person is about to draw.
Item drawnItem(const ItemId& id, const BlockRef& source, std::string label, Code category, Code code,
               std::array<std::uint8_t, 3> color);

namespace action {
/// A card or an overlay was clicked: every viewport goes to it.
struct SelectItem {
  ItemId item;
};
/// Space and shift+space: the next (previous) unreviewed finding, by the person's hand.
struct SelectNext {
  bool backwards = false;
};
struct Deselect {};
/// Enter. `at` is when the key went down, `autoRepeat` what the key event says.
struct Accept {
  Time at{};
  bool autoRepeat = false;
};
/// X: opens the chips; Esc closes them.
struct OpenReject {};
struct CloseReject {};
struct Reject {
  RejectReason reason;
  Time at{};
};
struct Unsure {
  Time at{};
};
struct Relabel {
  std::string label;
  Code code;
  Time at{};
};
struct ConfirmStructures {
  Time at{};
};
struct DismissBelowThreshold {
  Time at{};
};
/// Only what the person drew.
struct DeleteSelected {
  Time at{};
};
/// The answers to effect::SubmitVerdicts and effect::SaveMask.
struct VerdictsCommitted {
  Ticket ticket = 0;
  std::shared_ptr<const CaseRecord> record;
};
struct VerdictsFailed {
  Ticket ticket = 0;
  Error error;
};

/// E: the selected item's mask becomes editable, with the brush in hand.
struct StartEdit {};
/// A new item: `draft` from drawnItem(), with an id of its own (newUuid()).
struct StartDrawing {
  Item draft;
};
/// [ and ].
struct SetBrushRadius {
  double radiusMm = 5;
};
/// The viewer's stroke is over; this is the mask as it is now.
struct StrokeEnded {
  imaging::MaskPtr mask;
  Time at{};
};
/// Done with the mask. It closes when the last stroke is on disk.
struct FinishEdit {
  Time at{};
};
/// Esc: back to the mask as it was before the edit.
struct CancelEdit {
  Time at{};
};
/// ctrl+Z and ctrl+Y: strokes while a mask is edited, else verdicts.
struct Undo {
  Time at{};
};
struct Redo {
  Time at{};
};
}  // namespace action

using ReviewAction =
    std::variant<action::SelectItem, action::SelectNext, action::Deselect, action::Accept, action::OpenReject,
                 action::CloseReject, action::Reject, action::Unsure, action::Relabel,
                 action::ConfirmStructures, action::DismissBelowThreshold, action::DeleteSelected,
                 action::VerdictsCommitted, action::VerdictsFailed, action::StartEdit, action::StartDrawing,
                 action::SetBrushRadius, action::StrokeEnded, action::FinishEdit, action::CancelEdit,
                 action::Undo, action::Redo>;

namespace effect {
/// All or nothing, in this order, each by review::apply on the record as the transaction sees it. Answered by
/// VerdictsCommitted (after the commit) / VerdictsFailed.
struct SubmitVerdicts {
  Ticket ticket = 0;
  CaseId id;
  ReaderId reader;
  std::vector<attest::review::Verdict> verdicts;
};
/// Stores the mask, measures it on the item's source, and commits it as review::Draw of `item` (isNew) or
/// review::Correct. Answered like SubmitVerdicts.
struct SaveMask {
  Ticket ticket = 0;
  CaseId id;
  ReaderId reader;
  Item item;
  bool isNew = false;
  imaging::MaskPtr mask;
};
}  // namespace effect

}  // namespace attest::session
