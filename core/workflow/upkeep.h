#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/orchestrator/orchestrator.h"
#include "core/workflow/deliver.h"
#include "core/workflow/import.h"
#include "core/workflow/services.h"

namespace attest::workflow {

/// Our own DICOM listener, as it is stored.
struct ListenerSetup {
  int port = 0;  ///< 0: off
  std::string aeTitle = "ATTEST";
  bool everywhere = false;  ///< else only this machine may connect
  bool operator==(const ListenerSetup&) const = default;
};
Result<ListenerSetup> listenerSetup(Services& services);
/// Errors: not_allowed, bad_argument (no port, no AE title).
Result<> storeListenerSetup(Services& services, const ListenerSetup& setup, const Reader& reader);

/// Who wants to know; each may be empty. Called from any thread.
struct UpkeepEvents {
  /// The listener stands on a port, or has ended: 0, with the error where it could not go on.
  std::function<void(int port, const std::optional<Error>& error)> listening{};
  std::function<void(const ImportReport& report)> arrived{};
  std::function<void(const RunId& run, const CaseId& id)> queued{};
  DeliveryListener delivery{};
};

/// What goes on while a program runs: objects that arrive become cases, a study that was quiet for some
/// seconds gets its agents, runs are worked off, what is signed is delivered. It begins when it is made;
/// after its end nothing new begins, and what runs is stopped (drain the pool to wait for it).
class Upkeep {
 public:
  Upkeep(Services& services, std::shared_ptr<orchestrator::Orchestrator> agents, UpkeepEvents events,
         std::chrono::milliseconds quiet = std::chrono::seconds(5));
  ~Upkeep();
  Upkeep(const Upkeep&) = delete;
  Upkeep& operator=(const Upkeep&) = delete;

  /// Listens as told from now on, instead of as before; those nodes may send that say so (Node::accept).
  /// `port` stands for the one of the setup: 0 is any that is free.
  void listen(const ListenerSetup& setup, std::optional<int> port = {});

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace attest::workflow
