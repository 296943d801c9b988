#include "core/view/viewport.h"

#include <algorithm>
#include <array>

namespace attest::view {
namespace {

constexpr std::array names{"axial", "coronal", "sagittal", "stack", "volume"};

/// The centre of the voxel in the middle, so that all three planes lie on voxels.
Vec3 middle(const Grid& grid) {
  return grid.toPatient(Index3{grid.dims.i / 2, grid.dims.j / 2, grid.dims.k / 2});
}

}  // namespace

const char* name(Orientation orientation) noexcept {
  return names[static_cast<std::size_t>(orientation)];
}

std::optional<Orientation> orientation(std::string_view name) {
  const auto at = std::ranges::find(names, name, [](const char* text) { return std::string_view(text); });
  if (at == names.end()) return std::nullopt;
  return static_cast<Orientation>(at - names.begin());
}

Layout mprLayout(const BlockRef& block, const Grid& grid, Window window) {
  Layout layout{.rows = 2, .cols = 2, .viewports = {}};
  for (const Orientation shown :
       {Orientation::axial, Orientation::coronal, Orientation::sagittal, Orientation::volume3d}) {
    ViewportState viewport;
    viewport.block = block;
    viewport.orientation = shown;
    viewport.focusMm = middle(grid);
    viewport.window = window;
    layout.viewports.push_back(viewport);
  }
  return layout;
}

Layout stackLayout(const BlockRef& block, Window window) {
  ViewportState viewport;
  viewport.block = block;
  viewport.orientation = Orientation::stack;
  viewport.window = window;
  return {.rows = 1, .cols = 1, .viewports = {viewport}};
}

Layout withRaster(Layout layout, int rows, int cols) {
  layout.rows = std::clamp(rows, 1, 4);
  layout.cols = std::clamp(cols, 1, 4);
  layout.maximized = false;
  ViewportState added;
  if (!layout.viewports.empty()) added = layout.viewports[static_cast<std::size_t>(layout.active)];
  added.orientation = Orientation::stack;
  layout.viewports.resize(static_cast<std::size_t>(layout.rows * layout.cols), added);
  layout.active = std::min(layout.active, layout.rows * layout.cols - 1);
  return layout;
}

}  // namespace attest::view
