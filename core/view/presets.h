#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/domain/study.h"
#include "core/view/viewport.h"

namespace attest::view {

/// A named window on a number key, in modality units.
struct Preset {
  int key = 0;         ///< 1 to 9
  bool shift = false;  ///< with shift held
  std::string_view name;
  Window window;
};
/// CT and PT have presets, other modalities none.
std::span<const Preset> presets(std::string_view modality);
/// The one of that key, or null.
const Preset* preset(std::string_view modality, int key, bool shift);
/// The one whose values are exactly this window's, or null.
const Preset* activePreset(std::string_view modality, Window window);

/// A window after a drag of that many logical pixels (right and down positive) from `start`: right is wider,
/// up raises the level. `valueRange` is largest minus smallest value of the volume; `fine` (shift) is a fifth
/// as fast. Width stays >= 1 where the range is above 10, else a thousandth of the range.
Window draggedWindow(Window start, double rightPx, double downPx, double valueRange, bool fine);

/// Colours of the planes' names and crosshair lines: red axial, green coronal, yellow sagittal, grey
/// otherwise.
std::array<std::uint8_t, 3> planeColor(Orientation orientation);

}  // namespace attest::view
