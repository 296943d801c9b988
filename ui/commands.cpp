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
  const CaseRecord* record = shown == nullptr ? nullptr : recordOf(*state.reading, shown->block);
  if (record == nullptr) return std::nullopt;
  const Block* block = findBlock(*record, shown->block);
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
  const CaseRecord* record = shown == nullptr ? nullptr : recordOf(reading, shown->block);
  if (record == nullptr) return std::nullopt;
  const std::vector<BlockRef> all = blocksOf(*record);
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
    case Command::compare:
      return act::ToggleComparison{};
    case Command::link:
      return act::ToggleLinked{};
    case Command::next_case:
      return act::OpenNext{};
    case Command::park:
      return act::ParkCase{};
    case Command::to_worklist:
      return act::CloseCase{};
    default:
      return std::nullopt;
  }
}

/// The next carried lesion that nobody has judged, from the chosen one on and around.
Answer nextLesion(const State& state) {
  const auto& record = state.reading->record;
  if (record == nullptr || !record->comparison) return std::nullopt;
  const std::vector<CarriedLesion>& lesions = record->comparison->lesions;
  const auto chosen = std::ranges::find(lesions, state.review->lesion, [](const CarriedLesion& one) {
    return std::optional(one.earlier.item);
  });
  const auto from = chosen == lesions.end() ? 0 : chosen - lesions.begin() + 1;
  for (std::size_t i = 0; i < lesions.size(); ++i) {
    const CarriedLesion& one = lesions[(static_cast<std::size_t>(from) + i) % lesions.size()];
    if (review::outcomeOf(*record, one) == LesionOutcome::open) return act::SelectLesion{one.earlier.item};
  }
  return std::nullopt;
}

/// The finding that the chosen lesion is: the paired one, else the finding that is chosen with it.
std::optional<ItemId> measuredWith(const State& state) {
  const CarriedLesion* lesion = review::findLesion(*state.reading->record, *state.review->lesion);
  const Item* match = lesion == nullptr ? nullptr : shownMatch(state, *lesion);
  return match != nullptr ? std::optional(match->id) : state.review->selected;
}

Answer lesionAction(const Shortcut& shortcut, const State& state, Time now) {
  if (shortcut.command == Command::next_lesion) return nextLesion(state);
  if (!state.review->lesion) return std::nullopt;
  switch (shortcut.command) {
    case Command::lesion_measured:
      if (const auto finding = measuredWith(state))
        return act::JudgeLesion{*state.review->lesion, LesionOutcome::measured, finding, now};
      return std::nullopt;  // the button is off, and the row says that nothing is paired
    case Command::lesion_resolved:
      return act::JudgeLesion{*state.review->lesion, LesionOutcome::resolved, std::nullopt, now};
    case Command::lesion_not_evaluable:
      return act::JudgeLesion{*state.review->lesion, LesionOutcome::not_evaluable, std::nullopt, now};
    default:
      return std::nullopt;
  }
}

Answer reviewAction(const Shortcut& shortcut, const State& state, Time now) {
  switch (shortcut.command) {
    case Command::read_done:
      return hidesProposals(state) ? Answer(act::MyReadIsDone{}) : std::nullopt;
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
    case session::Screen::nodes:
      return {Context::everywhere, Context::nodes};
    case session::Screen::reading:
      break;
  }
  if (state.review->edit) return {Context::everywhere, Context::viewer, Context::editing};
  if (state.review->rejecting) return {Context::everywhere, Context::rejecting};
  const Context chosen = state.review->onLesion ? Context::lesion : Context::finding;
  return {Context::everywhere, Context::viewer, Context::review, chosen};
}

Answer actionFor(const Shortcut& shortcut, const State& state, Time now) {
  if (shortcut.command == Command::lock) return act::Lock{};
  if (shortcut.command == Command::sign_out) return act::SignOut{};
  if (shortcut.command == Command::query_pacs) return act::OpenNodes{};
  if (shortcut.command == Command::leave_nodes) return act::CloseNodes{};
  if (shortcut.command == Command::return_to_parked) return lastParked(state);
  if (screen(state) != session::Screen::reading) return std::nullopt;
  if (auto answer = pictureAction(shortcut, state)) return answer;
  if (auto answer = navigationAction(shortcut, state)) return answer;
  if (auto answer = lesionAction(shortcut, state, now)) return answer;
  return reviewAction(shortcut, state, now);
}

Answer actionFor(Command command, const State& state, Time now) {
  const auto row = std::ranges::find(shortcuts(), command, &Shortcut::command);
  return row == shortcuts().end() ? std::nullopt : actionFor(*row, state, now);
}

bool isSaving(const State& state) {
  const auto& edit = state.review->edit;
  return !state.review->pending.empty() || (edit && edit->mask != edit->saved) || isUnsaved(*state.report);
}

bool isSigned(const CaseRecord& record) {
  return !record.versions.empty() && attest::isSigned(record.row);
}

std::optional<act::OpenCase> lastParked(const State& state) {
  const auto& parked = state.queue->parked;
  return parked.empty() ? std::nullopt : std::optional(act::OpenCase{parked.back().row.id});
}

std::vector<BlockRef> blocksOf(const CaseRecord& record) {
  std::vector<BlockRef> all;
  for (const Series& series : record.series) {
    for (const Block& block : series.blocks) all.push_back({series.info.uid, block.index});
  }
  return all;
}

}  // namespace attest::ui
