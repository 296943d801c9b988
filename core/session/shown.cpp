#include <algorithm>

#include "core/session/state.h"
#include "core/view/plane.h"

namespace attest::session {
namespace {

const Block* blockOf(const Reading& reading, const view::ViewportState& viewport) {
  const CaseRecord* record = recordOf(reading, viewport.block);
  return record == nullptr ? nullptr : findBlock(*record, viewport.block);
}

}  // namespace

const view::ViewportState* activeViewport(const Reading& reading) {
  const auto& layout = reading.layout;
  const auto at = static_cast<std::size_t>(layout.active);
  return at < layout.viewports.size() ? &layout.viewports[at] : nullptr;
}

imaging::VolumePtr shownVolume(const Reading& reading, const view::ViewportState& viewport) {
  const auto data = reading.blocks.find(viewport.block);
  if (data == reading.blocks.end()) return nullptr;
  if (data->second.volume) return data->second.volume;
  const auto slice = data->second.slices.find(viewport.slice);
  return slice == data->second.slices.end() ? nullptr : slice->second;
}

std::optional<Grid> shownGrid(const Reading& reading, const view::ViewportState& viewport) {
  if (const imaging::VolumePtr volume = shownVolume(reading, viewport)) return volume->grid();
  const Block* block = blockOf(reading, viewport);
  return block == nullptr ? std::nullopt : block->grid;
}

int shownSliceCount(const Reading& reading, const view::ViewportState& viewport) {
  const Block* block = blockOf(reading, viewport);
  if (block == nullptr) return 0;
  return block->grid ? view::sliceCount(viewport.orientation, *block->grid) : block->dims.k;
}

int shownSliceIndex(const Reading& reading, const view::ViewportState& viewport) {
  const Block* block = blockOf(reading, viewport);
  if (block == nullptr) return 0;
  return block->grid ? view::sliceIndex(viewport.orientation, *block->grid, viewport.focusMm)
                     : viewport.slice;
}

std::vector<view::OverlayItem> overlays(const State& state, const view::ViewportState& viewport) {
  const Reading& reading = *state.reading;
  const auto& edit = state.review->edit;
  const CaseRecord* record = recordOf(reading, viewport.block);
  if (record == nullptr || !reading.overlays) return {};
  const bool isEarlier = record != reading.record.get();
  const auto maskOf = [&](const Item& item) -> imaging::MaskPtr {
    if (isEarlier ? !isExportable(item) : !isShown(state, item)) return nullptr;
    if (edit && edit->before.id == item.id) return edit->mask;
    const auto at = reading.masks.find(item.maskHash);
    return at == reading.masks.end() ? nullptr : at->second;
  };
  const auto& chosen = isEarlier ? state.review->lesion : state.review->selected;
  const ItemId selected = edit ? edit->before.id : chosen.value_or(ItemId{});
  auto shown = view::overlaysFor(*record, viewport.block, selected, reading.hidden, maskOf);
  const bool isDraft = edit && findItem(*reading.record, edit->before.id) == nullptr;
  if (isDraft && view::sharesSpace(*reading.record, edit->before.source, viewport.block)) {
    shown.push_back(
        {.item = edit->before.id, .mask = edit->mask, .color = edit->before.color, .selected = true});
  }
  return shown;
}

}  // namespace attest::session
