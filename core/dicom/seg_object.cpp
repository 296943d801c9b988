#include "core/dicom/seg_object.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>

#include "core/dicom/derived_elements.h"
#include "core/dicom/derived_object.h"
#include "core/dicom/seg_segments.h"

namespace attest::dicom {
namespace {

int word(DcmItem& item, const DcmTagKey& tag) {
  Uint16 value = 0;
  item.findAndGetUint16(tag, value);
  return value;
}

Result<SegType> typeOf(DcmDataset& object) {
  const std::string sopClass = text(object, DCM_SOPClassUID);
  if (sopClass != UID_SegmentationStorage && sopClass != labelMapClass) {
    return fail(ErrorCode::unsupported, "not a segmentation");
  }
  const std::string type = text(object, DCM_SegmentationType);
  if (type == "LABELMAP") return SegType::label_map;
  if (type == "BINARY") return SegType::binary;
  if (type != "FRACTIONAL") return fail(ErrorCode::bad_file, "Segmentation Type (0062,0001) is not known");
  const std::string fractional = text(object, DCM_SegmentationFractionalType);
  if (fractional == "PROBABILITY") return SegType::probability;
  if (fractional == "OCCUPANCY") return SegType::occupancy;
  return fail(ErrorCode::bad_file, "Segmentation Fractional Type (0062,0010) is not known");
}

Result<> readImage(DcmDataset& object, SegObject& out) {
  out.rows = word(object, DCM_Rows);
  out.columns = word(object, DCM_Columns);
  out.bitsAllocated = word(object, DCM_BitsAllocated);
  if (out.rows == 0 || out.columns == 0) return fail(ErrorCode::bad_file, "rows or columns are missing");
  const int bits = out.bitsAllocated;
  const int usual = out.type == SegType::binary ? 1 : 8;
  if (bits != usual && (out.type != SegType::label_map || bits != 16)) {
    return fail(ErrorCode::bad_file, "Bits Allocated (0028,0100) does not go with the segmentation's type");
  }
  if (out.type == SegType::label_map) {
    out.background = object.tagExists(DCM_PixelPaddingValue) ? word(object, DCM_PixelPaddingValue) : 0;
  } else if (out.type != SegType::binary) {
    out.fullFraction = word(object, DCM_MaximumFractionalValue);
    if (out.fullFraction < 1 || out.fullFraction > 255)
      return fail(ErrorCode::bad_file, "no Maximum Fractional Value (0062,000E)");
  }
  return {};
}

/// The colour that a palette gives a label; the segments of such a map need name none.
void colorByPalette(DcmDataset& object, SegmentIn& segment) {
  const DcmTagKey descriptors[] = {DCM_RedPaletteColorLookupTableDescriptor,
                                   DCM_GreenPaletteColorLookupTableDescriptor,
                                   DCM_BluePaletteColorLookupTableDescriptor};
  const DcmTagKey tables[] = {DCM_RedPaletteColorLookupTableData, DCM_GreenPaletteColorLookupTableData,
                              DCM_BluePaletteColorLookupTableData};
  for (std::size_t c = 0; c < 3; ++c) {
    Uint16 entries = 0;
    Uint16 first = 0;
    Uint16 bits = 0;
    DcmElement* table = nullptr;
    if (object.findAndGetUint16(descriptors[c], entries, 0).bad() ||
        object.findAndGetUint16(descriptors[c], first, 1).bad() ||
        object.findAndGetUint16(descriptors[c], bits, 2).bad() ||
        object.findAndGetElement(tables[c], table).bad()) {
      return;
    }
    Uint16* words = nullptr;
    if (table->getUint16Array(words).bad() || words == nullptr) return;
    const std::size_t count = entries == 0 ? 65536 : entries;
    const std::size_t index =
        std::min(static_cast<std::size_t>(std::max(segment.number - int{first}, 0)), count - 1);
    // Eight bits an entry stand in pairs, the first in the low byte (PS3.3 C.7.6.3.1.6).
    const std::size_t at = bits == 8 ? index / 2 : index;
    if (at >= table->getLength() / 2) return;
    const unsigned value = bits == 8 ? words[at] >> (index % 2 * 8) : unsigned{words[at]} >> 8;
    segment.color[c] = static_cast<std::uint8_t>(value & 0xFFU);
  }
}

Result<> readSegments(DcmDataset& object, SegObject& out) {
  const bool palette = text(object, DCM_PhotometricInterpretation) == "PALETTE COLOR";
  const auto all = items(object, DCM_SegmentSequence);
  if (all.empty()) return fail(ErrorCode::bad_file, "no Segment Sequence (0062,0002)");
  for (DcmItem* item : all) {
    SegmentIn segment = readSegment(*item);
    if (segment.number == out.background) continue;
    if (palette && !item->tagExists(DCM_RecommendedDisplayCIELabValue)) colorByPalette(object, segment);
    out.segments.push_back(std::move(segment));
  }
  std::vector<int> numbers;
  for (const SegmentIn& segment : out.segments) numbers.push_back(segment.number);
  std::ranges::sort(numbers);
  if (std::ranges::adjacent_find(numbers) != numbers.end())
    return fail(ErrorCode::bad_file, "two segments have one number");
  return {};
}

/// A functional group of a frame: its own, or the one that all share.
DcmItem* group(DcmItem& frame, DcmItem* shared, const DcmTagKey& tag) {
  if (DcmItem* own = firstItem(frame, tag)) return own;
  return shared != nullptr ? firstItem(*shared, tag) : nullptr;
}

Result<SegPlane> planeOf(DcmItem& frame, DcmItem* shared) {
  DcmItem* position = group(frame, shared, DCM_PlanePositionSequence);
  DcmItem* plane = group(frame, shared, DCM_PlaneOrientationSequence);
  DcmItem* measures = group(frame, shared, DCM_PixelMeasuresSequence);
  const auto missing = [] { return fail(ErrorCode::bad_geometry, "a frame has no place in patient space"); };
  if (position == nullptr || plane == nullptr || measures == nullptr) return missing();
  const auto p = numbers(*position, DCM_ImagePositionPatient, 3);
  const auto o = numbers(*plane, DCM_ImageOrientationPatient, 6);
  const auto s = numbers(*measures, DCM_PixelSpacing, 2);
  if (!p || !o || !s) return missing();
  const SegPlane out{0,
                     {(*p)[0], (*p)[1], (*p)[2]},
                     (*s)[1] * Vec3{(*o)[0], (*o)[1], (*o)[2]},
                     (*s)[0] * Vec3{(*o)[3], (*o)[4], (*o)[5]}};
  const double column = length(out.columnMm);
  const double row = length(out.rowMm);
  const bool possible = length(out.positionMm) < 1e6 && column > 1e-4 && column < 1e4 && row > 1e-4 &&
                        row < 1e4 && length(cross(out.columnMm, out.rowMm)) > 0.9 * column * row;
  if (!possible) return fail(ErrorCode::bad_geometry, "a frame's place in patient space can not be");
  return out;
}

double stepOf(DcmItem& frame, DcmItem* shared) {
  DcmItem* measures = group(frame, shared, DCM_PixelMeasuresSequence);
  if (measures == nullptr) return 0;
  for (const DcmTagKey& tag : {DCM_SpacingBetweenSlices, DCM_SliceThickness}) {
    const auto step = numbers(*measures, tag, 1);
    if (step && std::abs(step->front()) > 1e-6) return std::abs(step->front());
  }
  return 0;
}

Result<> readFrames(DcmDataset& object, SegObject& out) {
  const auto frames = items(object, DCM_PerFrameFunctionalGroupsSequence);
  Sint32 count = 0;
  object.findAndGetSint32(DCM_NumberOfFrames, count);
  if (frames.empty() || static_cast<std::size_t>(std::max(count, 0)) != frames.size())
    return fail(ErrorCode::bad_file, "frames and their functional groups differ");
  DcmItem* shared = firstItem(object, DCM_SharedFunctionalGroupsSequence);
  out.sliceStepMm = stepOf(*frames.front(), shared);
  out.frames.reserve(frames.size());
  for (DcmItem* frame : frames) {
    ATTEST_TRY(SegPlane plane, planeOf(*frame, shared));
    if (out.type != SegType::label_map) {
      DcmItem* identification = group(*frame, shared, DCM_SegmentIdentificationSequence);
      if (identification != nullptr) plane.segment = word(*identification, DCM_ReferencedSegmentNumber);
      if (std::ranges::find(out.segments, plane.segment, &SegmentIn::number) == out.segments.end())
        return fail(ErrorCode::bad_file, "a frame refers to no segment");
    }
    out.frames.push_back(plane);
  }
  return {};
}

}  // namespace

Result<SegObject> openSegObject(const std::filesystem::path& path) {
  DcmFileFormat file;
  ATTEST_CHECK(openDerived(file, path));
  DcmDataset& object = *file.getDataset();
  SegObject out;
  ATTEST_TRY(out.type, typeOf(object));
  if (object.tagExists(DCM_TotalPixelMatrixColumns))
    return fail(ErrorCode::unsupported, "a segmentation of a whole-slide image");
  out.frameOfReference.value = text(object, DCM_FrameOfReferenceUID);
  if (DcmItem* series = firstItem(object, DCM_ReferencedSeriesSequence))
    out.sourceSeries.value = text(*series, DCM_SeriesInstanceUID);
  ATTEST_CHECK(readImage(object, out));
  ATTEST_CHECK(readSegments(object, out));
  ATTEST_CHECK(readFrames(object, out));
  return out;
}

}  // namespace attest::dicom
