#include "core/network/socket.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>

namespace attest::network {
namespace {

using Clock = std::chrono::steady_clock;
using Addresses = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

constexpr int backlog = 64;

std::string words(int error) {
  return std::generic_category().message(error);
}

std::string place(const std::string& host, int port) {
  return host + " port " + std::to_string(port);
}

Addresses resolve(const std::string& host, int port, int flags) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = flags;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) found = nullptr;
  return {found, &freeaddrinfo};
}

int makeSocket(const addrinfo& address) {
  const int handle =
      socket(address.ai_family, address.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, address.ai_protocol);
  const int on = 1;
  if (handle >= 0) setsockopt(handle, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return handle;
}

std::string numeric(const sockaddr_storage& address, socklen_t length) {
  std::array<char, NI_MAXHOST> text{};
  getnameinfo(reinterpret_cast<const sockaddr*>(&address), length, text.data(), text.size(), nullptr, 0,
              NI_NUMERICHOST);
  std::string out = text.data();
  constexpr std::string_view mapped = "::ffff:";  // IPv4 that came through an IPv6 port
  if (out.starts_with(mapped) && out.find('.') != std::string::npos) out.erase(0, mapped.size());
  return out;
}

tl::unexpected<Fault> notConnected(int error, const std::string& where) {
  if (error == ECONNREFUSED) {
    return trouble(Problem::connection_refused, "nothing listens at " + where);
  }
  if (error == ETIMEDOUT) return trouble(Problem::timeout, where + " does not answer");
  return trouble(Problem::unreachable, where + " cannot be reached: " + words(error));
}

bool again() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

tl::unexpected<Fault> broken() {
  return trouble(Problem::closed, "the connection broke: " + words(errno));
}

}  // namespace

Socket::Socket(Socket&& other) noexcept : handle_(std::exchange(other.handle_, -1)) {}

Socket& Socket::operator=(Socket&& other) noexcept {
  std::swap(handle_, other.handle_);
  return *this;
}

Socket::~Socket() {
  if (handle_ >= 0) close(handle_);
}

Outcome<Socket> Socket::connect(const std::string& host, int port, std::chrono::milliseconds timeout,
                                const std::stop_token& stop) {
  const auto found = resolve(host, port, AI_ADDRCONFIG | AI_NUMERICSERV);
  if (!found) return trouble(Problem::name_not_resolved, "the name " + host + " has no address");
  const auto deadline = Clock::now() + timeout;
  Outcome<Socket> answer = trouble(Problem::unreachable, place(host, port) + " cannot be reached");
  for (const addrinfo* one = found.get(); one != nullptr; one = one->ai_next) {
    Socket candidate(makeSocket(*one));
    if (candidate.handle_ < 0) continue;
    if (::connect(candidate.handle_, one->ai_addr, one->ai_addrlen) == 0) return candidate;
    if (errno != EINPROGRESS) {
      answer = notConnected(errno, place(host, port));
      continue;
    }
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    if (const auto ready = candidate.wait(POLLOUT, std::max(left, stopLook), stop); !ready) {
      if (ready.error().problem == Problem::cancelled) return fail(ready.error());
      answer = notConnected(ETIMEDOUT, place(host, port));
      continue;
    }
    int error = 0;
    socklen_t length = sizeof error;
    getsockopt(candidate.handle_, SOL_SOCKET, SO_ERROR, &error, &length);
    if (error == 0) return candidate;
    answer = notConnected(error, place(host, port));
  }
  return answer;
}

Outcome<Socket> Socket::listen(const std::string& address, int port) {
  const auto found = resolve(address, port, AI_PASSIVE | AI_NUMERICSERV);
  if (!found) {
    return trouble(Error{ErrorCode::bad_argument, address + " is no address of this machine"});
  }
  Socket listening(makeSocket(*found));
  const int on = 1;
  const int off = 0;
  setsockopt(listening.handle_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (found->ai_family == AF_INET6) {
    setsockopt(listening.handle_, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
  }
  if (bind(listening.handle_, found->ai_addr, found->ai_addrlen) == 0 &&
      ::listen(listening.handle_, backlog) == 0) {
    return listening;
  }
  const ErrorCode code = errno == EADDRINUSE ? ErrorCode::busy : ErrorCode::bad_argument;
  return trouble(Error{code, "cannot listen at " + place(address, port) + ": " + words(errno)});
}

std::optional<Socket> Socket::accept() {
  const int handle = accept4(handle_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (handle < 0) return std::nullopt;
  const int on = 1;
  setsockopt(handle, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return Socket(handle);
}

Outcome<> Socket::wait(short events, std::chrono::milliseconds silence, const std::stop_token& stop) const {
  const auto deadline = Clock::now() + silence;
  while (!stop.stop_requested()) {
    pollfd one{handle_, events, 0};
    if (poll(&one, 1, static_cast<int>(stopLook.count())) > 0) return {};
    if (Clock::now() >= deadline) return trouble(Problem::timeout, "no answer in time");
  }
  return trouble(Problem::cancelled, "stopped");
}

Outcome<> Socket::send(std::span<const std::byte> bytes, std::chrono::milliseconds silence,
                       const std::stop_token& stop) {
  while (!bytes.empty()) {
    ATTEST_CHECK(wait(POLLOUT, silence, stop));
    ATTEST_TRY(const std::size_t count, trySend(bytes));
    bytes = bytes.subspan(count);
  }
  return {};
}

Outcome<std::size_t> Socket::receive(std::span<std::byte> to, std::chrono::milliseconds silence,
                                     const std::stop_token& stop) {
  while (true) {
    ATTEST_CHECK(wait(POLLIN, silence, stop));
    ATTEST_TRY(const std::size_t count, tryReceive(to));
    if (count > 0) return count;
  }
}

Outcome<std::size_t> Socket::trySend(std::span<const std::byte> bytes) {
  const ssize_t count = ::send(handle_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (count >= 0) return static_cast<std::size_t>(count);
  if (again()) return 0;
  return broken();
}

Outcome<std::size_t> Socket::tryReceive(std::span<std::byte> to) {
  const ssize_t count = recv(handle_, to.data(), to.size(), 0);
  if (count > 0) return static_cast<std::size_t>(count);
  if (count == 0) return trouble(Problem::closed, "the peer ended the connection");
  if (again()) return 0;
  return broken();
}

int Socket::port() const {
  sockaddr_storage own{};
  socklen_t length = sizeof own;
  getsockname(handle_, reinterpret_cast<sockaddr*>(&own), &length);
  const auto port = own.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6*>(&own)->sin6_port
                                              : reinterpret_cast<const sockaddr_in*>(&own)->sin_port;
  return ntohs(port);
}

std::string Socket::peerAddress() const {
  sockaddr_storage peer{};
  socklen_t length = sizeof peer;
  return getpeername(handle_, reinterpret_cast<sockaddr*>(&peer), &length) == 0 ? numeric(peer, length) : "";
}

std::vector<std::string> addressesOf(const std::string& host) {
  std::vector<std::string> all;
  const auto found = resolve(host, 0, AI_NUMERICSERV);
  for (const addrinfo* one = found.get(); one != nullptr; one = one->ai_next) {
    sockaddr_storage address{};
    std::copy_n(reinterpret_cast<const std::byte*>(one->ai_addr), one->ai_addrlen,
                reinterpret_cast<std::byte*>(&address));
    all.push_back(numeric(address, one->ai_addrlen));
  }
  return all;
}

}  // namespace attest::network
