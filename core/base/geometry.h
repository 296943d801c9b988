#pragma once

#include <array>
#include <cmath>
#include <compare>
#include <cstdint>
#include <optional>

namespace attest {

/// A point or a vector of patient space: LPS (x to the left, y to the back, z to the head), millimetres.
struct Vec3 {
  double x = 0;
  double y = 0;
  double z = 0;
  constexpr bool operator==(const Vec3&) const = default;
  constexpr double operator[](int axis) const { return axis == 0 ? x : axis == 1 ? y : z; }
};

constexpr Vec3 operator+(Vec3 a, Vec3 b) {
  return {a.x + b.x, a.y + b.y, a.z + b.z};
}
constexpr Vec3 operator-(Vec3 a, Vec3 b) {
  return {a.x - b.x, a.y - b.y, a.z - b.z};
}
constexpr Vec3 operator*(double s, Vec3 a) {
  return {s * a.x, s * a.y, s * a.z};
}
constexpr double dot(Vec3 a, Vec3 b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}
constexpr Vec3 cross(Vec3 a, Vec3 b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline double length(Vec3 a) {
  return std::sqrt(dot(a, a));
}
/// A zero vector stays zero.
inline Vec3 normalized(Vec3 a) {
  const double n = length(a);
  return n > 0 ? (1 / n) * a : a;
}

/// A voxel's place in a grid: i along a row, j down the column, k through the slices.
struct Index3 {
  int i = 0;
  int j = 0;
  int k = 0;
  auto operator<=>(const Index3&) const = default;
};

/// A regular, possibly rotated grid of voxels in patient space. Positions are voxel centres.
struct Grid {
  Index3 dims;              ///< voxels along i, j, k
  Vec3 originMm;            ///< centre of voxel (0,0,0), LPS
  Vec3 spacingMm{1, 1, 1};  ///< along i, j, k
  std::array<Vec3, 3> axes{Vec3{1, 0, 0}, Vec3{0, 1, 0},
                           Vec3{0, 0, 1}};  ///< unit directions of i, j, k in LPS

  bool operator==(const Grid&) const = default;
  std::int64_t voxels() const { return std::int64_t{dims.i} * dims.j * dims.k; }
  /// Where voxel (0,0,0) comes first and i runs fastest.
  std::size_t offset(Index3 at) const {
    return static_cast<std::size_t>((std::int64_t{at.k} * dims.j + at.j) * dims.i + at.i);
  }
  bool contains(Index3 at) const {
    return at.i >= 0 && at.j >= 0 && at.k >= 0 && at.i < dims.i && at.j < dims.j && at.k < dims.k;
  }
  double voxelVolumeMm3() const { return spacingMm.x * spacingMm.y * spacingMm.z; }
  /// Patient position of a fractional voxel index.
  Vec3 toPatient(Vec3 index) const {
    return originMm + index.x * spacingMm.x * axes[0] + index.y * spacingMm.y * axes[1] +
           index.z * spacingMm.z * axes[2];
  }
  Vec3 toPatient(Index3 at) const {
    return toPatient(Vec3{static_cast<double>(at.i), static_cast<double>(at.j), static_cast<double>(at.k)});
  }
  /// Fractional voxel index of a patient position. The axes need not be perpendicular, only independent.
  Vec3 toIndex(Vec3 patientMm) const;
  /// The voxel whose centre is nearest, which may lie outside the grid.
  Index3 nearest(Vec3 patientMm) const;
};

/// True where both have the same dimensions and every corner agrees within `toleranceMm`.
bool sameGrid(const Grid& a, const Grid& b, double toleranceMm = 1e-3);

}  // namespace attest
