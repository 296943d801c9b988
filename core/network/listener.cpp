#include "core/network/listener.h"

#include "core/network/server.h"

namespace attest::network {

Listener::Listener(std::unique_ptr<Server> server) : server_(std::move(server)) {}
Listener::~Listener() = default;

Result<std::unique_ptr<Listener>> Listener::open(ListenerSettings settings, KeepObject keep) {
  auto server = Server::open(std::move(settings), std::move(keep));
  if (!server) return fail(toError(server.error()));
  return std::unique_ptr<Listener>(new Listener(*std::move(server)));
}

int Listener::port() const noexcept {
  return server_->port();
}

void Listener::allow(std::vector<Caller> callers) {
  server_->allow(std::move(callers));
}

Result<> Listener::serve(std::stop_token stop) {
  while (!stop.stop_requested()) {
    if (const auto served = server_->step(stopLook); !served) return fail(toError(served.error()));
  }
  server_->abortAll();
  return {};
}

}  // namespace attest::network
