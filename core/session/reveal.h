#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/domain/agent_card.h"
#include "core/domain/case_record.h"

namespace attest::session {

// AI after me: until a reader has said that their own read is done, what agents of this mode propose is
// nowhere on the screen. Structures are context and may show.

/// What the reader drew beside what agents found, where both looked without the other.
struct Differences {
  struct Pair {
    ItemId mine;
    ItemId agents;
    bool operator==(const Pair&) const = default;
  };
  std::vector<ItemId> mine;    ///< only the reader
  std::vector<ItemId> agents;  ///< only the agents: those that the reader reads before
  std::vector<Pair> both;      ///< one place: a fifth of the smaller mask lies in the other
  bool operator==(const Differences&) const = default;
};

struct State;
/// How this reader reads beside an agent: as they set it, else as its card says; one that nobody knows,
/// after.
ReadingMode modeOf(const State& state, const std::string& agent);
/// Findings of some agent wait for the reader's own read, in every case. True while no cards are there.
bool readsFirst(const State& state);
/// Proposals of some agent are hidden from this reader now. Counts then say so instead of a number.
bool hidesProposals(const State& state);
/// May the item be on screen: in overlays, cards, counts.
bool isShown(const State& state, const Item& item);
/// Findings that have a card, in their order on the panel: not the hidden ones, not those below threshold.
std::vector<const Item*> shownFindings(const State& state);
/// Once the proposals are revealed and the masks are there, in a case where the reader read first; none else.
/// Findings that were rejected or dismissed are in no list.
std::optional<Differences> differences(const State& state);

namespace action {
struct MyReadIsDone {};
/// It could not be written down. The answer to success is RecordChanged.
struct ReadDoneFailed {
  CaseId id;
  Error error;
};
}  // namespace action

using RevealAction = std::variant<action::MyReadIsDone, action::ReadDoneFailed>;

namespace effect {
/// Answered by RecordChanged / ReadDoneFailed.
struct MarkReadDone {
  CaseId id;
  ReaderId reader;
};
}  // namespace effect

}  // namespace attest::session
