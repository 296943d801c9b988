#include <charconv>
#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>

#include "app/command.h"
#include "app/json_text.h"
#include "core/workflow/analyze.h"
#include "core/workflow/upkeep.h"

namespace attest::app {

Command make_serve();

namespace {

constexpr int standardPort = 11112;

/// What goes on, a line an event, until the end is asked for or the listener cannot go on.
class Watch {
 public:
  explicit Watch(Invocation& call) : call_(call) {}

  workflow::UpkeepEvents events() {
    return {.listening = [this](int port, const std::optional<Error>& error) { listening(port, error); },
            .arrived = [this](const workflow::ImportReport& report) { arrived(report); },
            .queued =
                [this](const RunId& run, const CaseId& id) {
                  say({{"event", "queued"}, {"run", run.value}, {"case", id.value}},
                      "agents queued for " + id.value);
                },
            .delivery = [this](const CaseId& id, const Delivery& delivery) { moved(id, delivery); }};
  }

  void step(const orchestrator::StepEvent& event) {
    say({{"event", "step"},
         {"time", toIso8601(event.time)},
         {"run", event.run.value},
         {"case", event.caseId.value},
         {"step", event.agent},
         {"state", name(event.state)},
         {"progress", event.progress}},
        event.agent + "  " + name(event.state));
  }

  /// Until SIGTERM; or why the listener ended.
  Result<> wait() {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, call_.stop, [this] { return broken_.has_value(); });
    if (broken_) return fail(*broken_);
    return {};
  }

  void say(const nlohmann::json& document, const std::string& text) {
    const std::scoped_lock lock(mutex_);
    call_.stream(document, text);
  }

 private:
  void listening(int port, const std::optional<Error>& error) {
    if (port > 0) say({{"event", "listening"}, {"port", port}}, "listening on port " + std::to_string(port));
    if (!error) return;
    const std::scoped_lock lock(mutex_);
    broken_ = error;
    wake_.notify_all();
  }

  void arrived(const workflow::ImportReport& report) {
    nlohmann::json cases = nlohmann::json::array();
    for (const CaseId& id : report.cases) cases.push_back(id.value);
    say({{"event", "arrived"},
         {"cases", cases},
         {"added", report.added},
         {"duplicates", report.duplicates},
         {"refused", report.skipped.size()}},
        std::to_string(report.added) + " images arrived, " + std::to_string(report.skipped.size()) +
            " refused");
  }

  void moved(const CaseId& id, const Delivery& delivery) {
    nlohmann::json document = toJson(delivery);
    document.update({{"event", "delivery"}, {"case", id.value}});
    say(document, delivery.format + " to " + delivery.destination + ": " + delivery.state +
                      (delivery.error.empty() ? "" : ", " + delivery.error));
  }

  Invocation& call_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::optional<Error> broken_;
};

Result<int> run(Invocation& call) {
  std::optional<int> port;
  if (const auto word = call.option("--dicom-port")) {
    const auto [end, error] = std::from_chars(word->data(), word->data() + word->size(), port.emplace());
    if (error != std::errc{} || end != word->data() + word->size() || *port < 0 || *port > 65535)
      return call.misuse("--dicom-port is 0 (any that is free) to 65535, not " + *word);
  }
  ATTEST_TRY(auto* const services, call.services());
  ATTEST_TRY(const auto setup, workflow::listenerSetup(*services));
  if (!port && setup.port == 0) port = standardPort;
  Watch watch(call);
  auto upkeep = std::make_optional<workflow::Upkeep>(
      *services,
      workflow::makeOrchestrator(*services, [&](const orchestrator::StepEvent& event) { watch.step(event); }),
      watch.events());
  upkeep->listen(setup, port);
  const auto ended = watch.wait();
  upkeep.reset();
  services->pool().drain();  // what is under way is put back
  ATTEST_CHECK(ended);
  watch.say({{"event", "stopped"}}, "stopped");
  return 0;
}

}  // namespace

Command make_serve() {
  return {.name = "serve",
          .usage = "[--dicom-port N]",
          .summary = "listens, runs agents and delivers without a window until SIGTERM; a line an event",
          .options = {"--dicom-port"},
          .flags = {},
          .leastArguments = 0,
          .mostArguments = 0,
          .run = run};
}

}  // namespace attest::app
