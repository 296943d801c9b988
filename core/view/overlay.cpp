#include "core/view/overlay.h"

#include <algorithm>

namespace attest::view {
namespace {

FrameUid frameOf(const CaseRecord& record, const BlockRef& ref) {
  const Block* block = findBlock(record, ref);
  return block == nullptr ? FrameUid{} : block->frameOfReference;
}

}  // namespace

bool sharesSpace(const CaseRecord& record, const BlockRef& a, const BlockRef& b) {
  if (a == b) return true;
  const FrameUid frame = frameOf(record, a);
  return !frame.empty() && frame == frameOf(record, b);
}

std::vector<OverlayItem> overlaysFor(const CaseRecord& record, const BlockRef& block, const ItemId& selected,
                                     const std::set<ItemId>& hidden,
                                     const std::function<imaging::MaskPtr(const Item&)>& maskOf) {
  std::vector<OverlayItem> overlays;
  for (const Item& item : record.items) {
    if (item.state == ItemState::rejected || item.state == ItemState::dismissed) continue;
    if (!sharesSpace(record, item.source, block)) continue;
    const imaging::MaskPtr mask = maskOf(item);
    if (mask == nullptr) continue;
    overlays.push_back(
        {.item = item.id,
         .mask = mask,
         .color = item.color,
         .visible = !hidden.contains(item.id),
         .style = item.kind == ItemKind::structure ? OverlayStyle::outline : OverlayStyle::fill_and_outline,
         .dashed = item.state == ItemState::proposed,
         .selected = item.id == selected});
  }
  std::ranges::stable_partition(overlays, [](const OverlayItem& overlay) { return !overlay.selected; });
  return overlays;
}

}  // namespace attest::view
