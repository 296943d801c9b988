#include "core/imaging/mask.h"

#include <atomic>
#include <cassert>
#include <cstring>

namespace attest::imaging {
namespace {

constexpr std::uint32_t allBits = ~std::uint32_t{0};

Box wholeBox(const Grid& grid) {
  return {{0, 0, 0}, {grid.dims.i - 1, grid.dims.j - 1, grid.dims.k - 1}};
}

bool isAll(const Mask::Block& block, std::uint32_t word) {
  return std::all_of(block.begin(), block.end(), [word](std::uint32_t row) { return row == word; });
}

/// Bit n is set where byte n of the `count` (at most 32) is not zero.
std::uint32_t packed(const std::uint8_t* bytes, int count) {
  std::uint32_t bits = 0;
  int n = 0;
  for (; n + 8 <= count; n += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, bytes + n, 8);
    if (eight == 0) continue;
    constexpr std::uint64_t low7 = 0x7f7f7f7f7f7f7f7f;
    const std::uint64_t ones =
        ((((eight & low7) + low7) | eight) & ~low7) >> 7;  // 1 in each byte that is not zero
    bits |= static_cast<std::uint32_t>((ones * 0x0102040810204080) >> 56) << n;
  }
  for (; n < count; ++n) bits |= std::uint32_t{bytes[n] != 0} << n;
  return bits;
}

/// The reverse, into zeroed bytes.
void unpack(std::uint32_t bits, std::uint8_t* bytes) {
  if (bits == allBits) {
    std::memset(bytes, 1, Mask::edge);
    return;
  }
  for (; bits != 0; bits &= bits - 1) bytes[std::countr_zero(bits)] = 1;
}

}  // namespace

const Mask::BlockPtr& Mask::emptyBlock() {
  static const BlockPtr block = std::make_shared<Block>();
  return block;
}

const Mask::BlockPtr& Mask::fullBlock() {
  static const BlockPtr block = [] {
    auto full = std::make_shared<Block>();
    full->fill(allBits);
    return full;
  }();
  return block;
}

Mask::Mask(const Grid& grid)
    : grid_(grid),
      blocks_{(grid.dims.i + edge - 1) / edge, (grid.dims.j + edge - 1) / edge,
              (grid.dims.k + edge - 1) / edge},
      map_(blockOffset({0, 0, blocks_.k}), emptyBlock()) {}

Mask Mask::fromDense(const Grid& grid, std::span<const std::uint8_t> dense) {
  return fromDense(grid, wholeBox(grid), dense);
}

Mask Mask::fromDense(const Grid& grid, const Box& box, std::span<const std::uint8_t> dense) {
  Mask mask(grid);
  const Index3 size = box.size();
  mask.paintRows(box, true, [&](Index3 first, std::uint32_t wanted) {
    const int skipped = std::countr_zero(wanted);
    const std::int64_t line = std::int64_t{first.k - box.low.k} * size.j + (first.j - box.low.j);
    const std::uint8_t* bytes = dense.data() + (line * size.i + (first.i + skipped - box.low.i));
    return packed(bytes, std::popcount(wanted)) << skipped;
  });
  return mask;
}

std::vector<std::uint8_t> Mask::toDense() const {
  return toDense(wholeBox(grid_));
}

std::vector<std::uint8_t> Mask::toDense(const Box& box) const {
  std::vector<std::uint8_t> dense(static_cast<std::size_t>(box.voxels()));
  const int width = box.size().i;
  std::uint8_t* bytes = dense.data();
  for (int k = box.low.k; k <= box.high.k; ++k)
    for (int j = box.low.j; j <= box.high.j; ++j, bytes += width)
      for (int i = box.low.i / edge * edge; i <= box.high.i; i += edge) {
        const int skipped = std::max(box.low.i - i, 0);
        const std::uint32_t bits = row({i, j, k}) & bitRange(skipped, std::min(box.high.i - i, edge - 1));
        unpack(bits >> skipped, bytes + (i + skipped - box.low.i));
      }
  return dense;
}

bool Mask::at(Index3 index) const {
  return grid_.contains(index) && ((*map_[blockOf(index)])[rowOf(index)] >> (index.i % edge) & 1) != 0;
}

std::int64_t Mask::count() const {
  std::int64_t voxels = 0;
  forEachRow([&](Index3, std::uint32_t bits) { voxels += std::popcount(bits); });
  return voxels;
}

bool Mask::empty() const {
  return std::all_of(map_.begin(), map_.end(),
                     [](const BlockPtr& block) { return block == emptyBlock() || isAll(*block, 0); });
}

