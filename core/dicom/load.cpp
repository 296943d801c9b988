#include "core/dicom/load.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
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

// What a file says now, at the time of loading.
struct Source {
  std::optional<Scan> scan;  // copied by whoever reads it; closed where the file has a single frame
  InstanceHeader header;
  PixelFormat format;
};

// A slice of the block as it stands in its file.
struct SourceSlice {
  std::shared_ptr<const Source> source;
  int frame = 0;
  Encoded encoded;

  const FrameGroups& groups() const { return groupsOf(source->header, frame); }
};

// To modality units, and on to uptake values. A slope of 0 would make all values one: it is no rescale.
Rescale rescaleOf(const FrameGroups& groups, const std::optional<Suv>& suv) {
  const double factor = suv ? suv->bw : 1;
  const double slope = groups.rescaleSlope.value_or(1);
  return slope == 0 ? Rescale{factor, 0}
                    : Rescale{slope * factor, groups.rescaleIntercept.value_or(0) * factor};
}

std::optional<Padding> paddingOf(const InstanceHeader& header) {
  if (!header.paddingValue) return std::nullopt;
  const int value = *header.paddingValue;
  const auto [low, high] = std::minmax({value, header.paddingLimit.value_or(value)});
  return Padding{low, high};
}

Result<std::shared_ptr<Source>> openSource(const std::filesystem::path& path, Scan::Part part) {
  ATTEST_TRY(Scan scan, Scan::file(path, part));
  ATTEST_CHECK(checkImage(scan));
  ATTEST_TRY(PixelFormat format, readPixelFormat(scan));
  ATTEST_TRY(InstanceHeader header, readInstance(scan, format));
  return std::make_shared<Source>(Source{std::move(scan), std::move(header), std::move(format)});
}

SourceSlice sliceOf(std::shared_ptr<const Source> source, int frame, const std::optional<Suv>& suv) {
  const InstanceHeader& header = source->header;
  const FrameGroups& groups = groupsOf(header, frame);
  Encoded encoded{source->format, rescaleOf(groups, suv), paddingOf(header),
                  unitOf(header, groups) == Unit::hu};
  return {std::move(source), frame, std::move(encoded)};
}

// Each file once, however many slices it has.
Result<std::vector<SourceSlice>> readSources(const Block& block, std::span<const SliceFile> files,
                                             Parallel& parallel, std::stop_token stop) {
  std::map<std::filesystem::path, std::size_t> numbers;
  for (const SliceFile& file : files) numbers.try_emplace(file.path, numbers.size());
  std::vector<const std::filesystem::path*> paths(numbers.size());
  for (const auto& [path, number] : numbers) paths[number] = &path;
  const bool several = paths.size() < files.size();
  std::vector<std::shared_ptr<const Source>> sources(paths.size());
  ATTEST_CHECK(forEachIndex(paths.size(), 16, parallel, stop, [&](std::size_t i) -> Result<> {
    ATTEST_TRY(auto source, openSource(*paths[i], several ? Scan::Part::whole : Scan::Part::header));
    if (source->header.frames == 1 || !several) source->scan.reset();  // a series has more than may be open
    sources[i] = std::move(source);
    return {};
  }));
  std::vector<SourceSlice> slices;
  for (const SliceFile& file : files) {
    const auto& source = sources[numbers.at(file.path)];
    if (file.frame < 0 || file.frame >= source->header.frames)
      return fail(ErrorCode::bad_geometry, "a file has fewer frames than when it was indexed");
    slices.push_back(sliceOf(source, file.frame, block.suv));
  }
  return slices;
}

