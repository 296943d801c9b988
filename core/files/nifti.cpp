#include "core/files/nifti.h"

#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>

#include "core/files/atomic_write.h"
#include "core/files/nifti_header.h"

namespace attest::files {
namespace {

using imaging::PixelType;
using imaging::Rgb24;

Result<std::string> gzipped(std::span<const std::byte> head, std::span<const std::byte> voxels) {
  z_stream stream{};
  constexpr int gzip = 15 + 16;
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, gzip, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    return fail(ErrorCode::internal, "zlib");
  std::string packed;
  std::array<Bytef, 1 << 16> piece;
  const auto add = [&](std::span<const std::byte> bytes, bool last) {
    do {
      const auto now = bytes.first(std::min<std::size_t>(bytes.size(), std::size_t{1} << 30));
      bytes = bytes.subspan(now.size());
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(now.data()));  // zlib only reads it
      stream.avail_in = static_cast<uInt>(now.size());
      do {
        stream.next_out = piece.data();
        stream.avail_out = static_cast<uInt>(piece.size());
        deflate(&stream, last && bytes.empty() ? Z_FINISH : Z_NO_FLUSH);
        packed.append(reinterpret_cast<const char*>(piece.data()), piece.size() - stream.avail_out);
      } while (stream.avail_out == 0);
    } while (!bytes.empty());
  };
  add(head, false);
  add(voxels, true);
  deflateEnd(&stream);
  return packed;
}

Result<> write(const std::filesystem::path& path, const Grid& grid, NiftiType type, Unit unit,
               std::span<const std::byte> voxels) {
  ATTEST_TRY(std::string header, niftiHeader(grid, type, unit));
  if (path.extension() == ".gz") {
    ATTEST_TRY(const std::string packed, gzipped(std::as_bytes(std::span(header)), voxels));
    return atomicWrite(path, packed);
  }
  header.append(reinterpret_cast<const char*>(voxels.data()), voxels.size());
  return atomicWrite(path, header);
}

NiftiType niftiType(PixelType type) {
  switch (type) {
    case PixelType::uint8:
      return NiftiType::uint8;
    case PixelType::int16:
      return NiftiType::int16;
    case PixelType::uint16:
      return NiftiType::uint16;
    case PixelType::float32:
      return NiftiType::float32;
    case PixelType::rgb24:
      break;
  }
  return NiftiType::rgb24;
}

/// The type that holds what a file's voxels mean.
PixelType pixelType(const NiftiHeader& header) {
  if (header.type == NiftiType::rgb24) return PixelType::rgb24;
  if (header.isScaled()) return PixelType::float32;
  switch (header.type) {
    case NiftiType::uint8:
      return PixelType::uint8;
    case NiftiType::int8:
    case NiftiType::int16:
      return PixelType::int16;
    case NiftiType::uint16:
      return PixelType::uint16;
    default:
      return PixelType::float32;
  }
}

/// Calls `f(T{})` with the type that a file's voxels are stored in.
template <class F>
void withStoredType(NiftiType type, F&& f) {
  switch (type) {
    case NiftiType::uint8:
      return f(std::uint8_t{});
    case NiftiType::int8:
      return f(std::int8_t{});
    case NiftiType::int16:
      return f(std::int16_t{});
    case NiftiType::uint16:
      return f(std::uint16_t{});
    case NiftiType::int32:
      return f(std::int32_t{});
    case NiftiType::uint32:
      return f(std::uint32_t{});
    case NiftiType::int64:
      return f(std::int64_t{});
    case NiftiType::uint64:
      return f(std::uint64_t{});
    case NiftiType::float32:
      return f(float{});
    case NiftiType::float64:
      return f(double{});
    case NiftiType::rgb24:
      return f(Rgb24{});
  }
}

template <class Stored>
Stored load(const std::byte* from, bool swapped) {
  std::array<std::byte, sizeof(Stored)> raw;
  std::copy_n(from, sizeof(Stored), raw.begin());
  if (swapped && !std::is_same_v<Stored, Rgb24>) std::reverse(raw.begin(), raw.end());
  return std::bit_cast<Stored>(raw);
}

/// Voxels as they lie in the file become those of `volume` from `first` on.
void convert(const NiftiHeader& header, std::span<const std::byte> raw, imaging::Volume& volume,
             std::size_t first) {
  withStoredType(header.type, [&]<class Stored>(Stored) {
    const std::size_t count = raw.size() / sizeof(Stored);
    const auto fill = [&]<class T>(T) {
      const auto values = volume.writable<T>().subspan(first, count);
      for (std::size_t n = 0; n < count; ++n) {
        const auto stored = load<Stored>(raw.data() + n * sizeof(Stored), header.swapped);
        if constexpr (std::is_same_v<Stored, Rgb24> || std::is_same_v<T, Rgb24>) {
          if constexpr (std::is_same_v<Stored, T>) values[n] = stored;
        } else {
          values[n] = header.isScaled()
                          ? static_cast<T>(header.slope * static_cast<double>(stored) + header.intercept)
                          : static_cast<T>(stored);
        }
      }
    };
    switch (volume.type()) {
      case PixelType::uint8:
        return fill(std::uint8_t{});
      case PixelType::int16:
        return fill(std::int16_t{});
      case PixelType::uint16:
        return fill(std::uint16_t{});
      case PixelType::float32:
        return fill(float{});
      case PixelType::rgb24:
        return fill(Rgb24{});
    }
  });
}

/// A file that may be compressed; zlib reads both.
class Source {
 public:
  explicit Source(const std::filesystem::path& path) : file_(gzopen(path.c_str(), "rb"), &gzclose) {
    std::error_code ignored;
    bytesOnDisk_ = std::filesystem::file_size(path, ignored);
  }
  bool isOpen() const { return file_ != nullptr; }
  Result<> read(std::byte* to, std::size_t count) {
    const int got = gzread(file_.get(), to, static_cast<unsigned>(count));
    if (got < 0) return fail(ErrorCode::bad_file, "NIfTI whose compression is damaged");
    if (static_cast<std::size_t>(got) < count) return fail(ErrorCode::bad_file, "NIfTI that ends too early");
    return {};
  }
  Result<> skipTo(std::int64_t offset) {
    if (gzseek(file_.get(), offset, SEEK_SET) != offset)
      return fail(ErrorCode::bad_file, "NIfTI that ends too early");
    return {};
  }
  /// The checksum at the end of a compressed file comes to light only when reading goes beyond the last
  /// voxel.
  Result<> checkEnd() {
    std::byte beyond;
    int status = Z_OK;
    gzread(file_.get(), &beyond, 1);
    gzerror(file_.get(), &status);
    if (status < 0) return fail(ErrorCode::bad_file, "NIfTI whose end is damaged");
    return {};
  }
  /// Whether that many bytes can come out of it at all; asked before memory is taken for them.
  bool canHold(std::uint64_t bytes) {
    constexpr std::uint64_t mostPerByte = 1040;  // deflate can not do better
    return bytes <= bytesOnDisk_ * (gzdirect(file_.get()) != 0 ? 1 : mostPerByte);
  }

