#include "app/node_text.h"

#include <nlohmann/json.hpp>

#include "core/base/format.h"
#include "core/network/peer.h"
#include "core/workflow/nodes.h"
#include "ui/nodes/problem_words.h"

namespace attest::app {
namespace {

/// What an unencrypted way lets others read.
std::string warningOf(const Node& node) {
  return node.user.empty() ? "patients' data goes over the network unencrypted"
                           : "the password and patients' data go over the network unencrypted";
}

}  // namespace

nlohmann::json toJson(const Node& node) {
  nlohmann::json json = {
      {"name", node.name}, {"kind", name(node.kind)}, {"deliver", node.deliver}, {"accept", node.accept}};
  if (node.kind == NodeKind::dicomweb) {
    json.update({{"url", node.url}, {"user", node.user}, {"has_password", !node.password.reveal().empty()}});
  } else {
    json.update({{"ae_title", node.aeTitle},
                 {"host", node.host},
                 {"port", node.port},
                 {"calling_ae", node.callingAe}});
  }
  return json;
}

Result<int> answerEcho(Invocation& call, const std::string& nodeName) {
  ATTEST_TRY(auto* const services, call.services());
  ATTEST_TRY(const auto node, workflow::nodeOf(*services, nodeName));
  const auto report = network::Peer::make(node)->echo(call.stop);
  const double milliseconds = static_cast<double>(report.latency.count()) / 1000;
  const ui::ErrorWords said = ui::words(report.problem, node);
  const std::string hint = said.advice.toStdString();
  const std::string words = report.ok() ? "answers in " + formatNumber(milliseconds, 0) + " ms"
                                        : said.happened.toStdString() + "\n" + hint;
  const std::string warning = report.unencrypted ? warningOf(node) : "";
  call.answer({{"name", nodeName},
               {"ok", report.ok()},
               {"problem", network::name(report.problem)},
               {"message", report.detail},
               {"hint", hint},
               {"warning", warning},
               {"latency_ms", milliseconds}},
              nodeName + ": " + words + (warning.empty() ? "" : "\nbut " + warning));
  return report.ok() ? 0 : 1;
}

}  // namespace attest::app
