#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/domain/item.h"
#include "core/domain/study.h"
#include "core/imaging/mask.h"

namespace attest::dicom {

/// A source image that a derived object refers to; the first one's file is opened to copy the patient and
/// study modules.
struct SourceImage {
  std::filesystem::path path;
  SopUid sopUid;
  std::string sopClass;
  std::optional<int> frame{};  ///< from 0, of a multi-frame image
};

/// What all derived objects of one export share.
struct DerivedContext {
  SeriesInfo sourceSeries;
  Grid sourceGrid;
  /// One a slice, in the order of k. Where `resampled` or their number is not sourceGrid.dims.k, the object
  /// refers to the series' images but no frame claims to come from one of them.
  std::vector<SourceImage> sources;
  bool resampled = false;  ///< the grid is not that of the images: tilted, uneven or with gaps
  Unit unit = Unit::none;  ///< of Measurement::values; the SR leaves statistics out where it is none
  std::string seriesUid;
  std::string sopInstanceUid;
  int seriesNumber = 0;
  std::string seriesDescription;  ///< at most 64 characters; says UNSIGNED where it is
  Time time{};
  bool isSigned = false;
  std::string person;  ///< reader's name, DICOM PN form; must be there when signed
  Time verifiedAt{};   ///< when signed
  std::string softwareVersion;
};

struct SegmentOut {
  const Item* item = nullptr;
  imaging::MaskPtr mask;  ///< on sourceGrid
};

/// Writes a binary Segmentation Storage object (PS3.3 A.51), one segment an entry, numbered from 1 in their
/// order; frames without voxels are left out. AUTOMATIC, SEMIAUTOMATIC (corrected by a person) or MANUAL as
/// the item says; algorithm identification, tracking ids, CIELab colour. Text is UTF-8, also what is copied
/// from the source. `path` is the whole object or is not there. Errors: io, disk_full, not_found or bad_file
/// (a source), bad_geometry (a mask on another grid, no frame of reference), too_large (over 4 GB),
/// bad_argument (no segments; a segment without voxels or without codes, which `detail` names by its number
/// and label; a context that is not complete).
Result<> writeSeg(const std::filesystem::path& path, const DerivedContext& context,
                  const std::vector<SegmentOut>& segments);

struct SegmentIn {
  int number = 0;
  std::string label;
  Code category;
  Code code;
  std::optional<Code> laterality;
  std::string trackingUid;
  std::string algorithmType;
  std::string algorithmName;
  std::array<std::uint8_t, 3> color{};
  imaging::Mask mask;  ///< on `sourceGrid`
};

/// Reads a binary Segmentation object, our own or another's, onto the grid of its source. Its frames may lie
/// in any plane and order of that grid (also turned or mirrored), but their pixels must be its voxels.
/// Errors: not_found, bad_file, unsupported (fractional, label map, compressed), bad_geometry (another grid,
/// marked voxels outside it, no positions).
Result<std::vector<SegmentIn>> readSeg(const std::filesystem::path& path, const Grid& sourceGrid);

}  // namespace attest::dicom
