#pragma once

#include <algorithm>
#include <cmath>
#include <span>

#include "core/imaging/volume.h"

namespace attest::agents {

/// From patient space to the fractional voxels of a grid, with the inverse of its axes kept.
class ToIndex {
 public:
  explicit ToIndex(const Grid& grid) : origin_(grid.toIndex({0, 0, 0})) {
    for (const std::size_t a : {0U, 1U, 2U})
      steps_[a] = grid.toIndex({a == 0 ? 1.0 : 0.0, a == 1 ? 1.0 : 0.0, a == 2 ? 1.0 : 0.0}) - origin_;
  }
  Vec3 of(Vec3 patientMm) const { return origin_ + step(patientMm); }
  /// How far a vector in millimetres leads.
  Vec3 step(Vec3 mm) const { return mm.x * steps_[0] + mm.y * steps_[1] + mm.z * steps_[2]; }

 private:
  Vec3 origin_;
  std::array<Vec3, 3> steps_;
};

/// Trilinear values of a volume along rays; the border's value holds beyond it. Several threads may share
/// one.
template <class T>
class Sampler {
 public:
  Sampler(const Grid& grid, std::span<const T> values)
      : values_(values.data()),
        strideJ_(grid.dims.i),
        strideK_(std::ptrdiff_t{grid.dims.i} * grid.dims.j),
        limit_{grid.dims.i - 1.0, grid.dims.j - 1.0, grid.dims.k - 1.0} {}

  /// At a fractional voxel.
  double at(Vec3 index) const {
    const auto [i, x, di] = cell(index.x, limit_.x, 1);
    const auto [j, y, dj] = cell(index.y, limit_.y, strideJ_);
    const auto [k, z, dk] = cell(index.z, limit_.z, strideK_);
    const T* v = values_ + (i + j + k);
    const double near = mix(mix(v, di, x), mix(v + dj, di, x), y);
    v += dk;
    return mix(near, mix(mix(v, di, x), mix(v + dj, di, x), y), z);
  }

 private:
  struct Cell {
    std::ptrdiff_t offset;
    double part;
    std::ptrdiff_t next;
  };
  static Cell cell(double at, double limit, std::ptrdiff_t stride) {
    const double held = std::clamp(at, 0.0, limit);
    const auto low = static_cast<std::ptrdiff_t>(held);
    const auto part = held - static_cast<double>(low);
    return {low * stride, part, part > 0 ? stride : 0};
  }
  static double mix(double a, double b, double t) { return a + t * (b - a); }
  static double mix(const T* v, std::ptrdiff_t next, double t) {
    return mix(imaging::toDouble(v[0]), imaging::toDouble(v[next]), t);
  }

  const T* values_;
  std::ptrdiff_t strideJ_;
  std::ptrdiff_t strideK_;
  Vec3 limit_;
};

}  // namespace attest::agents
