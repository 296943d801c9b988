#pragma once

#include <span>
#include <vector>

#include "core/base/geometry.h"

namespace attest::agents {

/// Unit vectors spread evenly over the sphere, in patient space, and who is beside whom.
class Directions {
 public:
  /// The one set that all searches share.
  static const Directions& all();

  std::span<const Vec3> vectors() const { return vectors_; }
  std::size_t size() const { return vectors_.size(); }
  /// The index of the vector nearest to `direction`, which need not have length 1.
  std::size_t nearest(Vec3 direction) const;
  /// The vectors within 22 degrees of vector n, without itself.
  std::span<const std::size_t> beside(std::size_t n) const { return beside_[n]; }

 private:
  Directions();

  std::vector<Vec3> vectors_;
  std::vector<std::vector<std::size_t>> beside_;
};

}  // namespace attest::agents
