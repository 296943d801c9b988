#include <charconv>
#include <iostream>
#include <nlohmann/json.hpp>

#include "app/command.h"
#include "app/node_text.h"
#include "core/workflow/nodes.h"

namespace attest::app {

Command make_node();

namespace {

/// The node that the options describe; its password is not among them.
Result<Node> described(Invocation& call) {
  Node node;
  node.name = call.arguments[1];
  const std::string kind = call.option("--kind").value_or(call.option("--url") ? "dicomweb" : "dimse");
  const auto known = nodeKind(kind);
  if (!known) return call.misuse("--kind is dimse or dicomweb, not " + kind);
  node.kind = *known;
  node.aeTitle = call.option("--ae").value_or("");
  node.host = call.option("--host").value_or("");
  node.callingAe = call.option("--calling").value_or(node.callingAe);
  node.url = call.option("--url").value_or("");
  node.user = call.option("--user").value_or("");
  node.deliver = call.has("--deliver");
  node.accept = call.has("--accept");
  if (const auto port = call.option("--port")) {
    const auto [end, error] = std::from_chars(port->data(), port->data() + port->size(), node.port);
    if (error != std::errc() || end != port->data() + port->size()) {
      return call.misuse("--port is a number, not " + *port);
    }
  }
  return node;
}

/// Standard input has the secret of --as first, then the node's password where it has a user.
Result<int> add(Invocation& call) {
  ATTEST_TRY(auto node, described(call));
  ATTEST_TRY(const auto reader, call.reader());
  if (!node.user.empty()) {
    std::string password;
    std::getline(std::cin, password);
    node.password = Phi(std::move(password));
  }
  ATTEST_TRY(auto* const services, call.services());
  ATTEST_CHECK(workflow::putNode(*services, node, reader));
  ATTEST_TRY(const auto stored, workflow::nodeOf(*services, node.name));
  call.answer(toJson(stored), node.name + " is known; `attest node test " + node.name + "` tries it");
  return 0;
}

Result<int> list(Invocation& call) {
  ATTEST_TRY(auto* const services, call.services());
  ATTEST_TRY(const auto nodes, services->db().nodes());
  nlohmann::json all = nlohmann::json::array();
  std::string text;
  for (const auto& node : nodes) {
    all.push_back(toJson(node));
    const bool web = node.kind == NodeKind::dicomweb;
    text += node.name + "  " +
            (web ? node.url : node.aeTitle + " at " + node.host + ":" + std::to_string(node.port)) +
            (node.deliver ? "  deliver" : "") + (node.accept ? "  accept" : "") + "\n";
  }
  call.answer({{"nodes", all}}, text + std::to_string(nodes.size()) + " nodes");
  return 0;
}

Result<int> remove(Invocation& call) {
  ATTEST_TRY(const auto reader, call.reader());
  ATTEST_TRY(auto* const services, call.services());
  ATTEST_CHECK(workflow::removeNode(*services, call.arguments[1], reader));
  call.answer({{"name", call.arguments[1]}, {"removed", true}}, call.arguments[1] + " is no longer known");
  return 0;
}

Result<int> run(Invocation& call) {
  const std::string& what = call.arguments.front();
  if (what == "list") return list(call);
  if (call.arguments.size() == 2) {
    if (what == "add") return add(call);
    if (what == "remove") return remove(call);
    if (what == "test") return answerEcho(call, call.arguments[1]);
  }
  return call.misuse("node add NAME, node list, node remove NAME, or node test NAME");
}

}  // namespace

Command make_node() {
  return {.name = "node",
          .usage =
              "add NAME --ae AE --host HOST --port N [--calling AE] | add NAME --url URL [--user NAME] "
              "[--deliver] [--accept] --as READER | list | remove NAME --as READER | test NAME",
          .summary =
              "other systems: a PACS over DIMSE or DICOMweb; --deliver sends signed cases there, "
              "--accept lets it send to us",
          .options = {"--kind", "--ae", "--host", "--port", "--calling", "--url", "--user", "--as"},
          .flags = {"--deliver", "--accept"},
          .leastArguments = 1,
          .mostArguments = 2,
          .run = run};
}

}  // namespace attest::app
