#pragma once

#include <string_view>
#include <vector>

namespace attest::casedb {

/// The texts of migrations/NNNN_*.sql in order; migration n brings PRAGMA user_version from n-1 to n.
std::vector<std::string_view> migrations();

}  // namespace attest::casedb
