#include "core/session/reveal.h"

#include <algorithm>

#include "core/review/review.h"
#include "core/session/turn.h"

namespace attest::session {
namespace {

/// Two masks of which so much of the smaller one lies in the other are about one thing.
constexpr double sharedPart = 0.2;

/// A finding of an agent beside which the reader reads first.
bool comesAfter(const State& state, const Item& item) {
  const std::string& agent = item.madeBy.agent;
  return item.kind == ItemKind::finding && !agent.empty() && modeOf(state, agent) == ReadingMode::after;
}

/// The reader has met what waits in the open case before: they said so, or judged one.
bool hasSeen(const State& state, const ReaderId& reader) {
  const CaseRecord& record = *state.reading->record;
  if (std::ranges::find(record.readDone, reader) != record.readDone.end()) return true;
  return std::ranges::any_of(
      record.items, [&](const Item& item) { return comesAfter(state, item) && item.reviewedBy == reader; });
}

bool isBelowThreshold(const Item& item) {
  return item.state == ItemState::proposed &&
         std::ranges::find(item.flags, attest::review::flagBelowThreshold) != item.flags.end();
}

bool isCompared(const Item& item) {
  return item.kind == ItemKind::finding && item.state != ItemState::rejected &&
         item.state != ItemState::dismissed && !isBelowThreshold(item);
}

bool areOne(const imaging::Mask& a, const imaging::Mask& b) {
  if (a.grid() != b.grid()) return false;
  const auto smaller = static_cast<double>(std::min(a.count(), b.count()));
  return smaller > 0 && static_cast<double>((a & b).count()) >= sharedPart * smaller;
}

void on(Turn& turn, const action::MyReadIsDone&) {
  const Reader* reader = actor(turn.state());
  if (reader != nullptr && hidesProposals(turn.state())) {
    turn.perform(effect::MarkReadDone{*turn.state().reading->caseId, reader->id});
  }
}

void on(Turn& turn, const action::ReadDoneFailed& action) {
  if (isOpen(turn.state(), action.id)) turn.notify(NoticeKind::read_done_failed, action.error);
}

}  // namespace

ReadingMode modeOf(const State& state, const std::string& agent) {
  const auto& own = state.preferences->modes;
  if (const auto at = own.find(agent); at != own.end()) return at->second;
  const auto& cards = state.agents->cards;
  const auto card = std::ranges::find(cards, agent, &AgentCard::id);
  return card == cards.end() ? ReadingMode::after : card->readingMode.value_or(ReadingMode::after);
}

bool readsFirst(const State& state) {
  const auto& cards = state.agents->cards;
  return cards.empty() || std::ranges::any_of(cards, [&](const AgentCard& card) {
           return card.readingMode && modeOf(state, card.id) == ReadingMode::after;
         });
}

bool hidesProposals(const State& state) {
  return state.reading->record && !state.reading->revealed;
}

bool isShown(const State& state, const Item& item) {
  const bool waits = item.state == ItemState::proposed && comesAfter(state, item);
  return !waits || !hidesProposals(state);
}

std::vector<const Item*> shownFindings(const State& state) {
  std::vector<const Item*> shown;
  if (!state.reading->record) return shown;
  for (const Item& item : state.reading->record->items) {
    const bool listed = item.kind == ItemKind::finding && item.state != ItemState::dismissed;
    if (listed && !isBelowThreshold(item) && isShown(state, item)) shown.push_back(&item);
  }
  return shown;
}

std::optional<Differences> differences(const State& state) {
  const Reading& reading = *state.reading;
  if (!reading.record || !reading.revealed || !state.signIn->reader) return std::nullopt;
  const auto& done = reading.record->readDone;
  if (std::ranges::find(done, state.signIn->reader->id) == done.end()) return std::nullopt;
  std::vector<std::pair<const Item*, imaging::MaskPtr>> mine;
  std::vector<std::pair<const Item*, imaging::MaskPtr>> agents;
  for (const Item& item : reading.record->items) {
    const bool isMine = item.madeBy.agent.empty();
    if (!isCompared(item) || !(isMine || comesAfter(state, item))) continue;
    const auto mask = reading.masks.find(item.maskHash);
    if (mask == reading.masks.end() || !mask->second) return std::nullopt;
    (isMine ? mine : agents).emplace_back(&item, mask->second);
  }
  Differences differences;
  std::set<ItemId> shared;
  for (const auto& [own, mask] : mine) {
    const auto same =
        std::ranges::find_if(agents, [&](const auto& other) { return areOne(*mask, *other.second); });
    if (same == agents.end()) {
      differences.mine.push_back(own->id);
    } else {
      differences.both.push_back({own->id, same->first->id});
      shared.insert(same->first->id);
    }
  }
  for (const auto& [item, mask] : agents) {
    if (!shared.contains(item->id)) differences.agents.push_back(item->id);
  }
  return differences;
}

void reveal(Turn& turn) {
  const State& state = turn.state();
  const Reader* reader = actor(state);
  if (!state.reading->record || state.reading->revealed || reader == nullptr) return;
  if (!readsFirst(state) || hasSeen(state, reader->id)) turn.change(&State::reading).revealed = true;
}

void handle(Turn& turn, const RevealAction& action) {
  std::visit([&](const auto& one) { on(turn, one); }, action);
}

}  // namespace attest::session
