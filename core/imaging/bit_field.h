#pragma once

#include <cstdint>
#include <vector>

#include "core/imaging/mask.h"

namespace attest::imaging {

/// A mask within a box and a margin of zeroes around it, as one long string of bits: voxel (i, j, k) and its
/// neighbour by (di, dj, dk) are always `shift(di, dj, dk)` bits apart, so that moving all voxels at once is
/// shifting the string.
class BitField {
 public:
  /// `margin` voxels on each side of `box`, which lies inside the grid; the margin may reach beyond. All
  /// zero.
  BitField(const Box& box, Index3 margin);

  /// Copies the bits of a mask within the box; the margin stays zero.
  void read(const Mask& mask);
  /// The same of the mask's complement.
  void readComplement(const Mask& mask);
  /// Sets the voxels of the box in `mask` that are set here.
  void addTo(Mask& mask) const;

  /// Grows by one voxel to both sides along i.
  void widen();
  /// Adds `other`, of the same box and margin, moved by (0, dj, dk); |dj| and |dk| are at most the margin.
  void addMoved(const BitField& other, int dj, int dk);

 private:
  template <class F>
  void forEachRow(F&& f);

  Box box_;
  Index3 first_;  ///< voxel of the first bit; first_.i is a multiple of 32
  Index3 words_;  ///< of 32 bits along i; lines along j and k
  std::vector<std::uint32_t> bits_;
};

}  // namespace attest::imaging
