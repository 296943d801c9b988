#include "core/agents/star.h"

#include <numbers>
#include <numeric>

#include "core/agents/sampler.h"

namespace attest::agents {
namespace {

/// Looks from one place; a template on the voxel's type.
template <class T>
class Look {
 public:
  Look(const Grid& full, std::span<const T> values, const imaging::Mask& field)
      : sampler_(full, values), toVoxel_(full), toField_(field.grid()), field_(field) {}

  /// What is in the middle, and beside it; `radius` is a guess. False where there is no lung beside it.
  bool levels(Star& star, double radius) const {
    const Vec3 center = toVoxel_.of(star.centerMm);
    std::vector<double> core{sampler_.at(center)};
    std::vector<double> around;
    const auto directions = Directions::all().vectors();
    for (std::size_t n = 0; n < directions.size(); n += 2) {
      const Vec3 u = toVoxel_.step(directions[n]);
      core.push_back(sampler_.at(center + 0.25 * radius * u));
      core.push_back(sampler_.at(center + 0.45 * radius * u));
      for (const double far : {1.25 * radius + 1.5, 1.5 * radius + 2.5, 1.75 * radius + 3.5})
        if (inField(toField_.of(star.centerMm + far * directions[n])))
          around.push_back(sampler_.at(center + far * u));
    }
    if (around.size() < directions.size() / 3) return false;
    star.coreHu = quantile(core, 0.5);
    star.aroundHu = quantile(around, 0.35);
    return true;
  }

  void cast(Star& star, double longest) const {
    const Vec3 center = toVoxel_.of(star.centerMm);
    const auto directions = Directions::all().vectors();
    const Vec3 place = toField_.of(star.centerMm);
    const double level = star.levelHu();
    const double stepMm = std::clamp(longest / 40, 0.35, 1.0);
    star.edges.assign(directions.size(), Edge::open);
    star.reachMm.assign(directions.size(), longest);
    for (std::size_t n = 0; n < directions.size(); ++n) {
      const Vec3 u = toVoxel_.step(directions[n]);
      const Vec3 v = toField_.step(directions[n]);
      double before = sampler_.at(center);
      for (double far = stepMm; far <= longest; far += stepMm) {
        const double value = sampler_.at(center + far * u);
        if (value < level) {
          star.edges[n] = Edge::air;
          star.reachMm[n] = before > level ? far - stepMm * (level - value) / (before - value) : far - stepMm;
          break;
        }
        if (!inField(place + far * v)) {
          star.edges[n] = Edge::wall;
          star.reachMm[n] = far;
          break;
        }
        before = value;
      }
    }
  }

  /// The point spread whose edge is as steep as the star's are.
  double blur(const Star& star) const {
    constexpr double halfMm = 0.4;
    const Vec3 center = toVoxel_.of(star.centerMm);
    const auto directions = Directions::all().vectors();
    std::vector<double> drops;
    for (std::size_t n = 0; n < directions.size(); ++n) {
      if (!star.isSupported(n)) continue;
      const Vec3 u = toVoxel_.step(directions[n]);
      drops.push_back(sampler_.at(center + std::max(0.0, star.reachMm[n] - halfMm) * u) -
                      sampler_.at(center + (star.reachMm[n] + halfMm) * u));
    }
    if (drops.empty()) return 0;
    const double slope = quantile(drops, 0.5) / (2 * halfMm);
    return (star.coreHu - star.aroundHu) / (slope * std::sqrt(2 * std::numbers::pi));
  }

 private:
  static double quantile(std::vector<double>& values, double part) {
    const auto at =
        values.begin() + static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1));
    std::ranges::nth_element(values, at);
    return *at;
  }
  bool inField(Vec3 index) const {
    const auto nearest = [](double at) { return at < -0.5 ? -1 : static_cast<int>(at + 0.5); };
    return field_.at({nearest(index.x), nearest(index.y), nearest(index.z)});
  }

  Sampler<T> sampler_;
  ToIndex toVoxel_;
  ToIndex toField_;
  const imaging::Mask& field_;
};

/// The radius that half of all rays do not pass; none where more than half meet no air.
std::optional<double> medianReach(const Star& star) {
  std::vector<double> reach;
  for (std::size_t n = 0; n < star.edges.size(); ++n)
    if (star.edges[n] == Edge::air) reach.push_back(star.reachMm[n]);
  const std::size_t half = star.edges.size() / 2;
  if (reach.size() <= half) return std::nullopt;
  std::ranges::nth_element(reach, reach.begin() + static_cast<std::ptrdiff_t>(half));
  return reach[half];
}

