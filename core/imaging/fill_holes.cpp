#include "core/imaging/filters.h"

namespace attest::imaging {
namespace {

/// Marks with 2 all zeroes of a slice that its border reaches by 4-neighbour steps. The border must be zero.
void floodFromBorder(std::vector<std::uint8_t>& slice, int width, int height, std::vector<int>& pending) {
  slice[0] = 2;
  pending.assign(1, 0);
  const auto visit = [&](int at) {
    auto& voxel = slice[static_cast<std::size_t>(at)];
    if (voxel != 0) return;
    voxel = 2;
    pending.push_back(at);
  };
  while (!pending.empty()) {
    const int at = pending.back();
    pending.pop_back();
    const int x = at % width;
    if (x > 0) visit(at - 1);
    if (x + 1 < width) visit(at + 1);
    if (at >= width) visit(at - width);
    if (at + width < width * height) visit(at + width);
  }
}

}  // namespace

Result<Mask> fillHolesBySlice(const Mask& mask, std::stop_token stop) {
  Mask result = mask;
  const auto box = mask.box();
  if (!box) return result;
  const int width =
      box->size().i + 2;  // one voxel of border around the box, so that what touches it is reached
  const int height = box->size().j + 2;
  const int pixels = width * height;
  std::vector<std::uint8_t> slice(static_cast<std::size_t>(pixels));
  std::vector<int> pending;
  for (int k = box->low.k; k <= box->high.k; ++k) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
    const Box flat{{box->low.i, box->low.j, k}, {box->high.i, box->high.j, k}};
    const auto inner = mask.toDense(flat);
    std::fill(slice.begin(), slice.end(), std::uint8_t{0});
    for (int y = 0; y < height - 2; ++y)
      std::copy_n(inner.begin() + std::ptrdiff_t{y} * (width - 2), width - 2,
                  slice.begin() + (std::ptrdiff_t{y} + 1) * width + 1);
    floodFromBorder(slice, width, height, pending);
    result.paint(flat, true, [&](Index3 at) {
      return slice[static_cast<std::size_t>((at.j - flat.low.j + 1) * width + (at.i - flat.low.i + 1))] == 0;
    });
  }
  return result;
}

}  // namespace attest::imaging
