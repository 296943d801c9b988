#include "core/workflow/upkeep.h"

#include <atomic>
#include <map>
#include <mutex>

#include "core/base/log.h"
#include "core/network/listener.h"
#include "core/workflow/analyze.h"
#include "core/workflow/receive.h"
#include "core/workflow/users.h"

namespace attest::workflow {
namespace {

using namespace std::chrono_literals;

constexpr const char* portKey = "listener.port";
constexpr const char* aeTitleKey = "listener.ae_title";
constexpr const char* everywhereKey = "listener.everywhere";
constexpr auto beat = 500ms;  ///< how often it is looked what is to be done

/// Those nodes that may send to us.
std::vector<network::Caller> callersOf(const std::vector<Node>& nodes) {
  std::vector<network::Caller> callers;
  for (const Node& node : nodes) {
    if (node.accept && node.kind == NodeKind::dimse) callers.push_back({node.aeTitle, node.host});
  }
  return callers;
}

template <class T>
void warn(const char* what, const Result<T>& result) {
  if (!result)
    log(LogLevel::warning,
        std::string(what) + ": " + name(result.error().code) + " " + result.error().detail);
}

}  // namespace

Result<ListenerSetup> listenerSetup(Services& services) {
  ListenerSetup setup;
  ATTEST_TRY(const auto port, services.db().setting(portKey));
  ATTEST_TRY(const auto aeTitle, services.db().setting(aeTitleKey));
  ATTEST_TRY(const auto everywhere, services.db().setting(everywhereKey));
  if (port) setup.port = std::atoi(port->c_str());
  if (aeTitle) setup.aeTitle = *aeTitle;
  setup.everywhere = everywhere == "true";
  return setup;
}

Result<> storeListenerSetup(Services& services, const ListenerSetup& setup, const Reader& reader) {
  ATTEST_CHECK(require(reader, identity::Act::administer));
  if (setup.port < 0 || setup.port > 65535)
    return fail(ErrorCode::bad_argument, "a port is 1 to 65535, or 0 for off");
  if (setup.aeTitle.empty() || setup.aeTitle.size() > 16)
    return fail(ErrorCode::bad_argument, "an AE title has 1 to 16 characters");
  const AuditEvent event{reader.id.value, "settings", "listener",
                         std::to_string(setup.port) + " " + setup.aeTitle};
  return services.db().write(event, [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
    ATTEST_CHECK(stillMay(tx, reader, identity::Act::administer));
    ATTEST_CHECK(tx.setSetting(portKey, std::to_string(setup.port)));
    ATTEST_CHECK(tx.setSetting(aeTitleKey, setup.aeTitle));
    return tx.setSetting(everywhereKey, setup.everywhere ? "true" : "false");
  });
}

/// Jobs share it, so that it outlasts those that run when the end comes.
struct Upkeep::State : std::enable_shared_from_this<State> {
  State(Services& all, std::shared_ptr<orchestrator::Orchestrator> runs, UpkeepEvents tell,
        std::chrono::milliseconds pause)
      : services(all), agents(std::move(runs)), events(std::move(tell)), quiet(pause), reception(all) {}

  Services& services;
  std::shared_ptr<orchestrator::Orchestrator> agents;
  UpkeepEvents events;
  std::chrono::milliseconds quiet;
  Reception reception;

  std::mutex mutex;
  std::vector<jobs::Job> beats;
  jobs::Job listening;
  jobs::Job working;
  std::shared_ptr<network::Listener> listener;

  std::mutex serving;               ///< held while a listener has the port
  std::atomic<bool> works = false;  ///< the agents are at it
  std::map<CaseId, Time> arriving;  ///< cases and when their last image came; of the beat's job alone
  bool sawLeftOver = false;

