#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/geometry.h"
#include "core/base/ids.h"
#include "core/base/phi.h"
#include "core/domain/patient.h"

namespace attest {

struct StudyInfo {
  StudyUid uid;
  std::string description;
  std::string date;  ///< DICOM DA
  std::string time;  ///< DICOM TM
  Phi<std::string> accession;
  Phi<std::string> referringPhysician;
  std::string studyId;
  bool operator==(const StudyInfo&) const = default;
};

struct SeriesInfo {
  SeriesUid uid;
  FrameUid frameOfReference;  ///< empty where the series has none
  std::string modality;       ///< DICOM CS: "CT"
  std::string description;
  int number = 0;
  std::string bodyPart;
  std::string manufacturer;
  std::string model;
  std::string protocol;
  bool operator==(const SeriesInfo&) const = default;
};

/// A window of PS3.3 C.11.2: center and width in modality units.
struct Window {
  double center = 0;
  double width = 1;
  bool operator==(const Window&) const = default;
};

/// What the header of one SOP instance says about itself, without its pixels.
struct InstanceHeader {
  SopUid sopUid;
  std::string sopClass;
  std::string transferSyntax;
  FrameUid frameOfReference;  ///< empty where the image has none
  int instanceNumber = 0;
  int acquisitionNumber = 0;
  std::string imageType;  ///< DICOM CS, values joined by a backslash
  int rows = 0;
  int columns = 0;
  int frames = 1;
  int samplesPerPixel = 1;
  int bitsAllocated = 0;
  int bitsStored = 0;
  bool isSigned = false;
  std::string photometric;
  std::optional<Vec3> positionMm;                  ///< centre of the first pixel, LPS
  std::optional<std::array<Vec3, 2>> orientation;  ///< direction along a row, then down a column
  std::optional<std::array<double, 2>>
      pixelSpacingMm;           ///< as the file: between rows (y), between columns (x)
  double sliceThicknessMm = 0;  ///< 0 where absent; never used as the step between slices
  std::optional<double> rescaleSlope;
  std::optional<double> rescaleIntercept;
  std::string rescaleType;
  std::optional<int> paddingValue;
  std::optional<int> paddingLimit;  ///< of a range that begins or ends with paddingValue
  std::vector<Window> windows;
  std::string kernel;
  double kvp = 0;
  double tubeCurrentMa = 0;
  double gantryTiltDegrees = 0;
  std::string acquisitionDate;
  std::string acquisitionTime;
  bool operator==(const InstanceHeader&) const = default;
};

/// One file: where it is and all that its header tells.
struct FileHeader {
  std::string path;
  std::int64_t fileBytes = 0;
  Patient patient;
  StudyInfo study;
  SeriesInfo series;
  InstanceHeader instance;
};

/// The words of a geometry verdict. `regular` stands alone; any of the others may stand together.
enum class Geometry { regular, tilted, uneven, gaps, duplicates, mixed, not_3d };
const char* name(Geometry geometry) noexcept;

/// What the values of a block mean.
enum class Unit { none, hu, suv_bw, bq_ml };
/// "HU", "SUVbw", "Bq/ml", "none".
const char* name(Unit unit) noexcept;

/// One frame of one instance, as a part of a block.
struct SliceRef {
  SopUid sopUid;
  int frame = 0;  ///< from 0
  bool operator==(const SliceRef&) const = default;
};

/// The images of a series that form one stack, sorted by their position along the normal (or by instance
/// number where they have none), with the verdict whether they form a volume.
struct Block {
  int index = 0;              ///< identity within the series: it stays when later images change the blocks
  FrameUid frameOfReference;  ///< of all its images; empty where they have none
  std::vector<SliceRef> slices;
  std::optional<Grid> grid;  ///< of the volume as it will be loaded; none where the verdict has not_3d
  Index3 dims;               ///< columns, rows, slices
  Unit unit = Unit::none;
  std::vector<Geometry> geometry{Geometry::regular};
  std::vector<std::string> notes;  ///< what a reader must know: "slice step varies from 4.0 to 7.0 mm"
  std::vector<Window> windows;     ///< of the first image that has any
  bool operator==(const Block&) const = default;
  bool isVolume() const { return grid.has_value(); }
};

struct Series {
  SeriesInfo info;
  int instances = 0;
  std::vector<Block> blocks;
  bool operator==(const Series&) const = default;
};

/// SERIES#BLOCK: one block of one series.
struct BlockRef {
  SeriesUid series;
  int block = 0;
  auto operator<=>(const BlockRef&) const = default;
};

}  // namespace attest
