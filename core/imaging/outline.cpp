#include "core/imaging/outline.h"

#include "core/imaging/sheets.h"

namespace attest::imaging {
namespace {

/// The nearest voxel of a position that is not far below zero.
int nearest(double position) {
  return static_cast<int>(position + 0.5 + indexSlack);
}

/// Inside pixels with a neighbour that is outside become 2.
void markBorder(std::vector<std::uint8_t>& pixels, int width, int height) {
  const auto at = [&](int x, int y) -> std::uint8_t& {
    return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                  static_cast<std::size_t>(x)];
  };
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      if (at(x, y) == 0) continue;
      const bool border = (x > 0 && at(x - 1, y) == 0) || (x + 1 < width && at(x + 1, y) == 0) ||
                          (y > 0 && at(x, y - 1) == 0) || (y + 1 < height && at(x, y + 1) == 0);
      if (border) at(x, y) = 2;
    }
}

}  // namespace

std::vector<std::uint8_t> maskOnPlane(const Mask& mask, const Plane& plane) {
  const int width = std::max(plane.width, 0);
  const int height = std::max(plane.height, 0);
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  const auto box = mask.box();
  if (!box) return pixels;
  const Grid& grid = mask.grid();
  // Everything below counts from the lowest corner of the mask's box, so that only pixels over the box are
  // looked at.
  const Vec3 corner = grid.toPatient(box->low);
  const auto inVoxels = [&](Vec3 mm) { return grid.toIndex(grid.originMm + mm); };
  const Sheet sheet{inVoxels(plane.originMm - corner), inVoxels(plane.stepXMm), inVoxels(plane.stepYMm)};
  for (int y = 0; y < height; ++y) {
    const Vec3 first = sheet.origin + static_cast<double>(y) * sheet.stepY;
    const Range range = insideRange(first, sheet.stepX, box->size(), width);
    std::uint8_t* row = pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
    for (int x = range.begin; x < range.end; ++x) {
      const Vec3 at = first + static_cast<double>(x) * sheet.stepX;
      row[x] = mask.at({box->low.i + nearest(at.x), box->low.j + nearest(at.y), box->low.k + nearest(at.z)});
    }
  }
  markBorder(pixels, width, height);
  return pixels;
}

}  // namespace attest::imaging
