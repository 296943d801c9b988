#include <nlohmann/json.hpp>

#include "app/command.h"
#include "app/json_text.h"

namespace attest::app {

Command make_show();

namespace {

Result<int> run(Invocation& call) {
  ATTEST_TRY(auto* const services, call.services());
  ATTEST_TRY(const auto id, call.caseOf(call.arguments.front()));
  ATTEST_CHECK(call.noteRead("show", id.value));
  ATTEST_TRY(const auto record, services->db().record(id));
  call.answer(toJson(record), toText(record));
  return 0;
}

}  // namespace

Command make_show() {
  return {.name = "show",
          .usage = "CASE [--as READER]",
          .summary = "one case with its series, structures, findings, runs, report and versions",
          .options = {"--as"},
          .flags = {},
          .leastArguments = 1,
          .mostArguments = 1,
          .run = run};
}

}  // namespace attest::app
