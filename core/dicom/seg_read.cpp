#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <exception>
#include <unordered_map>

#include "core/dicom/derived_elements.h"
#include "core/dicom/derived_object.h"
#include "core/dicom/seg.h"
#include "core/dicom/seg_segments.h"

namespace attest::dicom {
namespace {

/// Where the pixels of a frame lie in the grid: that of column c and row r is origin + c * column + r * row.
struct Placement {
  Index3 origin;
  Index3 column;
  Index3 row;
};

struct Pixels {
  int rows = 0;
  int columns = 0;
  std::size_t frames = 0;
  const Uint8* bits = nullptr;  ///< owned by the dataset

  /// Calls `f(row, column)` for each marked pixel of a frame until it answers false, which is then the
  /// answer.
  template <class F>
  bool forEach(std::size_t frame, F&& f) const {
    const auto width = static_cast<std::size_t>(columns);
    const std::size_t size = static_cast<std::size_t>(rows) * width;
    const std::size_t first = frame * size;
    for (std::size_t bit = first; bit < first + size; ++bit) {
      const unsigned byte = bits[bit / 8];
      if (byte == 0) {
        bit |= 7U;  // on to the next byte
      } else if ((byte >> bit % 8 & 1U) != 0) {
        if (!f(static_cast<int>((bit - first) / width), static_cast<int>((bit - first) % width)))
          return false;
      }
    }
    return true;
  }
};

Result<> checkKind(DcmDataset& object) {
  const std::string sopClass = text(object, DCM_SOPClassUID);
  if (sopClass == "1.2.840.10008.5.1.4.1.1.66.7")
    return fail(ErrorCode::unsupported, "a label map segmentation");
  if (sopClass != UID_SegmentationStorage) return fail(ErrorCode::unsupported, "not a segmentation");
  const std::string type = text(object, DCM_SegmentationType);
  if (type == "FRACTIONAL") return fail(ErrorCode::unsupported, "a fractional segmentation");
  if (type != "BINARY") return fail(ErrorCode::bad_file, "Segmentation Type (0062,0001) is not known");
  if (DcmXfer(object.getOriginalXfer()).isEncapsulated()) {
    return fail(ErrorCode::unsupported, "a compressed segmentation");
  }
  return {};
}

Result<Pixels> pixelsOf(DcmDataset& object) {
  Uint16 rows = 0;
  Uint16 columns = 0;
  Uint16 allocated = 0;
  Sint32 frames = 0;
  object.findAndGetUint16(DCM_Rows, rows);
  object.findAndGetUint16(DCM_Columns, columns);
  object.findAndGetUint16(DCM_BitsAllocated, allocated);
  object.findAndGetSint32(DCM_NumberOfFrames, frames);
  if (rows == 0 || columns == 0 || frames <= 0)
    return fail(ErrorCode::bad_file, "rows, columns or frames are missing");
  if (allocated != 1)
    return fail(ErrorCode::bad_file, "Bits Allocated (0028,0100) of a binary segmentation is not 1");
  DcmElement* element = nullptr;
  Uint8* bits = nullptr;
  const std::uint64_t bytes = (std::uint64_t{rows} * columns * static_cast<std::uint64_t>(frames) + 7) / 8;
  if (object.findAndGetElement(DCM_PixelData, element).bad() || element->getLength() < bytes ||
      element->getUint8Array(bits).bad() || bits == nullptr) {
    return fail(ErrorCode::bad_file, "Pixel Data (7FE0,0010) is shorter than its frames");
  }
  return Pixels{rows, columns, static_cast<std::size_t>(frames), bits};
}

/// A functional group of a frame: its own, or the one that all share.
DcmItem* group(DcmItem& frame, DcmItem* shared, const DcmTagKey& tag) {
  if (DcmItem* own = firstItem(frame, tag)) return own;
  return shared != nullptr ? firstItem(*shared, tag) : nullptr;
}

/// The whole step of the grid that `step` nearly is; none where `count` such steps end a tenth of a voxel
/// beside it.
std::optional<Index3> wholeStep(Vec3 step, int count) {
  const Index3 whole{static_cast<int>(std::lround(step.x)), static_cast<int>(std::lround(step.y)),
                     static_cast<int>(std::lround(step.z))};
  const Vec3 rest = step - Vec3{double(whole.i), double(whole.j), double(whole.k)};
  if (length(rest) * count > 0.1) return std::nullopt;
  return whole;
}

Result<Placement> place(DcmItem& frame, DcmItem* shared, const Pixels& pixels, const Grid& grid) {
  DcmItem* position = group(frame, shared, DCM_PlanePositionSequence);
  DcmItem* plane = group(frame, shared, DCM_PlaneOrientationSequence);
  DcmItem* measures = group(frame, shared, DCM_PixelMeasuresSequence);
  const auto missing = [] { return fail(ErrorCode::bad_geometry, "a frame has no place in patient space"); };
  if (position == nullptr || plane == nullptr || measures == nullptr) return missing();
  const auto p = numbers(*position, DCM_ImagePositionPatient, 3);
  const auto o = numbers(*plane, DCM_ImageOrientationPatient, 6);
  const auto s = numbers(*measures, DCM_PixelSpacing, 2);
  if (!p || !o || !s) return missing();
  const Vec3 first{(*p)[0], (*p)[1], (*p)[2]};
  const Vec3 start = grid.toIndex(first);
  const Vec3 column = grid.toIndex(first + (*s)[1] * Vec3{(*o)[0], (*o)[1], (*o)[2]}) - start;
  const Vec3 row = grid.toIndex(first + (*s)[0] * Vec3{(*o)[3], (*o)[4], (*o)[5]}) - start;
  constexpr double most = 1e4;  // beyond any grid; times 65535 pixels still an int
  if (!(length(start) < most && length(column) < most && length(row) < most)) {
    return fail(ErrorCode::bad_geometry, "a frame lies far outside the grid");
  }
  const auto origin = wholeStep(start, 1);
  const auto across = wholeStep(column, pixels.columns);
  const auto down = wholeStep(row, pixels.rows);
  if (!origin || !across || !down)
    return fail(ErrorCode::bad_geometry, "a frame does not lie on the grid's voxels");
  return Placement{*origin, *across, *down};
}

Result<> paint(imaging::Mask& mask, const Pixels& pixels, std::size_t frame, const Placement& at) {
  const bool inside = pixels.forEach(frame, [&](int r, int c) {
    const Index3 voxel{at.origin.i + c * at.column.i + r * at.row.i,
                       at.origin.j + c * at.column.j + r * at.row.j,
                       at.origin.k + c * at.column.k + r * at.row.k};
    mask.set(voxel, true);
    return mask.grid().contains(voxel);
  });
  if (!inside) return fail(ErrorCode::bad_geometry, "a marked voxel lies outside the grid");
  return {};
}

Result<std::vector<SegmentIn>> segmentsOf(DcmDataset& object, const Grid& grid) {
  std::vector<SegmentIn> segments;
  for (DcmItem* item : items(object, DCM_SegmentSequence)) {
    segments.push_back(readSegment(*item));
    segments.back().mask = imaging::Mask(grid);
  }
  if (segments.empty()) return fail(ErrorCode::bad_file, "no Segment Sequence (0062,0002)");
  return segments;
}

Result<std::vector<SegmentIn>> read(const std::filesystem::path& path, const Grid& grid) {
  DcmFileFormat file;
  ATTEST_CHECK(openDerived(file, path));
  DcmDataset& object = *file.getDataset();
  ATTEST_CHECK(checkKind(object));
  ATTEST_TRY(auto segments, segmentsOf(object, grid));
  std::unordered_map<int, std::size_t> byNumber;
  for (std::size_t i = 0; i < segments.size(); ++i) byNumber.emplace(segments[i].number, i);
  ATTEST_TRY(const Pixels pixels, pixelsOf(object));
  const auto frames = items(object, DCM_PerFrameFunctionalGroupsSequence);
  if (frames.size() != pixels.frames)
    return fail(ErrorCode::bad_file, "frames and their functional groups differ");
  DcmItem* shared = firstItem(object, DCM_SharedFunctionalGroupsSequence);
  for (std::size_t i = 0; i < frames.size(); ++i) {
    DcmItem* identification = group(*frames[i], shared, DCM_SegmentIdentificationSequence);
    Uint16 number = 0;
    if (identification != nullptr) identification->findAndGetUint16(DCM_ReferencedSegmentNumber, number);
    const auto segment = byNumber.find(number);
    if (segment == byNumber.end()) return fail(ErrorCode::bad_file, "a frame refers to no segment");
    ATTEST_TRY(const Placement placement, place(*frames[i], shared, pixels, grid));
    ATTEST_CHECK(paint(segments[segment->second].mask, pixels, i, placement));
  }
  return segments;
}

}  // namespace

Result<std::vector<SegmentIn>> readSeg(const std::filesystem::path& path, const Grid& sourceGrid) {
  try {
    return read(path, sourceGrid);
  } catch (const std::exception& error) {
    return fail(ErrorCode::bad_file, error.what());
  }
}

}  // namespace attest::dicom
