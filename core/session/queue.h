#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <set>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/domain/case_record.h"
#include "core/session/ticket.h"

namespace attest::session {

/// So many cases are in memory before the reader comes to them.
inline constexpr std::size_t casesAhead = 2;

struct Reading;
struct Review;
struct ReportDraft;

/// A case that waits as it was left: layout, slices, tool, selection, what was typed. Its images are given
/// back to the cache. Everything of it is on disk, so that it comes back also after its reader signed out;
/// then `reading` has no record yet, and the steps that could be undone are gone.
struct ParkedCase {
  CaseRow row;
  std::shared_ptr<const Reading> reading;
  std::shared_ptr<const Review> review;
  std::shared_ptr<const ReportDraft> report;
};

/// What comes after the open case.
struct Queue {
  std::vector<CaseRow> next;       ///< the first is opened next; without the open and the parked ones
  std::set<CaseId> ready;          ///< of those: their images are in memory
  std::vector<ParkedCase> parked;  ///< the one that was parked first comes first
  std::optional<Ticket> asked;     ///< of the question under way
  bool askAgain = false;           ///< something changed meanwhile
  std::optional<Error> error;      ///< of the last question
};

/// The parked case of that id, or null.
const ParkedCase* findParked(const Queue& queue, const CaseId& id);

namespace action {
/// Leaves the open case as it is (unsigned) and opens the next of the queue; from the worklist, too.
struct OpenNext {};
/// Puts the open case aside, once what is unsaved is on disk, and opens `next` (a STAT), else the worklist.
/// OpenCase of a parked case brings it back to the same pixel.
struct ParkCase {
  std::optional<CaseId> next{};
};
/// The answers to effect::LoadQueue.
struct QueueLoaded {
  Ticket ticket = 0;
  std::vector<CaseRow> rows;
};
struct QueueFailed {
  Ticket ticket = 0;
  Error error;
};
/// The answers to effect::LoadParked; the second one also to KeepParked and ForgetParked.
struct ParkedLoaded {
  ReaderId reader;
  std::vector<ParkedCase> cases;
};
struct ParkedFailed {
  Error error;
};
/// The images that the case opens with, and those of its prior, are in memory.
struct CasePrefetched {
  CaseId id;
};
}  // namespace action

using QueueAction = std::variant<action::OpenNext, action::ParkCase, action::QueueLoaded, action::QueueFailed,
                                 action::CasePrefetched, action::ParkedLoaded, action::ParkedFailed>;

namespace effect {
/// Answered by QueueLoaded / QueueFailed.
struct LoadQueue {
  Ticket ticket = 0;
  ReaderId reader;
  std::vector<CaseId> skip;
  int limit = 0;
};
/// What the reader put aside before they went. Answered by ParkedLoaded / ParkedFailed.
struct LoadParked {
  ReaderId reader;
};
/// Keeps how a parked case was shown; answered by ParkedFailed, or not at all.
struct KeepParked {
  ReaderId reader;
  ParkedCase parked;
};
/// It was taken up again; answered as KeepParked is.
struct ForgetParked {
  ReaderId reader;
  CaseId id;
};
/// Brings the images of these cases (the open one first, for its prior) and of their priors into memory, in
/// this order, behind all other work; it takes the place of an earlier one. Answered by CasePrefetched of
/// each that is there.
struct Prefetch {
  std::vector<CaseId> cases;
};
}  // namespace effect

}  // namespace attest::session
