#include "core/network/fault.h"

#include <array>

namespace attest::network {
namespace {

struct Row {
  const char* word;
  ErrorCode code;
};

// In the order of Problem.
constexpr std::array table{
    Row{"none", ErrorCode::internal},
    Row{"bad_node", ErrorCode::bad_argument},
    Row{"name_not_resolved", ErrorCode::network},
    Row{"unreachable", ErrorCode::network},
    Row{"connection_refused", ErrorCode::network},
    Row{"timeout", ErrorCode::network},
    Row{"closed", ErrorCode::network},
    Row{"not_dicom", ErrorCode::network},
    Row{"called_ae_unknown", ErrorCode::refused},
    Row{"calling_ae_unknown", ErrorCode::refused},
    Row{"rejected", ErrorCode::refused},
    Row{"not_supported", ErrorCode::refused},
    Row{"tls", ErrorCode::network},
    Row{"password_needed", ErrorCode::refused},
    Row{"forbidden", ErrorCode::refused},
    Row{"moved", ErrorCode::network},
    Row{"not_dicomweb", ErrorCode::network},
    Row{"http_status", ErrorCode::network},
    Row{"service_failed", ErrorCode::refused},
    Row{"too_large", ErrorCode::too_large},
    Row{"protocol", ErrorCode::network},
    Row{"cancelled", ErrorCode::cancelled},
    Row{"here", ErrorCode::io},
};
static_assert(table.size() == static_cast<std::size_t>(Problem::here) + 1);

const Row& row(Problem problem) {
  return table[static_cast<std::size_t>(problem)];
}

}  // namespace

const char* name(Problem problem) noexcept {
  return row(problem).word;
}

tl::unexpected<Fault> trouble(Problem problem, std::string detail) {
  return tl::unexpected(Fault{problem, {row(problem).code, std::move(detail)}});
}

}  // namespace attest::network
