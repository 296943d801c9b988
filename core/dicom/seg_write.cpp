#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <exception>
#include <memory>
#include <set>
#include <stdexcept>

#include "core/dicom/derived_elements.h"
#include "core/dicom/derived_object.h"
#include "core/dicom/header.h"
#include "core/dicom/seg.h"
#include "core/dicom/seg_frames.h"
#include "core/dicom/seg_lossy.h"
#include "core/dicom/seg_segments.h"

namespace attest::dicom {
namespace {

constexpr std::uint64_t maximumBytes = 0xFFFFFFFE;  // the largest length of an element

Result<> check(const DerivedContext& context, const std::vector<SegmentOut>& segments) {
  const Grid& grid = context.sourceGrid;
  if (segments.empty()) return fail(ErrorCode::bad_argument, "no segments");
  if (segments.size() > 0xFFFF) return fail(ErrorCode::too_large, "more than 65535 segments");
  if (grid.voxels() <= 0 || grid.dims.i > 0xFFFF || grid.dims.j > 0xFFFF) {
    return fail(ErrorCode::bad_geometry, "the grid has no or too many rows or columns");
  }
  if (context.sourceSeries.frameOfReference.empty()) {
    return fail(ErrorCode::bad_geometry, "the source series has no Frame of Reference UID");
  }
  int number = 0;
  for (const auto& [item, mask] : segments) {
    ++number;
    if (item == nullptr || mask == nullptr)
      return fail(ErrorCode::bad_argument, "a segment without item or mask");
    const std::string which = "segment " + std::to_string(number) + " (" + item->label + ")";
    if (item->category.value.empty() || item->code.value.empty()) {
      return fail(ErrorCode::bad_argument, which + " has no code");
    }
    if (!sameGrid(mask->grid(), grid)) return fail(ErrorCode::bad_geometry, which + " is on another grid");
    if (mask->empty()) return fail(ErrorCode::bad_argument, which + " has no voxels");
  }
  return {};
}

void putImageModules(DcmItem& object, const DerivedContext& context, std::size_t frames) {
  put(object, DCM_FrameOfReferenceUID, context.sourceSeries.frameOfReference.value);
  putEmpty(object, DCM_PositionReferenceIndicator);
  put(object, DCM_ImageType, "DERIVED\\PRIMARY");
  put(object, DCM_NumberOfFrames, std::to_string(frames));
  putShort(object, DCM_SamplesPerPixel, 1);
  put(object, DCM_PhotometricInterpretation, "MONOCHROME2");
  putShort(object, DCM_Rows, static_cast<std::uint16_t>(context.sourceGrid.dims.j));
  putShort(object, DCM_Columns, static_cast<std::uint16_t>(context.sourceGrid.dims.i));
  putShort(object, DCM_BitsAllocated, 1);
  putShort(object, DCM_BitsStored, 1);
  putShort(object, DCM_HighBit, 0);
  putShort(object, DCM_PixelRepresentation, 0);
  addLossyCompression(object, context.sources);
  put(object, DCM_SegmentationType, "BINARY");
  put(object, DCM_ContentLabel, context.isSigned ? "SIGNED" : "UNSIGNED");
  put(object, DCM_ContentDescription, notice(context));
  put(object, DCM_ContentCreatorName, context.person);
}

/// Every image of the source series once, as series-level reference.
void addReferences(DcmItem& object, const DerivedContext& context) {
  DcmItem& series = addItem(object, DCM_ReferencedSeriesSequence);
  put(series, DCM_SeriesInstanceUID, context.sourceSeries.uid.value);
  std::set<SopUid> seen;
  for (const SourceImage& image : context.sources) {
    if (!seen.insert(image.sopUid).second) continue;
    DcmItem& instance = addItem(series, DCM_ReferencedInstanceSequence);
    put(instance, DCM_ReferencedSOPClassUID, image.sopClass);
    put(instance, DCM_ReferencedSOPInstanceUID, image.sopUid.value);
  }
}

void addPixels(DcmItem& object, const std::vector<SegmentOut>& segments, const std::vector<SegFrame>& frames,
               std::uint64_t bytes) {
  auto pixels = std::make_unique<DcmPixelData>(DcmTag(DCM_PixelData, EVR_OB));
  Uint8* bits = nullptr;
  if (pixels->createUint8Array(static_cast<Uint32>(bytes), bits).bad()) throw std::bad_alloc();
  std::fill_n(bits, bytes, std::uint8_t{0});
  packFrames(segments, frames, bits);
  if (object.insert(pixels.get(), OFTrue).bad()) throw std::runtime_error("pixel data");
  pixels.release();
}

Result<> write(const std::filesystem::path& path, const DerivedContext& context,
               const std::vector<SegmentOut>& segments) {
  ATTEST_CHECK(check(context, segments));
  const auto frames = occupiedFrames(segments);
  const std::uint64_t bytes = packedBytes(context.sourceGrid, frames.size());
  if (bytes > maximumBytes) return fail(ErrorCode::too_large, "over 4 GB of frames");
  DcmFileFormat file;
  DcmDataset& object = *file.getDataset();
  ATTEST_CHECK(startDerived(object, context, UID_SegmentationStorage, "SEG"));
  putImageModules(object, context, frames.size());
  addReferences(object, context);
  int number = 0;
  for (const SegmentOut& segment : segments) addSegment(object, ++number, *segment.item);
  addFunctionalGroups(object, context, frames);
  addPixels(object, segments, frames, bytes);
  return saveDerived(file, path);
}

}  // namespace

Result<> writeSeg(const std::filesystem::path& path, const DerivedContext& context,
                  const std::vector<SegmentOut>& segments) {
  initialize();
  try {
    return write(path, context, segments);
  } catch (const std::exception& error) {
    return fail(ErrorCode::internal, error.what());
  }
}

}  // namespace attest::dicom
