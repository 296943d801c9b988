#include "core/imaging/piece_match.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace attest::imaging {
namespace {

constexpr int half = 4;   ///< of a piece, in voxels around its middle
constexpr int reach = 4;  ///< how far it is looked for
constexpr int side = 2 * half + 1;
constexpr int places = 2 * reach + 1;
constexpr double apartMm = 36;          ///< from piece to piece
constexpr double leastContrast = 0.15;  ///< standard deviation of a piece, of the volume's range of values
constexpr double alike = 0.7;           ///< correlation of a piece that is found

using Piece = std::array<float, static_cast<std::size_t>(side) * side * side>;

/// `moving` on the grid of `fixed`; NaN where it has no value.
std::vector<float> laidOver(const Coarse& fixed, const Coarse& moving, const RigidTransform& toMoving) {
  const IndexMap index = moving.fromPatient();
  const Grid& grid = fixed.grid;
  const Vec3 origin = index(toMoving(grid.originMm));
  const Vec3 step = index(toMoving(grid.toPatient(Vec3{1, 0, 0}))) - origin;
  std::vector<float> values(fixed.values.size());
  std::size_t n = 0;
  for (int k = 0; k < grid.dims.k; ++k)
    for (int j = 0; j < grid.dims.j; ++j) {
      const Vec3 row = index(toMoving(grid.toPatient(Index3{0, j, k})));
      for (int i = 0; i < grid.dims.i; ++i) values[n++] = moving.at(row + i * step);
    }
  return values;
}

/// Copies the piece around `middle` less its mean; its norm, NaN where any voxel is none.
double cut(const std::vector<float>& values, const Grid& grid, Index3 middle, Piece& piece) {
  std::size_t n = 0;
  double sum = 0;
  for (int k = -half; k <= half; ++k)
    for (int j = -half; j <= half; ++j) {
      const float* row = values.data() + grid.offset({middle.i - half, middle.j + j, middle.k + k});
      for (int i = 0; i < side; ++i) {
        piece[n] = row[i];
        sum += row[i];
        ++n;
      }
    }
  const auto mean = static_cast<float>(sum / static_cast<double>(n));
  double squares = 0;
  for (float& value : piece) {
    value -= mean;
    squares += static_cast<double>(value) * value;
  }
  return std::sqrt(squares);
}

/// The correlation of a piece whose mean is 0 with what lies around `middle`; -1 where that is flat, or where
/// any voxel is none. A sum for each column, so that columns are added side by side.
double correlation(const Piece& piece, double norm, const std::vector<float>& values, const Grid& grid,
                   Index3 middle) {
  using Columns = std::array<double, side>;
  Columns sums{};
  Columns squares{};
  Columns products{};
  const float* mine = piece.data();
  for (int k = -half; k <= half; ++k)
    for (int j = -half; j <= half; ++j, mine += side) {
      const float* row = values.data() + grid.offset({middle.i - half, middle.j + j, middle.k + k});
      for (std::size_t i = 0; i < side; ++i) {
        const double value = row[i];
        sums[i] += value;
        squares[i] += value * value;
        products[i] += value * mine[i];
      }
    }
  const auto total = [](const Columns& columns) {
    return std::accumulate(columns.begin(), columns.end(), 0.0);
  };
  const double mean = total(sums) / static_cast<double>(piece.size());
  const double spread = total(squares) - mean * total(sums);
  return spread > 0 ? total(products) / (norm * std::sqrt(spread)) : -1;
}

/// Where a parabola through three neighbours has its top, from the middle one.
double top(double before, double at, double after) {
  const double bend = before - 2 * at + after;
  return bend < 0 ? std::clamp(0.5 * (before - after) / bend, -0.5, 0.5) : 0;
}

class Search {
 public:
  Search(const Coarse& fixed, const std::vector<float>& moving) : fixed_(fixed), moving_(moving) {}

  void add(Index3 middle) {
    Piece piece;
    const double norm = cut(fixed_.values, fixed_.grid, middle, piece);
    const double range = *std::ranges::max_element(fixed_.values) - fixed_.background;
    if (!(norm > leastContrast * range * std::sqrt(static_cast<double>(piece.size())))) return;
    Piece other;
    if (std::isnan(cut(moving_, fixed_.grid, middle, other))) return;  // outside the other volume
    ++result_.pieces;
    find(middle, piece, norm);
  }

  PieceMatch result() const {
    PieceMatch result = result_;
    if (result.found > 0) result.errorMm = std::sqrt(squaresMm_ / result.found);
    return result;
  }

