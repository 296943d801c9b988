#include "core/base/geometry.h"

namespace attest {

Vec3 Grid::toIndex(Vec3 patientMm) const {
  const Vec3 d = patientMm - originMm;
  const Vec3 n0 = cross(axes[1], axes[2]);
  const Vec3 n1 = cross(axes[2], axes[0]);
  const Vec3 n2 = cross(axes[0], axes[1]);
  const double determinant = dot(axes[0], n0);
  return {dot(d, n0) / determinant / spacingMm.x, dot(d, n1) / determinant / spacingMm.y,
          dot(d, n2) / determinant / spacingMm.z};
}

Index3 Grid::nearest(Vec3 patientMm) const {
  const Vec3 index = toIndex(patientMm);
  return {static_cast<int>(std::lround(index.x)), static_cast<int>(std::lround(index.y)),
          static_cast<int>(std::lround(index.z))};
}

bool sameGrid(const Grid& a, const Grid& b, double toleranceMm) {
  if (a.dims != b.dims) return false;
  for (int corner = 0; corner < 8; ++corner) {
    const Index3 at{corner & 1 ? a.dims.i - 1 : 0, corner & 2 ? a.dims.j - 1 : 0,
                    corner & 4 ? a.dims.k - 1 : 0};
    if (length(a.toPatient(at) - b.toPatient(at)) > toleranceMm) return false;
  }
  return true;
}

}  // namespace attest
