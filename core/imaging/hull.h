#pragma once

#include <compare>
#include <vector>

namespace attest::imaging {

/// A point of a lattice, so that a hull is exact.
struct Corner {
  int x = 0;
  int y = 0;
  auto operator<=>(const Corner&) const = default;
};

/// A point of a slice, in millimetres.
struct Point {
  double x = 0;
  double y = 0;
};

struct Chord {
  Point from;
  Point to;
  double lengthMm = 0;
};

/// The corners of the convex hull, counter-clockwise, without those that lie on a side.
std::vector<Corner> convexHull(std::vector<Corner> corners);
/// The longest chord of a convex polygon: its diameter.
Chord longestChord(const std::vector<Point>& hull);
/// The longest chord of a convex polygon at 90 +- 1 degrees to `axis`.
Chord longestPerpendicular(const std::vector<Point>& hull, const Chord& axis);

}  // namespace attest::imaging
