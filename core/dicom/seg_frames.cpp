#include "core/dicom/seg_frames.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <bit>
#include <map>

#include "core/dicom/derived_elements.h"

namespace attest::dicom {
namespace {

void addDimensions(DcmItem& object, const DerivedContext& context, bool isLabelMap) {
  const std::string organization = stableUid(context.sopInstanceUid + " dimensions");
  put(addItem(object, DCM_DimensionOrganizationSequence), DCM_DimensionOrganizationUID, organization);
  struct Dimension {
    DcmTagKey pointer;
    DcmTagKey group;
    const char* label;
  };
  for (const auto& [pointer, group, label] :
       {Dimension{DCM_ReferencedSegmentNumber, DCM_SegmentIdentificationSequence, "Segment"},
        Dimension{DCM_ImagePositionPatient, DCM_PlanePositionSequence, "Position"}}) {
    if (isLabelMap && pointer == DCM_ReferencedSegmentNumber) continue;
    DcmItem& index = addItem(object, DCM_DimensionIndexSequence);
    put(index, DCM_DimensionOrganizationUID, organization);
    index.putAndInsertTagKey(DCM_DimensionIndexPointer, pointer);
    index.putAndInsertTagKey(DCM_FunctionalGroupPointer, group);
    put(index, DCM_DimensionDescriptionLabel, label);
  }
}

void addShared(DcmItem& object, const Grid& grid) {
  DcmItem& shared = addItem(object, DCM_SharedFunctionalGroupsSequence);
  DcmItem& measures = addItem(shared, DCM_PixelMeasuresSequence);
  put(measures, DCM_SliceThickness, {grid.spacingMm.z});
  put(measures, DCM_SpacingBetweenSlices, {grid.spacingMm.z});
  put(measures, DCM_PixelSpacing, {grid.spacingMm.y, grid.spacingMm.x});
  const auto& [row, column, normal] = grid.axes;
  put(addItem(shared, DCM_PlaneOrientationSequence), DCM_ImageOrientationPatient,
      {row.x, row.y, row.z, column.x, column.y, column.z});
}

void addDerivation(DcmItem& frame, const SourceImage& image) {
  static const Code segmentation{"DCM", "113076", "Segmentation"};
  static const Code purpose{"DCM", "121322", "Source image for image processing operation"};
  DcmItem& derivation = addItem(frame, DCM_DerivationImageSequence);
  DcmItem& source = addItem(derivation, DCM_SourceImageSequence);
  put(source, DCM_ReferencedSOPClassUID, image.sopClass);
  put(source, DCM_ReferencedSOPInstanceUID, image.sopUid.value);
  if (image.frame) put(source, DCM_ReferencedFrameNumber, std::to_string(*image.frame + 1));
  put(source, DCM_SpatialLocationsPreserved, "YES");
  putCode(source, DCM_PurposeOfReferenceCodeSequence, purpose);
  putCode(derivation, DCM_DerivationCodeSequence, segmentation);
}

void findOccupied(const imaging::Mask& mask, std::vector<char>& slices) {
  mask.forEachRow([&](Index3 first, std::uint32_t) { slices[static_cast<std::size_t>(first.k)] = 1; });
}

/// Where each slice's frame begins, in pixels; of slices without one 0.
std::vector<std::size_t> framePixels(std::span<const SegFrame> frames, const Grid& grid) {
  const std::size_t size = static_cast<std::size_t>(grid.dims.i) * static_cast<std::size_t>(grid.dims.j);
  std::vector<std::size_t> first(static_cast<std::size_t>(grid.dims.k));
  for (std::size_t n = 0; n < frames.size(); ++n) first[static_cast<std::size_t>(frames[n].k)] = n * size;
  return first;
}

std::size_t pixelInFrame(Index3 at, const Grid& grid) {
  return static_cast<std::size_t>(at.j) * static_cast<std::size_t>(grid.dims.i) +
         static_cast<std::size_t>(at.i);
}

template <class Label>
Result<> pack(const std::vector<SegmentOut>& segments, const std::vector<SegFrame>& frames,
              std::span<Label> labels) {
  const Grid& grid = segments.front().mask->grid();
  const auto firstPixel = framePixels(frames, grid);
  Label number = 0;
  Label met = 0;  // a segment that was there before
  for (const SegmentOut& segment : segments) {
    ++number;
    segment.mask->forEachRow([&](Index3 first, std::uint32_t bits) {
      Label* const row =
          labels.data() + firstPixel[static_cast<std::size_t>(first.k)] + pixelInFrame(first, grid);
      for (; bits != 0; bits &= bits - 1) {
        Label& label = row[std::countr_zero(bits)];
        if (label != 0) met = label;
        label = number;
      }
    });
    if (met == 0) continue;
    return fail(ErrorCode::bad_argument, "segments " + std::to_string(met) + " and " +
                                             std::to_string(number) +
                                             " overlap, and a label map holds one segment a voxel");
  }
  return {};
}

}  // namespace

std::vector<SegFrame> occupiedFrames(const std::vector<SegmentOut>& segments) {
  std::vector<SegFrame> frames;
  int number = 0;
  for (const SegmentOut& segment : segments) {
    ++number;
    std::vector<char> occupied(static_cast<std::size_t>(segment.mask->grid().dims.k));
    findOccupied(*segment.mask, occupied);
    for (std::size_t k = 0; k < occupied.size(); ++k) {
      if (occupied[k] != 0) frames.push_back({number, static_cast<int>(k)});
    }
  }
  return frames;
}

std::vector<SegFrame> labelFrames(const std::vector<SegmentOut>& segments) {
  std::vector<char> occupied(static_cast<std::size_t>(segments.front().mask->grid().dims.k));
  for (const SegmentOut& segment : segments) findOccupied(*segment.mask, occupied);
  std::vector<SegFrame> frames;
  for (std::size_t k = 0; k < occupied.size(); ++k) {
    if (occupied[k] != 0) frames.push_back({0, static_cast<int>(k)});
  }
  return frames;
}

std::uint64_t packedBytes(const Grid& grid, std::size_t frames) {
  const auto frameBits = static_cast<std::uint64_t>(grid.dims.i) * static_cast<std::uint64_t>(grid.dims.j);
  const std::uint64_t bytes = (frameBits * frames + 7) / 8;
  return bytes + bytes % 2;
}

void packFrames(const std::vector<SegmentOut>& segments, const std::vector<SegFrame>& frames,
                std::uint8_t* bits) {
  const Grid& grid = segments.front().mask->grid();
  const std::size_t size = static_cast<std::size_t>(grid.dims.i) * static_cast<std::size_t>(grid.dims.j);
  auto next = frames.begin();
  int number = 0;
  for (const SegmentOut& segment : segments) {
    ++number;
    const auto end = std::ranges::upper_bound(next, frames.end(), number, {}, &SegFrame::segment);
    const std::size_t before = static_cast<std::size_t>(next - frames.begin()) * size;
    const auto firstPixel = framePixels({next, end}, grid);
    next = end;
    segment.mask->forEachRow([&](Index3 first, std::uint32_t row) {
      const std::size_t bit =
          before + firstPixel[static_cast<std::size_t>(first.k)] + pixelInFrame(first, grid);
      std::uint8_t* byte = bits + bit / 8;
      for (std::uint64_t rest = std::uint64_t{row} << bit % 8; rest != 0; rest >>= 8, ++byte)
        *byte = static_cast<std::uint8_t>(*byte | (rest & 0xFF));
    });
  }
}

Result<> packLabels(const std::vector<SegmentOut>& segments, const std::vector<SegFrame>& frames,
                    std::span<std::uint8_t> labels) {
  return pack(segments, frames, labels);
}

Result<> packLabels(const std::vector<SegmentOut>& segments, const std::vector<SegFrame>& frames,
                    std::span<std::uint16_t> labels) {
  return pack(segments, frames, labels);
}

void addFunctionalGroups(DcmItem& object, const DerivedContext& context,
                         const std::vector<SegFrame>& frames) {
  const Grid& grid = context.sourceGrid;
  const bool isLabelMap = frames.front().segment == 0;
  addDimensions(object, context, isLabelMap);
  addShared(object, grid);
  const bool oneSourceASlice =
      !context.resampled && context.sources.size() == static_cast<std::size_t>(grid.dims.k);
  std::map<int, Uint32> positionIndex;  // slices that any segment uses, counted from 1
  for (const SegFrame& frame : frames) positionIndex.emplace(frame.k, 0);
  Uint32 count = 0;
  for (auto& [k, index] : positionIndex) index = ++count;
  for (const SegFrame& at : frames) {
    DcmItem& frame = addItem(object, DCM_PerFrameFunctionalGroupsSequence);
    if (oneSourceASlice) addDerivation(frame, context.sources[static_cast<std::size_t>(at.k)]);
    const Uint32 indices[2]{static_cast<Uint32>(at.segment), positionIndex[at.k]};
    addItem(frame, DCM_FrameContentSequence)
        .putAndInsertUint32Array(DCM_DimensionIndexValues, indices + isLabelMap, 2 - isLabelMap);
    const Vec3 position = grid.toPatient(Index3{0, 0, at.k});
    put(addItem(frame, DCM_PlanePositionSequence), DCM_ImagePositionPatient,
        {position.x, position.y, position.z});
    if (isLabelMap) continue;
    putShort(addItem(frame, DCM_SegmentIdentificationSequence), DCM_ReferencedSegmentNumber,
             static_cast<std::uint16_t>(at.segment));
  }
}

}  // namespace attest::dicom
