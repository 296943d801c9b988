#include "core/dicom/load.h"

#include <atomic>
#include <memory>
#include <new>
#include <vector>

#include "core/dicom/each.h"
#include "core/dicom/frame.h"
#include "core/dicom/header.h"
#include "core/dicom/instance.h"
#include "core/dicom/resample.h"
#include "core/dicom/rescale.h"
#include "core/dicom/stack.h"

namespace attest::dicom {
namespace {

using imaging::PixelType;
using imaging::Volume;
using imaging::VolumePtr;

// What the header of a slice's file says now, at the time of loading.
struct SourceSlice {
  InstanceHeader header;
  Encoded encoded;
};

Rescale rescaleOf(const InstanceHeader& header) {
  return {header.rescaleSlope.value_or(1), header.rescaleIntercept.value_or(0)};
}

Result<SourceSlice> sourceSlice(Scan& scan) {
  ATTEST_CHECK(checkImage(scan));
  ATTEST_TRY(PixelFormat format, readPixelFormat(scan));
  InstanceHeader header = readInstance(scan, format);
  const Rescale rescale = rescaleOf(header);
  return SourceSlice{std::move(header), {std::move(format), rescale}};
}

Result<std::vector<SourceSlice>> readSources(std::span<const SliceFile> files, Parallel& parallel,
                                             std::stop_token stop) {
  std::vector<SourceSlice> sources(files.size());
  ATTEST_CHECK(forEachIndex(files.size(), 16, parallel, stop, [&](std::size_t i) -> Result<> {
    ATTEST_TRY(Scan scan, Scan::file(files[i].path, Scan::Part::header));
    ATTEST_TRY(sources[i], sourceSlice(scan));
    return {};
  }));
  return sources;
}

// The files must still be the images that were indexed, and still make the volume that everyone relies on.
Result<Stack> checkedStack(const Block& block, const std::vector<SourceSlice>& sources) {
  const auto changed = [](const char* what) {
    return fail(ErrorCode::bad_geometry,
                std::string("a file is not the image that was indexed: other ") + what);
  };
  std::vector<SlicePlane> planes;
  const PixelFormat& first = sources.front().encoded.format;
  for (std::size_t k = 0; k < sources.size(); ++k) {
    const auto& [header, encoded] = sources[k];
    if (header.sopUid != block.slices[k].sopUid) return changed("SOP Instance UID (0008,0018)");
    if (encoded.format.rows != first.rows || encoded.format.columns != first.columns) return changed("size");
    if (encoded.format.samples != first.samples) return changed("photometric interpretation");
    const auto plane = planeOf(header);
    if (!plane) return changed("position");
    planes.push_back(*plane);
  }
  Stack stack = stackOf(planes);
  if (!stack.grid || !sameGrid(*stack.grid, *block.grid, samePlaceMm)) return changed("position");
  return stack;
}

// Reads one frame into its place; false where its values do not fit the type.
Result<bool> fillFrame(Scan& scan, const Encoded& encoded, int frame, PixelType type, std::byte* to) {
  const std::size_t bytes = encoded.format.frameBytes();
  if (isIdentity(encoded, type)) {
    ATTEST_CHECK(readFrame(scan, encoded.format, frame, {to, bytes}));
    return true;
  }
  thread_local std::vector<std::byte>
      stored;  // once a worker, not once a slice: fresh pages cost more than the copy
  stored.resize(bytes);
  ATTEST_CHECK(readFrame(scan, encoded.format, frame, stored));
  return rescale(encoded, stored, type, to);
}

// All frames into one volume; false where a value does not fit its type.
Result<bool> fill(Volume& volume, std::span<const SliceFile> files, const std::vector<SourceSlice>& sources,
                  Parallel& parallel, std::stop_token stop, const Progress& progress) {
  const std::size_t sliceBytes = sources.front().encoded.format.framePixels() * bytesPerVoxel(volume.type());
  std::atomic<bool> fits = true;
  std::atomic<std::size_t> done = 0;
  ATTEST_CHECK(forEachIndex(files.size(), 1, parallel, stop, [&](std::size_t k) -> Result<> {
    if (!fits) return {};
    ATTEST_TRY(Scan scan, Scan::file(files[k].path));
    ATTEST_TRY(const bool fitted, fillFrame(scan, sources[k].encoded, files[k].frame, volume.type(),
                                            volume.rawData() + k * sliceBytes));
    if (!fitted) fits = false;
    if (progress) progress(++done, files.size());
    return {};
  }));
  return fits.load();
}

std::vector<Encoded> encodings(const std::vector<SourceSlice>& sources) {
  std::vector<Encoded> all;
  for (const SourceSlice& source : sources) all.push_back(source.encoded);
  return all;
}

// The grid that the slices have in memory before they are resampled: its third axis means nothing yet.
Grid sourceGrid(const Grid& grid, const std::vector<SourceSlice>& sources) {
  const PixelFormat& format = sources.front().encoded.format;
  Grid source = grid;
  source.dims = {format.columns, format.rows, static_cast<int>(sources.size())};
  return source;
}

Grid frameGrid(const InstanceHeader& header) {
  const double thickness = header.sliceThicknessMm > 0 ? header.sliceThicknessMm : 1;
  Grid grid;
  grid.dims = {header.columns, header.rows, 1};
  if (const auto plane = planeOf(header); plane && header.frames == 1) {
    grid.originMm = plane->positionMm;
    grid.spacingMm = {plane->spacingXMm, plane->spacingYMm, thickness};
    grid.axes = {plane->row, plane->column, plane->normal};
  }
  return grid;
}

Result<VolumePtr> load(const Block& block, std::span<const SliceFile> files, Parallel& parallel,
                       std::stop_token stop, const Progress& progress) {
  ATTEST_TRY(const auto sources, readSources(files, parallel, stop));
  ATTEST_TRY(const Stack stack, checkedStack(block, sources));
  for (const PixelType type : candidateTypes(encodings(sources))) {
    Volume volume(stack.resampled ? sourceGrid(*block.grid, sources) : *block.grid, type, block.unit);
    ATTEST_TRY(const bool fits, fill(volume, files, sources, parallel, stop, progress));
    if (!fits) continue;
    if (!stack.resampled) return std::make_shared<const Volume>(std::move(volume));
    ATTEST_TRY(Volume straight, resample(volume, stack, parallel, stop));
    return std::make_shared<const Volume>(std::move(straight));
  }
  return fail(ErrorCode::internal, "no type holds the values");
}

}  // namespace

Result<VolumePtr> loadVolume(const Block& block, std::span<const SliceFile> slices, Parallel& parallel,
                             std::stop_token stop, const Progress& progress) try {
  initialize();
  if (!block.grid) return fail(ErrorCode::bad_geometry, "the block is no volume");
  if (slices.empty() || slices.size() != block.slices.size()) {
    return fail(ErrorCode::bad_argument, "not one file for each slice of the block");
  }
  return load(block, slices, parallel, stop, progress);
} catch (const std::bad_alloc&) {
  return fail(ErrorCode::too_large, "not enough memory for the volume");
}

Result<VolumePtr> loadFrame(const SliceFile& slice) try {
  initialize();
  ATTEST_TRY(Scan scan, Scan::file(slice.path));
  ATTEST_TRY(const SourceSlice source, sourceSlice(scan));
  const Unit unit = unitOf(source.header);
  for (const PixelType type : candidateTypes(std::span(&source.encoded, 1))) {
    Volume volume(frameGrid(source.header), type, unit);
    ATTEST_TRY(const bool fits, fillFrame(scan, source.encoded, slice.frame, type, volume.rawData()));
    if (fits) return std::make_shared<const Volume>(std::move(volume));
  }
  return fail(ErrorCode::internal, "no type holds the values");
} catch (const std::bad_alloc&) {
  return fail(ErrorCode::too_large, "not enough memory for the image");
}

}  // namespace attest::dicom
