#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "core/imaging/volume.h"

namespace attest::imaging {

// How one sheet of a plane is sampled, in a header of its own because both ways are templates on the voxel's
// type.

/// A plane in voxel indices: pixel (x, y) lies at origin + x stepX + y stepY.
struct Sheet {
  Vec3 origin;
  Vec3 stepX;
  Vec3 stepY;
};

/// The pixels [begin, end) of a row that lie inside the volume.
struct Range {
  int begin = 0;
  int end = 0;
};

/// Slack, in voxels, for what rounding does to a plane that is meant to lie on the grid or to end on its
/// border.
inline constexpr double indexSlack = 1e-6;

inline float sample(Rgb24 color) {
  return static_cast<float>(toDouble(color));
}
template <class T>
float sample(T value) {
  return static_cast<float>(value);
}

/// The two voxels along one axis between which a position lies, and how far it is from the first to the
/// second.
struct Tap {
  int low = 0;
  int high = 0;
  float t = 0;
};
/// The tap of a position within half a voxel of the axis' `count` centres; `inside` is false elsewhere.
struct TapAt {
  Tap tap;
  bool inside = false;
};
TapAt tapAt(double position, int count);

/// The pixels of a row from `first` on by `step` that are inside a volume of `dims`, of `width`.
Range insideRange(Vec3 first, Vec3 step, Index3 dims, int width);

/// The axes of the grid along which a sheet's rows (a) and columns (b) run, and the remaining one (c).
struct Alignment {
  int a = 0;
  int b = 1;
  int c = 2;
};
/// Whether a sheet of that size runs along two axes of the grid.
bool isAligned(const Sheet& sheet, int width, int height, Alignment& alignment);

inline int along(Index3 index, int axis) {
  return axis == 0 ? index.i : axis == 1 ? index.j : index.k;
}

/// Any sheet: eight voxels a pixel.
template <class T>
class ObliqueSheet {
 public:
  ObliqueSheet(std::span<const T> voxels, Index3 dims, const Sheet& sheet, int width)
      : voxels_(voxels.data()), dims_(dims), sheet_(sheet), width_(width) {}

  Range row(int y, float* out) {
    const Vec3 first = sheet_.origin + static_cast<double>(y) * sheet_.stepY;
    const Range range = insideRange(first, sheet_.stepX, dims_, width_);
    const Index3 last{dims_.i - 1, dims_.j - 1, dims_.k - 1};
    const std::ptrdiff_t rowStride = dims_.i;
    const std::ptrdiff_t sliceStride = rowStride * dims_.j;
    const std::ptrdiff_t nextI = last.i > 0 ? 1 : 0;
    const std::ptrdiff_t nextJ = last.j > 0 ? rowStride : 0;
    const std::ptrdiff_t nextK = last.k > 0 ? sliceStride : 0;
    for (int x = range.begin; x < range.end; ++x) {
      const Cell i = cell(first.x + x * sheet_.stepX.x, last.i);
      const Cell j = cell(first.y + x * sheet_.stepX.y, last.j);
      const Cell k = cell(first.z + x * sheet_.stepX.z, last.k);
      const T* v = voxels_ + (i.low + j.low * rowStride + k.low * sliceStride);
      const float near = mix(mix(v, nextI, i.t), mix(v + nextJ, nextI, i.t), j.t);
      v += nextK;
      out[x] = mix(near, mix(mix(v, nextI, i.t), mix(v + nextJ, nextI, i.t), j.t), k.t);
    }
    return range;
  }

 private:
  struct Cell {
    int low;
    float t;
  };
  /// Without a branch: the last cell also holds the outermost centre, and what lies beyond it.
  static Cell cell(double position, int last) {
    const double held = std::min(std::max(0.0, position), static_cast<double>(last));
    const int low = std::min(static_cast<int>(held), std::max(last - 1, 0));
    return {low, static_cast<float>(held - low)};
  }
  static float mix(float a, float b, float t) { return a + t * (b - a); }
  static float mix(const T* v, std::ptrdiff_t next, float t) { return mix(sample(v[0]), sample(v[next]), t); }

