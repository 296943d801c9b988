#include "core/agents/directions.h"

#include <algorithm>
#include <numbers>

namespace attest::agents {
namespace {

constexpr std::size_t howMany = 256;

}  // namespace

Directions::Directions() : beside_(howMany) {
  const double turn = std::numbers::pi * (3 - std::sqrt(5.0));  // the golden angle: a spiral without seams
  for (std::size_t n = 0; n < howMany; ++n) {
    const auto at = static_cast<double>(n);
    const double z = 1 - (2 * at + 1) / howMany;
    const double radius = std::sqrt(1 - z * z);
    vectors_.push_back({radius * std::cos(turn * at), radius * std::sin(turn * at), z});
  }
  const double near = std::cos(22 * std::numbers::pi / 180);
  for (std::size_t a = 0; a < howMany; ++a)
    for (std::size_t b = 0; b < howMany; ++b)
      if (a != b && dot(vectors_[a], vectors_[b]) >= near) beside_[a].push_back(b);
}

const Directions& Directions::all() {
  static const Directions directions;
  return directions;
}

std::size_t Directions::nearest(Vec3 direction) const {
  const auto best = std::ranges::max_element(vectors_, {}, [&](Vec3 v) { return dot(v, direction); });
  return static_cast<std::size_t>(best - vectors_.begin());
}

}  // namespace attest::agents
