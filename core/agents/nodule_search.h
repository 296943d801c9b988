#pragma once

#include <array>
#include <stop_token>
#include <vector>

#include "core/agents/star.h"

namespace attest::agents {

/// A lung with what bites into it from the side: nodules and vessels at the pleura belong to the field in
/// which nodules are looked for. On the working grid.
struct NoduleField {
  imaging::Mask right;
  imaging::Mask left;
};
/// `airways` may be empty. Errors: cancelled.
Result<NoduleField> noduleField(const imaging::Mask& right, const imaging::Mask& left,
                                const imaging::Mask& airways, std::stop_token stop);

/// In steps between slices: what is smaller counts less, and may be missed.
inline constexpr double fullySpanned = 2.75;

struct NoduleCandidate {
  Star star;
  StarSigns signs;
  double score = 0;  ///< 0 to 1, how much it looks like a nodule
  /// 0 to 1, whether it spans voxels enough for its looks to mean something: where a vessel crosses slices
  /// that are far apart, it comes and goes like a nodule.
  double spanned = 0;
  bool right = false;

  double rank() const { return score * spanned; }
};

/// Round dense spots of 3 to 30 mm in the field, the highest score first, one for each place. Errors:
/// cancelled.
Result<std::vector<NoduleCandidate>> findNodules(const imaging::Volume& full, const WorkingVolume& working,
                                                 const NoduleField& field, Parallel& parallel,
                                                 std::stop_token stop);

}  // namespace attest::agents
