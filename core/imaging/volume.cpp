#include "core/imaging/volume.h"

#include <sys/mman.h>

#include <cstdlib>
#include <cstring>
#include <new>

namespace attest::imaging {
namespace {

constexpr std::size_t hugePage = std::size_t{2} << 20;
constexpr std::size_t cacheLine = 64;

std::size_t roundedUp(std::size_t bytes, std::size_t to) {
  return (bytes + to - 1) / to * to;
}

/// Zeroed memory of whole huge pages, beginning on one: a page more is asked for, and what sticks out is
/// given back.
std::byte* mapHuge(std::size_t bytes) {
  const std::size_t wanted = roundedUp(bytes, hugePage);
  void* mapped = mmap(nullptr, wanted + hugePage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) throw std::bad_alloc();
  auto* first = static_cast<std::byte*>(mapped);
  const std::size_t head =
      roundedUp(reinterpret_cast<std::uintptr_t>(first), hugePage) - reinterpret_cast<std::uintptr_t>(first);
  if (head > 0) munmap(first, head);
  std::byte* data = first + head;
  if (head < hugePage) munmap(data + wanted, hugePage - head);
  madvise(data, wanted, MADV_HUGEPAGE);
  return data;
}

}  // namespace

std::size_t bytesPerVoxel(PixelType type) noexcept {
  switch (type) {
    case PixelType::uint8:
      return 1;
    case PixelType::int16:
    case PixelType::uint16:
      return 2;
    case PixelType::float32:
      return 4;
    case PixelType::rgb24:
      break;
  }
  return sizeof(Rgb24);
}

Buffer::Buffer(std::size_t bytes) : bytes_(bytes) {
  if (bytes >= hugePage) {
    data_ = mapHuge(bytes);
    return;
  }
  const std::size_t size = roundedUp(bytes + 1, cacheLine);
  data_ = static_cast<std::byte*>(std::aligned_alloc(cacheLine, size));
  if (data_ == nullptr) throw std::bad_alloc();
  std::memset(data_, 0, size);
}

Buffer::~Buffer() {
  if (bytes_ >= hugePage) {
    munmap(data_, roundedUp(bytes_, hugePage));
  } else {
    std::free(data_);
  }
}

Volume::Volume(Grid grid, PixelType type, Unit unit)
    : grid_(grid),
      type_(type),
      unit_(unit),
      buffer_(std::make_shared<Buffer>(static_cast<std::size_t>(grid.voxels()) * bytesPerVoxel(type))) {}

double Volume::at(Index3 index) const {
  return visit(*this, [&](auto values) { return toDouble(values[grid_.offset(index)]); });
}

}  // namespace attest::imaging
