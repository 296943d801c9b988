#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <set>
#include <vector>

#include "core/base/ids.h"
#include "core/domain/case_record.h"
#include "core/imaging/mask.h"

namespace attest::view {

enum class OverlayStyle { outline, fill_and_outline };

/// Fill opacity and outline width (logical pixels) of overlays, everywhere.
inline constexpr double overlayFill = 0.4;
inline constexpr double overlayOutlinePx = 2;

/// One mask over the images.
struct OverlayItem {
  ItemId item;
  imaging::MaskPtr mask;
  std::array<std::uint8_t, 3> color{255, 255, 255};
  bool visible = true;
  OverlayStyle style = OverlayStyle::fill_and_outline;
  bool dashed = false;    ///< nobody stands for it yet
  bool selected = false;  ///< drawn last
};

/// Do two blocks lie in one patient space: the same block, or the same frame of reference.
bool sharesSpace(const CaseRecord& record, const BlockRef& a, const BlockRef& b);

/// The masks of the case that lie in this block's space, the selected one last. `maskOf` gives the mask to
/// show of an item, or null while it is not loaded. Rejected and dismissed items are left out. Structures are
/// outlines only.
std::vector<OverlayItem> overlaysFor(const CaseRecord& record, const BlockRef& block, const ItemId& selected,
                                     const std::set<ItemId>& hidden,
                                     const std::function<imaging::MaskPtr(const Item&)>& maskOf);

}  // namespace attest::view
