#include "core/imaging/reslice.h"

#include <limits>

#include "core/imaging/sheets.h"

#pragma GCC optimize("O3")  // the loops over a row become vector instructions only from here on

namespace attest::imaging {
namespace {

/// The sheets of a slab, in voxel indices: one step of the grid apart along the plane's normal, the middle
/// one first.
std::vector<Sheet> sheetsOf(const Grid& grid, const Plane& plane, const Slab& slab) {
  const auto inVoxels = [&](Vec3 mm) { return grid.toIndex(grid.originMm + mm); };
  const Sheet middle{grid.toIndex(plane.originMm), inVoxels(plane.stepXMm), inVoxels(plane.stepYMm)};
  std::vector<Sheet> sheets{middle};
  const Vec3 normal = inVoxels(normalized(cross(plane.stepXMm, plane.stepYMm)));
  const double perMm = std::max({std::abs(normal.x), std::abs(normal.y), std::abs(normal.z)});
  if (slab.projection == Projection::none || !(perMm > 0)) return sheets;
  const double mostSteps = std::min(slab.thicknessMm / 2 * perMm + indexSlack, 4096.0);
  for (int n = 1; n <= mostSteps; ++n)
    for (const int side : {-n, n})
      sheets.push_back({middle.origin + (side / perMm) * normal, middle.stepX, middle.stepY});
  return sheets;
}

/// Joins the samples of one more sheet to a row; NaN in `row` means that there was none so far (mean: `hits`
/// counts).
void join(Projection projection, Range range, const float* samples, float* row, float* hits) {
  switch (projection) {
    case Projection::none:
    case Projection::mip:
      for (int x = range.begin; x < range.end; ++x) row[x] = samples[x] <= row[x] ? row[x] : samples[x];
      break;
    case Projection::minip:
      for (int x = range.begin; x < range.end; ++x) row[x] = samples[x] >= row[x] ? row[x] : samples[x];
      break;
    case Projection::mean:
      for (int x = range.begin; x < range.end; ++x) {
        row[x] += samples[x];
        hits[x] += 1;
      }
      break;
  }
}

template <class AnySheet>
void sampleRows(std::vector<AnySheet> sheets, Projection projection, int begin, int end, Image& image) {
  const auto width = static_cast<std::size_t>(image.width);
  std::vector<float> samples(width);
  std::vector<float> hits(width);
  for (int y = begin; y < end; ++y) {
    float* row = image.values.data() + static_cast<std::size_t>(y) * width;
    if (sheets.size() == 1) {
      sheets.front().row(y, row);
      continue;
    }
    if (projection == Projection::mean) {
      std::fill_n(row, width, 0.0F);
      std::fill(hits.begin(), hits.end(), 0.0F);
    }
    for (auto& sheet : sheets)
      join(projection, sheet.row(y, samples.data()), samples.data(), row, hits.data());
    if (projection == Projection::mean)
      for (std::size_t x = 0; x < width; ++x) row[x] /= hits[x];  // 0 / 0 is NaN: outside
  }
}

template <class T>
void sampleRows(std::span<const T> voxels, Index3 dims, const std::vector<Sheet>& sheets,
                Projection projection, int begin, int end, Image& image) {
  Alignment axes;
  if (isAligned(sheets.front(), image.width, image.height, axes)) {
    std::vector<AlignedSheet<T>> aligned;
    for (const Sheet& sheet : sheets) aligned.emplace_back(voxels, dims, sheet, image.width, axes);
    sampleRows(std::move(aligned), projection, begin, end, image);
  } else {
    std::vector<ObliqueSheet<T>> oblique;
    for (const Sheet& sheet : sheets) oblique.emplace_back(voxels, dims, sheet, image.width);
    sampleRows(std::move(oblique), projection, begin, end, image);
  }
}

}  // namespace

Image reslice(const Volume& volume, const Plane& plane, const Slab& slab, Parallel& parallel) {
  Image image{std::max(plane.width, 0), std::max(plane.height, 0), {}};
  image.values.assign(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height),
                      std::numeric_limits<float>::quiet_NaN());
  if (image.values.empty() || volume.grid().voxels() == 0) return image;
  const auto sheets = sheetsOf(volume.grid(), plane, slab);
  constexpr std::size_t rowsAPiece = 32;
  parallel.forEach(static_cast<std::size_t>(image.height), rowsAPiece, {},
                   [&](std::size_t begin, std::size_t end) {
                     visit(volume, [&](auto voxels) {
                       sampleRows(voxels, volume.grid().dims, sheets, slab.projection,
                                  static_cast<int>(begin), static_cast<int>(end), image);
                     });
                   });
  return image;
}

}  // namespace attest::imaging