  const T* voxels_;
  Index3 dims_;
  Sheet sheet_;
  int width_;
};

/// A sheet whose rows and columns run along axes of the grid: lines of voxels are mixed whole, then sampled
/// along the row. Rows are asked for in order, so that neighbours share their lines.
template <class T>
class AlignedSheet {
 public:
  AlignedSheet(std::span<const T> voxels, Index3 dims, const Sheet& sheet, int width, Alignment axes)
      : voxels_(voxels.data()), dims_(dims), sheet_(sheet), axes_(axes) {
    const std::array<std::ptrdiff_t, 3> strides{1, dims.i, std::ptrdiff_t{dims.i} * dims.j};
    strideA_ = strides[static_cast<std::size_t>(axes.a)];
    strideB_ = strides[static_cast<std::size_t>(axes.b)];
    strideC_ = strides[static_cast<std::size_t>(axes.c)];
    depth_ = tapAt(sheet.origin[axes.c], along(dims, axes.c));
    first_ = along(dims, axes.a);
    for (int x = 0; x < width; ++x) {
      const auto [tap, inside] = tapAt(sheet.origin[axes.a] + x * sheet.stepX[axes.a], along(dims, axes.a));
      if (!inside) continue;
      if (taps_.empty()) begin_ = x;
      taps_.push_back(tap);
      first_ = std::min(first_, tap.low);
      last_ = std::max(last_, tap.high);
    }
    for (auto* line : {&lines_[0], &lines_[1], &mixed_})
      line->resize(static_cast<std::size_t>(along(dims, axes.a)));
  }

  Range row(int y, float* out) {
    const auto [tap, inside] =
        tapAt(sheet_.origin[axes_.b] + y * sheet_.stepY[axes_.b], along(dims_, axes_.b));
    if (!inside || !depth_.inside || taps_.empty()) return {};
    const float* source = line(tap.low);
    if (tap.t > 0) {
      const float* next = line(tap.high);
      for (int n = first_; n <= last_; ++n)
        mixed_[static_cast<std::size_t>(n)] = mix(source[n], next[n], tap.t);
      source = mixed_.data();
    }
    float* pixel = out + begin_;
    for (const Tap& at : taps_) *pixel++ = mix(source[at.low], source[at.high], at.t);
    return {begin_, begin_ + static_cast<int>(taps_.size())};
  }

 private:
  /// Exact at both ends, also for numbers that a float rounds.
  static float mix(float a, float b, float t) { return (1 - t) * a + t * b; }

  /// The voxels of a line along a, at b = `b` and the sheet's depth.
  const float* line(int b) {
    const auto slot = static_cast<std::size_t>(b % 2);  // the two lines of a row are neighbours
    float* values = lines_[slot].data();
    if (held_[slot] == b) return values;
    held_[slot] = b;
    const T* low = voxels_ + b * strideB_ + depth_.tap.low * strideC_;
    const T* high = voxels_ + b * strideB_ + depth_.tap.high * strideC_;
    if (strideA_ == 1) {
      fill(values, low, high, [](int n) { return n; });
    } else {
      fill(values, low, high, [stride = strideA_](int n) { return n * stride; });
    }
    return values;
  }
  template <class Offset>
  void fill(float* values, const T* low, const T* high, Offset offset) const {
    const float t = depth_.tap.t;
    if (t > 0) {
      for (int n = first_; n <= last_; ++n)
        values[n] = mix(sample(low[offset(n)]), sample(high[offset(n)]), t);
    } else {
      for (int n = first_; n <= last_; ++n) values[n] = sample(low[offset(n)]);
    }
  }

  const T* voxels_;
  Index3 dims_;
  Sheet sheet_;
  Alignment axes_;
  std::ptrdiff_t strideA_ = 0;
  std::ptrdiff_t strideB_ = 0;
  std::ptrdiff_t strideC_ = 0;
  TapAt depth_;
  std::vector<Tap> taps_;  ///< of the pixels from begin_ on
  int begin_ = 0;
  int first_ = 0;  ///< of the voxels along a that the taps need
  int last_ = -1;
  std::array<int, 2> held_{-1, -1};
  std::array<std::vector<float>, 2> lines_;
  std::vector<float> mixed_;
};

}  // namespace attest::imaging
