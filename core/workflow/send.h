#pragma once

#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/parallel.h"
#include "core/base/result.h"
#include "core/domain/node.h"
#include "core/domain/reader.h"
#include "core/workflow/export.h"
#include "core/workflow/services.h"

namespace attest::workflow {

/// One DICOM object of a case that was to be sent.
struct SentObject {
  std::string format;
  std::string sopInstanceUid;
  std::string reason;  ///< why it was not sent; empty: the peer confirmed it
};
struct SentCase {
  std::vector<SentObject> objects;
  std::vector<RefusedFormat> refused;  ///< formats that could not be made
};

/// Sends the last signed version of a case to a node at once, beside the outbox: for a person who asks for
/// it. Errors: not_signable (nothing is signed), not_allowed, those of exportSigned and of
/// network::Peer::send.
Result<SentCase> sendCase(Services& services, const CaseId& id, const Node& node,
                          const std::set<std::string>& formats, const Reader& reader, std::stop_token stop,
                          const Progress& progress = {});

}  // namespace attest::workflow
