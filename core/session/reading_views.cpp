#include <algorithm>

#include "core/session/turn.h"
#include "core/view/plane.h"
#include "core/view/presets.h"

namespace attest::session {
namespace {

using view::Orientation;
using view::sharesSpace;
using view::ViewportState;

/// A viewport of the layout to be changed, or null where there is none of that number.
ViewportState* viewportAt(Turn& turn, int index) {
  auto& viewports = turn.change(&State::reading).layout.viewports;
  const auto at = static_cast<std::size_t>(index);
  return index >= 0 && at < viewports.size() ? &viewports[at] : nullptr;
}

ViewportState* active(Turn& turn) {
  return viewportAt(turn, turn.state().reading->layout.active);
}

const Block* blockOf(const Turn& turn, const BlockRef& ref) {
  const CaseRecord* record = recordOf(*turn.state().reading, ref);
  return record == nullptr ? nullptr : findBlock(*record, ref);
}

std::string modalityOf(const Turn& turn, const BlockRef& ref) {
  const CaseRecord* record = recordOf(*turn.state().reading, ref);
  const Series* series = record == nullptr ? nullptr : findSeries(*record, ref.series);
  return series == nullptr ? "" : series->info.modality;
}

Window knownWindow(const Turn& turn, const BlockRef& ref) {
  const auto& blocks = turn.state().reading->blocks;
  const auto data = blocks.find(ref);
  if (data != blocks.end() && data->second.fileWindow) return *data->second.fileWindow;
  const Block* block = blockOf(turn, ref);
  return block == nullptr || block->windows.empty() ? Window{} : block->windows.front();
}

/// The grid that a viewport scrolls through, where it is a volume's.
std::optional<Grid> volumeGrid(const Turn& turn, const ViewportState& viewport) {
  const Block* block = blockOf(turn, viewport.block);
  return block == nullptr ? std::nullopt : block->grid;
}

template <class F>
void forAlike(Turn& turn, int index, F&& change) {
  const ViewportState* from = viewportAt(turn, index);
  if (from == nullptr) return;
  const BlockRef block = from->block;
  const auto before = turn.state().reading;
  for (ViewportState& viewport : turn.change(&State::reading).layout.viewports) {
    if (showsAlike(*before, block, viewport.block)) change(viewport);
  }
}

/// A block that came beside one of the other study goes to the same place.
void followOthers(Turn& turn, int index) {
  const auto reading = turn.state().reading;
  if (!isComparing(*reading)) return;
  linkPriors(turn, false);
  const auto& viewports = reading->layout.viewports;
  const bool prior = isPrior(*reading, viewports[static_cast<std::size_t>(index)].block);
  const auto leader = std::ranges::find_if(
      viewports, [&](const ViewportState& one) { return isPrior(*reading, one.block) != prior; });
  follow(turn, static_cast<int>(leader - viewports.begin()));
}

void on(Turn& turn, const action::ShowBlock& action) {
  const Block* block = blockOf(turn, action.block);
  ViewportState* viewport = viewportAt(turn, action.viewport);
  if (block == nullptr || viewport == nullptr || viewport->block == action.block) return;
  const CaseRecord& record = *recordOf(*turn.state().reading, action.block);
  const bool keepsPlace = sharesSpace(record, viewport->block, action.block);
  viewport->block = action.block;
  viewport->slice = 0;
  viewport->window = knownWindow(turn, action.block);
  viewport->zoom = 1;
  viewport->pan = {};
  if (!block->isVolume()) viewport->orientation = Orientation::stack;
  if (block->isVolume() && !keepsPlace) {
    viewport->focusMm =
        view::mprLayout(action.block, *block->grid, viewport->window).viewports.front().focusMm;
  }
  turn.change(&State::reading).layout.active = action.viewport;
  followOthers(turn, action.viewport);
  requestShown(turn);
}

void on(Turn& turn, const action::SetRaster& action) {
  auto& layout = turn.change(&State::reading).layout;
  if (layout.viewports.empty()) return;
  layout = view::withRaster(layout, action.rows, action.cols);
  requestShown(turn);
}

void on(Turn& turn, const action::ShowMpr&) {
  const ViewportState* from = active(turn);
  if (from == nullptr) return;
  const ViewportState viewport = *from;
  const std::optional<Grid> grid = volumeGrid(turn, viewport);
  if (!grid) return;
  turn.change(&State::reading).layout = view::mprLayout(viewport.block, *grid, viewport.window);
  turn.change(&State::reading).layoutBefore.reset();
  setFocus(turn, viewport.block, viewport.focusMm);
  requestShown(turn);
}

void on(Turn& turn, const action::ActivateViewport& action) {
  if (viewportAt(turn, action.viewport) != nullptr)
    turn.change(&State::reading).layout.active = action.viewport;
}

void on(Turn& turn, const action::ToggleMaximized&) {
  auto& layout = turn.change(&State::reading).layout;
  layout.maximized = !layout.maximized && layout.viewports.size() > 1;
}

void on(Turn& turn, const action::SetOrientation& action) {
  ViewportState* viewport = viewportAt(turn, action.viewport);
  if (viewport == nullptr || (!volumeGrid(turn, *viewport) && action.orientation != Orientation::stack))
    return;
  const auto turned = [&](ViewportState& each) {
    each.orientation = action.orientation;
    each.zoom = 1;
    each.pan = {};
  };
  if (turn.state().reading->layoutBefore) {  // current | prior are turned together
    forAlike(turn, action.viewport, turned);
  } else {
    turned(*viewport);
  }
  follow(turn, action.viewport);
}

/// `index` is made from how many slices there are and which one is shown.
template <class F>
void scroll(Turn& turn, int number, F&& index) {
  ViewportState* viewport = viewportAt(turn, number);
  if (viewport == nullptr || viewport->orientation == Orientation::volume3d) return;
  const int count = shownSliceCount(*turn.state().reading, *viewport);
  const int now = shownSliceIndex(*turn.state().reading, *viewport);
  const int wanted = std::clamp(index(now), 0, std::max(0, count - 1));
  if (const std::optional<Grid> grid = volumeGrid(turn, *viewport)) {
    const BlockRef block = viewport->block;
    setFocus(turn, block, view::stepped(viewport->orientation, *grid, viewport->focusMm, wanted - now));
  } else {
    viewport->slice = wanted;
    requestShown(turn);
  }
}

void on(Turn& turn, const action::Scroll& action) {
  scroll(turn, action.viewport, [&](int now) { return now + action.steps; });
}

void on(Turn& turn, const action::ScrollTo& action) {
  scroll(turn, action.viewport, [&](int) { return action.index; });
}

void on(Turn& turn, const action::SetFocus& action) {
  const ViewportState* viewport = viewportAt(turn, action.viewport);
  if (viewport != nullptr && turn.state().reading->record) setFocus(turn, viewport->block, action.focusMm);
}

void on(Turn& turn, const action::SetWindow& action) {
  forAlike(turn, action.viewport, [&](ViewportState& viewport) { viewport.window = action.window; });
}

void on(Turn& turn, const action::SetZoomPan& action) {
  ViewportState* viewport = viewportAt(turn, action.viewport);
  if (viewport == nullptr) return;
  viewport->zoom = std::clamp(action.zoom, 0.1, 50.0);
  viewport->pan = action.pan;
  follow(turn, action.viewport);
}

void on(Turn& turn, const action::SetCamera& action) {
  if (ViewportState* viewport = viewportAt(turn, action.viewport)) viewport->camera = action.camera;
}

void on(Turn& turn, const action::SetSlab& action) {
  if (ViewportState* viewport = viewportAt(turn, action.viewport)) viewport->slab = action.slab;
}

void on(Turn& turn, const action::ApplyPreset& action) {
  const ViewportState* viewport = active(turn);
  if (viewport == nullptr) return;
  const view::Preset* found = view::preset(modalityOf(turn, viewport->block), action.key, action.shift);
  if (found != nullptr) on(turn, action::SetWindow{turn.state().reading->layout.active, found->window});
}

void on(Turn& turn, const action::ResetWindow&) {
  const ViewportState* viewport = active(turn);
  if (viewport == nullptr) return;
  on(turn, action::SetWindow{turn.state().reading->layout.active, knownWindow(turn, viewport->block)});
}

void on(Turn& turn, const action::ToggleInverted&) {
  const ViewportState* viewport = active(turn);
  if (viewport == nullptr) return;
  const bool inverted = !viewport->inverted;
  forAlike(turn, turn.state().reading->layout.active, [&](ViewportState& each) { each.inverted = inverted; });
}

void on(Turn& turn, const action::Fit&) {
  if (ViewportState* viewport = active(turn)) {
    viewport->zoom = 1;
    viewport->pan = {};
    follow(turn, turn.state().reading->layout.active);
  }
}

}  // namespace

void goTo(Turn& turn, const BlockRef& block, Vec3 pointMm) {
  const auto record = turn.state().reading->record;
  if (!record) return;
  const auto& viewports = turn.state().reading->layout.viewports;
  const bool shown = std::ranges::any_of(viewports, [&](const ViewportState& viewport) {
    return viewport.orientation != Orientation::volume3d && sharesSpace(*record, viewport.block, block);
  });
  if (!shown) on(turn, action::ShowBlock{turn.state().reading->layout.active, block});
  setFocus(turn, block, pointMm);
}

void handleViews(Turn& turn, const ReadingAction& action) {
  std::visit(
      [&](const auto& one) {
        if constexpr (requires { on(turn, one); }) on(turn, one);
      },
      action);
}

}  // namespace attest::session
