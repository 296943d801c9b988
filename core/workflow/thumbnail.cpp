#include "core/workflow/thumbnail.h"

#include <algorithm>
#include <cmath>

#include "core/dicom/load.h"
#include "core/imaging/window.h"

namespace attest::workflow {
namespace {

/// The voxels that one pixel of many stands for; never none.
struct Range {
  int first = 0;
  int last = 0;
};

Range rangeOf(int pixel, int pixels, int voxels) {
  const auto edge = [&](int n) { return static_cast<int>(std::int64_t{n} * voxels / pixels); };
  const int first = edge(pixel);
  return {first, std::max(first, edge(pixel + 1) - 1)};
}

float meanOf(const imaging::Volume& image, Range across, Range down) {
  double sum = 0;
  for (int j = down.first; j <= down.last; ++j)
    for (int i = across.first; i <= across.last; ++i) sum += image.at({i, j, 0});
  const int count = (across.last - across.first + 1) * (down.last - down.first + 1);
  return static_cast<float>(sum / count);
}

}  // namespace

session::Thumbnail shrunk(const imaging::Volume& image, Window window, int pixels) {
  const Grid& grid = image.grid();
  const double widthMm = grid.dims.i * grid.spacingMm.x;
  const double heightMm = grid.dims.j * grid.spacingMm.y;
  const double mmPerPixel = std::max(widthMm, heightMm) / pixels;
  imaging::Image small;
  small.width = std::max(1, static_cast<int>(std::lround(widthMm / mmPerPixel)));
  small.height = std::max(1, static_cast<int>(std::lround(heightMm / mmPerPixel)));
  for (int y = 0; y < small.height; ++y)
    for (int x = 0; x < small.width; ++x)
      small.values.push_back(
          meanOf(image, rangeOf(x, small.width, grid.dims.i), rangeOf(y, small.height, grid.dims.j)));
  session::Thumbnail picture{small.width, small.height,
                             imaging::applyWindow(small, window, imaging::windowFunction(image))};
  if (image.lowIsBright()) {
    for (auto& value : picture.gray) value = static_cast<std::uint8_t>(255 - value);
  }
  return picture;
}

Result<session::ThumbnailPtr> thumbnail(Services& services, const BlockRef& ref) {
  ATTEST_TRY(const auto block, blockOf(services.db(), ref));
  ATTEST_TRY(const auto slices, services.db().slices(ref));
  if (slices.empty()) return fail(ErrorCode::not_found, "the block has no images");
  const auto& middle = slices[slices.size() / 2];
  ATTEST_TRY(const auto image, dicom::loadFrame({middle.path, middle.frame}, block.suv));
  const Window window = block.windows.empty() ? imaging::percentileWindow(*image) : block.windows.front();
  return std::make_shared<const session::Thumbnail>(shrunk(*image, window, session::thumbnailPixels));
}

}  // namespace attest::workflow
