#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/domain/node.h"
#include "core/network/association.h"
#include "core/network/fault.h"
#include "core/network/peer.h"

namespace attest::network {

struct HttpRequest {
  std::string url;
  std::vector<std::string> headers;
  std::optional<Payload> body;  ///< sent by POST; without it the request is a GET
};
struct HttpResponse {
  long status = 0;
  std::string contentType;
  std::string location;                 ///< of a redirect
  std::string body;                     ///< where nobody took it
  std::chrono::microseconds latency{};  ///< from the request to the first byte of the answer
};
/// Takes the body of a good answer (status 200) as it comes; an outcome that is a fault ends the transfer.
using BodySink = std::function<Outcome<>(const HttpResponse& head, std::span<const std::byte> bytes)>;

/// One connection to a web server that is used again and again. Certificates are checked; redirects are never
/// followed, so that neither patients' data nor a password goes where nobody meant it to.
class Http {
 public:
  Http(const Node& node, const Limits& limits);
  ~Http();
  Http(const Http&) = delete;
  Http& operator=(const Http&) = delete;

  /// The answer, whatever its status. Without a sink its body is at most 64 MiB.
  Outcome<HttpResponse> call(const HttpRequest& request, const std::stop_token& stop,
                             const BodySink& sink = {});

 private:
  struct Transfer;
  void prepare(Transfer& transfer, const HttpRequest& request);
  /// Ends the transfer; `code` is libcurl's.
  Outcome<HttpResponse> finish(Transfer& transfer, int code);
  struct State;
  std::unique_ptr<State> state_;
  Limits limits_;
};

/// Percent-encoding of a value in a query.
std::string urlEncoded(const std::string& text);

}  // namespace attest::network