/// Where rays meet air near the last guess holds; the others follow the guess, with less weight.
bool fitShape(Star& star) {
  constexpr double smallestMm = 0.4;
  const auto radius = medianReach(star);
  if (!radius || *radius < smallestMm) return false;
  star.shape = Ellipsoid(*radius);
  const auto directions = Directions::all().vectors();
  for (const double tolerance : {0.4, 0.35, 0.3, 0.25}) {
    std::vector<Ellipsoid::Point> points;
    for (std::size_t n = 0; n < directions.size(); ++n) {
      const double expected = star.shape.reachMm(directions[n]);
      const bool holds = star.edges[n] == Edge::air && std::abs(star.reachMm[n] / expected - 1) < tolerance;
      points.push_back({(holds ? star.reachMm[n] : expected) * directions[n], holds ? 1.0 : 0.2});
    }
    const auto next = Ellipsoid::fit(points);
    if (!next) return false;
    star.shape = *next;
  }
  return true;
}

/// So few rays end where the shape does that no better middle will mend it.
bool isHopeless(const Star& star) {
  constexpr double least = 0.35;
  std::size_t ends = 0;
  for (std::size_t n = 0; n < star.edges.size(); ++n)
    ends += star.edges[n] == Edge::wall || star.isSupported(n) ? 1 : 0;
  return static_cast<double>(ends) < least * static_cast<double>(star.edges.size());
}

template <class T>
std::optional<Star> lookFrom(const Look<T>& look, const Blob& blob, double contrastHu) {
  constexpr double largestMm = 20;
  constexpr int mostRounds = 6;
  constexpr double closeMm = 0.15;
  Star star;
  star.centerMm = blob.centerMm;
  double radius = blob.radiusMm;
  for (int round = 0; round < mostRounds; ++round) {
    if (!look.levels(star, radius) || star.coreHu - star.aroundHu < contrastHu) return std::nullopt;
    look.cast(star, 2.5 * radius + 3);
    if (!fitShape(star)) return std::nullopt;
    if (round == 0 && isHopeless(star)) return std::nullopt;
    const Vec3 shift = star.shape.centerMm();
    radius = star.shape.radiusMm();
    if (radius > largestMm) return std::nullopt;
    if (length(shift) < closeMm && round > 0) break;
    if (round + 1 < mostRounds)
      star.centerMm = star.centerMm + std::min(1.0, radius / (length(shift) + 1e-9)) * shift;
  }
  star.blurMm = look.blur(star);
  return star;
}

}  // namespace

bool Star::isSupported(std::size_t n) const {
  if (edges[n] != Edge::air) return false;
  const double part = reachMm[n] / shape.reachMm(Directions::all().vectors()[n]);
  return part > 0.7 && part < 1.35;
}

std::optional<Star> lookAround(const Blob& blob, const imaging::Volume& full, const imaging::Mask& field,
                               double contrastHu) {
  return imaging::visit(
      full, [&](auto values) { return lookFrom(Look(full.grid(), values, field), blob, contrastHu); });
}

/// How many of the rays lie in the largest patch of neighbours.
std::size_t largestPatch(std::vector<bool> rays) {
  std::size_t largest = 0;
  std::vector<std::size_t> patch;
  for (std::size_t n = 0; n < rays.size(); ++n) {
    if (!rays[n]) continue;
    rays[n] = false;
    patch.assign(1, n);
    for (std::size_t at = 0; at < patch.size(); ++at)
      for (const std::size_t next : Directions::all().beside(patch[at])) {
        if (!rays[next]) continue;
        rays[next] = false;
        patch.push_back(next);
      }
    largest = std::max(largest, patch.size());
  }
  return largest;
}

StarSigns signsOf(const Star& star) {
  const auto directions = Directions::all().vectors();
  const std::size_t count = directions.size();
  std::vector<bool> isOpen(count);
  StarSigns signs;
  for (std::size_t n = 0; n < count; ++n) {
    const double expected = star.shape.reachMm(directions[n]);
    signs.supported += star.isSupported(n) ? 1 : 0;
    const bool beyond = star.reachMm[n] > 1.35 * expected;
    signs.wall += star.edges[n] == Edge::wall ? 1 : 0;
    isOpen[n] = beyond && star.edges[n] != Edge::wall;
    signs.open += isOpen[n] ? 1 : 0;
  }
  const double opposite = std::cos(35 * std::numbers::pi / 180);
  for (std::size_t a = 0; a < count; ++a) {
    if (!isOpen[a]) continue;
    for (std::size_t b = 0; b < count; ++b)
      if (isOpen[b] && dot(directions[a], directions[b]) < -opposite) {
        ++signs.through;
        break;
      }
  }
  signs.scattered = signs.open - static_cast<double>(largestPatch(isOpen));
  const auto total = static_cast<double>(count);
  signs.supported /= total;
  signs.wall /= total;
  signs.open /= total;
  signs.scattered /= total;
  signs.through /= total;
  return signs;
}

}  // namespace attest::agents
