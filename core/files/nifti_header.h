#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "core/base/geometry.h"
#include "core/base/result.h"
#include "core/domain/study.h"

namespace attest::files {

/// The numbers by which NIfTI-1 names the types of voxels.
enum class NiftiType : std::int16_t {
  uint8 = 2,
  int16 = 4,
  int32 = 8,
  float32 = 16,
  float64 = 64,
  rgb24 = 128,
  int8 = 256,
  uint16 = 512,
  uint32 = 768,
  int64 = 1024,
  uint64 = 1280
};

/// 0 for a type that is none of them.
std::size_t bytesPerVoxel(NiftiType type);

inline constexpr std::size_t niftiHeaderBytes = 348;
/// Header and the four bytes that say that no extension follows.
inline constexpr std::size_t niftiDataOffset = 352;

/// What a header says of its voxels, in our terms.
struct NiftiHeader {
  Grid grid;
  NiftiType type = NiftiType::uint8;
  std::int64_t dataOffset = 0;
  bool swapped = false;  ///< the other byte order than this machine's
  double slope = 1;      ///< value = slope * stored + intercept
  double intercept = 0;
  Unit unit = Unit::none;  ///< ours, by the intent's name; NIfTI itself has no word for it
  bool isScaled() const { return slope != 1 || intercept != 0; }
};

/// Errors: bad_file, unsupported (NIfTI-2, two files, 4D), bad_geometry (neither sform nor qform, or no space
/// at all).
Result<NiftiHeader> parseNifti(std::span<const std::byte, niftiHeaderBytes> bytes);
/// Header and empty extension. Errors: unsupported where a dimension does not fit.
Result<std::string> niftiHeader(const Grid& grid, NiftiType type, Unit unit);

}  // namespace attest::files
