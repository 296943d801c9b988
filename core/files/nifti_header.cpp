#include "core/files/nifti_header.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

namespace attest::files {
namespace {

static_assert(std::endian::native == std::endian::little);

/// Where the fields of nifti1.h lie.
enum Field : std::size_t {
  sizeofHdr = 0,
  dim = 40,
  datatype = 70,
  bitpix = 72,
  pixdim = 76,
  voxOffset = 108,
  sclSlope = 112,
  sclInter = 116,
  xyztUnits = 123,
  descrip = 148,
  qformCode = 252,
  sformCode = 254,
  quatern = 256,
  srow = 280,
  intentName = 328,
  magic = 344
};

class Reader {
 public:
  Reader(std::span<const std::byte, niftiHeaderBytes> bytes, bool swapped)
      : bytes_(bytes), swapped_(swapped) {}
  template <class T>
  T get(std::size_t at, std::size_t index = 0) const {
    std::array<std::byte, sizeof(T)> raw;
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(at + index * sizeof(T)), sizeof(T), raw.begin());
    if (swapped_) std::reverse(raw.begin(), raw.end());
    return std::bit_cast<T>(raw);
  }
  double real(std::size_t at, std::size_t index = 0) const {
    return static_cast<double>(get<float>(at, index));
  }
  std::string text(std::size_t at, std::size_t most) const {
    const auto* first = reinterpret_cast<const char*>(bytes_.data() + at);
    return {first, strnlen(first, most)};
  }

 private:
  std::span<const std::byte, niftiHeaderBytes> bytes_;
  bool swapped_;
};

/// The columns of voxel steps and the origin, in the file's RAS and unit.
struct Affine {
  std::array<Vec3, 3> steps;
  Vec3 origin;
};

Affine fromSform(const Reader& header) {
  const auto column = [&](std::size_t n) {
    return Vec3{header.real(srow, n), header.real(srow, 4 + n), header.real(srow, 8 + n)};
  };
  return {{column(0), column(1), column(2)}, column(3)};
}

/// The formula of nifti1.h, method 2.
Affine fromQform(const Reader& header) {
  double b = header.real(quatern, 0);
  double c = header.real(quatern, 1);
  double d = header.real(quatern, 2);
  double a = 1 - (b * b + c * c + d * d);
  if (a < 1e-7) {
    const double scale = 1 / std::sqrt(b * b + c * c + d * d);
    b *= scale;
    c *= scale;
    d *= scale;
    a = 0;
  } else {
    a = std::sqrt(a);
  }
  const double side = header.real(pixdim, 0) < 0 ? -1 : 1;
  const Vec3 i{a * a + b * b - c * c - d * d, 2 * (b * c + a * d), 2 * (b * d - a * c)};
  const Vec3 j{2 * (b * c - a * d), a * a + c * c - b * b - d * d, 2 * (c * d + a * b)};
  const Vec3 k{2 * (b * d + a * c), 2 * (c * d - a * b), a * a + d * d - b * b - c * c};
  return {{header.real(pixdim, 1) * i, header.real(pixdim, 2) * j, side * header.real(pixdim, 3) * k},
          {header.real(quatern, 3), header.real(quatern, 4), header.real(quatern, 5)}};
}

double millimetresPerUnit(std::uint8_t units) {
  switch (units & 7) {
    case 1:
      return 1000;  // metres
    case 3:
      return 0.001;  // micrometres
    default:
      return 1;  // millimetres, or nothing said
  }
}

Vec3 flipped(Vec3 v) {
  return {-v.x, -v.y, v.z};
}  // RAS to LPS and back

bool isFinite(Vec3 v) {
  return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z);
}

