#pragma once

#include <array>
#include <optional>

#include "core/imaging/phantom/anatomy.h"
#include "core/imaging/phantom/phantom.h"
#include "core/imaging/phantom/tree.h"

namespace attest::imaging::phantom {

/// Waves on a ball, so that no lesion is round.
struct Wave {
  Vec3 direction;
  double phase = 0;
  double height = 0;  ///< of the radius
};

/// A nodule in the body's own frame.
struct Lesion {
  std::string name;
  NoduleKind kind = NoduleKind::solid;
  Vec3 center;
  double radius = 1;  ///< of the ball that it is a variation of
  std::array<Wave, 3> waves;
  Vec3 stretch{1, 1, 1};
  std::optional<Side> atPleura;  ///< whose pleura cuts it off
  bool atVessel = false;
};
double distance(Vec3 p, const Lesion& lesion);
/// The farthest that it reaches from its centre.
double reach(const Lesion& lesion);
double attenuationHu(NoduleKind kind);

/// One patient: lungs with their trees, and what lies in them at the two times. `clear` has no lesions.
struct Patient {
  Trees trees;
  std::vector<Lesion> lesions;  ///< of the study that was asked for
};
Patient makePatient(Study study, std::uint64_t seed);

}  // namespace attest::imaging::phantom
