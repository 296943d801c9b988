#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "core/domain/node.h"
#include "core/jobs/pool.h"
#include "core/network/listener.h"

namespace attest::workflow::test {

/// Another system on this machine that takes what we send: a real listener over a real connection. While it
/// is stopped nobody answers on its port.
class Pacs {
 public:
  Pacs() { start(0); }
  ~Pacs() { stop(); }

  void start(int port) {
    network::ListenerSettings settings;
    settings.aeTitle = "PACS";
    settings.port = port;
    settings.callers = {{"ATTEST", ""}};
    auto opened = network::Listener::open(
        settings, [this](const network::ReceivedObject& object) { return keep(object); });
    if (!opened) throw std::runtime_error(opened.error().detail);
    port_ = (*opened)->port();
    const std::shared_ptr<network::Listener> listener = std::move(*opened);
    pool_.emplace();
    pool_->submit(jobs::Lane::network, jobs::Urgency::next,
                  [listener](std::stop_token stop) { static_cast<void>(listener->serve(stop)); });
  }
  void stop() { pool_.reset(); }
  void startAgain() { start(port_); }

  /// From now on objects of this SOP class are not kept.
  void refuse(const std::string& sopClass) {
    const std::scoped_lock lock(mutex_);
    refused_ = sopClass;
  }
  /// Called with each object before it is kept, on the listener's thread; the sender waits that long.
  void beforeKeeping(std::function<void()> wait) {
    const std::scoped_lock lock(mutex_);
    wait_ = std::move(wait);
  }
  /// How often each SOP instance came.
  std::map<std::string, int> received() {
    const std::scoped_lock lock(mutex_);
    return received_;
  }
  Node node() const {
    Node node;
    node.name = "pacs";
    node.aeTitle = "PACS";
    node.host = "127.0.0.1";
    node.port = port_;
    node.deliver = true;
    return node;
  }

 private:
  Result<> keep(const network::ReceivedObject& object) {
    std::function<void()> wait;
    {
      const std::scoped_lock lock(mutex_);
      wait = wait_;
    }
    if (wait) wait();
    const std::scoped_lock lock(mutex_);
    if (object.sopClass == refused_) return fail(ErrorCode::disk_full);
    ++received_[object.sopUid.value];
    return {};
  }

  int port_ = 0;
  std::optional<jobs::Pool> pool_;
  std::mutex mutex_;
  std::string refused_;
  std::function<void()> wait_;
  std::map<std::string, int> received_;
};

}  // namespace attest::workflow::test
