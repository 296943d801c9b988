#include "core/network/peer.h"

#include "core/network/dimse_peer.h"
#include "core/network/web_peer.h"

namespace attest::network {

std::unique_ptr<Peer> Peer::make(const Node& node, const Limits& limits) {
  if (node.kind == NodeKind::dicomweb) return std::make_unique<WebPeer>(node, limits);
  return std::make_unique<DimsePeer>(node, limits);
}

}  // namespace attest::network
