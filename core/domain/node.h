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

}  // namespace attest
