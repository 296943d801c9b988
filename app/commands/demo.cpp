#include "core/workflow/demo.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "app/command.h"

namespace attest::app {

Command make_demo();
Command make_open();

namespace {

std::string words(workflow::DemoStep step) {
  switch (step) {
    case workflow::DemoStep::images:
      return "making the images";
    case workflow::DemoStep::import:
      return "importing";
    case workflow::DemoStep::analysis:
      return "the agents work";
    case workflow::DemoStep::signature:
      break;
  }
  return "accepting what was found, signing";
}

Result<int> run(Invocation& call) {
  ATTEST_TRY(auto* const services, call.services());
  const auto tell = [](workflow::DemoStep step, const std::string& study) {
    std::cerr << "demonstration, " << study << " study: " << words(step) << std::endl;
  };
  const auto demo = workflow::makeDemo(*services, 1, call.stop, tell);
  if (!demo && demo.error().code == ErrorCode::cancelled)
    return fail(ErrorCode::cancelled, "stopped; `attest demo` goes on from here");
  if (!demo) return fail(demo.error());
  nlohmann::json cases = nlohmann::json::array();
  for (const CaseId& id : demo->cases) cases.push_back(id.value);
  call.stream({{"cases", cases}, {"reader", workflow::demoReader}, {"secret", workflow::demoSecret}},
              std::string("Sign in as ") + workflow::demoReader + " with the secret " + workflow::demoSecret +
                  ".\nThe case to read is " + demo->cases.front().value + ".");
  if (call.has("--no-window")) return 0;
  call.arguments = {demo->cases.front().value};
  return make_open().run(call);
}

}  // namespace

Command make_demo() {
  return {
      .name = "demo",
      .usage = "[--no-window]",
      .summary =
          "makes the demonstration cases (phantoms with known truth) and a reader, and opens the window on "
          "the first",
      .options = {},
      .flags = {"--no-window"},
      .leastArguments = 0,
      .mostArguments = 0,
      .run = run};
}

}  // namespace attest::app
