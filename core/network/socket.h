#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/network/fault.h"

namespace attest::network {

/// A TCP connection or a listening port, never blocking by itself, without Nagle's delay. Closed with the
/// object. The calls that wait look at their stop token every 50 ms.
class Socket {
 public:
  Socket() = default;
  Socket(Socket&& other) noexcept;
  Socket& operator=(Socket&& other) noexcept;
  ~Socket();

  static Outcome<Socket> connect(const std::string& host, int port, std::chrono::milliseconds timeout,
                                 const std::stop_token& stop);
  /// Of a numeric address or a name of this machine; port 0 is any that is free. Error: busy inside `here`.
  static Outcome<Socket> listen(const std::string& address, int port);
  /// The next caller, or none.
  std::optional<Socket> accept();

  /// All of it, or a fault; `silence` is the longest time without progress.
  Outcome<> send(std::span<const std::byte> bytes, std::chrono::milliseconds silence,
                 const std::stop_token& stop);
  /// At least one byte; `closed` where the peer ended it.
  Outcome<std::size_t> receive(std::span<std::byte> to, std::chrono::milliseconds silence,
                               const std::stop_token& stop);
  /// As much as goes at once; none: nothing now.
  Outcome<std::size_t> trySend(std::span<const std::byte> bytes);
  Outcome<std::size_t> tryReceive(std::span<std::byte> to);

  int handle() const noexcept { return handle_; }
  int port() const;                 ///< of our side
  std::string peerAddress() const;  ///< numeric

 private:
  explicit Socket(int handle) : handle_(handle) {}
  Outcome<> wait(short events, std::chrono::milliseconds silence, const std::stop_token& stop) const;
  int handle_ = -1;
};

/// The numeric addresses of a host; none where its name has none.
std::vector<std::string> addressesOf(const std::string& host);

inline constexpr std::chrono::milliseconds stopLook{
    50};  ///< how often a waiting call looks at its stop token

}  // namespace attest::network
