#include "core/agents/airways.h"

#include <cmath>

namespace attest::agents {
namespace {

/// A spot of air in one slice of the working grid.
struct Spot {
  double i = 0;  ///< centroid
  double j = 0;
  int pixels = 0;
  int width = 0;
  int height = 0;
};

/// A spot that goes on from slice to slice.
struct Tube {
  Spot last;
  Index3 start;  ///< in its uppermost slice
  int lastSlice = 0;
  int slices = 1;
};

constexpr double airHu = -700;
constexpr double smallestMm2 = 50;
constexpr double largestMm2 = 900;
constexpr double shortestTubeMm = 20;
constexpr double fromMiddleMm = 45;
constexpr double stepMm = 8;  ///< how far a tube's centre moves from slice to slice

/// The connected spots of air in slice k. `dense` is taken apart on the way.
std::vector<Spot> spotsOfSlice(const Grid& grid, std::vector<std::uint8_t>& dense, int k) {
  std::vector<Spot> spots;
  std::vector<Index3> stack;
  for (int j = 0; j < grid.dims.j; ++j)
    for (int i = 0; i < grid.dims.i; ++i) {
      if (dense[grid.offset({i, j, k})] == 0) continue;
      Spot spot;
      Index3 low{i, j, k};
      Index3 high{i, j, k};
      stack.assign(1, {i, j, k});
      dense[grid.offset({i, j, k})] = 0;
      while (!stack.empty()) {
        const Index3 at = stack.back();
        stack.pop_back();
        ++spot.pixels;
        spot.i += at.i;
        spot.j += at.j;
        low = {std::min(low.i, at.i), std::min(low.j, at.j), k};
        high = {std::max(high.i, at.i), std::max(high.j, at.j), k};
        for (const Index3 next : {Index3{at.i - 1, at.j, k}, Index3{at.i + 1, at.j, k},
                                  Index3{at.i, at.j - 1, k}, Index3{at.i, at.j + 1, k}}) {
          if (!grid.contains(next) || dense[grid.offset(next)] == 0) continue;
          dense[grid.offset(next)] = 0;
          stack.push_back(next);
        }
      }
      spot.i /= spot.pixels;
      spot.j /= spot.pixels;
      spot.width = high.i - low.i + 1;
      spot.height = high.j - low.j + 1;
      spots.push_back(spot);
    }
  return spots;
}

bool looksLikeTube(const Spot& spot, const Grid& grid, double middle) {
  const double area = spot.pixels * grid.spacingMm.x * grid.spacingMm.y;
  const double width = spot.width * grid.spacingMm.x;
  const double height = spot.height * grid.spacingMm.y;
  return area >= smallestMm2 && area <= largestMm2 && area >= 0.55 * width * height &&
         std::max(width, height) <= 2.2 * std::min(width, height) &&
         std::abs(spot.i - middle) * grid.spacingMm.x <= fromMiddleMm;
}

/// Adds this slice's spots to the tubes that end in the slice above it, or begins new ones.
void prolong(std::vector<Tube>& tubes, const std::vector<Spot>& spots, const Grid& grid, int k) {
  for (const Spot& spot : spots) {
    const auto goesOn = std::ranges::find_if(tubes, [&](const Tube& tube) {
      return tube.lastSlice == k + 1 && std::hypot((spot.i - tube.last.i) * grid.spacingMm.x,
                                                   (spot.j - tube.last.j) * grid.spacingMm.y) <= stepMm;
    });
    if (goesOn == tubes.end()) {
      tubes.push_back(
          {spot, {static_cast<int>(std::lround(spot.i)), static_cast<int>(std::lround(spot.j)), k}, k});
    } else {
      goesOn->last = spot;
      goesOn->lastSlice = k;
      ++goesOn->slices;
    }
  }
}

/// Growing from one seed through voxels whose smoothed value is below a threshold.
template <class T>
class Grower {
 public:
  Grower(std::span<const T> values, const WorkingVolume& working, const imaging::Mask& inside)
      : values_(values), grid_(working.fullGrid()), working_(working), inside_(inside) {
    for (int a = 0; a < 3; ++a)
      window_[static_cast<std::size_t>(a)] = static_cast<int>(std::lround(0.9 / grid_.spacingMm[a]));
  }

  /// The mean of a voxel and its neighbours within about a millimetre: noise must not open a way.
  double smooth(Index3 at) const {
    double sum = 0;
    int count = 0;
    for (int k = std::max(0, at.k - window_[2]); k <= std::min(grid_.dims.k - 1, at.k + window_[2]); ++k)
      for (int j = std::max(0, at.j - window_[1]); j <= std::min(grid_.dims.j - 1, at.j + window_[1]); ++j)
        for (int i = std::max(0, at.i - window_[0]); i <= std::min(grid_.dims.i - 1, at.i + window_[0]);
             ++i, ++count)
          sum += imaging::toDouble(values_[grid_.offset({i, j, k})]);
    return sum / count;
  }

