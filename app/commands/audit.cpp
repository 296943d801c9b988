#include <iostream>
#include <nlohmann/json.hpp>

#include "app/command.h"
#include "core/audit/chain.h"

namespace attest::app {

Command make_audit();

namespace {

constexpr int exitFailed = 1;

nlohmann::json recordJson(const AuditRecord& record) {
  return {{"seq", record.seq},
          {"time", toIso8601(record.time)},
          {"actor", record.event.actor},
          {"action", record.event.action},
          {"subject", record.event.subject},
          {"detail", record.event.detail},
          {"previous", record.previousHash},
          {"hash", record.hash}};
}

Result<int> verify(Invocation& call, casedb::CaseDb& db) {
  audit::Verifier verifier;
  const auto head = call.option("--head");
  bool seen = !head;
  ATTEST_CHECK(db.auditTrail([&](const AuditRecord& record) {
    verifier.add(record);
    seen = seen || record.hash == *head;
  }));
  nlohmann::json broken = nlohmann::json::array();
  for (const auto& link : verifier.broken()) broken.push_back({{"seq", link.seq}, {"reason", link.reason}});
  if (!seen)
    broken.push_back({{"seq", verifier.events()}, {"reason", "the head that was kept is not in the chain"}});
  const bool ok = broken.empty();
  call.answer({{"ok", ok}, {"events", verifier.events()}, {"head", verifier.head()}, {"broken", broken}},
              (ok ? "the chain is whole: " : "THE CHAIN IS BROKEN: ") + std::to_string(verifier.events()) +
                  " events\nhead " + verifier.head());
  return ok ? 0 : exitFailed;
}

Result<int> run(Invocation& call) {
  const std::string& what = call.arguments.front();
  if (what != "verify" && what != "export") return call.misuse("audit verify, or audit export");
  ATTEST_TRY(auto* const services, call.services());
  if (what == "verify") return verify(call, services->db());
  ATTEST_CHECK(call.noteRead("audit.export", ""));
  ATTEST_CHECK(services->db().auditTrail(
      [](const AuditRecord& record) { std::cout << Invocation::text(recordJson(record), true) << "\n"; }));
  return 0;
}

}  // namespace

Command make_audit() {
  return {.name = "audit",
          .usage = "verify [--head HASH] | export [--as READER]",
          .summary = "proves that no event of the audit trail was changed or left out, or lists it",
          .options = {"--head", "--as"},
          .flags = {},
          .leastArguments = 1,
          .mostArguments = 1,
          .run = run};
}

}  // namespace attest::app
