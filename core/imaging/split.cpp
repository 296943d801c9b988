#include "core/imaging/filters.h"

namespace attest::imaging {

// One breadth-first flood from both seeds at once. Its queue keeps, at each distance, what came from B before
// what came from A, so that a voxel as near to both belongs to B.
Result<std::pair<Mask, Mask>> splitBySeeds(const Mask& within, const Mask& seedA, const Mask& seedB,
                                           std::stop_token stop) {
  const Grid& grid = within.grid();
  if (seedA.grid().dims != grid.dims || seedB.grid().dims != grid.dims)
    return fail(ErrorCode::bad_argument, "seeds on another grid");
  const auto box = within.box();
  if (!box) return std::pair{within, within};
  enum Owner : std::uint8_t { outside, unreached, fromA, fromB };
  std::vector<std::uint8_t> owners = within.toDense(*box);
  const Index3 size = box->size();
  const auto offset = [&](Index3 at) {
    const std::int64_t line = std::int64_t{at.k - box->low.k} * size.j + (at.j - box->low.j);
    return static_cast<std::size_t>(line * size.i + (at.i - box->low.i));
  };
  std::vector<Index3> queue;
  const auto reach = [&](Index3 at, std::uint8_t owner) {
    auto& old = owners[offset(at)];
    if (old != unreached) return;
    old = owner;
    queue.push_back(at);
  };
  (within & seedB).forEach([&](Index3 at) { reach(at, fromB); });
  (within & seedA).forEach([&](Index3 at) { reach(at, fromA); });
  for (std::size_t n = 0; n < queue.size(); ++n) {
    if (n % 65536 == 0 && stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
    const Index3 at = queue[n];
    const std::uint8_t owner = owners[offset(at)];
    if (at.i > box->low.i) reach({at.i - 1, at.j, at.k}, owner);
    if (at.i < box->high.i) reach({at.i + 1, at.j, at.k}, owner);
    if (at.j > box->low.j) reach({at.i, at.j - 1, at.k}, owner);
    if (at.j < box->high.j) reach({at.i, at.j + 1, at.k}, owner);
    if (at.k > box->low.k) reach({at.i, at.j, at.k - 1}, owner);
    if (at.k < box->high.k) reach({at.i, at.j, at.k + 1}, owner);
  }
  for (auto& owner : owners) owner = owner == fromA;
  Mask nearerA = Mask::fromDense(grid, *box, owners);
  Mask others = minus(within, nearerA);
  return std::pair{std::move(nearerA), std::move(others)};
}

}  // namespace attest::imaging
