#pragma once

#include <array>
#include <optional>
#include <span>

#include "core/base/geometry.h"

namespace attest::agents {

/// An ellipsoid that holds the origin: x'Ax + 2b'x = 1.
class Ellipsoid {
 public:
  /// A ball around the origin.
  explicit Ellipsoid(double radiusMm);
  struct Point {
    Vec3 atMm;
    double weight = 1;
  };
  /// The one nearest to the points, by weighted algebraic least squares. None where that is no ellipsoid or
  /// does not hold the origin.
  static std::optional<Ellipsoid> fit(std::span<const Point> points);

  /// How far it reaches from the origin along a unit vector.
  double reachMm(Vec3 direction) const;
  Vec3 centerMm() const { return center_; }
  /// Half its axes, the longest first.
  const std::array<double, 3>& axesMm() const { return axes_; }
  /// Of the ball with the same volume.
  double radiusMm() const;

 private:
  Ellipsoid() = default;

  std::array<double, 9> form_{};  ///< xx, yy, zz, xy, xz, yz of A; b
  Vec3 center_;
  std::array<double, 3> axes_{};
};

}  // namespace attest::agents