 private:
  void find(Index3 middle, const Piece& piece, double norm) {
    Index3 best;
    double highest = -2;
    std::size_t n = 0;
    for (int k = -reach; k <= reach; ++k)
      for (int j = -reach; j <= reach; ++j)
        for (int i = -reach; i <= reach; ++i, ++n) {
          scores_[n] =
              correlation(piece, norm, moving_, fixed_.grid, {middle.i + i, middle.j + j, middle.k + k});
          if (!(scores_[n] > highest)) continue;
          highest = scores_[n];
          best = {i, j, k};
        }
    if (highest < alike) return;
    ++result_.found;
    const Vec3 spacing = fixed_.grid.spacingMm;
    squaresMm_ += acrossEdges(middle, {(best.i + refined(best, {1, 0, 0})) * spacing.x,
                                       (best.j + refined(best, {0, 1, 0})) * spacing.y,
                                       (best.k + refined(best, {0, 0, 1})) * spacing.z});
  }

  /// The square of a way, as far as it leads across the edges of the piece: along them nothing tells where a
  /// piece belongs. By the tensor of its gradients, whose largest eigenvalue counts in full.
  double acrossEdges(Index3 middle, Vec3 wayMm) const {
    std::array<Vec3, 3> tensor{};
    const Vec3 spacing = fixed_.grid.spacingMm;
    const auto value = [&](Index3 at) { return static_cast<double>(fixed_.values[fixed_.grid.offset(at)]); };
    for (int k = middle.k - half; k <= middle.k + half; ++k)
      for (int j = middle.j - half; j <= middle.j + half; ++j)
        for (int i = middle.i - half; i <= middle.i + half; ++i) {
          const Vec3 g{(value({i + 1, j, k}) - value({i - 1, j, k})) / spacing.x,
                       (value({i, j + 1, k}) - value({i, j - 1, k})) / spacing.y,
                       (value({i, j, k + 1}) - value({i, j, k - 1})) / spacing.z};
          for (std::size_t a = 0; a < 3; ++a) tensor[a] = tensor[a] + g[static_cast<int>(a)] * g;
        }
    const auto times = [&](Vec3 v) { return Vec3{dot(tensor[0], v), dot(tensor[1], v), dot(tensor[2], v)}; };
    Vec3 axis{1, 1, 1};
    for (int n = 0; n < 8; ++n) axis = normalized(times(axis));
    const double largest = dot(axis, times(axis));
    return largest > 0 ? dot(wayMm, times(wayMm)) / largest : 0;
  }

  double score(Index3 at) const {
    return scores_[static_cast<std::size_t>(((at.k + reach) * places + at.j + reach) * places + at.i +
                                            reach)];
  }
  double refined(Index3 best, Index3 axis) const {
    const Index3 before{best.i - axis.i, best.j - axis.j, best.k - axis.k};
    const Index3 after{best.i + axis.i, best.j + axis.j, best.k + axis.k};
    const auto inside = [](Index3 at) {
      return std::max({std::abs(at.i), std::abs(at.j), std::abs(at.k)}) <= reach;
    };
    return inside(before) && inside(after) ? top(score(before), score(best), score(after)) : 0;
  }

  const Coarse& fixed_;
  const std::vector<float>& moving_;
  std::array<double, static_cast<std::size_t>(places) * places * places> scores_{};
  PieceMatch result_;
  double squaresMm_ = 0;
};

}  // namespace

Result<PieceMatch> matchPieces(const Coarse& fixed, const Coarse& moving, const RigidTransform& toMoving,
                               std::stop_token stop) {
  const auto over = laidOver(fixed, moving, toMoving);
  const Grid& grid = fixed.grid;
  const auto stepOf = [](double spacing) {
    return std::max(1, static_cast<int>(std::lround(apartMm / spacing)));
  };
  const Index3 step{stepOf(grid.spacingMm.x), stepOf(grid.spacingMm.y), stepOf(grid.spacingMm.z)};
  constexpr int margin = half + reach;
  Search search(fixed, over);
  for (int k = margin; k < grid.dims.k - margin; k += step.k)
    for (int j = margin; j < grid.dims.j - margin; j += step.j)
      for (int i = margin; i < grid.dims.i - margin; i += step.i) {
        if (stop.stop_requested()) return fail(ErrorCode::cancelled);
        search.add({i, j, k});
      }
  return search.result();
}

}  // namespace attest::imaging
