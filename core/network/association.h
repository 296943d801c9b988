#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/domain/node.h"
#include "core/network/message.h"
#include "core/network/peer.h"
#include "core/network/socket.h"

namespace attest::network {

/// A data set that is sent piece by piece.
struct Payload {
  std::uint64_t size = 0;
  std::function<Result<>(std::span<std::byte> to)> read;  ///< fills all of `to`

  static Payload of(std::span<const std::byte> bytes);  ///< which must live as long
};

/// Our side of an association that we ask for. Whatever goes wrong, the object then only has to be destroyed;
/// that aborts what was not released.
class Association {
 public:
  static Outcome<Association> request(const Node& node, std::vector<Context> contexts,
                                      std::vector<std::string> storingRoles, const Limits& limits,
                                      const std::stop_token& stop);
  Association(Association&&) noexcept = default;
  Association& operator=(Association&&) = delete;
  ~Association();

  /// The accepted context of a class, in that transfer syntax where one is named.
  const Context* find(const std::string& abstractSyntax, const std::string& transferSyntax = {}) const;
  const Context* find(std::uint8_t id) const;
  const std::string& implementation() const { return accepted_.implementation; }

  Outcome<> send(const Context& context, Command command, const Payload& data = {});
  /// The next whole message; it lives until the next call.
  Outcome<> receive();
  const MessageReader& message() const { return message_; }
  void setDataLimit(std::size_t bytes) { message_.setLimit(bytes); }
  /// The message as a file of an object that was stored to us; none where it is not one we agreed to.
  Outcome<ReceivedObject> object();
  void release();

  int handle() const { return socket_.handle(); }
  /// Bytes are here already that receive() would take first.
  Outcome<bool> hasMore();

 private:
  Association(Socket socket, const Node& node, const Limits& limits, std::stop_token stop);
  Outcome<PduReader::Pdu> nextPdu();
  Outcome<> negotiate(Associate request);
  Outcome<> sendFragments(std::uint8_t context, bool isCommand, const Payload& data);

  Socket socket_;
  std::string calledAe_;
  std::string callingAe_;
  Limits limits_;
  std::stop_token stop_;
  PduReader reader_;
  MessageReader message_;
  std::vector<Fragment> fragments_;  ///< of the unit that receive() is in
  std::size_t fragment_ = 0;
  std::vector<Context> proposed_;
  Associate accepted_;
  std::uint16_t lastId_ = 0;
  bool isOpen_ = false;
};

/// One service in the usual uncompressed transfer syntaxes.
Context serviceContext(std::uint8_t id, const std::string& abstractSyntax);

namespace service {
inline const std::string verification = "1.2.840.10008.1.1";
inline const std::string studyFind = "1.2.840.10008.5.1.4.1.2.2.1";
inline const std::string studyMove = "1.2.840.10008.5.1.4.1.2.2.2";
inline const std::string studyGet = "1.2.840.10008.5.1.4.1.2.2.3";
}  // namespace service

}  // namespace attest::network
