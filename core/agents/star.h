#pragma once

#include <optional>
#include <vector>

#include "core/agents/blobs.h"
#include "core/agents/directions.h"
#include "core/agents/ellipsoid.h"

namespace attest::agents {

/// What a ray from the middle of a dense spot meets first.
enum class Edge : std::uint8_t {
  air,   ///< the value falls to half way between the spot and what is around it
  wall,  ///< the end of the field in which the search goes on
  open   ///< neither, within the ray's length
};

/// A dense spot as seen from its middle: a ray in each of Directions::all(), and the ellipsoid that fits
/// where they meet air. A nodule meets air all around, but for where it touches something; a vessel stays
/// open at both ends.
struct Star {
  Vec3 centerMm;
  double coreHu = 0;    ///< of its middle
  double aroundHu = 0;  ///< of the lung beside it
  double blurMm = 0;    ///< standard deviation of the point spread, from how steep its edge is
  std::vector<Edge> edges;
  std::vector<double> reachMm;  ///< to that edge
  Ellipsoid shape{1};           ///< around centerMm

  double levelHu() const { return (coreHu + aroundHu) / 2; }
  Vec3 middleMm() const { return centerMm + shape.centerMm(); }
  /// The ray meets air about where the shape ends.
  bool isSupported(std::size_t n) const;
};

/// Looks from the blob's middle, and again from the middle of what it saw. `field` may be of a coarser
/// grid. None where there is no spot of that contrast, or nothing like an ellipsoid.
std::optional<Star> lookAround(const Blob& blob, const imaging::Volume& full, const imaging::Mask& field,
                               double contrastHu);

/// What tells a nodule from a vessel. Parts of all rays, 0 to 1.
struct StarSigns {
  double supported = 0;  ///< meet air where the ellipsoid ends
  double wall = 0;       ///< leave the field before they do
  double through = 0;    ///< stay dense in both directions: a vessel that goes through
  double open = 0;       ///< stay dense, wall not counted
  double scattered = 0;  ///< of these, not in the largest patch: a nodule hangs on one vessel, forks on more
};
StarSigns signsOf(const Star& star);

}  // namespace attest::agents
