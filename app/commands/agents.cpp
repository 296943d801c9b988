#include "core/agents/agent.h"

#include <nlohmann/json.hpp>

#include "app/command.h"

namespace attest::app {

Command make_agents();

namespace {

nlohmann::json cardJson(const AgentCard& card) {
  return {{"id", card.id},
          {"version", card.version},
          {"title", card.title},
          {"owner", card.owner},
          {"intended_use", card.intendedUse},
          {"method", card.method},
          {"limitations", card.limitations},
          {"modalities", card.modalities},
          {"needs", card.needs},
          {"wants", card.wants},
          {"reads_prior", card.readsPrior},
          {"operating_point", card.operatingPoint},
          {"proposes", card.proposes},
          {"reading_mode", card.readingMode ? nlohmann::json(name(*card.readingMode)) : nlohmann::json()}};
}

Result<int> run(Invocation& call) {
  if (!call.arguments.empty() && call.arguments.front() != "list") {
    return call.misuse("this version lists agents; it does not switch them");
  }
  nlohmann::json cards = nlohmann::json::array();
  std::string text;
  for (const auto& agent : agents::makeRoster()) {
    const AgentCard& card = agent->card();
    cards.push_back(cardJson(card));
    text += card.id + " " + card.version + "  " + card.title + "\n    " + card.intendedUse +
            "\n    Limits: " + card.limitations + "\n";
  }
  call.answer({{"agents", cards}}, text);
  return 0;
}

}  // namespace

Command make_agents() {
  return {.name = "agents",
          .usage = "[list]",
          .summary = "the agents and what each says of itself",
          .options = {},
          .flags = {},
          .leastArguments = 0,
          .mostArguments = 1,
          .run = run};
}

}  // namespace attest::app
