#pragma once

#include <array>
#include <optional>

#include "core/base/geometry.h"

namespace attest {

/// Statistics of the values inside a mask, in modality units. All voxels of the mask count, by their centres.
struct ValueStatistics {
  double mean = 0;
  double sd = 0;  ///< of the population
  double min = 0;
  double max = 0;
  double median = 0;
  bool operator==(const ValueStatistics&) const = default;
};

/// What can be measured of one mask; computed in one place, core/imaging/measure.h.
struct Measurement {
  std::int64_t voxels = 0;
  double volumeMm3 = 0;                       ///< voxels times the volume of a voxel
  Vec3 centroidMm;                            ///< mean of the voxel centres, LPS
  std::optional<double> longestMm;            ///< longest diameter within one axial slice
  std::optional<double> perpendicularMm;      ///< longest chord at a right angle to it, same slice
  std::optional<double> meanMm;               ///< mean of the two
  std::array<Vec3, 2> longestEndsMm{};        ///< LPS; valid where longestMm is
  std::array<Vec3, 2> perpendicularEndsMm{};  ///< LPS; valid where perpendicularMm is
  std::optional<ValueStatistics> values;
  bool operator==(const Measurement&) const = default;
};

}  // namespace attest
