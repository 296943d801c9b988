#include "core/domain/report.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/command.h"
#include "app/json_text.h"
#include "core/reporting/report_text.h"
#include "core/workflow/review.h"

namespace attest::app {

Command make_report();

namespace {

Result<CaseRecord> write(Invocation& call, workflow::Services& services, CaseRecord record) {
  ATTEST_TRY(const auto reader, call.reader());
  const auto revision = record.revision;
  for (const auto& setting : call.all("--set")) {
    const auto equals = setting.find('=');
    const auto kind = std::ranges::find(sectionKinds, setting.substr(0, equals),
                                        [](SectionKind k) { return std::string(name(k)); });
    if (equals == std::string::npos || kind == sectionKinds.end()) {
      return fail(
          ErrorCode::bad_argument,
          "--set SECTION=TEXT, where SECTION is indication, technique, comparison, findings or impression");
    }
    record.report = reporting::withSection(record, *kind, setting.substr(equals + 1));
  }
  return workflow::saveReport(services, record.row.id, record.report, revision, reader);
}

Result<int> run(Invocation& call) {
  ATTEST_TRY(auto* const services, call.services());
  ATTEST_TRY(const auto id, call.caseOf(call.arguments.front()));
  ATTEST_TRY(auto record, services->db().record(id));
  if (call.option("--set")) {
    ATTEST_TRY(record, write(call, *services, std::move(record)));
  }
  const auto document = toJson(record);
  std::string text;
  for (const SectionKind kind : sectionKinds) {
    text += std::string(name(kind)) + "\n  " + reporting::sectionText(record, kind) + "\n";
  }
  call.answer({{"case", id.value}, {"report", document["report"]}}, text);
  return 0;
}

}  // namespace

Command make_report() {
  return {.name = "report",
          .usage = "CASE [--as READER --set SECTION=TEXT…]",
          .summary = "the report as it reads now, or sections of it rewritten",
          .options = {"--as", "--set"},
          .flags = {},
          .leastArguments = 1,
          .mostArguments = 1,
          .run = run};
}

}  // namespace attest::app
