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

/// A source image that a derived object refers to; `path` is opened to copy the patient and study modules.
struct SourceImage {
  std::filesystem::path path;
  SopUid sopUid;
  std::string sopClass;
};

/// What all derived objects of one export share.
struct DerivedContext {
  SeriesInfo sourceSeries;
  Grid sourceGrid;
  std::vector<SourceImage> sources;  ///< one a slice, in the order of k
  std::string seriesUid;
  std::string sopInstanceUid;
  int seriesNumber = 0;
  std::string seriesDescription;  ///< carries UNSIGNED where it is, and the research notice
  Time time{};
  bool isSigned = false;
  std::string person;             ///< reader's name, DICOM PN form
  Time verifiedAt{};              ///< when signed
  std::string softwareVersion;
};

struct SegmentOut {
  const Item* item = nullptr;
  imaging::MaskPtr mask;  ///< on sourceGrid
};

/// Writes a binary Segmentation Storage object (PS3.3 A.51), frames without voxels left out. AUTOMATIC, SEMIAUTOMATIC
/// (corrected by a person) or MANUAL as the item says; algorithm identification, tracking ids, CIELab colour.
/// Errors: io, disk_full, bad_file (a source), bad_geometry (a mask on another grid), bad_argument (no segments).
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

/// Reads a Segmentation object onto the grid of its source. Errors: bad_file, unsupported, bad_geometry.
Result<std::vector<SegmentIn>> readSeg(const std::filesystem::path& path, const Grid& sourceGrid);

}  // namespace attest::dicom
