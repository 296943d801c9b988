#pragma once

#include <limits>
#include <stop_token>
#include <vector>

#include "core/base/geometry.h"
#include "core/base/result.h"
#include "core/imaging/volume.h"

namespace attest::imaging {

/// Where the voxels of one grid lie among those of another: a voxel index as a linear function of a point.
struct IndexMap {
  Vec3 origin;
  Vec3 x;
  Vec3 y;
  Vec3 z;
  Vec3 operator()(Vec3 p) const { return origin + p.x * x + p.y * y + p.z * z; }
};

/// A volume made small for registration: means of whole numbers of voxels, softened, within the range of
/// values that tells tissues apart.
struct Coarse {
  Grid grid;
  std::vector<float> values;  ///< one a voxel, i fastest
  float background = 0;       ///< lowest of the range; what is around the patient
  float body = 0;             ///< values above it are the patient's

  /// Voxels of about `targetMm`, never smaller than they are. HU are cut to -1000 to 300, others to their 1st
  /// to 99th percentile. Errors: bad_geometry for colour and for less than 4 voxels along an axis, cancelled.
  static Result<Coarse> of(const Volume& volume, double targetMm, std::stop_token stop);

  IndexMap fromPatient() const;
  /// Trilinear at a fractional voxel index; NaN beyond the outermost voxel centres.
  float at(Vec3 index) const {
    const auto i = static_cast<int>(index.x);
    const auto j = static_cast<int>(index.y);
    const auto k = static_cast<int>(index.z);
    if (!(index.x >= 0 && index.y >= 0 && index.z >= 0) || i + 1 >= grid.dims.i || j + 1 >= grid.dims.j ||
        k + 1 >= grid.dims.k) {
      return std::numeric_limits<float>::quiet_NaN();
    }
    const auto tx = static_cast<float>(index.x - i);
    const auto ty = static_cast<float>(index.y - j);
    const auto tz = static_cast<float>(index.z - k);
    const float* v = values.data() + grid.offset({i, j, k});
    const auto row = static_cast<std::size_t>(grid.dims.i);
    const auto slice = row * static_cast<std::size_t>(grid.dims.j);
    const auto along = [&](const float* p) { return p[0] + tx * (p[1] - p[0]); };
    const float near = along(v) + ty * (along(v + row) - along(v));
    const float far = along(v + slice) + ty * (along(v + slice + row) - along(v + slice));
    return near + tz * (far - near);
  }

  struct Sample {
    Vec3 mm;
    float value = 0;
  };
  /// Voxels of the patient, evenly spread, at most `most`.
  std::vector<Sample> bodySamples(std::size_t most) const;
  std::size_t bodyVoxels() const;
};

}  // namespace attest::imaging
