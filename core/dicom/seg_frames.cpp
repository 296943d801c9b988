#include "core/dicom/seg_frames.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <map>

#include "core/dicom/derived_elements.h"

namespace attest::dicom {
namespace {

void addDimensions(DcmItem& object, const DerivedContext& context) {
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

}  // namespace

std::vector<SegFrame> occupiedFrames(const std::vector<SegmentOut>& segments) {
  std::vector<SegFrame> frames;
  int number = 0;
  for (const SegmentOut& segment : segments) {
    ++number;
    std::vector<char> occupied(static_cast<std::size_t>(segment.mask->grid().dims.k));
    segment.mask->forEach([&](Index3 at) { occupied[static_cast<std::size_t>(at.k)] = 1; });
    for (std::size_t k = 0; k < occupied.size(); ++k) {
      if (occupied[k] != 0) frames.push_back({number, static_cast<int>(k)});
    }
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
  auto next = frames.begin();
  int number = 0;
  for (const SegmentOut& segment : segments) {
    ++number;
    const Index3 dims = segment.mask->grid().dims;
    const auto columns = static_cast<std::size_t>(dims.i);
    const std::size_t frameBits = columns * static_cast<std::size_t>(dims.j);
    std::vector<std::size_t> firstBit(static_cast<std::size_t>(dims.k));
    for (; next != frames.end() && next->segment == number; ++next) {
      firstBit[static_cast<std::size_t>(next->k)] =
          static_cast<std::size_t>(next - frames.begin()) * frameBits;
    }
    segment.mask->forEach([&](Index3 at) {
      const std::size_t bit = firstBit[static_cast<std::size_t>(at.k)] +
                              static_cast<std::size_t>(at.j) * columns + static_cast<std::size_t>(at.i);
      bits[bit / 8] = static_cast<std::uint8_t>(bits[bit / 8] | 1U << bit % 8);
    });
  }
}

void addFunctionalGroups(DcmItem& object, const DerivedContext& context,
                         const std::vector<SegFrame>& frames) {
  const Grid& grid = context.sourceGrid;
  addDimensions(object, context);
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
    addItem(frame, DCM_FrameContentSequence).putAndInsertUint32Array(DCM_DimensionIndexValues, indices, 2);
    const Vec3 position = grid.toPatient(Index3{0, 0, at.k});
    put(addItem(frame, DCM_PlanePositionSequence), DCM_ImagePositionPatient,
        {position.x, position.y, position.z});
    putShort(addItem(frame, DCM_SegmentIdentificationSequence), DCM_ReferencedSegmentNumber,
             static_cast<std::uint16_t>(at.segment));
  }
}

}  // namespace attest::dicom
