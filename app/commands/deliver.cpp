#include "core/workflow/deliver.h"

#include <nlohmann/json.hpp>

#include "app/command.h"
#include "app/json_text.h"

namespace attest::app {

Command make_deliver();

namespace {

constexpr int exitSomeFailed = 3;

Result<int> run(Invocation& call) {
  ATTEST_TRY(auto* const services, call.services());
  std::optional<CaseId> only;
  if (!call.arguments.empty()) {
    ATTEST_TRY(only, call.caseOf(call.arguments.front()));
    ATTEST_CHECK(workflow::retryDeliveries(*services, *only, Invocation::systemUser()));
  }
  std::map<std::int64_t, std::pair<CaseId, Delivery>> met;
  ATTEST_CHECK(
      workflow::deliverDue(*services, only, call.stop, [&](const CaseId& id, const Delivery& delivery) {
        met[delivery.id] = {id, delivery};
      }));
  if (only) {
    ATTEST_TRY(const auto all, services->db().deliveries(*only));
    for (const Delivery& delivery : all) met[delivery.id] = {*only, delivery};
  }
  nlohmann::json list = nlohmann::json::array();
  std::string text;
  std::size_t delivered = 0;
  for (const auto& [number, one] : met) {
    const auto& [id, delivery] = one;
    delivered += delivery.state == "delivered" ? 1 : 0;
    nlohmann::json document = toJson(delivery);
    document["case"] = id.value;
    list.push_back(document);
    text += id.value + "  " + delivery.destination + "  " + delivery.format + "  " + delivery.state +
            (delivery.error.empty() ? "" : "  " + delivery.error) + "\n";
  }
  call.answer({{"deliveries", list}},
              text + std::to_string(delivered) + " of " + std::to_string(met.size()) + " delivered");
  if (call.stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped; what is due stays due");
  return delivered == met.size() ? 0 : exitSomeFailed;
}

}  // namespace

Command make_deliver() {
  return {.name = "deliver",
          .usage = "[CASE]",
          .summary = "sends what is due to the nodes; of one case also what failed",
          .options = {},
          .flags = {},
          .leastArguments = 0,
          .mostArguments = 1,
          .run = run};
}

}  // namespace attest::app
