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

using Settings = std::vector<std::pair<SectionKind, std::string>>;

Result<Settings> readSettings(Invocation& call) {
  Settings settings;
  for (const auto& setting : call.all("--set")) {
    const auto equals = setting.find('=');
    const auto kind = std::ranges::find(sectionKinds, setting.substr(0, equals),
                                        [](SectionKind k) { return std::string(name(k)); });
    if (equals == std::string::npos || kind == sectionKinds.end()) {
      return call.misuse(
          "--set SECTION=TEXT, where SECTION is indication, technique, comparison, findings or impression");
    }
    settings.emplace_back(*kind, setting.substr(equals + 1));
  }
  return settings;
}

Result<CaseRecord> write(Invocation& call, workflow::Services& services, const Settings& settings,
                         CaseRecord record) {
  ATTEST_TRY(const auto reader, call.reader());
  const auto revision = record.revision;
  for (const auto& [kind, text] : settings) record.report = reporting::withSection(record, kind, text);
  return workflow::saveReport(services, record.row.id, record.report, revision, reader);
}

Result<int> run(Invocation& call) {
  ATTEST_TRY(const auto settings, readSettings(call));
  ATTEST_TRY(auto* const services, call.services());
  ATTEST_TRY(const auto id, call.caseOf(call.arguments.front()));
  ATTEST_TRY(auto record, services->db().record(id));
  if (settings.empty()) {
    ATTEST_CHECK(call.noteRead("report", id.value));
  } else {
    ATTEST_TRY(record, write(call, *services, settings, std::move(record)));
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
