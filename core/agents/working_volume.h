#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <stop_token>
#include <vector>

#include "core/base/parallel.h"
#include "core/base/result.h"
#include "core/imaging/mask.h"
#include "core/imaging/volume.h"

namespace attest::agents {

/// A volume made small and turned, so that an agent computes fast and in one orientation: i runs to the
/// patient's left, j to the back and k to the head, as nearly as the axes allow. A voxel is the mean of the
/// whole number of voxels that it stands for.
class WorkingVolume {
 public:
  /// Voxels of about `targetMm` (never smaller than they are). Errors: bad_geometry for colour, cancelled.
  static Result<WorkingVolume> make(const imaging::Volume& full, double targetMm, Parallel& parallel,
                                    std::stop_token stop);

  const imaging::Volume& volume() const noexcept { return small_; }
  const Grid& grid() const noexcept { return small_.grid(); }
  const Grid& fullGrid() const noexcept { return full_; }

  /// The small voxel that stands for a voxel of the full grid.
  Index3 toSmall(Index3 full) const;
  /// The small voxels of which the mask covers more than `fraction`.
  imaging::Mask shrink(const imaging::Mask& full, double fraction) const;

  /// The mask of full voxels for which `inside(fullOffset, smallOffset)` holds, looked for below the box of
  /// small voxels; `inside` is called from several threads.
  template <class F>
  imaging::Mask refine(imaging::Box smallBox, Parallel& parallel, std::stop_token stop, F&& inside) const {
    std::vector<std::uint8_t> dense(static_cast<std::size_t>(full_.voxels()));
    const imaging::Box box = toFull(smallBox);
    const std::array<std::vector<std::size_t>, 3> part = smallOffsets();
    const auto count = static_cast<std::size_t>(box.high.k - box.low.k + 1);
    parallel.forEach(count, 4, stop, [&](std::size_t begin, std::size_t end) {
      for (int k = box.low.k + static_cast<int>(begin); k < box.low.k + static_cast<int>(end); ++k)
        for (int j = box.low.j; j <= box.high.j; ++j) {
          const std::size_t row = full_.offset({0, j, k});
          const std::size_t smallRow =
              part[1][static_cast<std::size_t>(j)] + part[2][static_cast<std::size_t>(k)];
          for (int i = box.low.i; i <= box.high.i; ++i) {
            const auto column = static_cast<std::size_t>(i);
            dense[row + column] = inside(row + column, smallRow + part[0][column]) ? 1 : 0;
          }
        }
    });
    return imaging::Mask::fromDense(full_, dense);
  }

 private:
  /// How one axis of the small grid came to be.
  struct Axis {
    int source = 0;  ///< axis of the full grid
    bool flipped = false;
    int factor = 1;  ///< full voxels for one small voxel
  };
  WorkingVolume(Grid full, std::array<Axis, 3> axes, imaging::Volume small)
      : full_(std::move(full)), axes_(axes), small_(std::move(small)) {}
  static std::array<Axis, 3> chooseAxes(const Grid& full, double targetMm);
  static Grid smallGrid(const Grid& full, const std::array<Axis, 3>& axes);
  imaging::Box toFull(imaging::Box small) const;
  /// For each axis of the full grid, what each index adds to the offset in the small grid.
  std::array<std::vector<std::size_t>, 3> smallOffsets() const;

  Grid full_;
  std::array<Axis, 3> axes_;
  imaging::Volume small_;
};

}  // namespace attest::agents
