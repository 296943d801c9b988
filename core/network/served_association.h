#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "core/network/listener.h"
#include "core/network/message.h"
#include "core/network/socket.h"

namespace attest::network {

/// One association that somebody asked us for, driven by what arrives; it never waits.
class ServedAssociation {
 public:
  using Admit = std::function<std::optional<Reject>(const Associate& request, const std::string& address)>;

  ServedAssociation(Socket socket, const Admit& admit, const KeepObject& keep);

  int handle() const { return socket_.handle(); }
  /// Answers have to leave before more is read: a caller that does not take them is not heard.
  bool wantsToSend() const { return !outbox_.empty(); }
  bool isOver() const { return isOver_; }
  bool isAdmitted() const { return !callingAe_.empty(); }
  std::size_t held() const { return message_.held(); }

  void onReadable(std::size_t dataLimit);
  void onWritable();
  /// Ends it where nothing came for so long; less patience before the association stands.
  void checkSilence(std::chrono::milliseconds silence);
  void abort();

 private:
  Outcome<> handle(const PduReader::Pdu& pdu);
  Outcome<> handleData(std::span<const std::byte> body);
  void negotiate(Associate request);
  Outcome<> answerMessage();
  std::uint16_t store();
  void say(const Buffer& bytes);

  Socket socket_;
  const Admit& admit_;
  const KeepObject& keep_;
  PduReader reader_;
  MessageReader message_;
  Buffer outbox_;
  std::string callingAe_;
  std::vector<Context> contexts_;
  std::chrono::steady_clock::time_point lastHeard_ = std::chrono::steady_clock::now();
  bool isLeaving_ = false;  ///< over as soon as the outbox is empty
  bool isOver_ = false;
};

}  // namespace attest::network
