#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace attest {

/// What went wrong, as a word that programs read. The words for people are made in `ui` and `app`.
enum class ErrorCode {
  cancelled,
  not_found,
  bad_argument,
  bad_file,      ///< empty, truncated, not DICOM, damaged
  unsupported,   ///< a valid file that this version does not read
  bad_geometry,  ///< geometry is missing, contradictory, or not what was asked for
  too_large,     ///< beyond a stated limit (rows, frames, lengths)
  io,            ///< the file system answered with an error
  disk_full,
  database,
  busy,         ///< another program holds it; trying again may work
  conflict,     ///< the same identity with other content
  not_allowed,  ///< the reader's role does not permit it
  bad_secret,
  rate_limited,  ///< too many wrong secrets; `detail` has the seconds to wait
  not_signable,
  stale,    ///< it changed since the caller looked
  corrupt,  ///< a stored value does not match its hash
  network,  ///< another system cannot be reached or broke off; trying again may work
  refused,  ///< another system answered, and said no
  internal
};

/// The word of a code, as the command line prints it: "not_found".
const char* name(ErrorCode code) noexcept;

/// `detail` is for the log and the command line's message; it never holds patient data.
struct Error {
  ErrorCode code;
  std::string detail;
};

/// The one error channel: a T, or why there is none. Exceptions of libraries end at their room's wall.
template <class T = void>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string detail = {}) {
  return tl::unexpected(Error{code, std::move(detail)});
}

/// Hands an error of one Result on as that of another.
inline tl::unexpected<Error> fail(Error error) {
  return tl::unexpected(std::move(error));
}

}  // namespace attest

// __COUNTER__, because all lines of a macro's argument are one __LINE__, and a lambda inside one may use them
// again.
#define ATTEST_JOIN_INNER(a, b) a##b
#define ATTEST_JOIN(a, b) ATTEST_JOIN_INNER(a, b)
#define ATTEST_TRY_AS(result, target, expression)                \
  auto result = (expression);                                    \
  if (!result) return ::attest::fail(std::move(result).error()); \
  target = *std::move(result)
#define ATTEST_CHECK_AS(result, expression) \
  if (auto result = (expression); !result) return ::attest::fail(std::move(result).error())

/// `ATTEST_TRY(auto x, f())`: x is the value of f(), or the enclosing function returns its error.
#define ATTEST_TRY(target, expression) ATTEST_TRY_AS(ATTEST_JOIN(attempt_, __COUNTER__), target, expression)
/// `ATTEST_CHECK(f())`: the enclosing function returns the error of f() if there is one.
#define ATTEST_CHECK(expression) ATTEST_CHECK_AS(ATTEST_JOIN(attempt_, __COUNTER__), expression)
