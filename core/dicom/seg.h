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

/// How a segmentation stores its voxels: a bit, the probability or the part of the voxel that is filled, or
/// the number of its one segment.
enum class SegType { binary, probability, occupancy, label_map };

/// Writes a Segmentation Storage object (PS3.3 A.51), one segment an entry, numbered from 1 in their order;
/// frames without voxels are left out. `type` is binary, or label_map: a Label Map Segmentation of 8 bits, or
/// 16 beyond 255 segments, whose background is 0; far smaller, read by fewer, and its segments must not
/// overlap. AUTOMATIC, SEMIAUTOMATIC (corrected by a person) or MANUAL as the item says; algorithm
/// identification, tracking ids, CIELab colour. Text is UTF-8, also what is copied from the source. `path` is
/// the whole object or is not there. Errors: io, disk_full, not_found or bad_file (a source), bad_geometry (a
/// mask on another grid, no frame of reference), too_large (over 4 GB), bad_argument (no segments; a segment
/// without voxels or without codes, which `detail` names by its number and label; two that overlap in a label
/// map; a context that is not complete).
Result<> writeSeg(const std::filesystem::path& path, const DerivedContext& context,
                  const std::vector<SegmentOut>& segments, SegType type = SegType::binary);

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
  imaging::Mask mask;  ///< on the grid that was asked for
};

struct SegReading {
  double threshold = 0.5;  ///< of fractional ones: the least part of the largest value that counts as inside
  bool resample = false;   ///< onto a grid that is not its own, by the nearest voxel
};

struct SegIn {
  SegType type = SegType::binary;
  FrameUid frameOfReference;
  SeriesUid sourceSeries;  ///< the first that it refers to; empty where it names none
  std::vector<SegmentIn> segments;
  std::vector<std::string> notes;  ///< what a reader must know: the threshold, resampling, joined frames
};

/// Reads a Segmentation or Label Map Segmentation object, our own or another's, onto the grid of its source.
/// Its frames may lie in any plane and order of that grid (also turned or mirrored), but their pixels must be
/// its voxels; where they are not, `how.resample` takes the nearest voxel and says so. Frames find their
/// place by their position, never by the images that they name. Frames of one segment on one place are
/// joined, with a note. Background of a label map (its padding value, else 0) is no segment. Errors:
/// not_found, bad_file, unsupported (no segmentation, of a slide, pixels without a decoder), bad_geometry
/// (another grid, marked voxels outside it, no positions; with `resample`: frames in several planes or
/// without a thickness), too_large.
Result<SegIn> readSeg(const std::filesystem::path& path, const Grid& sourceGrid, const SegReading& how = {});

}  // namespace attest::dicom
