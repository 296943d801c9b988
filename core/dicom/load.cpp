#include "core/dicom/load.h"

#include <algorithm>
#include <array>
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

constexpr std::size_t keptBytes = std::size_t{32} << 20;  // of a worker's buffer, until its next frame

// What the header of a slice's file says now, at the time of loading.
struct SourceSlice {
  InstanceHeader header;
  Encoded encoded;
};

// A slope of 0 would make all values one: it is no rescale.
Rescale rescaleOf(const InstanceHeader& header) {
  const double slope = header.rescaleSlope.value_or(1);
  return slope == 0 ? Rescale{} : Rescale{slope, header.rescaleIntercept.value_or(0)};
}

std::optional<Padding> paddingOf(const InstanceHeader& header) {
  if (!header.paddingValue) return std::nullopt;
  const int value = *header.paddingValue;
  const auto [low, high] = std::minmax({value, header.paddingLimit.value_or(value)});
  return Padding{low, high};
}

Result<SourceSlice> sourceSlice(Scan& scan) {
  ATTEST_CHECK(checkImage(scan));
  ATTEST_TRY(PixelFormat format, readPixelFormat(scan));
  InstanceHeader header = readInstance(scan, format);
  Encoded encoded{std::move(format), rescaleOf(header), paddingOf(header), unitOf(header) == Unit::hu};
  return SourceSlice{std::move(header), std::move(encoded)};
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
    if (unitOf(header) != block.unit) return changed("unit of its values");
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
  const bool fits = rescale(encoded, stored, type, to);
  if (bytes > keptBytes) std::vector<std::byte>().swap(stored);
  return fits;
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

bool isLowBright(const SourceSlice& source) {
  return source.encoded.format.photometric == "MONOCHROME1";
}

// The spacing between rows and between columns of an image without a place: of the patient, else of the
// detector, else only the shape of its pixels.
std::array<double, 2> flatSpacing(Scan& scan) {
  for (const Tag tag : {0x00280030U, 0x00181164U, 0x00280034U}) {
    const auto values = scan.numbers(tag);
    const auto sane = [](double value) { return value > 1e-6 && value < 1e6; };
    if (values.size() == 2 && sane(values[0]) && sane(values[1])) return {values[0], values[1]};
  }
  return {1, 1};
}

Grid frameGrid(const InstanceHeader& header, std::array<double, 2> flat) {
  const double thickness = header.sliceThicknessMm > 0 ? header.sliceThicknessMm : 1;
  Grid grid;
  grid.dims = {header.columns, header.rows, 1};
  grid.spacingMm = {flat[1], flat[0], 1};
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
    volume.setLowIsBright(isLowBright(sources.front()));
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
    Volume volume(frameGrid(source.header, flatSpacing(scan)), type, unit);
    volume.setLowIsBright(isLowBright(source));
    ATTEST_TRY(const bool fits, fillFrame(scan, source.encoded, slice.frame, type, volume.rawData()));
    if (fits) return std::make_shared<const Volume>(std::move(volume));
  }
  return fail(ErrorCode::internal, "no type holds the values");
} catch (const std::bad_alloc&) {
  return fail(ErrorCode::too_large, "not enough memory for the image");
}

}  // namespace attest::dicom
