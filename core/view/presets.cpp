#include "core/view/presets.h"

#include <algorithm>

namespace attest::view {
namespace {

constexpr std::array ctPresets{
    Preset{1, false, "Abdomen", {40, 400}},     Preset{2, false, "Lung", {-600, 1500}},
    Preset{3, false, "Mediastinum", {50, 350}}, Preset{4, false, "Bone", {500, 2000}},
    Preset{5, false, "Brain", {40, 80}},        Preset{6, false, "Stroke", {40, 40}},
    Preset{6, true, "Stroke, narrow", {32, 8}}, Preset{7, false, "Subdural", {75, 200}},
    Preset{8, false, "Liver", {90, 150}},       Preset{9, false, "Angio", {250, 600}}};

constexpr std::array ptPresets{
    Preset{1, false, "SUV 0\u20135", {2.5, 5}}, Preset{2, false, "SUV 0\u20137", {3.5, 7}},
    Preset{3, false, "SUV 0\u201310", {5, 10}}, Preset{4, false, "SUV 0\u201315", {7.5, 15}},
    Preset{5, false, "SUV 0\u201320", {10, 20}}};

const Preset* pointer(std::span<const Preset> list, std::span<const Preset>::iterator at) {
  return at == list.end() ? nullptr : &*at;
}

}  // namespace

std::span<const Preset> presets(std::string_view modality) {
  if (modality == "CT") return ctPresets;
  if (modality == "PT") return ptPresets;
  return {};
}

const Preset* preset(std::string_view modality, int key, bool shift) {
  const auto list = presets(modality);
  return pointer(
      list, std::ranges::find_if(list, [&](const Preset& p) { return p.key == key && p.shift == shift; }));
}

const Preset* activePreset(std::string_view modality, Window window) {
  const auto list = presets(modality);
  return pointer(list, std::ranges::find(list, window, &Preset::window));
}

Window draggedWindow(Window start, double rightPx, double downPx, double valueRange, bool fine) {
  const double gain = std::max(start.width / 200, valueRange / 4096) * (fine ? 0.2 : 1.0);
  const double smallest = valueRange > 10 ? 1.0 : std::max(valueRange / 1000, 1e-9);
  return {start.center - downPx * gain, std::max(smallest, start.width + rightPx * gain)};
}

std::array<std::uint8_t, 3> planeColor(Orientation orientation) {
  switch (orientation) {
    case Orientation::axial:
      return {230, 80, 80};
    case Orientation::coronal:
      return {80, 200, 90};
    case Orientation::sagittal:
      return {225, 205, 70};
    case Orientation::stack:
    case Orientation::volume3d:
      break;
  }
  return {152, 162, 173};
}

}  // namespace attest::view
