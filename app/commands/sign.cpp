#include "core/workflow/sign.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "app/command.h"
#include "core/workflow/users.h"

namespace attest::app {

Command make_sign();

namespace {

constexpr int exitFailed = 1;

/// The refusal list belongs to the public interface: error.missing.
int refuse(const Invocation& call, const std::vector<review::Missing>& missing) {
  nlohmann::json list = nlohmann::json::array();
  std::string text = "the case cannot be signed yet:";
  for (const auto& one : missing) {
    list.push_back({{"code", name(one.code)}, {"finding", one.finding}});
    text += std::string("\n  ") + name(one.code) + (one.finding.empty() ? "" : " " + one.finding);
  }
  call.complain({ErrorCode::not_signable, text}, {{"missing", list}});
  return exitFailed;
}

Result<int> run(Invocation& call) {
  const auto name = call.option("--as");
  if (!name) return call.misuse("say who signs: --as READER, and the secret on standard input");
  ATTEST_TRY(auto* const services, call.services());
  std::string secret;
  std::getline(std::cin, secret);
  ATTEST_TRY(const auto reader, workflow::authenticate(*services, ReaderId{*name}, secret));
  ATTEST_TRY(const auto id, call.caseOf(call.arguments.front()));
  ATTEST_TRY(const auto outcome, workflow::signCase(*services, {id, std::nullopt}, reader, secret));
  if (!outcome.version) return refuse(call, outcome.missing);
  const Version& version = *outcome.version;
  call.answer({{"case", id.value},
               {"version", version.number},
               {"hash", version.hash},
               {"signed_by", version.signedBy.value},
               {"signed_at", toIso8601(version.signedAt)}},
              "version " + std::to_string(version.number) + " signed\n" + version.hash);
  return 0;
}

}  // namespace

Command make_sign() {
  return {.name = "sign",
          .usage = "CASE --as READER",
          .summary = "freezes a version with the reader's signature, or says what is missing",
          .options = {"--as"},
          .flags = {},
          .leastArguments = 1,
          .mostArguments = 1,
          .run = run};
}

}  // namespace attest::app
