#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <type_traits>

#include "core/base/geometry.h"
#include "core/domain/study.h"

namespace attest::imaging {

enum class PixelType { uint8, int16, uint16, float32, rgb24 };

struct Rgb24 {
  std::uint8_t r = 0;
  std::uint8_t g = 0;
  std::uint8_t b = 0;
};

std::size_t bytesPerVoxel(PixelType type) noexcept;

/// Plain memory for voxels: zeroed, aligned to 64 bytes, on huge pages from 2 MB up, never copied.
class Buffer {
 public:
  /// Throws std::bad_alloc where the machine has not that much.
  explicit Buffer(std::size_t bytes);
  ~Buffer();
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  std::byte* data() noexcept { return data_; }
  const std::byte* data() const noexcept { return data_; }
  std::size_t bytes() const noexcept { return bytes_; }

 private:
  std::byte* data_ = nullptr;
  std::size_t bytes_ = 0;
};

/// The voxels of a block in modality units (HU, SUV, or as `unit` says), one value or one colour a voxel, i
/// fastest. Immutable once it is a VolumePtr; every view shares the one buffer.
class Volume {
 public:
  /// A volume of zeroes.
  Volume(Grid grid, PixelType type, Unit unit);

  const Grid& grid() const noexcept { return grid_; }
  PixelType type() const noexcept { return type_; }
  Unit unit() const noexcept { return unit_; }
  std::size_t bytes() const noexcept { return buffer_->bytes(); }

  /// The voxels as T, which must be the type that `type()` names.
  template <class T>
  std::span<const T> values() const {
    return {reinterpret_cast<const T*>(buffer_->data()), static_cast<std::size_t>(grid_.voxels())};
  }
  /// For whoever fills a volume before it is shared.
  template <class T>
  std::span<T> writable() {
    return {reinterpret_cast<T*>(buffer_->data()), static_cast<std::size_t>(grid_.voxels())};
  }
  /// True where low values are the bright ones (MONOCHROME1): pictures of it are shown inverted. Set before
  /// it is shared.
  bool lowIsBright() const noexcept { return lowIsBright_; }
  void setLowIsBright(bool lowIsBright) noexcept { lowIsBright_ = lowIsBright; }
  std::byte* rawData() noexcept { return buffer_->data(); }
  const std::byte* rawData() const noexcept { return buffer_->data(); }

  /// The value of a voxel inside the grid; the luminance of a colour.
  double at(Index3 index) const;

 private:
  Grid grid_;
  PixelType type_;
  Unit unit_;
  bool lowIsBright_ = false;
  std::shared_ptr<Buffer> buffer_;
};

using VolumePtr = std::shared_ptr<const Volume>;

/// Calls `f(std::span<const T>)` with the voxels in their own type. All branches must return the same type.
template <class F>
decltype(auto) visit(const Volume& volume, F&& f) {
  switch (volume.type()) {
    case PixelType::uint8:
      return f(volume.values<std::uint8_t>());
    case PixelType::int16:
      return f(volume.values<std::int16_t>());
    case PixelType::uint16:
      return f(volume.values<std::uint16_t>());
    case PixelType::float32:
      return f(volume.values<float>());
    case PixelType::rgb24:
      break;
  }
  return f(volume.values<Rgb24>());
}

/// A colour's luminance (ITU-R BT.601); a number as it is.
inline double toDouble(Rgb24 c) {
  return 0.299 * c.r + 0.587 * c.g + 0.114 * c.b;
}
template <class T>
requires std::is_arithmetic_v<T>
double toDouble(T value) {
  return static_cast<double>(value);
}

}  // namespace attest::imaging
