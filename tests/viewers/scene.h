#pragma once

#include <cstdint>
#include <memory>

#include "core/imaging/mask.h"
#include "core/imaging/volume.h"
#include "core/view/overlay.h"
#include "core/view/plane.h"
#include "core/view/viewport.h"

namespace attest::test {

/// An odd-sized, anisotropic volume whose every voxel differs from its neighbours: v = 7 i + 13 j + 29 k -
/// 300.
inline imaging::VolumePtr rampVolume(Index3 dims = {21, 17, 9}, Vec3 spacingMm = {0.9, 1.3, 2.5}) {
  Grid grid;
  grid.dims = dims;
  grid.spacingMm = spacingMm;
  grid.originMm = {-10, 5, 100};
  imaging::Volume volume(grid, imaging::PixelType::int16, Unit::hu);
  auto values = volume.writable<std::int16_t>();
  for (int k = 0; k < dims.k; ++k)
    for (int j = 0; j < dims.j; ++j)
      for (int i = 0; i < dims.i; ++i)
        values[grid.offset({i, j, k})] = static_cast<std::int16_t>(7 * i + 13 * j + 29 * k - 300);
  return std::make_shared<const imaging::Volume>(std::move(volume));
}

inline view::ViewportState middleState(const Grid& grid, view::Orientation orientation) {
  view::ViewportState state;
  state.block.series.value = "1.2.3";
  state.orientation = orientation;
  state.focusMm = view::focusFor(orientation, grid, view::sliceCount(orientation, grid) / 2);
  state.window = {0, 400};
  return state;
}

/// A box of voxels as an overlay that one can edit.
inline view::OverlayItem boxOverlay(const Grid& grid, const imaging::Box& box) {
  imaging::Mask mask(grid);
  mask.paint(box, true, [](Index3) { return true; });
  view::OverlayItem overlay;
  overlay.item.value = "item-1";
  overlay.mask = std::make_shared<const imaging::Mask>(std::move(mask));
  overlay.color = {255, 0, 0};
  overlay.selected = true;
  return overlay;
}

}  // namespace attest::test
