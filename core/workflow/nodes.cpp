#include "core/workflow/nodes.h"

#include <algorithm>

#include "core/workflow/users.h"

namespace attest::workflow {
namespace {

constexpr std::size_t longestAeTitle = 16;
constexpr int highestPort = 65535;

bool isAeTitle(const std::string& title) {
  return !title.empty() && title.size() <= longestAeTitle;
}

Result<> checkNode(const Node& node) {
  const auto refuse = [](const char* what) { return fail(ErrorCode::bad_argument, what); };
  if (node.name.empty()) return refuse("the node needs a name");
  if (node.kind == NodeKind::dicomweb) {
    const bool isUrl = node.url.starts_with("https://") || node.url.starts_with("http://");
    return isUrl ? Result<>{} : refuse("a DICOMweb node needs a URL that begins with https:// or http://");
  }
  if (node.host.empty()) return refuse("the node needs a host");
  if (node.port < 1 || node.port > highestPort) return refuse("a port is 1 to 65535");
  if (!isAeTitle(node.aeTitle)) return refuse("the node needs an AE title of 1 to 16 characters");
  if (!isAeTitle(node.callingAe)) return refuse("our own AE title has 1 to 16 characters");
  return {};
}

/// The password goes nowhere else than where it was given for.
bool isSamePlace(const Node& a, const Node& b) {
  return a.kind == b.kind && a.url == b.url && a.host == b.host && a.port == b.port && a.user == b.user;
}

}  // namespace

Result<Node> nodeOf(Services& services, const std::string& name) {
  ATTEST_TRY(auto node, services.db().node(name));
  if (!node) return fail(ErrorCode::not_found, "no node of this name");
  return *std::move(node);
}

Result<> putNode(Services& services, const Node& node, const Reader& by, const std::string& before) {
  ATTEST_CHECK(require(by, identity::Act::administer));
  ATTEST_CHECK(checkNode(node));
  const std::string known = before.empty() ? node.name : before;
  ATTEST_TRY(const auto stored, services.db().node(known));
  if (known != node.name) {
    ATTEST_TRY(const auto other, services.db().node(node.name));
    if (other) return fail(ErrorCode::conflict, "another node has this name");
  }
  Node changed = node;
  if (node.user.empty()) {
    changed.password = {};
  } else if (node.password.reveal().empty() && stored && isSamePlace(node, *stored)) {
    changed.password = stored->password;
  }
  const AuditEvent event{by.id.value, "node.put", node.name, ""};
  return services.db().write(event, [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
    ATTEST_CHECK(stillMay(tx, by, identity::Act::administer));
    if (stored && known != node.name) ATTEST_CHECK(tx.removeNode(known));
    return tx.putNode(changed);
  });
}

Result<> removeNode(Services& services, const std::string& name, const Reader& by) {
  ATTEST_CHECK(require(by, identity::Act::administer));
  const AuditEvent event{by.id.value, "node.remove", name, ""};
  return services.db().write(event, [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
    ATTEST_CHECK(stillMay(tx, by, identity::Act::administer));
    return tx.removeNode(name);
  });
}

}  // namespace attest::workflow
