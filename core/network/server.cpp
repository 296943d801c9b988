#include "core/network/server.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>

#include "core/base/log.h"

namespace attest::network {
namespace {

constexpr std::size_t mostContexts = 128;
constexpr Reject callingUnknown{1, 1, 3};
constexpr Reject calledUnknown{1, 1, 7};
constexpr Reject applicationContextUnknown{1, 1, 2};
constexpr Reject localLimit{2, 3, 2};

/// What a stranger sent, fit for a log.
std::string plain(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return c < 0x20 || c > 0x7E; }, '?');
  return text;
}

}  // namespace

Outcome<std::unique_ptr<Server>> Server::open(ListenerSettings settings, KeepObject keep) {
  ATTEST_TRY(auto socket, Socket::listen(settings.address, settings.port));
  return std::unique_ptr<Server>(new Server(std::move(socket), std::move(settings), std::move(keep)));
}

Server::Server(Socket socket, ListenerSettings settings, KeepObject keep)
    : socket_(std::move(socket)),
      settings_(std::move(settings)),
      keep_(std::move(keep)),
      admit_(
          [this](const Associate& request, const std::string& address) { return admit(request, address); }) {
  allow(settings_.callers);
}

void Server::allow(std::vector<Caller> callers) {
  std::vector<Known> known;
  for (auto& caller : callers) {
    known.push_back({std::move(caller.aeTitle), caller.host.empty(),
                     caller.host.empty() ? std::vector<std::string>{} : addressesOf(caller.host)});
  }
  const std::lock_guard lock(mutex_);
  known_ = std::move(known);
}

bool Server::isKnown(const std::string& aeTitle, const std::string& address) const {
  const std::lock_guard lock(mutex_);
  return std::ranges::any_of(known_, [&](const Known& one) {
    const bool hereFrom =
        one.fromAnywhere || std::ranges::find(one.addresses, address) != one.addresses.end();
    return hereFrom && (one.aeTitle.empty() || one.aeTitle == aeTitle);
  });
}

std::optional<Reject> Server::admit(const Associate& request, const std::string& address) const {
  std::optional<Reject> reject;
  if (request.calledAe != settings_.aeTitle) reject = calledUnknown;
  if (request.callingAe.empty() || !isKnown(request.callingAe, address)) reject = callingUnknown;
  if (request.contexts.empty() || request.contexts.size() > mostContexts) reject = applicationContextUnknown;
  if (reject) {
    log(LogLevel::warning, "refused an association of AE title \"" + plain(request.callingAe) + "\" at " +
                               address + " for \"" + plain(request.calledAe) + "\"");
    return reject;
  }
  const auto admitted = std::ranges::count_if(open_, &ServedAssociation::isAdmitted);
  if (static_cast<std::size_t>(admitted) >= settings_.associations) return localLimit;
  return std::nullopt;
}

void Server::acceptAll() {
  while (auto caller = socket_.accept()) {
    // Beyond twice as many as are served at once even the refusal costs too much: the connection just closes.
    if (open_.size() < 2 * settings_.associations) open_.emplace_back(*std::move(caller), admit_, keep_);
  }
}

void Server::abortAll() {
  for (auto& one : open_) one.abort();
  open_.clear();
}

std::size_t Server::memoryLeft() const {
  std::size_t held = 0;
  for (const auto& one : open_) held += one.held();
  return held < settings_.memoryBytes ? settings_.memoryBytes - held : 0;
}

Outcome<> Server::step(std::chrono::milliseconds wait, int alsoWake) {
  std::vector<pollfd> polled = {{socket_.handle(), POLLIN, 0}, {alsoWake, POLLIN, 0}};
  for (const auto& one : open_) {
    polled.push_back({one.handle(), static_cast<short>(one.wantsToSend() ? POLLOUT : POLLIN), 0});
  }
  if (poll(polled.data(), polled.size(), static_cast<int>(wait.count())) < 0 && errno != EINTR) {
    return trouble(Problem::closed, "the listening port broke");
  }
  auto event = polled.begin() + 2;
  for (auto& one : open_) {
    const short happened = (event++)->revents;
    if (happened != 0 && one.wantsToSend()) {
      one.onWritable();
    } else if (happened != 0) {
      one.onReadable(std::min(settings_.objectBytes, one.held() + memoryLeft()));
    }
    one.checkSilence(settings_.silence);
  }
  std::erase_if(open_, [](const ServedAssociation& one) { return one.isOver(); });
  if ((polled.front().revents & POLLIN) != 0) acceptAll();
  return {};
}

}  // namespace attest::network
