#include <nlohmann/json.hpp>

#include "app/command.h"
#include "app/json_text.h"
#include "core/workflow/analyze.h"

namespace attest::app {

Command make_runs();

namespace {

Result<int> cancel(Invocation& call) {
  ATTEST_TRY(auto* const services, call.services());
  ATTEST_TRY(const auto reader, call.readerIfNamed());
  const RunId id{call.arguments[1]};
  ATTEST_CHECK(workflow::makeOrchestrator(*services)->cancel(id, reader ? reader->id.value : "system"));
  ATTEST_TRY(const auto run, services->db().run(id));
  call.answer({{"runs", nlohmann::json::array({toJson(run)})}}, toText(run));
  return 0;
}

Result<int> run(Invocation& call) {
  const bool cancels = !call.arguments.empty() && call.arguments.front() == "cancel";
  if (cancels && call.arguments.size() == 2) return cancel(call);
  if (cancels) return fail(ErrorCode::bad_argument, "runs cancel RUN: which run?");
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
          .usage = "[CASE] | cancel RUN",
          .summary = "what the agents did and do",
          .options = {"--as"},
          .flags = {},
          .leastArguments = 0,
          .mostArguments = 2,
          .run = run};
}

}  // namespace attest::app
