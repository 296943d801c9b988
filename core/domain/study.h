#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/geometry.h"
#include "core/base/ids.h"
#include "core/base/phi.h"
#include "core/domain/calibration.h"
#include "core/domain/frame_groups.h"
#include "core/domain/patient.h"
#include "core/domain/pet.h"

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

/// What the header of one SOP instance says about itself, without its pixels.
struct InstanceHeader {
  SopUid sopUid;
  std::string sopClass;
  std::string transferSyntax;
  FrameUid frameOfReference;  ///< empty where the image has none
  int instanceNumber = 0;
  int rows = 0;
  int columns = 0;
  int frames = 1;
  int samplesPerPixel = 1;
  int bitsAllocated = 0;
  int bitsStored = 0;
  bool isSigned = false;
  std::string photometric;
  FrameGroups groups;                 ///< of every frame that `perFrame` does not tell apart
  std::vector<FrameGroups> perFrame;  ///< complete, one a frame; empty where the frames are not told apart
  std::optional<int> paddingValue;
  std::optional<int> paddingLimit;  ///< of a range that begins or ends with paddingValue
  double kvp = 0;
  double tubeCurrentMa = 0;
  double gantryTiltDegrees = 0;
  double framesPerSecond = 0;        ///< as recommended, else as acquired; 0: unknown
  std::vector<double> frameTimesMs;  ///< from the frame before to each, where they are not even
  Calibration calibration;           ///< of an image without a place in the patient
  std::optional<PetInputs> pet;
  std::string textNote;  ///< what a reader must know of names and descriptions whose character set is wrong
  bool operator==(const InstanceHeader&) const = default;
};

/// What is true of one frame, counted from 0: the one way to read it.
inline const FrameGroups& groupsOf(const InstanceHeader& header, int frame) {
  const auto index = static_cast<std::size_t>(frame);
  return index < header.perFrame.size() ? header.perFrame[index] : header.groups;
}

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

/// A block as one of several that show the same places at other times.
struct TimePoint {
  int group = 0;  ///< the same for all of them, within the series
  int index = 0;  ///< from 0, in the order of time
  int count = 1;
  bool operator==(const TimePoint&) const = default;
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
  std::optional<TimePoint> timePoint;
  double framesPerSecond = 0;  ///< of a cine; 0: unknown
  Calibration calibration;     ///< exact for a volume
  std::optional<Suv> suv;      ///< with the unit suv_bw
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
