#pragma once

#include <bit>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "core/dicom/pixel_format.h"
#include "core/dicom/scan.h"
#include "core/dicom/seg_object.h"

namespace attest::dicom {

/// Which pixels of a frame are marked: a bit a pixel, each row in words of its own.
class Marks {
 public:
  Marks(int rows, int columns);
  int rows() const noexcept { return rows_; }
  int columns() const noexcept { return columns_; }
  /// 32 pixels of a row from `column` on, which may begin left of the row; what lies outside is not marked.
  std::uint32_t bits(int row, int column) const;
  /// The words of a row, the first pixel in the lowest bit.
  std::span<std::uint32_t> row(int row);
  /// Whether any pixel is marked, and between which rows and columns (both included) they all lie. Called
  /// after a change.
  bool settle();
  int firstRow() const noexcept { return firstRow_; }
  int lastRow() const noexcept { return lastRow_; }
  int firstColumn() const noexcept { return firstColumn_; }
  int lastColumn() const noexcept { return lastColumn_; }
  std::int64_t count() const;

  /// Calls `f(row, column)` for each marked pixel.
  template <class F>
  void forEach(F&& f) const {
    for (int r = firstRow_; r <= lastRow_; ++r)
      for (int c = firstColumn_; c <= lastColumn_; c += 32)
        for (std::uint32_t rest = bits(r, c); rest != 0; rest &= rest - 1) f(r, c + std::countr_zero(rest));
  }

 private:
  int rows_ = 0;
  int columns_ = 0;
  std::size_t wordsPerRow_ = 0;
  std::vector<std::uint32_t> words_;
  int firstRow_ = 0;
  int lastRow_ = -1;
  int firstColumn_ = 0;
  int lastColumn_ = -1;
};

/// The pixels of a segmentation, one frame in memory at a time.
class SegPixels {
 public:
  /// `threshold`: see SegReading. Errors: bad_file, unsupported.
  static Result<SegPixels> open(const std::filesystem::path& path, const SegObject& object, double threshold);
  /// The least stored value that counts as inside, of a fractional segmentation.
  int leastValue() const noexcept { return leastValue_; }

  /// Reads a frame, then calls `f(number, marks)` -> Result<> for each segment that has pixels in it, until
  /// one fails.
  template <class F>
  Result<> forEachSegment(std::size_t frame, F&& f) {
    ATTEST_CHECK(read(frame));
    for (const int number : present_) {
      if (mark(number)) ATTEST_CHECK(f(number, static_cast<const Marks&>(marks_)));
    }
    return {};
  }

 private:
  SegPixels(Scan scan, const SegObject& object);
  Result<> read(std::size_t frame);
  Result<> readBits(std::size_t frame);
  Result<> findLabels();
  bool mark(int number);

  Scan scan_;
  const SegObject& object_;
  std::optional<PixelFormat> format_;  ///< none where the pixels are bits as they stand in the file
  int leastValue_ = 1;
  std::vector<std::byte> bytes_;  ///< of the frame, as they are stored
  std::size_t firstBit_ = 0;      ///< of the frame in bytes_
  std::vector<int> present_;      ///< numbers of the segments that the frame may mark
  std::vector<char> known_;       ///< by label: a segment has that number
  Marks marks_{0, 0};
};

}  // namespace attest::dicom
