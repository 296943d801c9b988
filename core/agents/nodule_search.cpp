#include "core/agents/nodule_search.h"

#include <limits>

#include "core/imaging/filters.h"

namespace attest::agents {
namespace {

constexpr double pleuraMm = 12;  ///< bridges bites into the lung up to about twice this wide
constexpr double contrastHu = 100;
constexpr double smallestMm = 3;  ///< diameter of the ball of the same volume
constexpr double largestMm = 30;

/// Falls from 1 at `good` to 0 at `bad`.
double grade(double value, double good, double bad) {
  return std::clamp((value - bad) / (good - bad), 0.0, 1.0);
}

double scoreOf(const Star& star, const StarSigns& signs) {
  const auto& axes = star.shape.axesMm();
  return grade(signs.supported + signs.wall, 0.9, 0.6) * grade(signs.through, 0.02, 0.12) *
         grade(signs.scattered, 0.02, 0.07) * grade(axes[0] / axes[2], 1.4, 2.4) *
         grade(signs.wall, 0.3, 0.6) * grade(star.coreHu - star.aroundHu, 200, 50) *
         grade(2 * star.shape.radiusMm(), 5, 2);
}

/// In voxels along the axis of the grid where there are fewest. What n slices saw and the next did not
/// measures about n, as values between slices are read on straight lines: beyond two, a third saw it.
double spannedBy(const Star& star, const Grid& grid) {
  double fewest = std::numeric_limits<double>::max();
  for (std::size_t n = 0; n < 3; ++n) {
    const Vec3 axis = grid.axes[n];
    const double mm = star.shape.reachMm(axis) + star.shape.reachMm(-1.0 * axis);
    fewest = std::min(fewest, mm / grid.spacingMm[static_cast<int>(n)]);
  }
  return grade(fewest, fullySpanned, 2);
}

/// The best of those that stand in the same place.
std::vector<NoduleCandidate> oneForEachPlace(std::vector<NoduleCandidate> all) {
  std::ranges::stable_sort(all, std::greater{}, &NoduleCandidate::score);
  std::vector<NoduleCandidate> kept;
  for (NoduleCandidate& one : all) {
    const bool known = std::ranges::any_of(kept, [&](const NoduleCandidate& other) {
      const double near = std::max(one.star.shape.radiusMm(), other.star.shape.radiusMm());
      return length(one.star.middleMm() - other.star.middleMm()) < near;
    });
    if (!known) kept.push_back(std::move(one));
  }
  return kept;
}

}  // namespace

Result<NoduleField> noduleField(const imaging::Mask& right, const imaging::Mask& left,
                                const imaging::Mask& airways, std::stop_token stop) {
  NoduleField field;
  ATTEST_TRY(const imaging::Mask closedRight, imaging::close(right, pleuraMm, stop));
  ATTEST_TRY(const imaging::Mask closedLeft, imaging::close(left, pleuraMm, stop));
  field.right = minus(minus(closedRight, left), airways);
  field.left = minus(minus(closedLeft, field.right), airways);
  return field;
}

Result<std::vector<NoduleCandidate>> findNodules(const imaging::Volume& full, const WorkingVolume& working,
                                                 const NoduleField& field, Parallel& parallel,
                                                 std::stop_token stop) {
  const imaging::Mask both = field.right | field.left;
  ATTEST_TRY(const auto blobs,
             findBlobs(working, both, {.radiiMm = {1.8, 2.5, 3.5, 5, 7, 10, 14}, .contrastHu = contrastHu},
                       parallel, stop));
  std::vector<std::optional<NoduleCandidate>> seen(blobs.size());
  parallel.forEach(blobs.size(), 8, stop, [&](std::size_t begin, std::size_t end) {
    for (std::size_t n = begin; n < end; ++n) {
      auto star = lookAround(blobs[n], full, both, contrastHu);
      if (!star) continue;
      const double diameter = 2 * star->shape.radiusMm();
      if (diameter < smallestMm || diameter > largestMm) continue;
      const StarSigns signs = signsOf(*star);
      const double score = scoreOf(*star, signs);
      const bool right = field.right.at(working.grid().nearest(star->centerMm));
      const double spanned = spannedBy(*star, full.grid());
      if (score > 0) seen[n] = NoduleCandidate{std::move(*star), signs, score, spanned, right};
    }
  });
  if (stop.stop_requested()) return fail(ErrorCode::cancelled);
  std::vector<NoduleCandidate> all;
  for (auto& one : seen)
    if (one) all.push_back(std::move(*one));
  return oneForEachPlace(std::move(all));
}

}  // namespace attest::agents
