#include "ui/commands.h"

#include <algorithm>

#include "core/review/review.h"

namespace attest::ui {
namespace {

namespace act = session::action;
using session::Action;
using session::State;
using session::Tool;
using Answer = std::optional<Action>;

constexpr double slabMm = 10;
constexpr double brushStep = 1.25;
constexpr double smallestBrushMm = 0.5;
constexpr double largestBrushMm = 50;

Answer tool(Tool tool) {
  return act::SetTool{tool};
}

Answer toggledSlab(const State& state) {
  const view::ViewportState* shown = activeViewport(*state.reading);
  if (shown == nullptr) return std::nullopt;
  const bool on = shown->slab.projection != imaging::Projection::none;
  return act::SetSlab{state.reading->layout.active,
                      on ? imaging::Slab{} : imaging::Slab{imaging::Projection::mip, slabMm}};
}

/// Up is where the wheel's up goes: towards head, back and left in a volume, to earlier images where there is
/// none.
Answer scroll(const State& state, int up) {
  const view::ViewportState* shown = activeViewport(*state.reading);
  if (shown == nullptr || state.reading->record == nullptr) return std::nullopt;
  const Block* block = findBlock(*state.reading->record, shown->block);
  return act::Scroll{state.reading->layout.active, block != nullptr && block->isVolume() ? up : -up};
}

Answer edgeSlice(const State& state, bool last) {
  const view::ViewportState* shown = activeViewport(*state.reading);
  if (shown == nullptr) return std::nullopt;
  return act::ScrollTo{state.reading->layout.active, last ? shownSliceCount(*state.reading, *shown) - 1 : 0};
}

Answer otherSeries(const State& state, int step) {
  const session::Reading& reading = *state.reading;
  const view::ViewportState* shown = activeViewport(reading);
  if (shown == nullptr || reading.record == nullptr) return std::nullopt;
  const std::vector<BlockRef> all = blocksOf(*reading.record);
  const auto at = std::ranges::find(all, shown->block) - all.begin() + step;
  if (at < 0 || at >= static_cast<std::ptrdiff_t>(all.size())) return std::nullopt;
  return act::ShowBlock{reading.layout.active, all[static_cast<std::size_t>(at)]};
}

Answer brushSize(const State& state, double factor) {
  if (!state.review->edit) return std::nullopt;
  return act::SetBrushRadius{
      std::clamp(state.review->brushRadiusMm * factor, smallestBrushMm, largestBrushMm)};
}

Answer pictureAction(const Shortcut& shortcut, const State& state) {
  switch (shortcut.command) {
    case Command::tool_window:
      return tool(Tool::window);
    case Command::tool_scroll:
      return tool(Tool::scroll);
    case Command::tool_pan:
      return tool(Tool::pan);
    case Command::tool_zoom:
      return tool(Tool::zoom);
    case Command::tool_crosshair:
      return tool(Tool::crosshair);
    case Command::invert:
      return act::ToggleInverted{};
    case Command::overlay:
      return act::ToggleOverlays{};
    case Command::crosshair_lines:
      return act::ToggleCrosshair{};
    case Command::corner_texts:
      return act::ToggleCornerTexts{};
    case Command::identity:
      return act::ToggleIdentity{};
    case Command::slab:
      return toggledSlab(state);
    case Command::preset:
      return act::ApplyPreset{shortcut.number, false};
    case Command::preset_shift:
      return act::ApplyPreset{shortcut.number, true};
    case Command::window_reset:
      return act::ResetWindow{};
    case Command::reset_view:
      return act::Fit{};
    default:
      return std::nullopt;
  }
}

Answer nextViewport(const State& state) {
  const view::Layout& layout = state.reading->layout;
  if (layout.viewports.empty()) return std::nullopt;
  return act::ActivateViewport{(layout.active + 1) % static_cast<int>(layout.viewports.size())};
}

Answer navigationAction(const Shortcut& shortcut, const State& state) {
  switch (shortcut.command) {
    case Command::slice_up:
      return scroll(state, 1);
    case Command::slice_down:
      return scroll(state, -1);
    case Command::ten_up:
      return scroll(state, 10);
    case Command::ten_down:
      return scroll(state, -10);
    case Command::first_slice:
      return edgeSlice(state, false);
    case Command::last_slice:
      return edgeSlice(state, true);
    case Command::previous_series:
      return otherSeries(state, -1);
    case Command::next_series:
      return otherSeries(state, 1);
    case Command::next_viewport:
      return nextViewport(state);
    case Command::layout_one:
      return act::SetRaster{1, 1};
    case Command::layout_two:
      return act::SetRaster{1, 2};
    case Command::layout_four:
      return act::ShowMpr{};
    case Command::maximize:
      return act::ToggleMaximized{};
    case Command::to_worklist:
      return act::CloseCase{};
    default:
      return std::nullopt;
  }
}

Answer reviewAction(const Shortcut& shortcut, const State& state, Time now) {
  switch (shortcut.command) {
    case Command::next_finding:
      return act::SelectNext{false};
    case Command::previous_finding:
      return act::SelectNext{true};
    case Command::accept:
      return act::Accept{now, false};  // the key does not repeat, see Keys
    case Command::edit:
      return act::StartEdit{};
    case Command::reject:
      return act::OpenReject{};
    case Command::unsure:
      return act::Unsure{now};
    case Command::remove_drawn:
      return act::DeleteSelected{now};
    case Command::confirm_structures:
      return act::ConfirmStructures{now};
    case Command::dismiss_rest:
      return act::DismissBelowThreshold{now};
    case Command::undo:
      return act::Undo{now};
    case Command::redo:
      return act::Redo{now};
    case Command::sign:
      return act::OpenSignDialog{};
    case Command::back:
      return tool(Tool::window);
    case Command::reject_cancel:
      return act::CloseReject{};
    case Command::reject_chip: {
      const auto& chips = review::rejectChips();
      const auto index = static_cast<std::size_t>(shortcut.number - 1);
      if (index >= chips.size()) return std::nullopt;
      return act::Reject{{chips[index].code, {}}, now};
    }
    case Command::brush:
      return tool(Tool::brush);
    case Command::eraser:
      return tool(Tool::eraser);
    case Command::smaller:
      return brushSize(state, 1 / brushStep);
    case Command::larger:
      return brushSize(state, brushStep);
    case Command::edit_done:
      return act::FinishEdit{now};
    case Command::edit_cancel:
      return act::CancelEdit{now};
    default:
      return std::nullopt;
  }
}

}  // namespace

std::vector<Context> activeContexts(const State& state) {
  switch (screen(state)) {
    case session::Screen::sign_in:
      return {};
    case session::Screen::worklist:
      return {Context::everywhere, Context::worklist};
    case session::Screen::reading:
      break;
  }
  if (state.review->edit) return {Context::everywhere, Context::viewer, Context::editing};
  if (state.review->rejecting) return {Context::everywhere, Context::rejecting};
  return {Context::everywhere, Context::viewer, Context::review};
}

Answer actionFor(const Shortcut& shortcut, const State& state, Time now) {
  if (shortcut.command == Command::lock) return act::Lock{};
  if (shortcut.command == Command::sign_out) return act::SignOut{};
  if (shortcut.context == Context::everywhere || shortcut.context == Context::worklist) return std::nullopt;
  if (auto answer = pictureAction(shortcut, state)) return answer;
  if (auto answer = navigationAction(shortcut, state)) return answer;
  return reviewAction(shortcut, state, now);
}

bool isSaving(const State& state) {
  const auto& edit = state.review->edit;
  return !state.review->pending.empty() || (edit && edit->mask != edit->saved) || isUnsaved(*state.report);
}

bool isSigned(const CaseRecord& record) {
  return !record.versions.empty() &&
         (record.row.status == CaseStatus::approved || record.row.status == CaseStatus::delivered);
}

std::vector<BlockRef> blocksOf(const CaseRecord& record) {
  std::vector<BlockRef> all;
  for (const Series& series : record.series) {
    for (const Block& block : series.blocks) all.push_back({series.info.uid, block.index});
  }
  return all;
}

}  // namespace attest::ui
