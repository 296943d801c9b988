#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/network/object.h"

namespace attest::network {

class Server;

/// Who may talk to the listener.
struct Caller {
  std::string aeTitle;  ///< empty: any
  std::string host;     ///< name or address it must come from; empty: any
};

struct ListenerSettings {
  std::string aeTitle = "ATTEST";     ///< ours; a caller must know it
  std::string address = "127.0.0.1";  ///< to listen on; "0.0.0.0" or "::" for every network
  int port = 11112;                   ///< 0: any that is free
  std::vector<Caller> callers;        ///< empty: nobody
  std::size_t associations = 16;      ///< at once
  std::size_t objectBytes = std::size_t{1} << 30;
  std::size_t memoryBytes = std::size_t{4} << 30;  ///< of all objects that are just arriving
  std::chrono::milliseconds silence{60'000};       ///< then a caller that says nothing is sent away
};

/// Keeps an object for good. Only after it answered without an error the sender is told that it may forget
/// the object. disk_full: out of resources; bad_file: cannot understand; not_allowed; any other: failed here.
using KeepObject = std::function<Result<>(const ReceivedObject& object)>;

/// Storage and verification for others: C-STORE of every storage class and transfer syntax, C-ECHO. One
/// thread serves all associations at once; a slow one holds up nobody, only `keep` does.
class Listener {
 public:
  /// Holds the port. Errors: busy (another program has it), bad_argument (address), network.
  static Result<std::unique_ptr<Listener>> open(ListenerSettings settings, KeepObject keep);
  ~Listener();

  int port() const noexcept;
  /// Replaces who may talk to it; for associations that begin from now on. From any thread.
  void allow(std::vector<Caller> callers);
  /// Serves until `stop`, then ends every association. Blocks its thread: the owner calls it inside a job of
  /// its own (jobs::Lane::network). Errors: network (the port broke).
  Result<> serve(std::stop_token stop);

 private:
  explicit Listener(std::unique_ptr<Server> server);
  std::unique_ptr<Server> server_;
};

}  // namespace attest::network
