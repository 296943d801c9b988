#include "core/workflow/upkeep.h"

#include <condition_variable>
#include <mutex>

#include "core/network/peer.h"
#include "core/workflow/analyze.h"
#include "tests/core/workflow/home.h"

namespace attest::workflow::test {
namespace {

using namespace std::chrono_literals;

class UpkeepTest : public HomeTest {
 protected:
  /// Waits, without a limit of its own, until `holds`.
  template <class F>
  void until(F&& holds) {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, holds);
  }
  void begin(std::chrono::seconds quiet = 5s) {
    UpkeepEvents events;
    events.listening = [this](int port, const std::optional<Error>& error) {
      note([&] { port_ = port, error_ = error, ++answers_; });
    };
    events.arrived = [this](const ImportReport& report) {
      note([&] { arrived_ += report.added, cases_ = report.cases; });
    };
    events.queued = [this](const RunId& run, const CaseId&) { note([&] { queued_.push_back(run); }); };
    upkeep_ = std::make_unique<Upkeep>(*services_, makeOrchestrator(*services_), events, quiet);
  }
  void TearDown() override {
    upkeep_.reset();
    services_->pool().drain();
  }
  template <class F>
  void note(F&& change) {
    const std::scoped_lock lock(mutex_);
    change();
    wake_.notify_all();
  }
  Node us() {
    Node node;
    node.name = "us";
    node.aeTitle = "ATTEST";
    node.host = "127.0.0.1";
    node.port = port_;
    node.callingAe = "MODALITY";
    return node;
  }
  void allowModality() {
    Node node;
    node.name = "modality";
    node.aeTitle = "MODALITY";
    node.accept = true;
    change([&](casedb::WriteTx& tx) { return tx.putNode(node); });
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  int port_ = 0;
  int answers_ = 0;
  std::optional<Error> error_;
  std::size_t arrived_ = 0;
  std::vector<CaseId> cases_;
  std::vector<RunId> queued_;
  std::unique_ptr<Upkeep> upkeep_;
};

TEST_F(UpkeepTest, WhatArrivesBecomesACaseAndGetsItsAgentsWhenItWasQuiet) {
  allowModality();
  begin();
  upkeep_->listen({}, 0);
  until([&] { return port_ > 0; });
  const auto files = write("ct");
  const auto sent = network::Peer::make(us())->send(files, {}, {});
  ASSERT_TRUE(sent) << sent.error().detail;
  EXPECT_EQ(sent->sent, files.size());
  until([&] { return arrived_ == files.size(); });
  EXPECT_TRUE(queued_.empty()) << "more may come";
  clock_.forward(5s);
  until([&] { return queued_.size() == 1; });
  EXPECT_EQ(services_->db().run(queued_[0])->caseId, cases_.at(0));
}

TEST_F(UpkeepTest, WhoIsNotAmongTheNodesMayNotSend) {
  begin();
  upkeep_->listen({}, 0);
  until([&] { return port_ > 0; });
  const auto files = write("ct");
  const auto sent = network::Peer::make(us())->send({files[0]}, {}, {});
  EXPECT_FALSE(sent && sent->sent > 0);
}

TEST_F(UpkeepTest, WhatWasImportedWithoutAgentsGetsThem) {
  const CaseId id = importChest();
  begin(0s);
  until([&] { return queued_.size() == 1; });
  EXPECT_EQ(services_->db().run(queued_[0])->caseId, id);
}

TEST_F(UpkeepTest, APortThatIsTakenIsSaid) {
  begin();
  upkeep_->listen({}, 0);
  until([&] { return port_ > 0; });
  const int taken = port_;
  std::optional<Error> refused;
  bool answered = false;
  UpkeepEvents events;
  events.listening = [&](int, const std::optional<Error>& error) {
    note([&] { refused = error, answered = true; });
  };
  Upkeep other(*services_, makeOrchestrator(*services_), events);
  other.listen({}, taken);
  until([&] { return answered; });
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->code, ErrorCode::busy);
}

TEST_F(UpkeepTest, TheListenerMovesAndIsSwitchedOff) {
  begin();
  upkeep_->listen({}, 0);
  until([&] { return port_ > 0; });
  const int answers = answers_;
  upkeep_->listen({port_, "OTHER", false});
  until([&] { return answers_ >= answers + 2; });  // it ended, and stands again
  EXPECT_GT(port_, 0);
  upkeep_->listen({});
  until([&] { return port_ == 0; });
  EXPECT_FALSE(error_);
}

TEST_F(UpkeepTest, ItsSetupIsKept) {
  const Reader admin = enroll("root", {Role::admin});
  EXPECT_EQ(listenerSetup(*services_).value(), ListenerSetup{});
  const ListenerSetup setup{11113, "READING", true};
  ASSERT_TRUE(storeListenerSetup(*services_, setup, admin));
  EXPECT_EQ(listenerSetup(*services_).value(), setup);
  EXPECT_EQ(codeOf(storeListenerSetup(*services_, {70000, "READING", true}, admin)), ErrorCode::bad_argument);
  EXPECT_EQ(codeOf(storeListenerSetup(*services_, {1, std::string(17, 'A'), true}, admin)),
            ErrorCode::bad_argument);
  EXPECT_EQ(codeOf(storeListenerSetup(*services_, setup, enroll("anna", {Role::attending}))),
            ErrorCode::not_allowed);
  EXPECT_EQ(listenerSetup(*services_).value(), setup);
}

}  // namespace
}  // namespace attest::workflow::test
