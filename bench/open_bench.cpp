// A folder of CT to its first image and to its full volume, and the memory that takes, beside ITK's GDCM
// series reader and beside reading the same bytes with `cat`. Usage: open_bench [FOLDER]; without one, a
// phantom of 300 x 512 x 512 is made.
#include <itkGDCMImageIO.h>
#include <itkGDCMSeriesFileNames.h>
#include <itkImage.h>
#include <itkImageSeriesReader.h>
#include <itkMultiThreaderBase.h>

#include <filesystem>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "bench/child.h"
#include "core/dicom/blocks.h"
#include "core/dicom/header.h"
#include "core/dicom/load.h"
#include "core/jobs/pool.h"
#include "tests/support/phantom.h"
#include "tests/support/temp_dir.h"

namespace {

using namespace attest;
namespace fs = std::filesystem;

constexpr int runs = 5;

std::vector<fs::path> filesOf(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

/// Headers, block, the middle slice, then all of them.
bool openOurs(const fs::path& folder, const std::function<void()>& first) {
  jobs::Pool pool;
  const auto files = filesOf(folder);
  std::vector<std::optional<FileHeader>> headers(files.size());
  pool.parallel().forEach(files.size(), 8, {}, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      if (auto header = dicom::readHeader(files[i])) headers[i] = std::move(*header);
    }
  });
  std::vector<InstanceHeader> instances;
  std::map<SopUid, fs::path> paths;
  std::optional<SeriesInfo> series;
  for (const auto& header : headers) {
    if (!header) continue;
    if (!series) series = header->series;
    if (series->uid != header->series.uid) continue;
    paths[header->instance.sopUid] = header->path;
    instances.push_back(header->instance);
  }
  if (!series) return false;
  const auto blocks = dicom::formBlocks(instances, *series);
  std::vector<dicom::SliceFile> slices;
  for (const auto& slice : blocks.front().slices) slices.push_back({paths[slice.sopUid], slice.frame});
  if (!dicom::loadFrame(slices[slices.size() / 2])) return false;
  first();
  return dicom::loadVolume(blocks.front(), slices, pool.parallel(), {}, {}).has_value();
}

bool openItk(const fs::path& folder) {
  using Image = itk::Image<short, 3>;
  auto names = itk::GDCMSeriesFileNames::New();
  names->SetUseSeriesDetails(true);
  names->SetRecursive(true);
  names->SetDirectory(folder);
  const auto& ids = names->GetSeriesUIDs();
  if (ids.empty()) return false;
  auto reader = itk::ImageSeriesReader<Image>::New();
  reader->SetImageIO(itk::GDCMImageIO::New());
  reader->SetFileNames(names->GetFileNames(ids.front()));
  reader->Update();
  return reader->GetOutput()->GetLargestPossibleRegion().GetNumberOfPixels() > 0;
}

bool cat(const fs::path& folder) {
  return std::system(("find '" + folder.string() + "' -type f -print0 | xargs -0 cat > /dev/null").c_str()) ==
         0;
}

std::size_t voxelBytes(const fs::path& folder) {
  std::size_t bytes = 0;
  for (const auto& file : filesOf(folder)) {
    if (const auto header = dicom::readHeader(file)) {
      bytes += static_cast<std::size_t>(header->instance.rows) *
               static_cast<std::size_t>(header->instance.columns) * 2;
    }
  }
  return bytes;
}

nlohmann::json measure(const fs::path& folder) {
  std::vector<bench::Cost> ours;
  std::vector<bench::Cost> itk;
  std::vector<bench::Cost> cats;
  for (int run = 0; run < runs; ++run) {  // in turn, so that a slow minute of the machine hits all three
    cats.push_back(bench::inChild([&](const auto&) { return cat(folder); }));
    ours.push_back(bench::inChild([&](const auto& first) { return openOurs(folder, first); }));
    itk.push_back(bench::inChild([&](const auto&) { return openItk(folder); }));
  }
  const double full = median(ours, &bench::Cost::seconds);
  const double voxels = static_cast<double>(voxelBytes(folder)) / (1 << 20);
  return {{"bench", "open"},
          {"ok", std::ranges::all_of(ours, &bench::Cost::ok) && std::ranges::all_of(itk, &bench::Cost::ok)},
          {"voxel_mb", voxels},
          {"first_image_s", median(ours, &bench::Cost::firstSeconds)},
          {"full_volume_s", full},
          {"itk_gdcm_series_s", median(itk, &bench::Cost::seconds)},
          {"cat_s", median(cats, &bench::Cost::seconds)},
          {"times_faster_than_itk", median(itk, &bench::Cost::seconds) / full},
          {"times_cat", full / median(cats, &bench::Cost::seconds)},
          {"peak_mb", median(ours, &bench::Cost::peakMb)},
          {"peak_over_voxel_bytes", median(ours, &bench::Cost::peakMb) / voxels},
          {"itk_peak_over_voxel_bytes", median(itk, &bench::Cost::peakMb) / voxels}};
}

}  // namespace

int main(int argc, char** argv) {
  itk::MultiThreaderBase::SetGlobalMaximumNumberOfThreads(2);
  if (argc > 1) {
    std::cout << measure(argv[1]).dump(2) << "\n";
    return 0;
  }
  const test::TempDir folder;
  test::writeCt(folder.path(), *test::makeChestPhantom({512, 512, 300}, {0.7, 0.7, 1.25}).volume);
  std::cout << measure(folder.path()).dump(2) << "\n";
}
