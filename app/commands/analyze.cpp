#include "core/workflow/analyze.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/command.h"
#include "app/json_text.h"

namespace attest::app {

Command make_analyze();

namespace {

constexpr int exitSomeFailed = 3;

Result<std::vector<CaseId>> everyCase(casedb::CaseDb& db) {
  std::vector<CaseId> ids;
  casedb::WorklistQuery query{"", std::nullopt, 1000};
  while (true) {
    ATTEST_TRY(const auto page, db.worklist(query));
    for (const auto& row : page.rows) {
      if (row.status != CaseStatus::approved && row.status != CaseStatus::delivered) ids.push_back(row.id);
    }
    if (page.rows.size() < static_cast<std::size_t>(query.limit)) return ids;
    query.afterRecency = page.rows.back().recency;
  }
}

Result<std::vector<CaseId>> wanted(Invocation& call, casedb::CaseDb& db) {
  if (call.has("--all")) return everyCase(db);
  if (call.arguments.empty()) return call.misuse("name a case, or say --all");
  std::vector<CaseId> ids;
  for (const auto& text : call.arguments) {
    ATTEST_TRY(auto id, call.caseOf(text));
    ids.push_back(std::move(id));
  }
  return ids;
}

Result<int> run(Invocation& call) {
  const std::string word = call.option("--priority").value_or("routine");
  const auto urgency = priority(word);
  if (!urgency) return call.misuse("priority is stat, urgent, routine or research, not " + word);
  ATTEST_TRY(auto* const services, call.services());
  ATTEST_TRY(const auto cases, wanted(call, services->db()));
  ATTEST_TRY(const auto reader, call.readerIfNamed());
  orchestrator::StepListener listen;
  if (call.has("--watch")) {
    listen = [&call](const orchestrator::StepEvent& event) {
      call.stream({{"time", toIso8601(event.time)},
                   {"run", event.run.value},
                   {"case", event.caseId.value},
                   {"step", event.agent},
                   {"state", name(event.state)},
                   {"progress", event.progress}},
                  event.agent + "  " + name(event.state));
    };
  }
  ATTEST_TRY(const auto runs,
             workflow::analyze(*services, cases, *urgency, call.option("--pipeline").value_or("default"),
                               reader ? reader->id.value : Invocation::systemUser(), call.stop, listen));
  nlohmann::json documents = nlohmann::json::array();
  std::string text;
  for (const auto& one : runs) {
    documents.push_back(toJson(one));
    text += toText(one);
  }
  if (!call.has("--watch")) call.answer({{"runs", documents}}, text);
  if (call.stop.stop_requested())
    return fail(ErrorCode::cancelled, "stopped; the runs go on with the next `analyze`");
  const bool allDone = std::ranges::all_of(runs, [](const Run& one) { return one.state == RunState::done; });
  return allDone ? 0 : exitSomeFailed;
}

}  // namespace

Command make_analyze() {
  return {.name = "analyze",
          .usage = "CASE… | --all [--pipeline P] [--priority stat|urgent|routine|research] [--watch]",
          .summary = "queues the agents on cases and works until they are done",
          .options = {"--pipeline", "--priority", "--as"},
          .flags = {"--all", "--watch"},
          .leastArguments = 0,
          .mostArguments = anyNumber,
          .run = run};
}

}  // namespace attest::app
