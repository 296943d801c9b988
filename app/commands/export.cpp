#include "core/workflow/export.h"

#include <nlohmann/json.hpp>
#include <sstream>

#include "app/command.h"

namespace attest::app {

Command make_export();

namespace {

constexpr int exitSomeFailed = 3;

nlohmann::json fileJson(const workflow::ExportedFile& file) {
  return {{"path", file.path},
          {"format", file.format},
          {"sop_instance_uid", file.sopInstanceUid},
          {"version", file.version},
          {"status", file.isSigned ? "signed" : "unsigned"},
          {"sha256", file.sha256}};
}

Result<int> run(Invocation& call) {
  const auto folder = call.option("--to");
  const auto formats = call.option("--format");
  if (!folder || !formats) return call.misuse("--to DIR and --format dicom,seg,sr,pdf,nifti,png,csv");
  if (call.option("--deidentify")) return fail(ErrorCode::unsupported, "this version does not de-identify");
  ATTEST_TRY(const auto reader, call.reader());
  ATTEST_TRY(auto* const services, call.services());
  workflow::ExportRequest request;
  ATTEST_TRY(request.id, call.caseOf(call.arguments.front()));
  request.folder = *folder;
  std::istringstream words(*formats);
  for (std::string word; std::getline(words, word, ',');) request.formats.insert(word);
  ATTEST_TRY(const auto report, workflow::exportCase(*services, request, reader));
  nlohmann::json files = nlohmann::json::array();
  std::string text;
  for (const auto& file : report.files) {
    files.push_back(fileJson(file));
    text += file.path + (file.isSigned ? "" : "  UNSIGNED") + "\n";
  }
  nlohmann::json refused = nlohmann::json::array();
  for (const auto& format : report.refused) {
    refused.push_back({{"format", format.format}, {"reason", format.reason}});
    text += format.format + " refused: " + format.reason + "\n";
  }
  call.answer({{"files", files}, {"refused", refused}},
              text + std::to_string(report.files.size()) + " files");
  return report.refused.empty() ? 0 : exitSomeFailed;
}

}  // namespace

Command make_export() {
  return {.name = "export",
          .usage = "CASE --to DIR --format dicom,seg,sr,pdf,nifti,png,csv --as READER",
          .summary = "writes the signed version, or what a person stands for, marked UNSIGNED",
          .options = {"--to", "--format", "--as", "--deidentify"},
          .flags = {},
          .leastArguments = 1,
          .mostArguments = 1,
          .run = run};
}

}  // namespace attest::app
