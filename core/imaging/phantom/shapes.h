#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <vector>

#include "core/base/geometry.h"

namespace attest::imaging::phantom {

// Signed distances, negative inside, in millimetres of the body's own frame: axes as LPS, the origin in the
// middle of the chest. Those of ellipsoids and of blends are exact at the surface and good within a few per
// cent near it.

/// A radius of infinity makes a cylinder along that axis.
double ellipsoid(Vec3 p, Vec3 center, Vec3 radii);

/// The union or the intersection, with edges rounded over about `k` mm.
inline double smoothMin(double a, double b, double k) {
  const double h = std::max(k - std::abs(a - b), 0.0);
  return std::min(a, b) - h * h / (4 * k);
}
inline double smoothMax(double a, double b, double k) {
  return -smoothMin(-a, -b, k);
}

/// A tube with round ends whose width changes evenly.
struct Tube {
  Vec3 from;
  Vec3 to;
  double fromRadius = 1;
  double toRadius = 1;
};
/// The nearest place on the axis as a part of its length, 0 to 1.
inline double along(const Tube& tube, Vec3 p) {
  const Vec3 axis = tube.to - tube.from;
  const double squared = dot(axis, axis);
  return squared > 0 ? std::clamp(dot(p - tube.from, axis) / squared, 0.0, 1.0) : 0.0;
}
inline double distance(Vec3 p, const Tube& tube) {
  const double t = along(tube, p);
  return length(p - tube.from - t * (tube.to - tube.from)) - tube.fromRadius -
         t * (tube.toRadius - tube.fromRadius);
}
/// Tubes of one width from point to point.
void addPath(std::vector<Tube>& tubes, const std::vector<Vec3>& points, double radius);

struct Bounds {
  Vec3 low;
  Vec3 high;
};
struct Solid {
  Bounds bounds;  ///< nothing of it lies outside
  std::function<double(Vec3)> distance;
  bool fine = false;  ///< voxels at its edge are sampled densely: its volume has to be right
};

/// What is painted at once, over what is there.
struct Layer {
  double hu = 0;
  std::vector<Solid> solids;
  std::vector<Tube> tubes;
};

/// Numbers from a seed, the same everywhere (SplitMix64, Steele, Lea and Flood 2014).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t bits() { return mixed(state_ += step); }
  /// Evenly in [low, high).
  double between(double low, double high) {
    return low + (high - low) * static_cast<double>(bits() >> 11U) * 0x1p-53;
  }
  Vec3 inBox(double half) {
    const double x = between(-half, half);
    const double y = between(-half, half);
    return {x, y, between(-half, half)};
  }
  static constexpr std::uint64_t step = 0x9E3779B97F4A7C15U;
  static constexpr std::uint64_t mixed(std::uint64_t z) {
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }

 private:
  std::uint64_t state_;
};

}  // namespace attest::imaging::phantom
