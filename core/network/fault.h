#pragma once

#include <string>
#include <tl/expected.hpp>

#include "core/base/result.h"

namespace attest::network {

/// What stands between us and another system, as a word that programs read.
enum class Problem {
  none,
  bad_node,            ///< what was entered cannot be: no host, no AE title, no URL
  name_not_resolved,   ///< the host's name has no address
  unreachable,         ///< no way to the address
  connection_refused,  ///< the machine is there, nothing listens on this port
  timeout,             ///< no answer in time
  closed,              ///< it ended the connection in the middle
  not_dicom,           ///< something else than DICOM listens on this port
  called_ae_unknown,   ///< the peer has another AE title than the one entered
  calling_ae_unknown,  ///< the peer does not know our AE title
  rejected,            ///< the association, for another reason
  not_supported,       ///< it speaks DICOM, but does not offer this service or this kind of object
  tls,                 ///< certificate or protocol
  password_needed,
  forbidden,
  moved,           ///< a redirect; it is never followed
  not_dicomweb,    ///< a web server, but no DICOMweb under this URL
  http_status,     ///< another answer than expected
  service_failed,  ///< the peer took the request and says that it failed
  too_large,       ///< it sent more than the limits allow
  protocol,        ///< it broke the rules
  cancelled,       ///< by us
  here             ///< not the peer's: a file or a disk of ours
};
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
