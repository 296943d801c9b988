#include "tests/support/load_ct.h"

#include <algorithm>
#include <map>

#include "core/dicom/blocks.h"
#include "core/dicom/header.h"
#include "core/dicom/load.h"

namespace attest::test {

Result<imaging::VolumePtr> loadLargest(const std::filesystem::path& folder) {
  std::vector<InstanceHeader> headers;
  std::map<SopUid, std::string> paths;
  SeriesInfo series;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const auto header =
        entry.is_regular_file() ? dicom::readHeader(entry.path()) : fail(ErrorCode::not_found);
    if (!header) continue;
    headers.push_back(header->instance);
    paths[header->instance.sopUid] = header->path;
    series = header->series;
  }
  const auto blocks = dicom::formBlocks(headers, series);
  const auto largest =
      std::ranges::max_element(blocks, {}, [](const Block& block) { return block.slices.size(); });
  if (largest == blocks.end()) return fail(ErrorCode::not_found);
  std::vector<dicom::SliceFile> slices;
  for (const SliceRef& slice : largest->slices) slices.push_back({paths[slice.sopUid], slice.frame});
  Serial serial;
  return dicom::loadVolume(*largest, slices, serial, {}, [](std::size_t, std::size_t) {});
}

imaging::VolumePtr thinned(const imaging::Volume& whole, Index3 step) {
  Grid grid = whole.grid();
  const Index3 dims = grid.dims;
  grid.dims = {(dims.i - 1) / step.i + 1, (dims.j - 1) / step.j + 1, (dims.k - 1) / step.k + 1};
  grid.spacingMm = {grid.spacingMm.x * step.i, grid.spacingMm.y * step.j, grid.spacingMm.z * step.k};
  auto thin = std::make_shared<imaging::Volume>(grid, imaging::PixelType::int16, whole.unit());
  const auto values = thin->writable<std::int16_t>();
  std::size_t n = 0;
  for (int k = 0; k < dims.k; k += step.k)
    for (int j = 0; j < dims.j; j += step.j)
      for (int i = 0; i < dims.i; i += step.i) values[n++] = static_cast<std::int16_t>(whole.at({i, j, k}));
  return thin;
}

}  // namespace attest::test
