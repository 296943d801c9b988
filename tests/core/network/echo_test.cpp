#include <thread>

#include "tests/core/network/nodes.h"

namespace attest::network {
namespace {

using test::Orthanc;

EchoReport echo(const Node& node, const Limits& limits = {}) {
  return Peer::make(node, limits)->echo({});
}

Problem problemOf(const Node& node, const Limits& limits = {}) {
  const auto report = echo(node, limits);
  EXPECT_EQ(report.ok(), report.problem == Problem::none);
  EXPECT_TRUE(report.ok() || !report.detail.empty());
  return report.problem;
}

TEST(Echo, AnswersOverDimseAndOverTheWeb) {
  NEEDS(peer, Orthanc::start());
  for (const Node& node : {dimseNode(*peer), webNode(*peer)}) {
    const auto report = echo(node);
    EXPECT_EQ(report.problem, Problem::none) << report.detail;
    EXPECT_GT(report.latency.count(), 0);
    EXPECT_FALSE(report.unencrypted);
  }
}

TEST(Echo, SaysWhatIsWrongBeforeAPeerIsReached) {
  Node node = dimseNode(test::freePort(), "PEER");
  EXPECT_EQ(problemOf(node), Problem::connection_refused);
  node.host = "no-such-host.invalid";
  EXPECT_EQ(problemOf(node), Problem::name_not_resolved);
  node.host = "";
  EXPECT_EQ(problemOf(node), Problem::bad_node);
  node = dimseNode(0, "PEER");
  EXPECT_EQ(problemOf(node), Problem::bad_node);
  node = dimseNode(104, "A TITLE TOO LONG FOR DICOM");
  EXPECT_EQ(problemOf(node), Problem::bad_node);

  Node web;
  web.kind = NodeKind::dicomweb;
  const std::string port = std::to_string(test::freePort());
  web.url = "http://127.0.0.1:" + port + "/dicom-web";
  EXPECT_EQ(problemOf(web), Problem::connection_refused);
  web.url = "http://no-such-host.invalid/dicom-web";
  EXPECT_EQ(problemOf(web), Problem::name_not_resolved);
  for (const char* url :
       {"", "pacs", "ftp://pacs/dicom-web", "https://me:secret@pacs/dicom-web", "https://pacs/?a=b"}) {
    web.url = url;
    EXPECT_EQ(problemOf(web), Problem::bad_node) << url;
  }
}

TEST(Echo, SaysWhatIsWrongWithTheNamesOfADimsePeer) {
  NEEDS(peer, Orthanc::start());
  Node node = dimseNode(*peer);
  node.aeTitle = "SOMEBODY";
  EXPECT_EQ(problemOf(node), Problem::called_ae_unknown);
  node = dimseNode(*peer);
  node.port = peer->httpPort;
  const Problem other =
      problemOf(node, {.connect = std::chrono::seconds(5), .silence = std::chrono::seconds(5)});
  EXPECT_TRUE(other == Problem::not_dicom || other == Problem::closed || other == Problem::timeout)
      << name(other);

  NEEDS(strict, Orthanc::start({.knowsAll = false}));
  node = dimseNode(*strict);
  node.callingAe = "STRANGER";
  EXPECT_EQ(problemOf(node), Problem::calling_ae_unknown);
}

TEST(Echo, SaysWhatIsWrongWithAWebServer) {
  NEEDS(peer, Orthanc::start({.tls = true}));
  Node node = webNode(*peer, "https");
  EXPECT_EQ(problemOf(node), Problem::tls);  // nobody signed its certificate
  EXPECT_NE(echo(node).detail.find("certificate"), std::string::npos);

  NEEDS(plain, Orthanc::start());
  node = webNode(*plain, "https");
  EXPECT_EQ(problemOf(node), Problem::tls);
  node = webNode(*plain);
  node.url += "-elsewhere";
  EXPECT_EQ(problemOf(node), Problem::not_dicomweb);
  node.url = "http://127.0.0.1:" + std::to_string(plain->httpPort);  // an answer in JSON, but not of DICOM
  EXPECT_EQ(problemOf(node), Problem::not_dicomweb);
  node.url = "http://127.0.0.1:" + std::to_string(plain->dicomPort);
  EXPECT_NE(problemOf(node, {.connect = std::chrono::seconds(5), .silence = std::chrono::seconds(1)}),
            Problem::none);
  node = webNode(*plain);
  node.password = Phi<std::string>("wrong");
  EXPECT_EQ(problemOf(node), Problem::password_needed);
  node.user.clear();
  EXPECT_EQ(problemOf(node), Problem::password_needed);
}

TEST(Echo, APeerThatHangsIsLeftInTime) {
  NEEDS(peer, Orthanc::start());
  peer->program->freeze();  // its port still takes connections
  const Limits impatient{.silence = std::chrono::milliseconds(200)};
  EXPECT_EQ(problemOf(dimseNode(*peer), impatient), Problem::timeout);
  EXPECT_EQ(problemOf(webNode(*peer), impatient), Problem::timeout);

  // A stop request ends the wait, which else lasts for its minute.
  for (const Node& node : {dimseNode(*peer), webNode(*peer)}) {
    std::stop_source stop;
    std::jthread other([&] { stop.request_stop(); });
    EXPECT_EQ(Peer::make(node)->echo(stop.get_token()).problem, Problem::cancelled);
  }
}

}  // namespace
}  // namespace attest::network
