#include "core/session/comparison.h"

#include <algorithm>

#include "core/review/review.h"
#include "core/session/turn.h"
#include "core/view/plane.h"

namespace attest::session {
namespace {

using view::Orientation;
using view::ViewportState;

bool canAct(const Turn& turn) {
  return actor(turn.state()) != nullptr && turn.state().reading->record != nullptr;
}

/// Reads a prior where nobody has asked for it yet.
void loadPrior(Turn& turn, const CaseId& id) {
  const auto& record = *turn.state().reading->record;
  if (turn.state().reading->priors.records.contains(id)) return;
  if (std::ranges::find(record.priors, id, &CaseRow::id) == record.priors.end()) return;
  turn.change(&State::reading).priors.records[id] = nullptr;
  turn.perform(effect::LoadPrior{id, actor(turn.state())->id});
}

/// The prior's block to show beside the one that is shown: what the registration matched, else what the prior
/// would open with.
std::optional<BlockRef> blockBeside(const Reading& reading, const CaseRecord& prior) {
  if (isRegistered(reading, prior.row.id)) return reading.record->comparison->from;
  return openingBlock(prior);
}

ViewportState viewportOf(const Block& block, const BlockRef& ref, Orientation orientation) {
  const Window window = block.windows.empty() ? Window{} : block.windows.front();
  if (!block.isVolume()) return view::stackLayout(ref, window).viewports.front();
  ViewportState viewport = view::mprLayout(ref, *block.grid, window).viewports.front();
  viewport.orientation = orientation;
  return viewport;
}

/// What of the open case stands on the left: the active viewport where it is a flat one of a current block,
/// else the block that was registered, or the one that the case opens with.
std::optional<ViewportState> leftOf(const Reading& reading, const CaseId& prior) {
  const ViewportState* shown = activeViewport(reading);
  if (shown != nullptr && findBlock(*reading.record, shown->block) != nullptr) {
    ViewportState left = *shown;
    if (left.orientation == Orientation::volume3d) left.orientation = Orientation::axial;
    return left;
  }
  const auto& comparison = reading.record->comparison;
  const auto ref = isRegistered(reading, prior) ? comparison->to : openingBlock(*reading.record);
  const Block* block = ref ? findBlock(*reading.record, *ref) : nullptr;
  if (block == nullptr) return std::nullopt;
  return viewportOf(*block, *ref, Orientation::axial);
}

/// Linked viewports are windowed as that one is, where that means the same in both.
void windowAlike(Turn& turn, int index) {
  const auto before = turn.state().reading;
  const ViewportState leader = before->layout.viewports.at(static_cast<std::size_t>(index));
  if (leader.window == Window{}) return;  // its images are not there yet
  for (ViewportState& viewport : turn.change(&State::reading).layout.viewports) {
    if (!showsAlike(*before, leader.block, viewport.block)) continue;
    viewport.window = leader.window;
    viewport.inverted = leader.inverted;
  }
}

void compare(Turn& turn, const CaseRecord& prior) {
  const Reading& now = *turn.state().reading;
  const std::optional<BlockRef> beside = blockBeside(now, prior);
  const Block* block = beside ? findBlock(prior, *beside) : nullptr;
  const std::optional<ViewportState> left = leftOf(now, prior.row.id);
  if (block == nullptr || !left) return;
  Reading& reading = turn.change(&State::reading);
  if (!reading.layoutBefore) reading.layoutBefore = reading.layout;
  ViewportState right = viewportOf(*block, *beside, left->orientation);
  right.slab = left->slab;
  reading.layout = {.rows = 1, .cols = 2, .viewports = {*left, right}};
  linkPriors(turn, false);
  follow(turn, 0);
  windowAlike(turn, 0);
  requestShown(turn);
}

void on(Turn& turn, const action::LoadPrior& action) {
  if (canAct(turn)) loadPrior(turn, action.id);
}

void on(Turn& turn, const action::PriorLoaded& action) {
  if (!action.record || !turn.state().reading->record) return;
  const CaseId& id = action.record->row.id;
  if (!turn.state().reading->priors.records.contains(id)) return;
  Reading& reading = turn.change(&State::reading);
  reading.priors.records[id] = action.record;
  requestThumbnails(turn, *action.record);
  requestMasks(turn);
  requestShown(turn);
  if (id == comparedCase(*turn.state().reading->record)) prefetchAhead(turn);
  if (reading.priors.wanted != id) return;
  reading.priors.wanted.reset();
  compare(turn, *action.record);
}

void on(Turn& turn, const action::PriorFailed& action) {
  auto& records = turn.change(&State::reading).priors.records;
  const auto at = records.find(action.id);
  if (at == records.end() || at->second) return;
  records.erase(at);
  turn.notify(NoticeKind::prior_failed, action.error);
}

void on(Turn& turn, const action::ToggleComparison& action) {
  if (!canAct(turn)) return;
  const Reading& now = *turn.state().reading;
  if (now.layoutBefore && !action.id) {
    const ViewportState* left = &now.layout.viewports.front();
    const BlockRef block = left->block;
    const Vec3 focus = left->focusMm;
    Reading& reading = turn.change(&State::reading);
    reading.layout = *std::exchange(reading.layoutBefore, std::nullopt);
    setFocus(turn, block, focus);
    return requestShown(turn);
  }
  const std::optional<CaseId> id = action.id ? action.id : comparedCase(*now.record);
  if (!id) return;
  const auto known = now.priors.records.find(*id);
  if (known != now.priors.records.end() && known->second) return compare(turn, *known->second);
  turn.change(&State::reading).priors.wanted = id;
  loadPrior(turn, *id);
}

void on(Turn& turn, const action::ToggleLinked&) {
  if (!turn.state().reading->record) return;
  Reading& reading = turn.change(&State::reading);
  reading.priors.linked = !reading.priors.linked;
  if (!reading.priors.linked) return;
  linkPriors(turn, true);
  follow(turn, reading.layout.active);
  if (isComparing(*turn.state().reading)) windowAlike(turn, turn.state().reading->layout.active);
}

void on(Turn& turn, const action::SelectLesion& action) {
  if (!canAct(turn) || turn.state().review->edit) return;
  const CarriedLesion* lesion = attest::review::findLesion(*turn.state().reading->record, action.earlier);
  if (lesion == nullptr) return;
  const CarriedLesion chosen = *lesion;
  if (const Item* match = shownMatch(turn.state(), chosen)) {
    select(turn, match->id, std::nullopt);
    turn.change(&State::review).onLesion = true;
    return;
  }
  Review& review = turn.change(&State::review);
  review.onLesion = true;
  review.selected.reset();
  review.rejecting = false;
  review.refusal = Refusal::none;
  review.lesion = action.earlier;
  if (chosen.uncertaintyMm > 0) goTo(turn, turn.state().reading->record->comparison->to, chosen.expectedMm);
  showEarlier(turn, chosen);
}

void on(Turn& turn, const action::JudgeLesion& action) {
  if (!canAct(turn) || turn.state().review->edit) return;
  const CaseRecord& record = *turn.state().reading->record;
  const CarriedLesion* lesion = attest::review::findLesion(record, action.earlier);
  if (lesion == nullptr || isPendingLesion(*turn.state().review, action.earlier)) return;
  const bool isSaid = attest::review::outcomeOf(record, *lesion) == action.outcome;
  if (isSaid && (!action.match || lesion->match == action.match)) return;
  std::vector<attest::review::Verdict> verdicts;
  const Item* match = action.match ? findItem(record, *action.match) : nullptr;
  if (match != nullptr && isUnreviewed(*match)) {  // to say that it is measured by this finding accepts it
    if (turn.state().review->selected != match->id) on(turn, action::SelectLesion{action.earlier});
    if (turn.state().review->selected != match->id || !turn.state().review->painted) {
      turn.change(&State::review).refusal = Refusal::not_painted;
      return;
    }
    verdicts.emplace_back(attest::review::Accept{match->id});
  }
  verdicts.emplace_back(attest::review::JudgeLesion{action.earlier, action.outcome, action.match});
  submitVerdicts(turn, verdicts, action.at);
}

}  // namespace

const CaseRecord* recordOf(const Reading& reading, const BlockRef& block) {
  if (!reading.record || findSeries(*reading.record, block.series) != nullptr) return reading.record.get();
  for (const auto& [id, record] : reading.priors.records) {
    if (record && findSeries(*record, block.series) != nullptr) return record.get();
  }
  return nullptr;
}

bool isPrior(const Reading& reading, const BlockRef& block) {
  const CaseRecord* record = recordOf(reading, block);
  return record != nullptr && record != reading.record.get();
}

bool isRegistered(const Reading& reading, const CaseId& prior) {
  const auto& record = reading.record;
  return record && record->comparison && record->comparison->prior == prior &&
         record->comparison->isAligned();
}

bool isComparing(const Reading& reading) {
  const auto& viewports = reading.layout.viewports;
  const auto priors =
      std::ranges::count_if(viewports, [&](const ViewportState& one) { return isPrior(reading, one.block); });
  return priors > 0 && priors < std::ssize(viewports);
}

std::optional<CaseId> comparedCase(const CaseRecord& record) {
  if (record.comparison) return record.comparison->prior;
  const auto same = std::ranges::find(record.priors, record.row.modality, &CaseRow::modality);
  if (same == record.priors.end()) return std::nullopt;
  return same->id;
}

const Item* shownMatch(const State& state, const CarriedLesion& lesion) {
  if (!state.reading->record || !lesion.match) return nullptr;
  const Item* item = findItem(*state.reading->record, *lesion.match);
  const bool stands =
      item != nullptr && item->state != ItemState::rejected && item->state != ItemState::dismissed;
  return stands && isShown(state, *item) ? item : nullptr;
}

std::vector<view::ExpectedMark> expectedMarks(const State& state, const view::ViewportState& viewport) {
  const Reading& reading = *state.reading;
  const CaseRecord* shown = recordOf(reading, viewport.block);
  if (!reading.overlays || shown == nullptr || !reading.record->comparison) return {};
  const Comparison& comparison = *reading.record->comparison;
  const bool earlier = shown != reading.record.get();
  const BlockRef& place = earlier ? comparison.from : comparison.to;
  if (!comparison.isAligned() || !view::sharesSpace(*shown, place, viewport.block)) return {};
  auto marks = view::expectedMarks(comparison, earlier, state.review->lesion.value_or(ItemId{}));
  for (view::ExpectedMark& mark : marks) {
    const CarriedLesion& lesion = *attest::review::findLesion(*reading.record, mark.lesion);
    mark.outcome = attest::review::outcomeOf(*reading.record, lesion);
  }
  return marks;
}

void loadComparedPrior(Turn& turn) {
  if (!canAct(turn)) return;
  if (const auto id = comparedCase(*turn.state().reading->record)) loadPrior(turn, *id);
}

void showEarlier(Turn& turn, const CarriedLesion& lesion) {
  const Reading& now = *turn.state().reading;
  if (!now.record->comparison || !now.record->comparison->isAligned()) return;
  const BlockRef from = now.record->comparison->from;
  const CaseRecord* prior = recordOf(now, from);
  if (prior == nullptr || prior == now.record.get()) return;
  for (ViewportState& viewport : turn.change(&State::reading).layout.viewports) {
    if (view::sharesSpace(*prior, viewport.block, from)) viewport.focusMm = view::earlierPlaceMm(lesion);
  }
}

void handle(Turn& turn, const ComparisonAction& action) {
  std::visit([&](const auto& one) { on(turn, one); }, action);
}

}  // namespace attest::session
