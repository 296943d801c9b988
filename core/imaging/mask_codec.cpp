#include <zlib.h>

#include <cstring>

#include "core/imaging/mask.h"

// The stored form, little-endian: magic, dimensions (3 x int32), geometry (15 doubles), length of the body
// (uint64), and the body through zlib: one byte a block (0 empty, 1 full, 2 mixed), then the 4096 bytes of
// each mixed block.

namespace attest::imaging {
namespace {

static_assert(std::endian::native == std::endian::little);

constexpr std::array<char, 8> magic{'A', 'T', 'M', 'A', 'S', 'K', '1', '\n'};

struct Header {
  std::array<char, 8> magic;
  std::array<std::int32_t, 3> dims;
  std::int32_t reserved;  ///< 0; no padding byte of this struct is ever unset
  std::array<double, 15> geometry;
  std::uint64_t bodyBytes;
};
static_assert(sizeof(Header) == 8 + 16 + 120 + 8);

enum BlockKind : char { emptyKind, fullKind, mixedKind };

std::array<double, 15> geometryOf(const Grid& grid) {
  std::array<double, 15> numbers{};
  auto at = numbers.begin();
  for (const Vec3& v : {grid.originMm, grid.spacingMm, grid.axes[0], grid.axes[1], grid.axes[2]})
    for (int axis = 0; axis < 3; ++axis) *at++ = v[axis] + 0.0;  // equal grids, equal bytes: -0 becomes 0
  return numbers;
}

Grid gridOf(const Header& header) {
  const auto& g = header.geometry;
  const auto vec = [&](std::size_t n) { return Vec3{g[n], g[n + 1], g[n + 2]}; };
  return {.dims = {header.dims[0], header.dims[1], header.dims[2]},
          .originMm = vec(0),
          .spacingMm = vec(3),
          .axes = {vec(6), vec(9), vec(12)}};
}

Result<> checkGrid(const Grid& grid) {
  constexpr int most = 1 << 16;
  for (const int dim : {grid.dims.i, grid.dims.j, grid.dims.k})
    if (dim < 1 || dim > most) return fail(ErrorCode::bad_geometry, "dimensions of a mask");
  for (const double number : geometryOf(grid))
    if (!std::isfinite(number))
      return fail(ErrorCode::bad_geometry, "a number of a mask's grid is not finite");
  const bool independent = std::abs(dot(grid.axes[0], cross(grid.axes[1], grid.axes[2]))) > 1e-6;
  if (!independent || grid.spacingMm.x <= 0 || grid.spacingMm.y <= 0 || grid.spacingMm.z <= 0)
    return fail(ErrorCode::bad_geometry, "spacing or axes of a mask");
  return {};
}

/// Does a block hold a bit that lies outside its grid?
bool sticksOut(const Mask::Block& block, Index3 firstVoxel, Index3 dims) {
  const int width = std::min(Mask::edge, dims.i - firstVoxel.i);
  const std::uint32_t inside = width == Mask::edge ? ~std::uint32_t{0} : (std::uint32_t{1} << width) - 1;
  for (int row = 0; row < Mask::edge * Mask::edge; ++row) {
    const bool rowInside =
        firstVoxel.j + row % Mask::edge < dims.j && firstVoxel.k + row / Mask::edge < dims.k;
    if ((block[static_cast<std::size_t>(row)] & ~(rowInside ? inside : 0)) != 0) return true;
  }
  return false;
}

Result<std::string> inflated(std::span<const std::byte> packed, std::uint64_t bodyBytes) {
  constexpr std::uint64_t mostPerByte = 1040;  // deflate can not do better, so a greater claim is a lie
  if (bodyBytes > packed.size() * mostPerByte) return fail(ErrorCode::corrupt, "length of a mask");
  std::string body(bodyBytes, '\0');
  uLongf length = bodyBytes;
  const int answer = uncompress(reinterpret_cast<Bytef*>(body.data()), &length,
                                reinterpret_cast<const Bytef*>(packed.data()), packed.size());
  if (answer != Z_OK || length != bodyBytes) return fail(ErrorCode::corrupt, "compressed bits of a mask");
  return body;
}

}  // namespace

std::string encode(const Mask& mask) {
  std::string body;
  for (const auto& block : mask.map_)
    body += *block == *Mask::emptyBlock() ? emptyKind : *block == *Mask::fullBlock() ? fullKind : mixedKind;
  for (std::size_t n = 0; n < mask.map_.size(); ++n)
    if (body[n] == mixedKind)
      body.append(reinterpret_cast<const char*>(mask.map_[n]->data()), sizeof(Mask::Block));
  const Grid& grid = mask.grid();
  const Header header{magic, {grid.dims.i, grid.dims.j, grid.dims.k}, 0, geometryOf(grid), body.size()};
  uLongf length = compressBound(body.size());
  std::string bytes(sizeof header + length, '\0');
  std::memcpy(bytes.data(), &header, sizeof header);
  compress2(reinterpret_cast<Bytef*>(bytes.data() + sizeof header), &length,
            reinterpret_cast<const Bytef*>(body.data()), body.size(), Z_BEST_SPEED);
  bytes.resize(sizeof header + length);
  return bytes;
}

Result<Mask> decodeMask(std::span<const std::byte> bytes) {
  Header header{};
  if (bytes.size() < sizeof header) return fail(ErrorCode::corrupt, "too short for a mask");
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.magic != magic || header.reserved != 0) return fail(ErrorCode::corrupt, "not a mask");
  const Grid grid = gridOf(header);
  ATTEST_CHECK(checkGrid(grid));
  ATTEST_TRY(const std::string body, inflated(bytes.subspan(sizeof header), header.bodyBytes));
  const auto blocksAlong = [](int dim) { return std::uint64_t(dim + Mask::edge - 1) / Mask::edge; };
  const std::uint64_t count = blocksAlong(grid.dims.i) * blocksAlong(grid.dims.j) * blocksAlong(grid.dims.k);
  if (body.size() < count) return fail(ErrorCode::corrupt, "fewer blocks than the grid of a mask has");
  Mask mask(grid);
  std::size_t at = count;
  for (std::size_t n = 0; n < count; ++n) {
    if (body[n] == emptyKind) continue;
    auto block = std::make_shared<Mask::Block>(*Mask::fullBlock());
    if (body[n] == mixedKind && body.size() - at >= sizeof(Mask::Block)) {
      std::memcpy(block->data(), body.data() + at, sizeof(Mask::Block));
      at += sizeof(Mask::Block);
    } else if (body[n] != fullKind) {
      return fail(ErrorCode::corrupt, "blocks of a mask");
    }
    const auto number = static_cast<int>(n);
    const Index3 first{number % mask.blocks_.i * Mask::edge,
                       number / mask.blocks_.i % mask.blocks_.j * Mask::edge,
                       number / mask.blocks_.i / mask.blocks_.j * Mask::edge};
    if (sticksOut(*block, first, grid.dims)) return fail(ErrorCode::corrupt, "a mask beyond its grid");
    if (body[n] == fullKind) {
      mask.map_[n] = Mask::fullBlock();
    } else {
      mask.map_[n] = std::move(block);
    }
  }
  if (at != body.size()) return fail(ErrorCode::corrupt, "more blocks than the grid of a mask has");
  return mask;
}

}  // namespace attest::imaging
