#pragma once

#include <array>

#include "core/imaging/phantom/shapes.h"

namespace attest::imaging::phantom {

enum class Side { right, left };
inline constexpr std::array<Side, 2> bothSides{Side::right, Side::left};

/// Distance to the pleura of a lung.
double lungDistance(Vec3 p, Side side);
Bounds lungBounds(Side side);
/// The chest wall around a lung, without heart, mediastinum and diaphragm: what the ribs follow.
double thoraxDistance(Vec3 p, Side side);
/// Where the middle of the spine runs, in y.
double spineY(double z);

/// Where the trees of a lung begin.
struct Hilum {
  Vec3 bronchus;
  Vec3 artery;
  Vec3 vein;
};
Hilum hilum(Side side);

/// Everything outside the lungs in the order of painting: skin and fat, muscle, the organs, then the bones.
std::vector<Layer> bodyLayers();
/// Trachea and main bronchi, as wide as their lumen.
std::vector<Tube> largeAirways();
/// What lies on the scanner and not in the patient; y and z as in the body's frame of a patient who lies
/// straight.
Layer table();

/// The bones alone, in the same order (see skeleton.cpp).
std::vector<Layer> skeletonLayers();

}  // namespace attest::imaging::phantom