  /// The voxels that are reached; stops growing beyond `most`.
  std::vector<Index3> grow(Index3 seed, double threshold, std::size_t most,
                           const std::stop_token& stop) const {
    std::vector<bool> seen(values_.size());
    std::vector<Index3> reached;
    const auto visit = [&](Index3 at) {
      if (!grid_.contains(at) || seen[grid_.offset(at)]) return;
      seen[grid_.offset(at)] = true;
      if (inside_.at(working_.toSmall(at)) && smooth(at) <= threshold) reached.push_back(at);
    };
    visit(seed);
    for (std::size_t n = 0; n < reached.size() && reached.size() <= most; ++n) {
      if (n % 4096 == 0 && stop.stop_requested()) break;
      forNeighbours(reached[n], visit);
    }
    return reached;
  }

  /// The lumen up to its wall: the neighbours of what was reached that are air themselves.
  imaging::Mask withRim(const std::vector<Index3>& reached) const {
    std::vector<std::uint8_t> dense(values_.size());
    for (const Index3 at : reached) {
      dense[grid_.offset(at)] = 1;
      forNeighbours(at, [&](Index3 next) {
        if (grid_.contains(next) && imaging::toDouble(values_[grid_.offset(next)]) < airHu)
          dense[grid_.offset(next)] = 1;
      });
    }
    return imaging::Mask::fromDense(grid_, dense);
  }

 private:
  template <class F>
  static void forNeighbours(Index3 at, F&& f) {
    for (const int step : {-1, 1}) {
      f(Index3{at.i + step, at.j, at.k});
      f(Index3{at.i, at.j + step, at.k});
      f(Index3{at.i, at.j, at.k + step});
    }
  }

  std::span<const T> values_;
  Grid grid_;
  const WorkingVolume& working_;
  const imaging::Mask& inside_;
  std::array<int, 3> window_{};
};

template <class T>
Result<imaging::Mask> growFrom(const Grower<T>& grower, const Grid& grid, Index3 seed,
                               const std::stop_token& stop) {
  constexpr double largestMm3 = 250e3;
  constexpr double smallestMm3 = 3e3;
  constexpr double burst = 1.35;     // a step of the threshold that adds more than this has found the lungs
  constexpr double slackMm3 = 15e3;  // the bronchi that open after the trachea are no burst
  const auto most = static_cast<std::size_t>(largestMm3 / grid.voxelVolumeMm3());
  std::vector<Index3> best;
  for (double threshold = grower.smooth(seed) + 25; threshold <= -800; threshold += 15) {
    auto reached = grower.grow(seed, threshold, most, stop);
    if (stop.stop_requested()) return fail(ErrorCode::cancelled);
    const double volume = static_cast<double>(reached.size()) * grid.voxelVolumeMm3();
    const double before = static_cast<double>(best.size()) * grid.voxelVolumeMm3();
    if (reached.size() > most || (before >= smallestMm3 && volume > burst * before + slackMm3)) break;
    best = std::move(reached);
  }
  if (static_cast<double>(best.size()) * grid.voxelVolumeMm3() < smallestMm3) return imaging::Mask(grid);
  return grower.withRim(best);
}

}  // namespace

std::optional<Vec3> findTrachea(const WorkingVolume& working, const imaging::Mask& inside) {
  const Grid& grid = working.grid();
  const auto body = inside.toDense();
  const auto values = working.volume().values<float>();
  std::vector<std::uint8_t> air(body.size());
  for (std::size_t n = 0; n < air.size(); ++n) air[n] = body[n] != 0 && values[n] < airHu ? 1 : 0;
  std::vector<Tube> tubes;
  for (int k = grid.dims.k - 1; k >= grid.dims.k * 2 / 5; --k) {
    double sum = 0;
    double count = 0;
    for (int j = 0; j < grid.dims.j; ++j)
      for (int i = 0; i < grid.dims.i; ++i)
        if (body[grid.offset({i, j, k})] != 0) {
          sum += i;
          ++count;
        }
    auto spots = spotsOfSlice(grid, air, k);
    std::erase_if(spots, [&](const Spot& spot) { return !looksLikeTube(spot, grid, sum / count); });
    prolong(tubes, spots, grid, k);
  }
  const auto longest = std::ranges::max_element(tubes, {}, &Tube::slices);
  if (longest == tubes.end() || longest->slices * grid.spacingMm.z < shortestTubeMm) return std::nullopt;
  return grid.toPatient(longest->start);
}

Result<imaging::Mask> growAirways(const imaging::Volume& full, const WorkingVolume& working,
                                  const imaging::Mask& inside, Vec3 seedMm, std::stop_token stop) {
  const Index3 seed = full.grid().nearest(seedMm);
  if (!full.grid().contains(seed)) return imaging::Mask(full.grid());
  return imaging::visit(full, [&]<class T>(std::span<const T> values) {
    return growFrom(Grower<T>(values, working, inside), full.grid(), seed, stop);
  });
}

}  // namespace attest::agents
