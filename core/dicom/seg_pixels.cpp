#include "core/dicom/seg_pixels.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/dicom/frame.h"

namespace attest::dicom {
namespace {

/// 64 bits from any bit on, the first in the lowest; eight bytes from there on must be readable.
std::uint64_t bitsFrom(const std::byte* bytes, std::size_t bit) {
  std::uint64_t eight = 0;
  std::memcpy(&eight, bytes + bit / 8, sizeof eight);  // the machine is little endian, as are the bits
  return eight >> bit % 8;
}
static_assert(std::endian::native == std::endian::little);

std::uint32_t lowest(int count) {
  return count >= 32 ? ~std::uint32_t{0} : (std::uint32_t{1} << count) - 1;
}

template <class Stored, class Inside>
void markWhere(Marks& marks, const std::byte* bytes, Inside inside) {
  const auto* values = reinterpret_cast<const Stored*>(bytes);
  for (int r = 0; r < marks.rows(); ++r) {
    int left = marks.columns();
    for (std::uint32_t& word : marks.row(r)) {
      const int count = std::min(left, 32);
      std::uint32_t bits = 0;
      for (int n = 0; n < count; ++n) bits |= std::uint32_t{inside(values[n])} << n;
      word = bits;
      values += count;
      left -= count;
    }
  }
}

}  // namespace

Marks::Marks(int rows, int columns)
    : rows_(rows),
      columns_(columns),
      wordsPerRow_(static_cast<std::size_t>(columns + 31) / 32),
      words_(wordsPerRow_ * static_cast<std::size_t>(rows)) {}

std::span<std::uint32_t> Marks::row(int row) {
  return std::span(words_).subspan(static_cast<std::size_t>(row) * wordsPerRow_, wordsPerRow_);
}

std::uint32_t Marks::bits(int row, int column) const {
  if (row < 0 || row >= rows_ || column <= -32 || column >= columns_) return 0;
  const std::uint32_t* words = words_.data() + static_cast<std::size_t>(row) * wordsPerRow_;
  if (column < 0) return words[0] << -column;
  const auto at = static_cast<std::size_t>(column) / 32;
  const std::uint64_t high = at + 1 < wordsPerRow_ ? words[at + 1] : 0;
  return static_cast<std::uint32_t>((high << 32 | words[at]) >> column % 32);
}

bool Marks::settle() {
  firstRow_ = rows_;
  lastRow_ = lastColumn_ = -1;
  firstColumn_ = columns_;
  for (int r = 0; r < rows_; ++r) {
    int column = 0;
    for (const std::uint32_t word : row(r)) {
      if (word != 0) {
        firstRow_ = std::min(firstRow_, r);
        lastRow_ = r;
        firstColumn_ = std::min(firstColumn_, column + std::countr_zero(word));
        lastColumn_ = std::max(lastColumn_, column + 31 - std::countl_zero(word));
      }
      column += 32;
    }
  }
  return lastRow_ >= 0;
}

std::int64_t Marks::count() const {
  std::int64_t marked = 0;
  for (const std::uint32_t word : words_) marked += std::popcount(word);
  return marked;
}

SegPixels::SegPixels(Scan scan, const SegObject& object) : scan_(std::move(scan)), object_(object) {}

Result<SegPixels> SegPixels::open(const std::filesystem::path& path, const SegObject& object,
                                  double threshold) {
  ATTEST_TRY(Scan scan, Scan::file(path));
  SegPixels pixels(std::move(scan), object);
  if (!pixels.scan_.pixels()) return fail(ErrorCode::bad_file, "no Pixel Data (7FE0,0010)");
  const auto frameBits = static_cast<std::uint64_t>(object.rows) * static_cast<std::uint64_t>(object.columns);
  if (object.bitsAllocated == 1 && !pixels.scan_.pixels()->open) {
    if (pixels.scan_.pixels()->length < (frameBits * object.frames.size() + 7) / 8)
      return fail(ErrorCode::bad_file, "Pixel Data (7FE0,0010) is shorter than its frames");
  } else {
    ATTEST_TRY(pixels.format_, readPixelFormat(pixels.scan_));
    pixels.format_->palette = nullptr;  // the labels are wanted, not their colours
    const PixelFormat& format = *pixels.format_;
    if (format.rows != object.rows || format.columns != object.columns ||
        format.bitsAllocated != object.bitsAllocated || format.samples != 1 || format.isSigned ||
        static_cast<std::size_t>(format.frames) != object.frames.size())
      return fail(ErrorCode::bad_file, "the pixels are not those of a segmentation");
  }
  pixels.marks_ = Marks(object.rows, object.columns);  // not before the pixels are known to be there
  if (object.fullFraction > 0)
    pixels.leastValue_ = std::max(1, static_cast<int>(std::ceil(threshold * object.fullFraction)));
  pixels.known_.resize(0x10000);
  for (const SegmentIn& segment : object.segments)
    pixels.known_[static_cast<std::size_t>(segment.number)] = 1;
  return pixels;
}

Result<> SegPixels::read(std::size_t frame) {
  present_.clear();
  if (format_) {
    bytes_.resize(format_->frameBytes());
    ATTEST_CHECK(readFrame(scan_, *format_, static_cast<int>(frame), bytes_));
  } else {
    ATTEST_CHECK(readBits(frame));
  }
  if (object_.type == SegType::label_map) return findLabels();
  present_.push_back(object_.frames[frame].segment);
  return {};
}

/// Frames of bits follow each other without a gap (PS3.5 8.1.1), so that one may begin inside a byte.
Result<> SegPixels::readBits(std::size_t frame) {
  const Element& pixels = *scan_.pixels();
  const std::size_t size = static_cast<std::size_t>(object_.rows) * static_cast<std::size_t>(object_.columns);
  // In big endian words the two bytes of each pair are exchanged (PS3.5 A.3).
  const bool swapped = scan_.bigEndian() && pixels.vr == std::array{'O', 'W'};
  std::size_t first = frame * size / 8;
  std::size_t end = (frame * size + size + 7) / 8;
  if (swapped) {
    first -= first % 2;
    end += end % 2;
  }
  bytes_.assign(end - first + 8, std::byte{0});  // bitsFrom() reads eight at once
  if (!scan_.read(pixels.offset + first, std::span(bytes_).first(end - first)))
    return fail(ErrorCode::bad_file, "truncated: the pixels end before the frame does");
  for (std::size_t i = 0; swapped && i + 1 < end - first; i += 2) std::swap(bytes_[i], bytes_[i + 1]);
  firstBit_ = frame * size - first * 8;
  return {};
}

Result<> SegPixels::findLabels() {
  std::vector<char> seen(0x10000);
  const bool wide = format_->bitsAllocated == 16;
  const auto* words = reinterpret_cast<const std::uint16_t*>(bytes_.data());
  std::size_t last = 0x10000;
  for (std::size_t i = 0; i < format_->framePixels(); ++i) {
    const std::size_t label = wide ? words[i] : std::to_integer<std::size_t>(bytes_[i]);
    if (label == last) continue;
    seen[last = label] = 1;
  }
  for (std::size_t label = 0; label < seen.size(); ++label) {
    if (seen[label] == 0 || static_cast<int>(label) == object_.background) continue;
    if (known_[label] == 0) {
      if (label == 0) continue;  // outside all segments, whatever the padding value is
      return fail(ErrorCode::bad_file, "a pixel refers to no segment");
    }
    present_.push_back(static_cast<int>(label));
  }
  return {};
}

bool SegPixels::mark(int number) {
  if (!format_) {
    std::size_t bit = firstBit_;
    for (int r = 0; r < marks_.rows(); ++r) {
      int left = marks_.columns();
      for (std::uint32_t& word : marks_.row(r)) {
        word = static_cast<std::uint32_t>(bitsFrom(bytes_.data(), bit)) & lowest(left);
        bit += static_cast<std::size_t>(std::min(left, 32));
        left -= 32;
      }
    }
  } else if (object_.type == SegType::label_map) {
    if (format_->bitsAllocated == 8) {
      markWhere<std::uint8_t>(marks_, bytes_.data(), [number](std::uint8_t v) { return v == number; });
    } else {
      markWhere<std::uint16_t>(marks_, bytes_.data(), [number](std::uint16_t v) { return v == number; });
    }
  } else {
    const int least = leastValue_;
    markWhere<std::uint8_t>(marks_, bytes_.data(), [least](std::uint8_t v) { return v >= least; });
  }
  return marks_.settle();
}

}  // namespace attest::dicom
