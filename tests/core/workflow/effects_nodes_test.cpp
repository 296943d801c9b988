// Nodes, what is found and fetched there, our listener and what is delivered.
#include "core/network/listener.h"
#include "core/workflow/nodes.h"
#include "tests/core/workflow/desk.h"

namespace attest::workflow::test {
namespace {

namespace action = session::action;
namespace effect = session::effect;

class NodeEffects : public EffectsTest {
 protected:
  static Node pacs(const std::string& name = "pacs") {
    Node node;
    node.name = name;
    node.aeTitle = "PACS";
    node.host = "127.0.0.1";
    node.port = 1;
    return node;
  }
  static Node web() {
    Node node = pacs("web");
    node.kind = NodeKind::dicomweb;
    node.url = "https://127.0.0.1:1/dicom-web";
    node.user = "attest";
    node.password = Phi<std::string>("hush");
    return node;
  }
  Node stored(const std::string& name) { return nodeOf(*services_, name).value(); }
};

TEST_F(NodeEffects, NodesComeWithoutTheirPasswords) {
  const auto loaded = answer<action::NodesLoaded>(effect::PutNode{anna_, web(), ""});
  ASSERT_EQ(loaded.nodes.size(), 1U);
  EXPECT_EQ(loaded.nodes[0].password.reveal(), "");
  EXPECT_EQ(stored("web").password.reveal(), "hush");
}

TEST_F(NodeEffects, APasswordStaysForTheSamePlaceAndGoesNowhereElse) {
  perform(effect::PutNode{anna_, web(), ""});
  Node changed = answers_.all<action::NodesLoaded>().at(0).nodes.at(0);
  changed.deliver = true;
  changed.name = "archive";
  const auto loaded = answer<action::NodesLoaded>(effect::PutNode{anna_, changed, "web"});
  ASSERT_EQ(loaded.nodes.size(), 1U) << "renamed, not copied";
  EXPECT_EQ(stored("archive").password.reveal(), "hush");
  changed.url = "https://elsewhere.example/dicom-web";
  perform(effect::PutNode{anna_, changed, ""});
  EXPECT_EQ(stored("archive").password.reveal(), "");
}

TEST_F(NodeEffects, WhatCanNotBeANodeIsRefusedInWords) {
  const auto refused = [&](Node node) {
    return answer<action::NodesFailed>(effect::PutNode{anna_, std::move(node), ""}).error;
  };
  Node node = pacs();
  node.host.clear();
  EXPECT_EQ(refused(node).detail, "the node needs a host");
  node = pacs();
  node.port = 70000;
  EXPECT_EQ(refused(node).code, ErrorCode::bad_argument);
  node = web();
  node.url = "ftp://x";
  EXPECT_EQ(refused(node).code, ErrorCode::bad_argument);
  perform(effect::PutNode{anna_, pacs("a"), ""});
  perform(effect::PutNode{anna_, pacs("b"), ""});
  EXPECT_EQ(answer<action::NodesFailed>(effect::PutNode{anna_, pacs("a"), "b"}).error.code,
            ErrorCode::conflict);
}

TEST_F(NodeEffects, OnlyAnAdminChangesThem) {
  enroll("bert", {Role::attending});
  EXPECT_EQ(answer<action::NodesFailed>(effect::PutNode{{"bert"}, pacs(), ""}).error.code,
            ErrorCode::not_allowed);
  perform(effect::PutNode{anna_, pacs(), ""});
  EXPECT_EQ(answer<action::NodesFailed>(effect::RemoveNode{{"bert"}, "pacs"}).error.code,
            ErrorCode::not_allowed);
  EXPECT_TRUE(answer<action::NodesLoaded>(effect::RemoveNode{anna_, "pacs"}).nodes.empty());
  EXPECT_EQ(answer<action::NodesFailed>(effect::RemoveNode{anna_, "pacs"}).error.code, ErrorCode::not_found);
}

TEST_F(NodeEffects, ATestSaysWhatIsWrongAndThatItWorks) {
  EXPECT_EQ(answer<action::NodeTested>(effect::TestNode{"pacs"}).test.error->code, ErrorCode::not_found);
  perform(effect::PutNode{anna_, pacs(), ""});
  const auto refused = answer<action::NodeTested>(effect::TestNode{"pacs"});
  ASSERT_TRUE(refused.test.error.has_value());
  EXPECT_FALSE(refused.test.error->detail.empty());
  EXPECT_EQ(refused.test.problem, NodeProblem::connection_refused);

  network::ListenerSettings settings;
  settings.aeTitle = "PACS";
  settings.port = 0;
  settings.callers = {{"ATTEST", ""}};
  auto peer =
      network::Listener::open(settings, [](const network::ReceivedObject&) -> Result<> { return {}; });
  ASSERT_TRUE(peer) << peer.error().detail;
  auto serving = services_->pool().submit(jobs::Lane::network, jobs::Urgency::visible,
                                          [&](std::stop_token stop) { EXPECT_TRUE((*peer)->serve(stop)); });
  Node node = pacs();
  node.port = (*peer)->port();
  effects_->perform(effect::PutNode{anna_, node, ""});
  answers_.await<action::NodesLoaded>([&](const auto& all) { return all.nodes.at(0).port == node.port; });
  answers_.clear();
  effects_->perform(effect::TestNode{"pacs"});
  const auto works = answers_.await<action::NodeTested>();
  EXPECT_EQ(works.test.error, std::nullopt) << works.test.error->detail;
  EXPECT_EQ(works.test.problem, NodeProblem::none);
  serving.cancel();
  services_->pool().drain();
}

TEST_F(NodeEffects, WhatCanNotBeReachedIsSaid) {
  perform(effect::PutNode{anna_, pacs(), ""});
  const auto failed = answer<action::FindFailed>(effect::FindStudies{7, anna_, "pacs", {}});
  EXPECT_EQ(failed.ticket, 7);
  EXPECT_EQ(failed.error.code, ErrorCode::network);
  const auto fetch = answer<action::ImportFailed>(effect::FetchStudy{8, anna_, "pacs", {"1.2.3"}});
  EXPECT_EQ(fetch.ticket, 8);
  EXPECT_EQ(fetch.error.code, ErrorCode::network);
  enroll("root", {Role::admin});
  EXPECT_EQ(answer<action::FindFailed>(effect::FindStudies{9, {"root"}, "pacs", {}}).error.code,
            ErrorCode::not_allowed);
}

TEST_F(NodeEffects, TheListenerIsObeyedAtOnceAndRemembered) {
  answers_.clear();
  effects_->perform(effect::StartServices{});
  EXPECT_FALSE(answers_.await<action::ListenerChanged>().listener.running) << "off until it is set";
  network::ListenerSettings any;
  any.port = 0;
  int port = 0;  // one that was free a moment ago
  {
    auto probe = network::Listener::open(any, [](const network::ReceivedObject&) -> Result<> { return {}; });
    ASSERT_TRUE(probe);
    port = (*probe)->port();
  }
  answers_.clear();
  effects_->perform(effect::SetListener{anna_, {.port = port, .aeTitle = "ATTEST", .error = {}}});
  const auto on =
      answers_.await<action::ListenerChanged>([](const auto& one) { return one.listener.running; });
  EXPECT_EQ(on.listener.port, port);
  answers_.clear();
  effects_->perform(effect::SetListener{anna_, {.port = -1, .aeTitle = "ATTEST", .error = {}}});
  EXPECT_EQ(answers_.await<action::NodesFailed>().error.code, ErrorCode::bad_argument);
  effects_.reset();
  answers_.clear();
  start();
  effects_->perform(effect::StartServices{});
  answers_.await<action::ListenerChanged>([](const auto& one) { return one.listener.running; });
}

TEST_F(NodeEffects, WhatWasSignedIsTriedAgainWhenAPersonSaysSo) {
  Node node = pacs();
  node.deliver = true;
  perform(effect::PutNode{anna_, node, ""});
  finishReview();
  const auto now = record(id_);
  perform(effect::Sign{id_, anna_, secret, now.revision, review::contentHash(now)});
  ASSERT_FALSE(record(id_).deliveries.empty());
  perform(effect::Deliver{id_, anna_});
  EXPECT_FALSE(answers_.all<action::RecordChanged>().empty());
  for (const Delivery& delivery : record(id_).deliveries) {
    EXPECT_GE(delivery.attempts, 1);
    EXPECT_FALSE(delivery.error.empty()) << "nothing listens there";
  }
  EXPECT_EQ(answer<action::DeliveryFailed>(effect::Deliver{nowhere_, anna_}).error.code,
            ErrorCode::not_found);
}

}  // namespace
}  // namespace attest::workflow::test
