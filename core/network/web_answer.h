#pragma once

#include "core/network/http.h"

namespace attest::network {

/// What a status of DICOMweb means that is not among the good ones (200, 202, 204).
Outcome<> checkStatus(const HttpResponse& response, const Node& node);
/// The URL's root without a slash at its end. Fault: bad_node, also where it holds a password.
Outcome<std::string> rootOf(const Node& node);
/// What goes to the node can be read on its way: no TLS, and another machine.
bool goesUnencrypted(const Node& node);
/// What a failure reason of STOW-RS (0008,1197) means.
std::string refusal(int reason);

}  // namespace attest::network
