#include "core/imaging/hull.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace attest::imaging {
namespace {

Point operator-(Point a, Point b) {
  return {a.x - b.x, a.y - b.y};
}
double dot(Point a, Point b) {
  return a.x * b.x + a.y * b.y;
}
double cross(Point a, Point b) {
  return a.x * b.y - a.y * b.x;
}

/// Positive where a, b, c turn left.
std::int64_t turn(Corner a, Corner b, Corner c) {
  return std::int64_t{b.x - a.x} * (c.y - a.y) - std::int64_t{b.y - a.y} * (c.x - a.x);
}

Chord chordOf(Point from, Point to) {
  return {from, to, std::sqrt(dot(to - from, to - from))};
}

/// The chord of a convex polygon from its corner `from` along `direction`, either way.
Chord chordThrough(const std::vector<Point>& hull, Point from, Point direction) {
  Chord longest;
  for (std::size_t n = 0; n < hull.size(); ++n) {
    const Point side = hull[(n + 1) % hull.size()] - hull[n];
    const double slope = cross(direction, side);
    if (slope == 0) continue;  // parallel: the ends of such a side are met by its neighbours
    const double onSide = cross(from - hull[n], direction) / -slope;
    if (onSide < -1e-9 || onSide > 1 + 1e-9) continue;
    const Chord chord = chordOf(from, {hull[n].x + onSide * side.x, hull[n].y + onSide * side.y});
    if (chord.lengthMm > longest.lengthMm) longest = chord;
  }
  return longest;
}

}  // namespace

std::vector<Corner> convexHull(std::vector<Corner> corners) {
  std::sort(corners.begin(), corners.end());
  corners.erase(std::unique(corners.begin(), corners.end()), corners.end());
  if (corners.size() < 3) return corners;
  std::vector<Corner> hull;  // Andrew's monotone chain: there and back
  for (int way = 0; way < 2; ++way) {
    const std::size_t base = hull.size();
    for (const Corner& corner : corners) {
      while (hull.size() >= base + 2 && turn(hull[hull.size() - 2], hull.back(), corner) <= 0)
        hull.pop_back();
      hull.push_back(corner);
    }
    hull.pop_back();  // the other way begins with it
    std::reverse(corners.begin(), corners.end());
  }
  return hull;
}

Chord longestChord(const std::vector<Point>& hull) {
  Chord longest;
  for (std::size_t a = 0; a < hull.size(); ++a)
    for (std::size_t b = a + 1; b < hull.size(); ++b)
      if (const Chord chord = chordOf(hull[a], hull[b]); chord.lengthMm > longest.lengthMm) longest = chord;
  return longest;
}

// In one direction the longest chord begins at a corner, and turned about that corner it is longest at an end
// of its range: at another corner or at the limit of the angle. So these two kinds are all that need to be
// tried.
Chord longestPerpendicular(const std::vector<Point>& hull, const Chord& axis) {
  const double mostCosine = std::sin(std::numbers::pi / 180);
  const Point along = axis.to - axis.from;
  Chord longest;
  const auto consider = [&](const Chord& chord) {
    if (chord.lengthMm > longest.lengthMm) longest = chord;
  };
  for (std::size_t a = 0; a < hull.size(); ++a)
    for (std::size_t b = a + 1; b < hull.size(); ++b) {
      const Chord chord = chordOf(hull[a], hull[b]);
      if (std::abs(dot(chord.to - chord.from, along)) <= mostCosine * chord.lengthMm * axis.lengthMm)
        consider(chord);
    }
  for (const double degrees : {89.0, 91.0}) {
    const double angle = degrees * std::numbers::pi / 180;
    const Point direction{along.x * std::cos(angle) - along.y * std::sin(angle),
                          along.x * std::sin(angle) + along.y * std::cos(angle)};
    for (const Point& corner : hull) consider(chordThrough(hull, corner, direction));
  }
  return longest;
}

}  // namespace attest::imaging
