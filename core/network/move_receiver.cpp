#include "core/network/move_receiver.h"

#include <algorithm>

namespace attest::network {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int stepsToLeave = 10;  ///< for the peer to release what it stored over

}  // namespace

std::size_t subOperations(const Command& response) {
  return std::size_t{response.remaining.value_or(0)} + response.completed.value_or(0) +
         response.failed.value_or(0) + response.warned.value_or(0);
}

Outcome<> conclude(const Command& last, const std::string& service, FetchReport& report) {
  report.failed = last.failed.value_or(0);
  if (last.status == status::success) return {};
  report.reason = service + ": " + meaning(last.status);
  if (report.received + report.elsewhere > 0) return {};
  return trouble(Problem::service_failed, report.reason);
}

Outcome<> MoveReceiver::listen(const Node& node) {
  ListenerSettings settings;
  settings.aeTitle = node.callingAe;
  settings.address = request_.listenAddress;
  settings.port = request_.listenPort;
  settings.callers = {{node.aeTitle, ""}, {"", node.host}};  // an archive may send under another name
  settings.objectBytes = limits_.objectBytes;
  settings.silence = limits_.silence;
  auto server =
      Server::open(std::move(settings), [this](const ReceivedObject& object) { return keep(object); });
  if (server) {
    server_ = *std::move(server);
  } else if (server.error().error.code != ErrorCode::busy) {
    return fail(server.error());
  }
  return {};
}

Result<> MoveReceiver::keep(const ReceivedObject& object) {
  Result<> kept = report_.received < limits_.objects
                      ? sink_(object)
                      : fail(ErrorCode::too_large, "the study has more objects than the limits allow");
  if (!kept) {
    refused_ = kept.error();
    return kept;
  }
  ++report_.received;
  if (progress_) progress_(report_.received, std::max(expected_, report_.received));
  return {};
}

Outcome<> MoveReceiver::awaitResponse(Association& peer, const std::stop_token& stop) {
  if (server_ == nullptr) return peer.receive();
  auto lastSign = Clock::now();
  for (std::size_t seen = report_.received; !stop.stop_requested();) {
    ATTEST_CHECK(server_->step(stopLook, peer.handle()));
    if (refused_) return trouble(*refused_);
    ATTEST_TRY(const bool answers, peer.hasMore());
    if (answers) return peer.receive();
    if (seen != report_.received) lastSign = Clock::now();
    seen = report_.received;
    if (Clock::now() - lastSign > limits_.silence) {
      return trouble(Problem::timeout, "the peer took the C-MOVE, but nothing comes");
    }
  }
  return trouble(Problem::cancelled, "stopped");
}

Outcome<FetchReport> MoveReceiver::run(Association& peer, const std::stop_token& stop) {
  while (true) {
    ATTEST_CHECK(awaitResponse(peer, stop));
    const Command& response = peer.message().command();
    if (response.verb != Verb::move || !response.isResponse) {
      return trouble(Problem::protocol, "the peer sent what does not belong into a C-MOVE");
    }
    expected_ = std::max(expected_, subOperations(response));
    if (server_ == nullptr) {
      report_.elsewhere = std::size_t{response.completed.value_or(0)} + response.warned.value_or(0);
      if (progress_) progress_(report_.elsewhere, std::max(expected_, report_.elsewhere));
    }
    if (status::isPending(response.status)) continue;
    ATTEST_CHECK(conclude(response, "C-MOVE", report_));
    peer.release();
    for (int i = 0; i < stepsToLeave && server_ != nullptr && server_->associations() > 0; ++i) {
      ATTEST_CHECK(server_->step(stopLook));
    }
    return report_;
  }
}

}  // namespace attest::network
