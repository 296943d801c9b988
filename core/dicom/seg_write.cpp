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

void putImageModules(DcmItem& object, const DerivedContext& context, std::size_t frames, int bits) {
  put(object, DCM_FrameOfReferenceUID, context.sourceSeries.frameOfReference.value);
  putEmpty(object, DCM_PositionReferenceIndicator);
  put(object, DCM_ImageType, "DERIVED\\PRIMARY");
  put(object, DCM_NumberOfFrames, std::to_string(frames));
  putShort(object, DCM_SamplesPerPixel, 1);
  put(object, DCM_PhotometricInterpretation, "MONOCHROME2");
  putShort(object, DCM_Rows, static_cast<std::uint16_t>(context.sourceGrid.dims.j));
  putShort(object, DCM_Columns, static_cast<std::uint16_t>(context.sourceGrid.dims.i));
  putShort(object, DCM_BitsAllocated, static_cast<std::uint16_t>(bits));
  putShort(object, DCM_BitsStored, static_cast<std::uint16_t>(bits));
  putShort(object, DCM_HighBit, static_cast<std::uint16_t>(bits - 1));
  putShort(object, DCM_PixelRepresentation, 0);
  addLossyCompression(object, context.sources);
  if (bits == 1) {
    put(object, DCM_SegmentationType, "BINARY");
  } else {
    put(object, DCM_SegmentationType, "LABELMAP");
    put(object, DCM_SegmentsOverlap, "NO");
    putShort(object, DCM_PixelPaddingValue, 0);
  }
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

/// Bits a pixel: 1 of a binary segmentation.
int bitsOf(const std::vector<SegmentOut>& segments, SegType type) {
  if (type == SegType::binary) return 1;
  return segments.size() <= 0xFF ? 8 : 16;
}

Result<> addLabels(DcmItem& object, const std::vector<SegmentOut>& segments,
                   const std::vector<SegFrame>& frames, std::uint64_t pixels, int bits) {
  auto data = std::make_unique<DcmPixelData>(DcmTag(DCM_PixelData, bits == 8 ? EVR_OB : EVR_OW));
  const auto count = static_cast<std::size_t>(pixels);
  if (bits == 8) {
    Uint8* labels = nullptr;
    if (data->createUint8Array(static_cast<Uint32>(count + count % 2), labels).bad()) throw std::bad_alloc();
    std::fill_n(labels, count + count % 2, Uint8{0});
    ATTEST_CHECK(packLabels(segments, frames, std::span(labels, count)));
  } else {
    Uint16* labels = nullptr;
    if (data->createUint16Array(static_cast<Uint32>(count), labels).bad()) throw std::bad_alloc();
    std::fill_n(labels, count, Uint16{0});
    ATTEST_CHECK(packLabels(segments, frames, std::span(labels, count)));
  }
  if (object.insert(data.get(), OFTrue).bad()) throw std::runtime_error("pixel data");
  data.release();
  return {};
}

Result<> write(const std::filesystem::path& path, const DerivedContext& context,
               const std::vector<SegmentOut>& segments, SegType type) {
  ATTEST_CHECK(check(context, segments));
  if (type != SegType::binary && type != SegType::label_map)
    return fail(ErrorCode::bad_argument, "only binary and label map segmentations are written");
  const bool isLabelMap = type == SegType::label_map;
  const auto frames = isLabelMap ? labelFrames(segments) : occupiedFrames(segments);
  const int bits = bitsOf(segments, type);
  const Grid& grid = context.sourceGrid;
  const std::uint64_t pixels =
      frames.size() * static_cast<std::uint64_t>(grid.dims.i) * static_cast<std::uint64_t>(grid.dims.j);
  const std::uint64_t bytes =
      bits == 1 ? packedBytes(grid, frames.size()) : pixels * static_cast<std::uint64_t>(bits / 8);
  if (bytes > maximumBytes) return fail(ErrorCode::too_large, "over 4 GB of frames");
  DcmFileFormat file;
  DcmDataset& object = *file.getDataset();
  ATTEST_CHECK(startDerived(object, context, isLabelMap ? labelMapClass : UID_SegmentationStorage, "SEG"));
  putImageModules(object, context, frames.size(), bits);
  addReferences(object, context);
  if (isLabelMap) addBackground(object);
  int number = 0;
  for (const SegmentOut& segment : segments) addSegment(object, ++number, *segment.item);
  addFunctionalGroups(object, context, frames);
  if (isLabelMap) {
    ATTEST_CHECK(addLabels(object, segments, frames, pixels, bits));
  } else {
    addPixels(object, segments, frames, bytes);
  }
  return saveDerived(file, path);
}

}  // namespace

Result<> writeSeg(const std::filesystem::path& path, const DerivedContext& context,
                  const std::vector<SegmentOut>& segments, SegType type) {
  initialize();
  try {
    return write(path, context, segments, type);
  } catch (const std::exception& error) {
    return fail(ErrorCode::internal, error.what());
  }
}

}  // namespace attest::dicom
