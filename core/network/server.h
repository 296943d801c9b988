#pragma once

#include <chrono>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/network/fault.h"
#include "core/network/listener.h"
#include "core/network/served_association.h"
#include "core/network/socket.h"

namespace attest::network {

/// The listener without a loop of its own: whoever calls step() serves all associations by that.
class Server {
 public:
  static Outcome<std::unique_ptr<Server>> open(ListenerSettings settings, KeepObject keep);

  /// Waits up to `wait` until somebody says something, or `alsoWake` can be read, and answers what is there.
  /// Blocks only inside of `keep`. Fault: the port broke.
  Outcome<> step(std::chrono::milliseconds wait, int alsoWake = -1);
  void allow(std::vector<Caller> callers);  ///< from any thread
  int port() const { return socket_.port(); }
  void abortAll();
  std::size_t associations() const { return open_.size(); }

 private:
  /// A caller with the addresses of its host, resolved once.
  struct Known {
    std::string aeTitle;
    bool fromAnywhere = true;
    std::vector<std::string> addresses;
  };
  Server(Socket socket, ListenerSettings settings, KeepObject keep);
  bool isKnown(const std::string& aeTitle, const std::string& address) const;
  std::optional<Reject> admit(const Associate& request, const std::string& address) const;
  void acceptAll();
  std::size_t memoryLeft() const;

  Socket socket_;
  ListenerSettings settings_;
  KeepObject keep_;
  ServedAssociation::Admit admit_;
  std::list<ServedAssociation> open_;
  mutable std::mutex mutex_;
  std::vector<Known> known_;  ///< guarded by mutex_
};

}  // namespace attest::network