 private:
  std::unique_ptr<gzFile_s, int (*)(gzFile)> file_;
  std::uint64_t bytesOnDisk_ = 0;
};

Result<imaging::VolumePtr> read(const std::filesystem::path& path) {
  Source source(path);
  if (!source.isOpen()) return fail(ErrorCode::io, "the NIfTI file can not be opened");
  std::array<std::byte, niftiHeaderBytes> head;
  ATTEST_CHECK(source.read(head.data(), head.size()));
  ATTEST_TRY(const NiftiHeader header, parseNifti(head));
  const std::size_t voxelBytes = bytesPerVoxel(header.type);
  const auto voxels = static_cast<std::uint64_t>(header.grid.voxels());
  if (!source.canHold(voxels * voxelBytes)) return fail(ErrorCode::bad_file, "NIfTI that ends too early");
  ATTEST_CHECK(source.skipTo(header.dataOffset));
  auto volume = std::make_shared<imaging::Volume>(header.grid, pixelType(header), header.unit);
  constexpr std::size_t voxelsAPiece = std::size_t{1} << 18;
  std::vector<std::byte> raw(voxelsAPiece * voxelBytes);
  for (std::size_t first = 0; first < voxels; first += voxelsAPiece) {
    const auto piece = std::span(raw).first(std::min<std::size_t>(voxelsAPiece, voxels - first) * voxelBytes);
    ATTEST_CHECK(source.read(piece.data(), piece.size()));
    convert(header, piece, *volume, first);
  }
  ATTEST_CHECK(source.checkEnd());
  return volume;
}

}  // namespace

Result<> writeNifti(const std::filesystem::path& path, const imaging::Volume& volume) {
  return write(path, volume.grid(), niftiType(volume.type()), volume.unit(),
               {volume.rawData(), volume.bytes()});
}

Result<> writeNifti(const std::filesystem::path& path, const imaging::Mask& mask) {
  const auto dense = mask.toDense();
  return write(path, mask.grid(), NiftiType::uint8, Unit::none, std::as_bytes(std::span(dense)));
}

Result<imaging::VolumePtr> readNiftiVolume(const std::filesystem::path& path) {
  try {
    return read(path);
  } catch (const std::bad_alloc&) {
    return fail(ErrorCode::too_large, "NIfTI beyond this machine's memory");
  }
}

Result<imaging::Mask> readNiftiMask(const std::filesystem::path& path) {
  ATTEST_TRY(const imaging::VolumePtr volume, readNiftiVolume(path));
  std::vector<std::uint8_t> dense(static_cast<std::size_t>(volume->grid().voxels()));
  imaging::visit(*volume, [&](auto values) {
    std::transform(values.begin(), values.end(), dense.begin(),
                   [](auto value) { return std::abs(imaging::toDouble(value)) > 0; });  // NaN is none
  });
  return imaging::Mask::fromDense(volume->grid(), dense);
}

}  // namespace attest::files