  void serve(const ListenerSetup& setup, int port, std::stop_token stop);
  void receive(std::stop_token stop);
  void wait(const std::vector<CaseId>& ids);
  void startAgents();
  void workAgents();
  void refreshCallers();
  Result<> findLeftOver();
};

void Upkeep::State::serve(const ListenerSetup& setup, int port, std::stop_token stop) {
  const std::scoped_lock alone(serving);
  if (stop.stop_requested()) return;
  const auto tell = [&](int on, const std::optional<Error>& error) {
    if (events.listening) events.listening(on, error);
  };
  const auto nodes = services.db().nodes();
  if (!nodes) return tell(0, nodes.error());
  network::ListenerSettings settings;
  settings.aeTitle = setup.aeTitle;
  settings.address = setup.everywhere ? "0.0.0.0" : "127.0.0.1";
  settings.port = port;
  settings.callers = callersOf(*nodes);
  auto opened =
      network::Listener::open(settings, [self = shared_from_this()](const network::ReceivedObject& object) {
        return self->reception.keep(object);
      });
  if (!opened) return tell(0, opened.error());
  const std::shared_ptr<network::Listener> open = std::move(*opened);
  {
    const std::scoped_lock lock(mutex);
    listener = open;
  }
  tell(open->port(), {});
  const auto served = open->serve(stop);
  {
    const std::scoped_lock lock(mutex);
    listener.reset();
  }
  tell(0, served ? std::nullopt : std::optional(served.error()));
}

void Upkeep::State::refreshCallers() {
  const auto nodes = services.db().nodes();
  const std::scoped_lock lock(mutex);
  if (nodes && listener) listener->allow(callersOf(*nodes));
}

void Upkeep::State::wait(const std::vector<CaseId>& ids) {
  for (const CaseId& id : ids) arriving[id] = services.clock().now();
}

/// What another program imported, or was killed before it could ask for the agents.
Result<> Upkeep::State::findLeftOver() {
  casedb::WorklistQuery query{"status:received", std::nullopt, 1000};
  while (true) {
    ATTEST_TRY(const auto page, services.db().worklist(query));
    for (const CaseRow& row : page.rows)
      if (row.stepsTotal == 0 && row.images > 0) wait({row.id});
    if (page.rows.size() < static_cast<std::size_t>(query.limit)) return {};
    query.afterRecency = page.rows.back().recency;
  }
}

void Upkeep::State::receive(std::stop_token stop) {
  if (!sawLeftOver) {
    sawLeftOver = true;
    warn("looking for steps of killed programs", releaseDeadSteps(services));
    warn("looking for cases without agents", findLeftOver());
  }
  const auto taken = reception.take(stop);
  warn("importing what arrived", taken);
  if (taken && (taken->added > 0 || !taken->skipped.empty())) {
    wait(taken->grown);
    if (events.arrived) events.arrived(*taken);
  }
  startAgents();
}

void Upkeep::State::startAgents() {
  const Time now = services.clock().now();
  for (auto at = arriving.begin(); at != arriving.end();) {
    if (now - at->second < quiet) {
      ++at;
      continue;
    }
    const CaseId id = at->first;
    at = arriving.erase(at);
    const auto record = services.db().record(id);
    if (!record || isSigned(record->row)) continue;  // late images of a signed case wait for a person
    const auto run = agents->queue(id, record->row.priority, "default", "system");
    warn("queueing agents", run);
    if (run && events.queued) events.queued(*run, id);
  }
}

/// In the background, whatever lane the clock is in: a reader never waits for agents.
void Upkeep::State::workAgents() {
  if (works.exchange(true)) return;
  const std::scoped_lock lock(mutex);
  working = services.pool().submit(jobs::Lane::network, jobs::Urgency::background,
                                   [self = shared_from_this()](std::stop_token stop) {
                                     warn("working off runs", self->agents->work(stop));
                                     self->works = false;
                                   });
}

Upkeep::Upkeep(Services& services, std::shared_ptr<orchestrator::Orchestrator> agents, UpkeepEvents events,
               std::chrono::milliseconds quiet)
    : state_(std::make_shared<State>(services, std::move(agents), std::move(events), quiet)) {
  const auto add = [&](jobs::Lane lane, std::function<void(std::stop_token)> work) {
    state_->beats.push_back(services.pool().repeat(lane, beat, std::move(work)));
  };
  add(jobs::Lane::io, [state = state_](std::stop_token stop) {
    state->receive(stop);
    state->refreshCallers();
    state->workAgents();
  });
  add(jobs::Lane::network, [state = state_](std::stop_token stop) {
    warn("delivering", deliverDue(state->services, std::nullopt, stop, state->events.delivery));
  });
}

Upkeep::~Upkeep() {
  const std::scoped_lock lock(state_->mutex);
  for (jobs::Job& job : state_->beats) job.cancel();
  state_->listening.cancel();
  state_->working.cancel();
}

void Upkeep::listen(const ListenerSetup& setup, std::optional<int> port) {
  const std::scoped_lock lock(state_->mutex);
  state_->listening.cancel();
  const int wanted = port.value_or(setup.port);
  if (!port && wanted == 0) {
    state_->listening = {};
    if (state_->events.listening && !state_->listener) state_->events.listening(0, std::nullopt);
    return;
  }
  state_->listening = state_->services.pool().submit(
      jobs::Lane::network, jobs::Urgency::visible,
      [state = state_, setup, wanted](std::stop_token stop) { state->serve(setup, wanted, stop); });
}

}  // namespace attest::workflow
