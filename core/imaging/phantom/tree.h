#pragma once

#include <functional>
#include <span>

#include "core/imaging/phantom/shapes.h"

namespace attest::imaging::phantom {

/// A piece of a tree between two forks. Parents stand before their children.
struct Branch {
  Vec3 from;
  Vec3 to;
  double radius = 1;
  int parent = -1;  ///< -1: the stem
};
using Tree = std::vector<Branch>;

/// Fills the places of `territory` (used up) from `root` (after Tawhai, Pullan and Hunter 2000): a branch
/// goes part of the way to the middle of what it supplies, which is then halved for its two children. Widths
/// follow Murray's law: the cube of a parent's is the sum of its children's.
Tree grow(Vec3 root, std::span<Vec3> territory, double leafRadiusMm);

/// Without the branches for which `drop` holds, and without what hangs on them.
Tree pruned(const Tree& tree, const std::function<bool(const Branch&)>& drop);
/// In pieces of at most `mostMm`, whose forks and bends are moved by `move`, which gets a place and the
/// radius there.
Tree bent(const Tree& tree, double mostMm, const std::function<Vec3(Vec3, double)>& move);

/// The trees of both lungs. Arteries run beside their bronchi, veins between them.
struct Trees {
  std::vector<Tree> arteries;
  std::vector<Tree> veins;
  std::vector<Tree> airways;  ///< as wide as their lumen
};
Trees growTrees(std::uint64_t seed);

inline Tube tube(const Branch& branch) {
  return {branch.from, branch.to, branch.radius, branch.radius};
}

}  // namespace attest::imaging::phantom
