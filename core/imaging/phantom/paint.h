#pragma once

#include <span>
#include <stop_token>

#include "core/domain/prior.h"
#include "core/imaging/phantom/shapes.h"

namespace attest::imaging::phantom {

/// The body's own frame in patient space: x becomes toPatient(scale * x).
struct Placement {
  RigidTransform toPatient;
  double scale = 1;
  Vec3 operator()(Vec3 body) const { return toPatient(scale * body); }
};

/// Some slices of a CT before blur and noise, of which each voxel has the mean over its own box. The slices
/// may lie outside the grid, whose axes are those of patient space.
class Canvas {
 public:
  Canvas(const Grid& grid, int firstSlice, int slices, double hu);
  /// Puts a layer over what is there; a stop request may leave it unfinished.
  void paint(const Layer& layer, const Placement& placement, const std::stop_token& stop);
  std::span<float> slice(int n);  ///< from 0

 private:
  struct Region {
    Index3 low;
    Index3 high;  ///< included
    bool empty() const { return low.i > high.i || low.j > high.j || low.k > high.k; }
  };
  Vec3 position(Index3 at) const;
  Region regionOf(Vec3 lowMm, Vec3 highMm) const;
  Region regionOf(const Bounds& body, const Placement& placement) const;
  void paintSolid(const Solid& solid, float hu, const Placement& placement, const std::stop_token& stop);
  void paintTubes(std::span<const Tube> tubes, float hu, const Placement& placement,
                  const std::stop_token& stop);
  void addTube(const Tube& tube, const Region& region);

  Grid grid_;
  int first_;
  int slices_;
  double edgeMm_;  ///< over which the share of a voxel goes from all to none
  std::vector<float> values_;
  std::vector<float> shares_;  ///< of the tubes of one layer; all zero in between
};

}  // namespace attest::imaging::phantom
