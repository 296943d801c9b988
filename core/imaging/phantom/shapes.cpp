#include "core/imaging/phantom/shapes.h"

namespace attest::imaging::phantom {

// F / |grad F| for F = |p / r| - 1, which is the distance to first order.
double ellipsoid(Vec3 p, Vec3 center, Vec3 radii) {
  const Vec3 d = p - center;
  const Vec3 once{d.x / radii.x, d.y / radii.y, d.z / radii.z};
  const Vec3 twice{once.x / radii.x, once.y / radii.y, once.z / radii.z};
  const double reach = length(once);
  const double slope = length(twice);
  if (slope < 1e-12) return -std::min({radii.x, radii.y, radii.z});
  return reach * (reach - 1) / slope;
}

void addPath(std::vector<Tube>& tubes, const std::vector<Vec3>& points, double radius) {
  for (std::size_t n = 1; n < points.size(); ++n) tubes.push_back({points[n - 1], points[n], radius, radius});
}

}  // namespace attest::imaging::phantom
