#include <nlohmann/json.hpp>

#include "app/command.h"
#include "app/json_text.h"
#include "core/workflow/analyze.h"

namespace attest::app {

Command make_runs();

namespace {

Result<int> cancel(Invocation& call) {
  ATTEST_TRY(const auto reader, call.reader());
  ATTEST_TRY(auto* const services, call.services());
  const RunId id{call.arguments[1]};
  ATTEST_CHECK(workflow::cancelRun(*workflow::makeOrchestrator(*services), id, reader));
  ATTEST_TRY(const auto run, services->db().run(id));
  call.answer({{"runs", nlohmann::json::array({toJson(run)})}}, toText(run));
  return 0;
}

Result<int> run(Invocation& call) {
  const bool cancels = !call.arguments.empty() && call.arguments.front() == "cancel";
  if (cancels && call.arguments.size() == 2) return cancel(call);
  if (cancels) return call.misuse("runs cancel RUN: which run?");
  if (call.arguments.size() > 1) return call.misuse("runs, runs CASE, or runs cancel RUN");
  ATTEST_TRY(auto* const services, call.services());
  std::optional<CaseId> id;
  if (!call.arguments.empty()) {
    ATTEST_TRY(id, call.caseOf(call.arguments.front()));
  }
  ATTEST_TRY(const auto runs, services->db().runs(id));
  nlohmann::json documents = nlohmann::json::array();
  std::string text;
  for (const auto& one : runs) {
    documents.push_back(toJson(one));
    text += toText(one);
  }
  call.answer({{"runs", documents}}, text + std::to_string(runs.size()) + " runs");
  return 0;
}

}  // namespace

Command make_runs() {
  return {.name = "runs",
          .usage = "[CASE] | cancel RUN --as READER",
          .summary = "what the agents did and do",
          .options = {"--as"},
          .flags = {},
          .leastArguments = 0,
          .mostArguments = 2,
          .run = run};
}

}  // namespace attest::app