// The unit of PET was found with the whole series, and an older version gave it none.
bool fitsUnit(const Block& block, const InstanceHeader& header, const FrameGroups& groups) {
  return header.pet ? block.unit != Unit::hu : unitOf(header, groups) == block.unit;
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
    const PixelFormat& format = sources[k].encoded.format;
    const InstanceHeader& header = sources[k].source->header;
    if (header.sopUid != block.slices[k].sopUid) return changed("SOP Instance UID (0008,0018)");
    if (format.rows != first.rows || format.columns != first.columns) return changed("size");
    if (format.samples != first.samples || format.photometric != first.photometric)
      return changed("photometric interpretation");
    if (!fitsUnit(block, header, sources[k].groups())) return changed("unit of its values");
    const auto plane = planeOf(header, sources[k].frame);
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
Result<bool> fill(Volume& volume, std::span<const SliceFile> files, const std::vector<SourceSlice>& slices,
                  Parallel& parallel, std::stop_token stop, const Progress& progress) {
  const std::size_t sliceBytes = slices.front().encoded.format.framePixels() * bytesPerVoxel(volume.type());
  std::atomic<bool> fits = true;
  std::atomic<std::size_t> done = 0;
  ATTEST_CHECK(forEachIndex(files.size(), 1, parallel, stop, [&](std::size_t k) -> Result<> {
    if (!fits) return {};
    const SourceSlice& slice = slices[k];
    ATTEST_TRY(Scan scan, slice.source->scan ? *slice.source->scan : Scan::file(files[k].path));
    ATTEST_TRY(const bool fitted,
               fillFrame(scan, slice.encoded, slice.frame, volume.type(), volume.rawData() + k * sliceBytes));
    if (!fitted) fits = false;
    if (progress) progress(++done, files.size());
    return {};
  }));
  return fits.load();
}

// Uptake values are floats whatever their factors are.
std::vector<PixelType> typesOf(const std::vector<SourceSlice>& slices, const std::optional<Suv>& suv) {
  if (suv) return {PixelType::float32};
  std::vector<Encoded> all;
  for (const SourceSlice& slice : slices) all.push_back(slice.encoded);
  return candidateTypes(all);
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

// The spacing between rows and between columns of an image without a place: as it is calibrated, else only
// the shape of its pixels.
std::array<double, 2> flatSpacing(Scan& scan, const Calibration& calibration) {
  if (calibration.spacingMm) return *calibration.spacingMm;
  const auto values = scan.numbers(0x00280034);  // Pixel Aspect Ratio
  const auto sane = [](double value) { return value > 1e-6 && value < 1e6; };
  if (values.size() == 2 && sane(values[0]) && sane(values[1])) return {values[0], values[1]};
  return {1, 1};
}

Grid frameGrid(const InstanceHeader& header, int frame, std::array<double, 2> flat) {
  const double thickness = groupsOf(header, frame).sliceThicknessMm;
  Grid grid;
  grid.dims = {header.columns, header.rows, 1};
  grid.spacingMm = {flat[1], flat[0], 1};
  if (const auto plane = planeOf(header, frame)) {
    grid.originMm = plane->positionMm;
    grid.spacingMm = {plane->spacingXMm, plane->spacingYMm, thickness > 0 ? thickness : 1};
    grid.axes = {plane->row, plane->column, plane->normal};
  }
  return grid;
}

Result<VolumePtr> load(const Block& block, std::span<const SliceFile> files, Parallel& parallel,
                       std::stop_token stop, const Progress& progress) {
  ATTEST_TRY(const auto sources, readSources(block, files, parallel, stop));
  ATTEST_TRY(const Stack stack, checkedStack(block, sources));
  for (const PixelType type : typesOf(sources, block.suv)) {
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

Result<VolumePtr> loadFrame(const SliceFile& slice, const std::optional<Suv>& suv) try {
  initialize();
  ATTEST_TRY(auto opened, openSource(slice.path, Scan::Part::whole));
  if (slice.frame < 0 || slice.frame >= opened->header.frames)
    return fail(ErrorCode::bad_argument, "the file has no such frame");
  const SourceSlice source = sliceOf(std::move(opened), slice.frame, suv);
  const InstanceHeader& header = source.source->header;
  Scan scan = *source.source->scan;
  const Unit unit = suv ? Unit::suv_bw : unitOf(header, source.groups());
  for (const PixelType type : typesOf({source}, suv)) {
    Volume volume(frameGrid(header, slice.frame, flatSpacing(scan, header.calibration)), type, unit);
    volume.setLowIsBright(isLowBright(source));
    ATTEST_TRY(const bool fits, fillFrame(scan, source.encoded, slice.frame, type, volume.rawData()));
    if (fits) return std::make_shared<const Volume>(std::move(volume));
  }
  return fail(ErrorCode::internal, "no type holds the values");
} catch (const std::bad_alloc&) {
  return fail(ErrorCode::too_large, "not enough memory for the image");
}

}  // namespace attest::dicom
