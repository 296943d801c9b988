#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/dicom/seg.h"
#include "core/domain/item.h"
#include "core/domain/presentation_state.h"
#include "core/domain/report.h"

namespace attest::dicom {

/// One measurement group: an item and the segment of the SEG that holds its mask (0: none).
struct MeasuredItem {
  const Item* item = nullptr;
  int segmentNumber = 0;
};

struct SrOut {
  DerivedContext context;
  std::string segSopInstanceUid;  ///< empty where no SEG goes with it
  std::string segSeriesUid;       ///< the series of that SEG
  std::vector<MeasuredItem> items;
  std::vector<std::string> impression;  ///< plain sentences for the report's text
};

/// Writes a Comprehensive 3D SR, TID 1500: observer person and device, image library, one volumetric group
/// (TID 1411) an item, or one without a segment (TID 1501), whose diameters are lines in patient space, with
/// tracking identifier and UID, finding, site, measurements with UCUM units, algorithm identification (TID
/// 4019) for what an agent made, the item's state as the reader's verdict (99ATTEST); the sentences of the
/// impression as texts among the qualitative evaluations. COMPLETE and VERIFIED where signed, else PARTIAL
/// and UNVERIFIED. Errors: as writeSeg.
Result<> writeSr(const std::filesystem::path& path, const SrOut& report);

struct MeasuredNumber {
  Code concept_;
  std::optional<Code> derivation;  ///< mean, standard deviation, minimum or maximum
  double value = 0;
  std::string unit;  ///< UCUM code
};
/// What was measured or marked: on an image in columns and rows (0,0 is the corner of the first pixel, PS3.3
/// C.18.6.1.2), or in patient space.
struct MeasuredRegion {
  std::string
      shape;  ///< POINT, MULTIPOINT, POLYLINE, CIRCLE, ELLIPSE; in patient space also POLYGON, ELLIPSOID
  std::string purpose;               ///< "Image Region", "Visual Explanation": the meaning of its concept
  std::vector<Vec3> points;          ///< z is 0 on an image; LPS mm in patient space
  ImageReference image;              ///< empty in patient space
  FrameUid frameOfReference;         ///< empty on an image
  std::optional<Code> measuredAs{};  ///< the concept of the number that was inferred from it
};
/// Something said of a group beside its numbers, as a code.
struct MeasuredQuality {
  Code concept_;
  Code value;
};
struct MeasuredGroup {
  std::string trackingId;
  std::string trackingUid;
  std::optional<Code> category;
  Code finding;
  std::optional<Code> site;
  std::optional<Code> laterality;
  std::string segSopInstanceUid;
  int segmentNumber = 0;
  std::vector<MeasuredRegion> regions;
  std::vector<MeasuredNumber> numbers;
  std::vector<MeasuredQuality> qualities;
  std::string algorithmName;
  std::string verdict;  ///< value of the 99ATTEST code (an ItemState's name), or empty
  std::vector<std::string>
      rest;  ///< whatever else it says, a line an item: "Measurement Group > Comment: ..."
};
struct SrIn {
  bool verified = false;
  bool complete = false;
  std::string person;
  std::vector<MeasuredGroup> groups;
  std::vector<std::string> texts;
  std::vector<std::string> rest;  ///< as in a group: what stands outside of all groups
};

/// Reads a TID 1500 report, our own or another's. What it holds beside these members is not lost but stands
/// in `rest`; only the image library, a list of the images, is left out. Errors: not_found, bad_file,
/// unsupported (no imaging measurement report).
Result<SrIn> readSr(const std::filesystem::path& path);

}  // namespace attest::dicom
