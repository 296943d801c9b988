#include "core/workflow/import.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "app/command.h"
#include "app/json_text.h"

namespace attest::app {

Command make_import();

namespace {

constexpr int exitSomeFailed = 3;

nlohmann::json studyJson(const CaseRecord& record) {
  nlohmann::json series = nlohmann::json::array();
  for (const auto& one : record.series) series.push_back(toJson(one));
  return {{"case", record.row.id.value},
          {"study_uid", record.study.uid.value},
          {"patient_id", record.patient.id.reveal()},
          {"series", series}};
}

Result<int> run(Invocation& call) {
  ATTEST_TRY(auto* const services, call.services());
  workflow::ImportRequest request;
  for (const auto& path : call.arguments) request.paths.emplace_back(path);
  request.inPlace = call.has("--reference");
  request.actor = Invocation::systemUser();
  ATTEST_TRY(const auto report,
             workflow::importPaths(*services, request, call.stop, [](std::size_t done, std::size_t total) {
               std::cerr << "imported " << done << " of " << total << " files\n";
             }));
  nlohmann::json studies = nlohmann::json::array();
  std::string text;
  for (const auto& id : report.cases) {
    ATTEST_TRY(const auto record, services->db().record(id));
    studies.push_back(studyJson(record));
    text += toText(record) + "\n";
  }
  nlohmann::json skipped = nlohmann::json::array();
  for (const auto& file : report.skipped) {
    skipped.push_back({{"path", file.path}, {"reason", file.reason}});
    text += "skipped " + file.path + ": " + file.reason + "\n";
  }
  text += std::to_string(report.added) + " images added, " + std::to_string(report.duplicates) +
          " already there, " + std::to_string(report.skipped.size()) + " skipped";
  call.answer({{"studies", studies},
               {"skipped", skipped},
               {"added", report.added},
               {"duplicates", report.duplicates}},
              text);
  if (report.wasCancelled) return fail(ErrorCode::cancelled, "stopped; what was imported until then is kept");
  return report.skipped.empty() ? 0 : exitSomeFailed;
}

}  // namespace

Command make_import() {
  return {.name = "import",
          .usage = "PATH… [--reference]",
          .summary = "takes files and folders into the store, or indexes them in place",
          .options = {},
          .flags = {"--reference"},
          .leastArguments = 1,
          .mostArguments = anyNumber,
          .run = run};
}

}  // namespace attest::app