Result<Grid> gridOf(const Reader& header, Index3 dims) {
  const bool hasSform = header.get<std::int16_t>(sformCode) > 0;
  if (!hasSform && header.get<std::int16_t>(qformCode) <= 0)
    return fail(ErrorCode::bad_geometry, "NIfTI with neither sform nor qform");
  const Affine affine = hasSform ? fromSform(header) : fromQform(header);
  const double mm = millimetresPerUnit(header.get<std::uint8_t>(xyztUnits));
  Grid grid;
  grid.dims = dims;
  grid.originMm = mm * flipped(affine.origin);
  std::array<double, 3> spacing{};
  bool finite = isFinite(grid.originMm);
  for (std::size_t axis = 0; axis < 3; ++axis) {
    spacing[axis] = mm * length(affine.steps[axis]);
    grid.axes[axis] = flipped(normalized(affine.steps[axis]));
    finite = finite && isFinite(grid.axes[axis]) && spacing[axis] > 0 && std::isfinite(spacing[axis]);
  }
  grid.spacingMm = {spacing[0], spacing[1], spacing[2]};
  const double volume = dot(grid.axes[0], cross(grid.axes[1], grid.axes[2]));
  if (!finite || !(std::abs(volume) > 1e-3))
    return fail(ErrorCode::bad_geometry, "NIfTI with a flat or endless grid");
  return grid;
}

Result<Index3> dimsOf(const Reader& header) {
  const auto count = header.get<std::int16_t>(dim);
  if (count < 1 || count > 7) return fail(ErrorCode::bad_file, "NIfTI with no dimensions");
  std::array<int, 3> dims{1, 1, 1};
  for (std::size_t n = 1; n <= static_cast<std::size_t>(count); ++n) {
    const auto size = header.get<std::int16_t>(dim, n);
    if (size < 1) return fail(ErrorCode::bad_file, "NIfTI with an empty dimension");
    if (n > 3 && size > 1) return fail(ErrorCode::unsupported, "NIfTI with more than three dimensions");
    if (n <= 3) dims[n - 1] = size;
  }
  return Index3{dims[0], dims[1], dims[2]};
}

/// The quaternion of a rotation: of its four forms the one that divides by the largest number.
std::array<double, 4> quaternionOf(const Vec3& i, const Vec3& j, const Vec3& k) {
  const std::array<double, 4> squares{1 + i.x + j.y + k.z, 1 + i.x - j.y - k.z, 1 - i.x + j.y - k.z,
                                      1 - i.x - j.y + k.z};
  const auto largest = std::max_element(squares.begin(), squares.end()) - squares.begin();
  const double s = 2 * std::sqrt(squares[static_cast<std::size_t>(largest)]);
  const double p = (j.z - k.y) / s;
  const double q = (k.x - i.z) / s;
  const double r = (i.y - j.x) / s;
  const double u = (i.y + j.x) / s;
  const double v = (k.x + i.z) / s;
  const double w = (j.z + k.y) / s;
  std::array<double, 4> result{s / 4, p, q, r};
  if (largest == 1) result = {p, s / 4, u, v};
  if (largest == 2) result = {q, u, s / 4, w};
  if (largest == 3) result = {r, v, w, s / 4};
  if (result[0] < 0)
    for (double& part : result) part = -part;
  return result;
}

template <class T, class Value>
void put(std::string& header, std::size_t at, Value value, std::size_t index = 0) {
  const T stored = static_cast<T>(value);
  std::memcpy(header.data() + at + index * sizeof(T), &stored, sizeof(T));
}

void putAffine(std::string& header, const Grid& grid) {
  const Vec3 origin = flipped(grid.originMm);
  std::array<Vec3, 3> axes;
  for (std::size_t n = 0; n < 3; ++n) {
    axes[n] = flipped(grid.axes[n]);
    const double spacing = grid.spacingMm[static_cast<int>(n)];
    put<float>(header, pixdim, spacing, n + 1);
    for (int row = 0; row < 3; ++row)
      put<float>(header, srow, spacing * axes[n][row], static_cast<std::size_t>(row) * 4 + n);
  }
  put<std::int16_t>(header, sformCode, 1);
  for (int row = 0; row < 3; ++row) {
    put<float>(header, srow, origin[row], static_cast<std::size_t>(row) * 4 + 3);
    put<float>(header, quatern, origin[row], static_cast<std::size_t>(row) + 3);
  }
  const double side = dot(cross(axes[0], axes[1]), axes[2]) < 0 ? -1 : 1;
  put<float>(header, pixdim, side);
  const bool square =
      std::abs(dot(axes[0], axes[1])) + std::abs(dot(axes[1], axes[2])) + std::abs(dot(axes[2], axes[0])) <
      1e-4;
  if (!square) return;  // a quaternion can not say it; the sform does
  put<std::int16_t>(header, qformCode, 1);
  const auto quaternion = quaternionOf(axes[0], axes[1], side * axes[2]);
  for (std::size_t n = 0; n < 3; ++n) put<float>(header, quatern, quaternion[n + 1], n);
}

}  // namespace

