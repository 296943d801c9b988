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

/// Calls `f(word, voxel of its first bit, its bits inside the box)`.
template <class F>
void BitField::forEachRow(F&& f) {
  for (int k = box_.low.k; k <= box_.high.k; ++k)
    for (int j = box_.low.j; j <= box_.high.j; ++j) {
      const std::int64_t line = (std::int64_t{k - first_.k} * words_.j + (j - first_.j)) * words_.i;
      for (int i = box_.low.i / Mask::edge * Mask::edge; i <= box_.high.i; i += Mask::edge)
        f(bits_[static_cast<std::size_t>(line + (i - first_.i) / Mask::edge)], Index3{i, j, k},
          Mask::bitRange(std::max(box_.low.i - i, 0), std::min(box_.high.i - i, Mask::edge - 1)));
    }
}

void BitField::read(const Mask& mask) {
  forEachRow(
      [&](std::uint32_t& word, Index3 first, std::uint32_t inside) { word = mask.row(first) & inside; });
}

void BitField::readComplement(const Mask& mask) {
  forEachRow(
      [&](std::uint32_t& word, Index3 first, std::uint32_t inside) { word = ~mask.row(first) & inside; });
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
