#include "core/imaging/bit_field.h"

#pragma GCC optimize("O3")  // the loops over all words become vector instructions only from here on

namespace attest::imaging {
namespace {

int floorWord(int voxel) {
  return voxel >= 0 ? voxel / Mask::edge : -((-voxel + Mask::edge - 1) / Mask::edge);
}

}  // namespace

BitField::BitField(const Box& box, Index3 margin)
    : box_(box),
      first_{floorWord(box.low.i - margin.i) * Mask::edge, box.low.j - margin.j, box.low.k - margin.k},
      words_{floorWord(box.high.i + margin.i) - floorWord(box.low.i - margin.i) + 1,
             box.size().j + 2 * margin.j, box.size().k + 2 * margin.k},
      bits_(static_cast<std::size_t>(std::int64_t{words_.i} * words_.j * words_.k)) {}

/// Calls `f(word, voxel of its first bit, its bits inside box and grid)`.
template <class F>
void BitField::forEachRow(const Grid& grid, F&& f) {
  const Box in{{std::max(box_.low.i, 0), std::max(box_.low.j, 0), std::max(box_.low.k, 0)},
               {std::min(box_.high.i, grid.dims.i - 1), std::min(box_.high.j, grid.dims.j - 1),
                std::min(box_.high.k, grid.dims.k - 1)}};
  for (int k = in.low.k; k <= in.high.k; ++k)
    for (int j = in.low.j; j <= in.high.j; ++j) {
      const std::int64_t line = (std::int64_t{k - first_.k} * words_.j + (j - first_.j)) * words_.i;
      for (int i = in.low.i / Mask::edge * Mask::edge; i <= in.high.i; i += Mask::edge)
        f(bits_[static_cast<std::size_t>(line + (i - first_.i) / Mask::edge)], Index3{i, j, k},
          Mask::bitRange(std::max(in.low.i - i, 0), std::min(in.high.i - i, Mask::edge - 1)));
    }
}

void BitField::read(const Mask& mask) {
  forEachRow(mask.grid(), [&](std::uint32_t& word, Index3 first, std::uint32_t inside) {
    word = mask.row(first) & inside;
  });
}

void BitField::readComplement(const Mask& mask) {
  forEachRow(mask.grid(), [&](std::uint32_t& word, Index3 first, std::uint32_t inside) {
    word = ~mask.row(first) & inside;
  });
}

void BitField::addTo(Mask& mask) const {
  mask.paintRows(box_, true, [&](Index3 first, std::uint32_t) {
    const std::int64_t line = (std::int64_t{first.k - first_.k} * words_.j + (first.j - first_.j)) * words_.i;
    return bits_[static_cast<std::size_t>(line + (first.i - first_.i) / Mask::edge)];
  });
}

void BitField::widen() {
  std::uint32_t before = 0;
  for (std::size_t n = 0; n < bits_.size(); ++n) {
    const std::uint32_t word = bits_[n];
    const std::uint32_t after = n + 1 < bits_.size() ? bits_[n + 1] : 0;
    bits_[n] = word | word << 1 | before >> 31 | word >> 1 | after << 31;
    before = word;
  }
}

void BitField::addMoved(const BitField& other, int dj, int dk) {
  const std::int64_t shift = (std::int64_t{dk} * words_.j + dj) * words_.i;
  const auto size = static_cast<std::int64_t>(bits_.size());
  const std::uint32_t* from = other.bits_.data();
  std::uint32_t* to = bits_.data() + shift;
  for (std::int64_t n = std::max<std::int64_t>(0, -shift); n < std::min(size, size - shift); ++n)
    to[n] |= from[n];
}

}  // namespace attest::imaging
