#include "core/base/result.h"

namespace attest {

const char* name(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::cancelled:
      return "cancelled";
    case ErrorCode::not_found:
      return "not_found";
    case ErrorCode::bad_argument:
      return "bad_argument";
    case ErrorCode::bad_file:
      return "bad_file";
    case ErrorCode::unsupported:
      return "unsupported";
    case ErrorCode::bad_geometry:
      return "bad_geometry";
    case ErrorCode::too_large:
      return "too_large";
    case ErrorCode::io:
      return "io";
    case ErrorCode::disk_full:
      return "disk_full";
    case ErrorCode::database:
      return "database";
    case ErrorCode::busy:
      return "busy";
    case ErrorCode::conflict:
      return "conflict";
    case ErrorCode::not_allowed:
      return "not_allowed";
    case ErrorCode::bad_secret:
      return "bad_secret";
    case ErrorCode::rate_limited:
      return "rate_limited";
    case ErrorCode::not_signable:
      return "not_signable";
    case ErrorCode::stale:
      return "stale";
    case ErrorCode::corrupt:
      return "corrupt";
    case ErrorCode::network:
      return "network";
    case ErrorCode::refused:
      return "refused";
    case ErrorCode::internal:
      return "internal";
  }
  return "internal";
}

}  // namespace attest
