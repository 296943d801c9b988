#include "ui/nodes/problem_words.h"

#include <QCoreApplication>
#include <QUrl>
#include <array>

#include "ui/parts/text.h"

namespace attest::ui {
namespace {

/// %1: host, %2: port, %3: the node's AE title, %4: ours.
struct Row {
  const char* happened;
  const char* advice;
};

constexpr const char* askForTheLog =
    QT_TRANSLATE_NOOP("nodes", "Its administrator finds the reason in its log.");

// In the order of NodeProblem.
constexpr std::array table{
    Row{"", ""},
    Row{QT_TRANSLATE_NOOP("nodes", "What was entered for it cannot work."),
        QT_TRANSLATE_NOOP("nodes",
                          "Edit it: its AE title, host and port, or its address with http:// or https://.")},
    Row{QT_TRANSLATE_NOOP("nodes", "The name %1 has no address."),
        QT_TRANSLATE_NOOP("nodes", "Check how it is spelled, or enter the IP address.")},
    Row{QT_TRANSLATE_NOOP("nodes", "No way leads to %1."),
        QT_TRANSLATE_NOOP("nodes", "Check the network, the VPN and the firewall.")},
    Row{QT_TRANSLATE_NOOP("nodes", "%1 is there, but nothing listens on port %2."),
        QT_TRANSLATE_NOOP("nodes", "Check the port, and whether the system runs.")},
    Row{QT_TRANSLATE_NOOP("nodes", "%1 does not answer."),
        QT_TRANSLATE_NOOP("nodes", "Check the address. A firewall may be in between.")},
    Row{QT_TRANSLATE_NOOP("nodes", "It ended the connection in the middle."), askForTheLog},
    Row{QT_TRANSLATE_NOOP("nodes", "Something else than DICOM listens on port %2."),
        QT_TRANSLATE_NOOP("nodes", "Check the port. Often it is 104, 4242 or 11112.")},
    Row{QT_TRANSLATE_NOOP("nodes", "Its AE title is not “%3”."),
        QT_TRANSLATE_NOOP("nodes", "Ask its administrator for the AE title, and edit it here.")},
    Row{QT_TRANSLATE_NOOP("nodes", "It does not know our AE title “%4”."),
        QT_TRANSLATE_NOOP("nodes",
                          "Ask its administrator to enter this AE title and this machine's address.")},
    Row{QT_TRANSLATE_NOOP("nodes", "It refuses the connection."), askForTheLog},
    Row{QT_TRANSLATE_NOOP("nodes", "It speaks DICOM, but does not offer this service."),
        QT_TRANSLATE_NOOP("nodes", "Ask its administrator to switch the service on.")},
    Row{QT_TRANSLATE_NOOP("nodes", "The encrypted connection does not come about."),
        QT_TRANSLATE_NOOP("nodes", "Its certificate must be valid and trusted by this machine.")},
    Row{QT_TRANSLATE_NOOP("nodes", "It wants a user and a password, or those entered are wrong."),
        QT_TRANSLATE_NOOP("nodes", "Edit it, and enter them.")},
    Row{QT_TRANSLATE_NOOP("nodes", "It does not let this user in."),
        QT_TRANSLATE_NOOP("nodes", "Ask its administrator for the right.")},
    Row{QT_TRANSLATE_NOOP("nodes", "It sends us to another address."),
        QT_TRANSLATE_NOOP("nodes", "Nothing is sent there by itself. Enter that address if it is right.")},
    Row{QT_TRANSLATE_NOOP("nodes", "A web server answers, but not with DICOMweb."),
        QT_TRANSLATE_NOOP("nodes", "Check the path of the address, as /dicom-web.")},
    Row{QT_TRANSLATE_NOOP("nodes", "It answers with an error."), askForTheLog},
    Row{QT_TRANSLATE_NOOP("nodes", "It took the question, and failed."), askForTheLog},
    Row{QT_TRANSLATE_NOOP("nodes", "It sends more than this workstation takes."), askForTheLog},
    Row{QT_TRANSLATE_NOOP("nodes", "Its answer is no proper DICOM."), askForTheLog},
    Row{QT_TRANSLATE_NOOP("nodes", "The test was stopped."), QT_TRANSLATE_NOOP("nodes", "Start it again.")},
    Row{QT_TRANSLATE_NOOP("nodes", "This workstation could not ask."),
        QT_TRANSLATE_NOOP("nodes", "Check its disk and its network, then try again.")},
};
static_assert(table.size() == static_cast<std::size_t>(NodeProblem::here) + 1);

}  // namespace

ErrorWords words(NodeProblem problem, const Node& node) {
  const bool isWeb = node.kind == NodeKind::dicomweb;
  const QUrl url(text(node.url));
  const int port = isWeb ? url.port(url.scheme() == QLatin1String("https") ? 443 : 80) : node.port;
  const std::array values{isWeb ? url.host() : text(node.host), QString::number(port), text(node.aeTitle),
                          text(node.callingAe)};
  const auto filled = [&](const char* source) {
    QString words = QCoreApplication::translate("nodes", source);
    for (std::size_t i = 0; i < values.size(); ++i)
      words.replace(QStringLiteral("%%1").arg(i + 1), values[i]);
    return words;
  };
  const Row& row = table.at(static_cast<std::size_t>(problem));
  return {filled(row.happened), filled(row.advice)};
}

bool hasMore(NodeProblem problem) {
  switch (problem) {
    case NodeProblem::closed:
    case NodeProblem::rejected:
    case NodeProblem::not_supported:
    case NodeProblem::tls:
    case NodeProblem::moved:
    case NodeProblem::http_status:
    case NodeProblem::service_failed:
    case NodeProblem::here:
      return true;
    default:
      return false;
  }
}

}  // namespace attest::ui