std::size_t bytesPerVoxel(NiftiType type) {
  switch (type) {
    case NiftiType::uint8:
    case NiftiType::int8:
      return 1;
    case NiftiType::int16:
    case NiftiType::uint16:
      return 2;
    case NiftiType::rgb24:
      return 3;
    case NiftiType::int32:
    case NiftiType::uint32:
    case NiftiType::float32:
      return 4;
    case NiftiType::int64:
    case NiftiType::uint64:
    case NiftiType::float64:
      return 8;
  }
  return 0;
}

Result<NiftiHeader> parseNifti(std::span<const std::byte, niftiHeaderBytes> bytes) {
  const bool swapped = Reader(bytes, true).get<std::int32_t>(sizeofHdr) == std::int32_t{niftiHeaderBytes};
  const Reader header(bytes, swapped);
  const auto size = header.get<std::int32_t>(sizeofHdr);
  if (size == 540 || Reader(bytes, true).get<std::int32_t>(sizeofHdr) == 540)
    return fail(ErrorCode::unsupported, "NIfTI-2");
  if (size != std::int32_t{niftiHeaderBytes}) return fail(ErrorCode::bad_file, "not a NIfTI file");
  if (header.text(magic, 4) == "ni1") return fail(ErrorCode::unsupported, "NIfTI in two files");
  if (header.text(magic, 4) != "n+1") return fail(ErrorCode::bad_file, "not a NIfTI file");
  NiftiHeader result;
  result.swapped = swapped;
  result.type = NiftiType{header.get<std::int16_t>(datatype)};
  if (bytesPerVoxel(result.type) == 0)
    return fail(ErrorCode::unsupported, "NIfTI with an unknown type of voxels");
  ATTEST_TRY(const Index3 dims, dimsOf(header));
  ATTEST_TRY(result.grid, gridOf(header, dims));
  const double offset = header.real(voxOffset);
  if (!(offset >= 0 && offset < 1e9)) return fail(ErrorCode::bad_file, "NIfTI whose voxels begin nowhere");
  result.dataOffset =
      std::max<std::int64_t>(std::int64_t{niftiDataOffset}, static_cast<std::int64_t>(offset));
  const double slope = header.real(sclSlope);
  const double intercept = header.real(sclInter);
  if (slope != 0 && std::isfinite(slope) && std::isfinite(intercept)) {
    result.slope = slope;
    result.intercept = intercept;
  }
  for (const Unit unit : {Unit::hu, Unit::suv_bw, Unit::bq_ml})
    if (header.text(intentName, 16) == name(unit)) result.unit = unit;
  return result;
}

Result<std::string> niftiHeader(const Grid& grid, NiftiType type, Unit unit) {
  std::string header(niftiDataOffset, '\0');
  put<std::int32_t>(header, sizeofHdr, niftiHeaderBytes);
  put<std::int16_t>(header, dim, 3);
  std::size_t axis = 0;
  for (const int size : {grid.dims.i, grid.dims.j, grid.dims.k}) {
    if (size > std::numeric_limits<std::int16_t>::max())
      return fail(ErrorCode::unsupported, "more voxels along an axis than NIfTI-1 can say");
    put<std::int16_t>(header, dim, size, ++axis);
  }
  for (axis = 4; axis <= 7; ++axis) put<std::int16_t>(header, dim, 1, axis);
  put<std::int16_t>(header, datatype, type);
  put<std::int16_t>(header, bitpix, bytesPerVoxel(type) * 8);
  put<float>(header, voxOffset, niftiDataOffset);
  put<float>(header, sclSlope, 1);
  put<std::uint8_t>(header, xyztUnits, 2);  // millimetres
  const std::string unitName = unit == Unit::none ? "" : name(unit);
  unitName.copy(header.data() + intentName, 15);
  std::string("Attest").copy(header.data() + descrip, 79);
  putAffine(header, grid);
  std::memcpy(header.data() + magic, "n+1", 4);
  return header;
}

}  // namespace attest::files
