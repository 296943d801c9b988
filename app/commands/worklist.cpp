#include <nlohmann/json.hpp>

#include "app/command.h"
#include "app/json_text.h"
#include "core/view/corner_texts.h"

namespace attest::app {

Command make_worklist();

namespace {

Result<int> run(Invocation& call) {
  ATTEST_TRY(auto* const services, call.services());
  ATTEST_CHECK(call.noteRead("worklist", ""));
  std::string query;
  for (const auto& word : call.arguments) query += (query.empty() ? "" : " ") + word;
  nlohmann::json cases = nlohmann::json::array();
  std::string text;
  casedb::WorklistQuery page{query, std::nullopt, 1000};
  std::int64_t total = 0;
  while (true) {
    ATTEST_TRY(const auto found, services->db().worklist(page));
    total = found.total;
    for (const auto& row : found.rows) {
      cases.push_back(toJson(row));
      text += row.id.value + "  " + name(row.status) + "  " + view::personName(row.patient.name.reveal()) +
              "  " + row.modality + "  " + row.description + "  " + view::readableDate(row.studyDate) + "\n";
    }
    if (found.rows.size() < static_cast<std::size_t>(page.limit)) break;
    page.afterRecency = found.rows.back().recency;
  }
  call.answer({{"total", total}, {"cases", cases}}, text + std::to_string(total) + " cases");
  return 0;
}

}  // namespace

Command make_worklist() {
  return {.name = "worklist",
          .usage = "[QUERY] [--as READER]",
          .summary = "the cases, the newest first; words and field:value narrow the list",
          .options = {"--as"},
          .flags = {},
          .leastArguments = 0,
          .mostArguments = anyNumber,
          .run = run};
}

}  // namespace attest::app
