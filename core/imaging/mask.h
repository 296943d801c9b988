#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/geometry.h"
#include "core/base/result.h"

namespace attest::imaging {

/// The smallest box of voxels around a mask, both ends included.
struct Box {
  Index3 low;
  Index3 high;
  Index3 size() const { return {high.i - low.i + 1, high.j - low.j + 1, high.k - low.k + 1}; }
  std::int64_t voxels() const { return std::int64_t{size().i} * size().j * size().k; }
  bool operator==(const Box&) const = default;
};

/// Which voxels of a grid belong to something. A value: copies share their blocks, and changing one copies
/// only the blocks that it touches, so keeping the old value is the undo. Blocks are 32 x 32 x 32 bits; empty
/// and full blocks are shared by all masks. Reading is safe from every thread.
class Mask {
 public:
  static constexpr int edge = 32;
  /// Bits of a block: one word a row of 32 voxels along i; word j + 32 k.
  using Block = std::array<std::uint32_t, edge * edge>;

  Mask() = default;
  /// An empty mask over that grid.
  explicit Mask(const Grid& grid);
  /// The voxels where `dense` is not zero; `dense` has grid.voxels() entries, i fastest.
  static Mask fromDense(const Grid& grid, std::span<const std::uint8_t> dense);
  /// The same for a box inside the grid; outside it the mask is empty.
  static Mask fromDense(const Grid& grid, const Box& box, std::span<const std::uint8_t> dense);
  /// One byte a voxel, 0 or 1.
  std::vector<std::uint8_t> toDense() const;
  /// The same for a box, which must lie inside the grid.
  std::vector<std::uint8_t> toDense(const Box& box) const;

  const Grid& grid() const noexcept { return grid_; }
  bool at(Index3 index) const;  ///< false outside the grid
  std::int64_t count() const;
  bool empty() const;
  std::optional<Box> box() const;

  /// Sets every voxel of the box (cut to the grid) for which `inside(index)` holds to `value`.
  template <class F>
  void paint(const Box& box, bool value, F&& inside) {
    paintRows(box, value, [&](Index3 first, std::uint32_t wanted) {
      std::uint32_t bits = 0;
      for (; wanted != 0; wanted &= wanted - 1)
        if (const int n = std::countr_zero(wanted); inside(Index3{first.i + n, first.j, first.k}))
          bits |= std::uint32_t{1} << n;
      return bits;
    });
  }
  /// The same for 32 voxels at once: `bits(Index3 first, std::uint32_t wanted)` answers with bit n set where
  /// voxel first.i + n is inside; first.i is a multiple of 32. What it answers beyond `wanted`, the bits of
  /// the box, is left.
  template <class F>
  void paintRows(const Box& box, bool value, F&& bits) {
    const Index3 low{std::max(0, box.low.i), std::max(0, box.low.j), std::max(0, box.low.k)};
    const Index3 high{std::min(grid_.dims.i - 1, box.high.i), std::min(grid_.dims.j - 1, box.high.j),
                      std::min(grid_.dims.k - 1, box.high.k)};
    for (int k = low.k; k <= high.k; ++k)
      for (int j = low.j; j <= high.j; ++j)
        for (int i = low.i / edge * edge; i <= high.i; i += edge) {
          const std::uint32_t wanted = bitRange(std::max(low.i - i, 0), std::min(high.i - i, edge - 1));
          setRow({i, j, k}, bits(Index3{i, j, k}, wanted) & wanted, value);
        }
    settle(low, high);
  }
  /// The bits [first, last] of a row, with 0 <= first and last < 32; none where last < first.
  static std::uint32_t bitRange(int first, int last) {
    return last < first ? 0 : (~std::uint32_t{0} >> (edge - 1 - last)) & (~std::uint32_t{0} << first);
  }
  /// Bit n is voxel {first.i + n, first.j, first.k}; first.i is a multiple of 32 and `first` inside the grid.
  std::uint32_t row(Index3 first) const { return (*map_[blockOf(first)])[rowOf(first)]; }
  void set(Index3 index, bool value);

  /// Calls `f(Index3 first, std::uint32_t bits)` for each row of 32 voxels with any in the mask: bit n is
  /// voxel first.i + n. Whole empty blocks cost nothing.
  template <class F>
  void forEachRow(F&& f) const {
    for (int bk = 0; bk < blocks_.k; ++bk)
      for (int bj = 0; bj < blocks_.j; ++bj)
        for (int bi = 0; bi < blocks_.i; ++bi) {
          const auto& block = map_[blockOffset({bi, bj, bk})];
          if (block == emptyBlock()) continue;
          for (int row = 0; row < edge * edge; ++row)
            if (const std::uint32_t bits = (*block)[static_cast<std::size_t>(row)]; bits != 0)
              f(Index3{bi * edge, bj * edge + row % edge, bk * edge + row / edge}, bits);
        }
  }
  /// Calls `f(Index3)` for each voxel of the mask.
  template <class F>
  void forEach(F&& f) const {
    forEachRow([&](Index3 first, std::uint32_t bits) {
      for (; bits != 0; bits &= bits - 1) f(Index3{first.i + std::countr_zero(bits), first.j, first.k});
    });
  }

  /// How many of its blocks this mask does not share with `other`.
  std::size_t ownBlocks(const Mask& other) const;
  bool operator==(const Mask& other) const;

  friend std::string encode(const Mask& mask);
  friend Result<Mask> decodeMask(std::span<const std::byte> bytes);
  template <class Op>
  friend Mask combine(const Mask& a, const Mask& b, Op op);

 private:
  using BlockPtr = std::shared_ptr<const Block>;
  static const BlockPtr& emptyBlock();
  static const BlockPtr& fullBlock();
  std::size_t blockOffset(Index3 block) const {
    return static_cast<std::size_t>((std::int64_t{block.k} * blocks_.j + block.j) * blocks_.i + block.i);
  }
  std::size_t blockOf(Index3 voxel) const {
    return blockOffset({voxel.i / edge, voxel.j / edge, voxel.k / edge});
  }
  static std::size_t rowOf(Index3 voxel) {
    return static_cast<std::size_t>(voxel.j % edge + voxel.k % edge * edge);
  }
  Block& ownBlock(std::size_t offset);
  void setRow(Index3 voxel, std::uint32_t bits, bool value);
  void settle(Index3 low, Index3 high);

  Grid grid_;
  Index3 blocks_;
  std::vector<BlockPtr> map_;
};

using MaskPtr = std::shared_ptr<const Mask>;

Mask operator|(const Mask& a, const Mask& b);  ///< both on the same grid
Mask operator&(const Mask& a, const Mask& b);
Mask minus(const Mask& a, const Mask& b);
/// Dice of two masks on one grid; 1 where both are empty.
double dice(const Mask& a, const Mask& b);

/// The mask as bytes for the blob store (its grid, then its bits, compressed), and back. Equal masks give
/// equal bytes.
std::string encode(const Mask& mask);
Result<Mask> decodeMask(std::span<const std::byte> bytes);  ///< corrupt, bad_geometry

}  // namespace attest::imaging
