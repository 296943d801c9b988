#pragma once

#include <array>

namespace attest::agents {

/// A symmetric 3 x 3 matrix.
using Matrix3 = std::array<std::array<double, 3>, 3>;

/// Its eigenvalues, the largest first (by its invariants; Smith 1961).
std::array<double, 3> eigenvalues(const Matrix3& m);

}  // namespace attest::agents
