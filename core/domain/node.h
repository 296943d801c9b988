#pragma once

#include <optional>
#include <string>

#include "core/base/phi.h"

namespace attest {

enum class NodeKind { dimse, dicomweb };
const char* name(NodeKind kind) noexcept;
std::optional<NodeKind> nodeKind(const std::string& name);

/// Another system that speaks DICOM: a PACS, an archive.
struct Node {
  std::string name;  ///< how people call it; unique
  NodeKind kind = NodeKind::dimse;
  std::string aeTitle;               ///< of the peer; DIMSE only
  std::string host;                  ///< DIMSE only
  int port = 104;                    ///< DIMSE only
  std::string callingAe = "ATTEST";  ///< how we name ourselves; DIMSE only
  std::string url;                   ///< root of QIDO, WADO and STOW: "https://pacs/dicom-web"
  std::string user;                  ///< of HTTP basic authentication; empty: none
  Phi<std::string> password;
  bool deliver = false;  ///< signed cases are sent there
  bool accept = false;   ///< its AE title may send to our listener
  bool operator==(const Node&) const = default;
};

/// What stands between us and a node.
enum class NodeProblem {
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

}  // namespace attest
