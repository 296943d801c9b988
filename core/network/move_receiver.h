#pragma once

#include <memory>
#include <optional>

#include "core/network/association.h"
#include "core/network/server.h"

namespace attest::network {

/// Our end of a C-MOVE: a listener on the thread of the caller, for as long as the move lasts.
class MoveReceiver {
 public:
  MoveReceiver(const FetchRequest& request, const Sink& sink, const Progress& progress, const Limits& limits)
      : request_(request), sink_(sink), progress_(progress), limits_(limits) {}
  /// Takes the port; where our own listener has it, the objects go there.
  Outcome<> listen(const Node& node);
  /// From the request on, which was sent, to the last response.
  Outcome<FetchReport> run(Association& peer, const std::stop_token& stop);

 private:
  Result<> keep(const ReceivedObject& object);
  Outcome<> awaitResponse(Association& peer, const std::stop_token& stop);

  const FetchRequest& request_;
  const Sink& sink_;
  const Progress& progress_;
  const Limits& limits_;
  std::unique_ptr<Server> server_;
  std::optional<Error> refused_;  ///< by the sink
  std::size_t expected_ = 0;
  FetchReport report_;
};

/// The sub-operations that a response of C-GET or C-MOVE counts.
std::size_t subOperations(const Command& response);
/// What the last response says; a fault where nothing was done at all.
Outcome<> conclude(const Command& last, const std::string& service, FetchReport& report);

}  // namespace attest::network
