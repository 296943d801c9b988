#pragma once

#include <string>
#include <tl/expected.hpp>

#include "core/base/result.h"
#include "core/domain/node.h"

namespace attest::network {

using Problem = NodeProblem;
/// The word that programs read.
const char* name(Problem problem) noexcept;

/// A problem with the error that callers outside of this room see. `error.detail` says in words what is
/// wrong; it never holds patient data.
struct Fault {
  Problem problem = Problem::none;
  Error error;
};

template <class T = void>
using Outcome = tl::expected<T, Fault>;

inline Error toError(Fault fault) {
  return std::move(fault.error);
}

/// A problem in words; its error code follows from it.
tl::unexpected<Fault> trouble(Problem problem, std::string detail);
/// An error of our own side.
inline tl::unexpected<Fault> trouble(Error error) {
  const Problem problem = error.code == ErrorCode::cancelled ? Problem::cancelled : Problem::here;
  return tl::unexpected(Fault{problem, std::move(error)});
}

}  // namespace attest::network

namespace attest {

/// Hands a fault on, for ATTEST_TRY and ATTEST_CHECK.
inline tl::unexpected<network::Fault> fail(network::Fault fault) {
  return tl::unexpected(std::move(fault));
}

}  // namespace attest