std::optional<Box> Mask::box() const {
  std::optional<Box> box;
  forEachRow([&](Index3 first, std::uint32_t bits) {
    const int low = first.i + std::countr_zero(bits);
    const int high = first.i + edge - 1 - std::countl_zero(bits);
    if (!box) box = Box{{low, first.j, first.k}, {high, first.j, first.k}};
    box->low = {std::min(box->low.i, low), std::min(box->low.j, first.j), std::min(box->low.k, first.k)};
    box->high = {std::max(box->high.i, high), std::max(box->high.j, first.j), std::max(box->high.k, first.k)};
  });
  return box;
}

void Mask::set(Index3 index, bool value) {
  if (grid_.contains(index)) setRow(index, std::uint32_t{1} << (index.i % edge), value);
}

/// True where no other mask holds the block, and what whoever held it last did to it is seen.
bool isOwn(const std::shared_ptr<const Mask::Block>& block) {
#ifdef __SANITIZE_THREAD__
  static_cast<void>(block);
  return false;  // the sanitizer does not know fences: there every block is copied
#else
  if (block.use_count() > 1) return false;
  std::atomic_thread_fence(std::memory_order_acquire);
  return true;
#endif
}

/// The block as this mask's own: copied where another mask holds it too.
Mask::Block& Mask::ownBlock(std::size_t offset) {
  BlockPtr& block = map_[offset];
  if (!isOwn(block)) block = std::make_shared<Block>(*block);
  return const_cast<Block&>(*block);  // no block is born const, and nobody else sees this one
}

void Mask::setRow(Index3 voxel, std::uint32_t bits, bool value) {
  const std::size_t offset = blockOf(voxel);
  const std::uint32_t old = (*map_[offset])[rowOf(voxel)];
  const std::uint32_t changed = value ? old | bits : old & ~bits;
  if (changed != old) ownBlock(offset)[rowOf(voxel)] = changed;
}

/// Gives back the blocks of a box of voxels that became empty or full.
void Mask::settle(Index3 low, Index3 high) {
  if (map_.empty()) return;
  for (int bk = low.k / edge; bk <= high.k / edge; ++bk)
    for (int bj = low.j / edge; bj <= high.j / edge; ++bj)
      for (int bi = low.i / edge; bi <= high.i / edge; ++bi) {
        BlockPtr& block = map_[blockOffset({bi, bj, bk})];
        if (block == emptyBlock() || block == fullBlock()) continue;
        if (isAll(*block, 0)) block = emptyBlock();
        if (isAll(*block, allBits)) block = fullBlock();
      }
}

std::size_t Mask::ownBlocks(const Mask& other) const {
  std::size_t own = 0;
  for (std::size_t n = 0; n < map_.size(); ++n)
    own += map_[n] != emptyBlock() && map_[n] != fullBlock() &&
           (n >= other.map_.size() || map_[n] != other.map_[n]);
  return own;
}

bool Mask::operator==(const Mask& other) const {
  return grid_ == other.grid_ &&
         std::equal(map_.begin(), map_.end(), other.map_.begin(), other.map_.end(),
                    [](const BlockPtr& a, const BlockPtr& b) { return a == b || *a == *b; });
}

/// The words of both, block by block; a block that comes out as one of its parents is shared with it.
template <class Op>
Mask combine(const Mask& a, const Mask& b, Op op) {
  assert(a.grid_.dims == b.grid_.dims);
  Mask result = a;
  for (std::size_t n = 0; n < a.map_.size(); ++n) {
    const auto& left = a.map_[n];
    const auto& right = b.map_[n];
    if (left == Mask::emptyBlock() && right == Mask::emptyBlock()) continue;
    Mask::Block block;
    for (std::size_t row = 0; row < block.size(); ++row) block[row] = op((*left)[row], (*right)[row]);
    if (block == *left) continue;
    if (block == *right) {
      result.map_[n] = right;
    } else {
      result.map_[n] = isAll(block, 0) ? Mask::emptyBlock() : std::make_shared<Mask::Block>(block);
    }
    if (isAll(block, allBits)) result.map_[n] = Mask::fullBlock();
  }
  return result;
}

Mask operator|(const Mask& a, const Mask& b) {
  return combine(a, b, [](std::uint32_t x, std::uint32_t y) { return x | y; });
}
Mask operator&(const Mask& a, const Mask& b) {
  return combine(a, b, [](std::uint32_t x, std::uint32_t y) { return x & y; });
}
Mask minus(const Mask& a, const Mask& b) {
  return combine(a, b, [](std::uint32_t x, std::uint32_t y) { return x & ~y; });
}

double dice(const Mask& a, const Mask& b) {
  const std::int64_t sum = a.count() + b.count();
  return sum == 0 ? 1.0 : 2.0 * static_cast<double>((a & b).count()) / static_cast<double>(sum);
}

}  // namespace attest::imaging
