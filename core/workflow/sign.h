#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/review/review.h"
#include "core/workflow/services.h"

namespace attest::workflow {

struct SignRequest {
  CaseId id;
  std::optional<std::string>
      seenHash;  ///< review::contentHash of what the signer looked at; none: whatever is there now
};

/// Either a version or what is missing for one.
struct SignOutcome {
  std::optional<Version> version;
  std::vector<review::Missing> missing;  ///< those that block, when there is no version
};

/// Freezes one version, and confirms the sentences of agents that stand in it: who signs stands for the
/// report as it reads. `stale` with an item's id is missing where its mask is not on the images as they are
/// now. Makes the document, its hash, the signature that only the reader's secret can make; then checks
/// everything again and stores it in one transaction, with its audit event and with what is due to leave for
/// the nodes that want signed cases. Errors: bad_secret, conflict (it is signed already), not_found (also of
/// images), corrupt (a mask; images that changed in place), database.
Result<SignOutcome> signCase(Services& services, const SignRequest& request, const Reader& reader,
                             std::string_view secret);

}  // namespace attest::workflow
