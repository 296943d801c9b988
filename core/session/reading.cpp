#include "core/session/reading.h"

#include <algorithm>
#include <cmath>

#include "core/session/turn.h"
#include "core/view/plane.h"

namespace attest::session {
namespace {

Window firstWindow(const Block& block) {
  return block.windows.empty() ? Window{} : block.windows.front();
}

void requestMask(Turn& turn, const CaseId& id, const Item& item) {
  if (item.maskHash.empty() || turn.state().reading->masks.contains(item.maskHash)) return;
  turn.change(&State::reading).masks[item.maskHash] = nullptr;
  turn.perform(effect::LoadMask{id, item.maskHash});
}

void on(Turn& turn, const action::OpenCase& action) {
  openCase(turn, action.id);
}

void on(Turn& turn, const action::CaseOpened& action) {
  const Reading& reading = *turn.state().reading;
  if (!action.record || reading.caseId != action.record->row.id) return;
  const auto ref = openingBlock(*action.record);
  if (ref && reading.layout.viewports.empty()) {
    const Block& block = *findBlock(*action.record, *ref);
    turn.change(&State::reading).layout = block.isVolume()
                                              ? view::mprLayout(*ref, *block.grid, firstWindow(block))
                                              : view::stackLayout(*ref, firstWindow(block));
  }
  for (const auto& [id, prior] : Priors(turn.state().reading->priors).records) {
    if (!prior) turn.perform(effect::LoadPrior{id, actor(turn.state())->id});  // it was beside a parked case
  }
  takeRecord(turn, action.record);
  requestShown(turn);
  requestThumbnails(turn, *action.record);
  const auto& cards = turn.state().agents->cards;
  if (std::ranges::any_of(cards, [&](const AgentCard& card) {
        return card.readingMode && modeOf(turn.state(), card.id) == ReadingMode::first;
      }))
    selectFirst(turn);
}

void on(Turn& turn, const action::OpenAddendum&) {
  const State& state = turn.state();
  const Reader* reader = actor(state);
  if (reader == nullptr || !state.reading->record || !isSigned(state.reading->record->row)) return;
  turn.perform(effect::OpenAddendum{*state.reading->caseId, reader->id});
}

void on(Turn& turn, const action::AddendumFailed& action) {
  if (isOpen(turn.state(), action.id)) turn.notify(NoticeKind::addendum_failed, action.error);
}

void on(Turn& turn, const action::CaseOpenFailed& action) {
  if (turn.state().reading->caseId != action.id) return;
  closeNow(turn, Leave{});
  turn.notify(NoticeKind::open_failed, action.error);
}

void on(Turn& turn, const action::CloseCase&) {
  leaveCase(turn, Leave{});
}

void on(Turn& turn, const action::RecordChanged& action) {
  takeRecord(turn, action.record);
}

BlockData* waitingFor(Turn& turn, const BlockRef& block) {
  auto& blocks = turn.change(&State::reading).blocks;
  const auto at = blocks.find(block);
  return at == blocks.end() ? nullptr : &at->second;
}

/// Viewports that had no window from the file get what the pixels suggest.
void giveWindow(Turn& turn, const BlockRef& ref, BlockData& data, Window window) {
  if (data.fileWindow) return;
  data.fileWindow = window;
  for (auto& viewport : turn.change(&State::reading).layout.viewports) {
    if (viewport.block == ref && viewport.window == Window{}) viewport.window = window;
  }
}

void on(Turn& turn, const action::VolumeProgressed& action) {
  BlockData* data = waitingFor(turn, action.block);
  if (data != nullptr && data->loading) data->progress = action.progress;
}

void on(Turn& turn, const action::VolumeLoaded& action) {
  BlockData* data = waitingFor(turn, action.block);
  if (data == nullptr) return;
  data->volume = action.volume;
  data->valueRange = action.valueRange;
  data->loading = false;
  data->progress = 1;
  data->error.reset();
  giveWindow(turn, action.block, *data, action.fileWindow);
}

void loadFailed(Turn& turn, const BlockRef& block, const Error& error) {
  BlockData* data = waitingFor(turn, block);
  if (data == nullptr) return;
  data->loading = false;
  data->error = error;
  turn.notify(NoticeKind::load_failed, error);
}

void on(Turn& turn, const action::VolumeFailed& action) {
  loadFailed(turn, action.block, action.error);
}
void on(Turn& turn, const action::SliceFailed& action) {
  loadFailed(turn, action.block, action.error);
}

void on(Turn& turn, const action::SliceLoaded& action) {
  BlockData* data = waitingFor(turn, action.block);
  if (data == nullptr) return;
  data->slices[action.slice] = action.volume;
  data->valueRange = action.valueRange;
  data->loading = false;
  data->error.reset();
  giveWindow(turn, action.block, *data, action.fileWindow);
}

void on(Turn& turn, const action::MaskLoaded& action) {
  const Reading& reading = *turn.state().reading;
  if (isOpen(turn.state(), action.id) || reading.priors.records.contains(action.id)) {
    turn.change(&State::reading).masks[action.hash] = action.mask;
  }
}

void on(Turn& turn, const action::MaskFailed& action) {
  if (isOpen(turn.state(), action.id)) turn.notify(NoticeKind::mask_failed, action.error);
}

void on(Turn& turn, const action::SetTool& action) {
  const bool edits = action.tool == Tool::brush || action.tool == Tool::eraser;
  if (edits && !turn.state().review->edit) return;
  turn.change(&State::reading).tool = action.tool;
}

void on(Turn& turn, const action::SetTab& action) {
  turn.change(&State::reading).tab = action.tab;
}
void on(Turn& turn, const action::ToggleOverlays&) {
  Reading& reading = turn.change(&State::reading);
  reading.overlays = !reading.overlays;
}
void on(Turn& turn, const action::ToggleItem& action) {
  auto& hidden = turn.change(&State::reading).hidden;
  if (hidden.erase(action.item) == 0) hidden.insert(action.item);
}
void on(Turn& turn, const action::ToggleCornerTexts&) {
  Reading& reading = turn.change(&State::reading);
  reading.cornerTexts = !reading.cornerTexts;
}
void on(Turn& turn, const action::ToggleIdentity&) {
  Reading& reading = turn.change(&State::reading);
  reading.identityHidden = !reading.identityHidden;
}
void on(Turn& turn, const action::ToggleCrosshair&) {
  Reading& reading = turn.change(&State::reading);
  reading.crosshair = !reading.crosshair;
}

/// Which slice of the block a 2D picture is; none where the plane cuts through slices.
std::optional<int> blockSlice(const view::ViewportState& painted, const Grid& grid, bool isVolume) {
  if (!isVolume) return painted.slice;
  const Vec3 direction = view::countDirection(painted.orientation, grid);
  if (std::abs(dot(grid.axes[2], direction)) < 0.99) return std::nullopt;
  return static_cast<int>(std::lround(grid.toIndex(painted.focusMm).z));
}

bool isSeen(const Reading& reading, const Series& series) {
  return std::ranges::all_of(series.blocks, [&](const Block& block) {
    const auto at = reading.painted.find({series.info.uid, block.index});
    return at != reading.painted.end() && std::ranges::find(at->second, false) == at->second.end();
  });
}

void on(Turn& turn, const action::SlicePainted& action) {
  const State& state = turn.state();
  const auto& record = state.reading->record;
  const Reader* reader = actor(state);
  const view::ViewportState& painted = action.painted;
  if (!record || reader == nullptr || painted.orientation == view::Orientation::volume3d) return;
  const imaging::VolumePtr volume = shownVolume(*state.reading, painted);
  const Block* block = findBlock(*record, painted.block);
  if (volume == nullptr || block == nullptr) return;
  notePainted(turn, painted, volume->grid());

  const std::optional<int> slice = blockSlice(painted, volume->grid(), block->isVolume());
  if (!slice || *slice < 0 || *slice >= block->dims.k) return;
  auto& seen = turn.change(&State::reading).painted[painted.block];
  seen.resize(static_cast<std::size_t>(block->dims.k));
  if (seen[static_cast<std::size_t>(*slice)]) return;
  seen[static_cast<std::size_t>(*slice)] = true;
  const Series& series = *findSeries(*record, painted.block.series);
  const bool known = std::ranges::find(record->viewed, series.info.uid) != record->viewed.end();
  if (!known && isSeen(*turn.state().reading, series)) {
    turn.perform(effect::MarkViewed{record->row.id, series.info.uid, reader->id});
  }
}

}  // namespace

std::optional<BlockRef> openingBlock(const CaseRecord& record) {
  std::optional<BlockRef> best;
  std::tuple<bool, bool, std::int64_t> bestRank{};
  for (const Series& series : record.series) {
    for (const Block& block : series.blocks) {
      const std::int64_t size = std::int64_t{block.dims.i} * block.dims.j * block.dims.k;
      const std::tuple rank{block.isVolume(), series.info.modality == "CT", size};
      if (best && rank <= bestRank) continue;
      bestRank = rank;
      best = BlockRef{series.info.uid, block.index};
    }
  }
  return best;
}

void openCase(Turn& turn, const CaseId& id) {
  if (turn.state().reading->caseId == id) return;
  if (actor(turn.state()) == nullptr) {
    turn.change(&State::signIn).wish = id;
  } else {
    leaveCase(turn, Leave{.next = id});
  }
}

void requestMasks(Turn& turn) {
  const Reading reading = *turn.state().reading;
  for (const Item& item : reading.record->items) requestMask(turn, reading.record->row.id, item);
  for (const auto& [id, prior] : reading.priors.records) {
    if (!prior) continue;
    for (const Item& item : prior->items) {
      if (isExportable(item)) requestMask(turn, id, item);
    }
  }
}

void takeRecord(Turn& turn, const std::shared_ptr<const CaseRecord>& record) {
  const Reading& now = *turn.state().reading;
  if (!record || now.caseId != record->row.id) return;
  if (now.record && record->revision < now.record->revision) return;
  Reading& reading = turn.change(&State::reading);
  for (const Item& item : record->items) {
    const bool isNew = !reading.record || findItem(*reading.record, item.id) == nullptr;
    if (isNew && startsHidden(item)) reading.hidden.insert(item.id);
  }
  reading.record = record;
  turn.change(&State::agents).runs = record->runs;
  std::erase_if(turn.change(&State::agents).stopping, [&](const RunId& id) {
    const auto run = std::ranges::find(record->runs, id, &Run::id);
    return run == record->runs.end() || !isActive(*run);
  });
  reveal(turn);
  requestMasks(turn);
  loadComparedPrior(turn);
  const auto& selected = turn.state().review->selected;
  if (selected && findItem(*record, *selected) == nullptr) turn.change(&State::review).selected.reset();
  if (turn.state().report->retry) saveReport(turn);
}

void requestShown(Turn& turn) {
  if (!turn.state().reading->record) return;
  Reading& reading = turn.change(&State::reading);
  for (const view::ViewportState& viewport : reading.layout.viewports) {
    const CaseRecord* record = recordOf(reading, viewport.block);
    const Block* block = record == nullptr ? nullptr : findBlock(*record, viewport.block);
    if (block == nullptr) continue;
    BlockData& data = reading.blocks[viewport.block];
    if (!data.fileWindow && !block->windows.empty()) data.fileWindow = block->windows.front();
    if (block->isVolume()) {
      if (data.volume || data.loading || data.error) continue;
      data.loading = true;
      turn.perform(effect::LoadVolume{record->row.id, viewport.block});
    } else if (data.slices.emplace(viewport.slice, nullptr).second) {
      data.loading = true;
      turn.perform(effect::LoadSlice{record->row.id, viewport.block, viewport.slice});
    }
  }
}

void handle(Turn& turn, const ReadingAction& action) {
  std::visit(
      [&](const auto& one) {
        if constexpr (requires { on(turn, one); }) {
          on(turn, one);
        } else {
          handleViews(turn, action);
        }
      },
      action);
}

}  // namespace attest::session
