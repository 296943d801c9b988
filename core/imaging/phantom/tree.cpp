#include "core/imaging/phantom/tree.h"

#include <numeric>

#include "core/imaging/phantom/anatomy.h"

namespace attest::imaging::phantom {
namespace {

constexpr double partOfTheWay = 0.4;
constexpr std::size_t leafPoints = 2;
constexpr double leafRadiusMm = 0.36;
constexpr double cellMm = 6;         // one place to supply in each cell
constexpr double underPleuraMm = 4;  // vessels end before it
constexpr double lumenOfArtery = 0.78;
constexpr double leastLumenMm = 0.9;
constexpr double stemRadiusMm = 4.5;  // wider vessels come from outside the lung

Vec3 middleOf(std::span<const Vec3> points) {
  const Vec3 sum = std::accumulate(points.begin(), points.end(), Vec3{});
  return (1 / static_cast<double>(points.size())) * sum;
}

/// The direction in which the points reach farthest, by power iteration on their covariance.
Vec3 widestDirection(std::span<const Vec3> points, Vec3 middle) {
  Vec3 direction = normalized({0.3, 0.5, 0.8});
  for (int round = 0; round < 8; ++round) {
    Vec3 next;
    for (const Vec3& point : points) next = next + dot(point - middle, direction) * (point - middle);
    if (length(next) == 0) break;
    direction = normalized(next);
  }
  return direction;
}

void growFrom(Tree& tree, int parent, Vec3 from, std::span<Vec3> points, double leafRadius) {
  const Vec3 middle = middleOf(points);
  const bool isLeaf = points.size() <= leafPoints;
  const Vec3 to = from + (isLeaf ? 1.0 : partOfTheWay) * (middle - from);
  const auto number = static_cast<int>(tree.size());
  tree.push_back({from, to, leafRadius * std::cbrt(static_cast<double>(points.size())), parent});
  if (isLeaf) return;
  const Vec3 direction = widestDirection(points, middle);
  const auto half = std::partition(points.begin(), points.end(),
                                   [&](Vec3 point) { return dot(point - middle, direction) < 0; });
  const auto first = static_cast<std::size_t>(half - points.begin());
  if (first == 0 || first == points.size()) return;
  growFrom(tree, number, to, points.first(first), leafRadius);
  growFrom(tree, number, to, points.subspan(first), leafRadius);
}

std::vector<Vec3> placesIn(Side side, Random& random) {
  std::vector<Vec3> places;
  const auto [low, high] = lungBounds(side);
  for (double z = low.z; z < high.z; z += cellMm)
    for (double y = low.y; y < high.y; y += cellMm)
      for (double x = low.x; x < high.x; x += cellMm) {
        const Vec3 place = Vec3{x, y, z} + random.inBox(cellMm / 2);
        if (lungDistance(place, side) < -underPleuraMm) places.push_back(place);
      }
  return places;
}

Vec3 outwards(Vec3 p, Side side) {
  constexpr double step = 0.5;
  const auto slope = [&](Vec3 d) {
    return lungDistance(p + step * d, side) - lungDistance(p - step * d, side);
  };
  return normalized({slope({1, 0, 0}), slope({0, 1, 0}), slope({0, 0, 1})});
}

/// The lung bends round the heart, so a straight way may leave it: it is led along the pleura instead.
Tree within(const Tree& tree, Side side) {
  const auto freeOf = [side](Vec3 p, double radius) { return -lungDistance(p, side) - radius - 2; };
  const Tree led = bent(tree, 5, [&](Vec3 p, double radius) {
    for (int round = 0; round < 3 && radius < stemRadiusMm && freeOf(p, radius) < 0; ++round)
      p = p + freeOf(p, radius) * outwards(p, side);
    return p;
  });
  return pruned(led, [&](const Branch& branch) {
    return branch.parent >= 0 && branch.radius < stemRadiusMm && freeOf(branch.to, branch.radius) < -1;
  });
}

/// The bronchi beside the arteries, as far as a CT shows them.
Tree airwaysBeside(const Tree& arteries, Vec3 root) {
  Tree moved = arteries;
  for (Branch& branch : moved) {
    const Vec3 direction = normalized(branch.to - branch.from);
    const Vec3 beside = normalized(cross(direction, cross(Vec3{0.2, 1, 0.1}, direction)));
    const double lumen = std::min(lumenOfArtery * branch.radius, 5.2);
    branch.to = branch.to + (1.35 * lumen + branch.radius + 0.6) * beside;
    branch.from = branch.parent < 0 ? root : moved[static_cast<std::size_t>(branch.parent)].to;
    branch.radius = lumen;
  }
  return pruned(moved, [](const Branch& branch) { return branch.radius < leastLumenMm; });
}

}  // namespace

Tree grow(Vec3 root, std::span<Vec3> territory, double leafRadius) {
  Tree tree;
  if (!territory.empty()) growFrom(tree, -1, root, territory, leafRadius);
  return tree;
}

Tree pruned(const Tree& tree, const std::function<bool(const Branch&)>& drop) {
  Tree kept;
  std::vector<int> newNumber(tree.size(), -1);
  for (std::size_t n = 0; n < tree.size(); ++n) {
    Branch branch = tree[n];
    if (branch.parent >= 0) {
      branch.parent = newNumber[static_cast<std::size_t>(branch.parent)];
      if (branch.parent < 0) continue;
    }
    if (drop(branch)) continue;
    newNumber[n] = static_cast<int>(kept.size());
    kept.push_back(branch);
  }
  return kept;
}

Tree bent(const Tree& tree, double mostMm, const std::function<Vec3(Vec3, double)>& move) {
  Tree pieces;
  std::vector<int> lastPiece(tree.size(), -1);
  for (std::size_t n = 0; n < tree.size(); ++n) {
    const Branch& branch = tree[n];
    int parent = branch.parent < 0 ? -1 : lastPiece[static_cast<std::size_t>(branch.parent)];
    const int count = std::max(1, static_cast<int>(std::ceil(length(branch.to - branch.from) / mostMm)));
    for (int piece = 1; piece <= count; ++piece) {
      const Vec3 from = parent < 0 ? branch.from : pieces[static_cast<std::size_t>(parent)].to;
      const Vec3 to = branch.from + (static_cast<double>(piece) / count) * (branch.to - branch.from);
      pieces.push_back({from, move(to, branch.radius), branch.radius, parent});
      parent = static_cast<int>(pieces.size()) - 1;
    }
    lastPiece[n] = parent;
  }
  return pieces;
}

Trees growTrees(std::uint64_t seed) {
  Trees trees;
  for (const Side side : bothSides) {
    Random random(Random::mixed(seed) + static_cast<std::uint64_t>(side));
    auto places = placesIn(side, random);
    trees.arteries.push_back(within(grow(hilum(side).artery, places, leafRadiusMm), side));
    trees.airways.push_back(within(airwaysBeside(trees.arteries.back(), hilum(side).bronchus), side));
    places = placesIn(side, random);
    trees.veins.push_back(within(grow(hilum(side).vein, places, leafRadiusMm), side));
  }
  return trees;
}

}  // namespace attest::imaging::phantom
