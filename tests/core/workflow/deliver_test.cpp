#include "core/workflow/deliver.h"

#include <unistd.h>

#include <array>

#include "core/workflow/sign.h"
#include "tests/core/workflow/home.h"
#include "tests/core/workflow/pacs.h"

namespace attest::workflow::test {
namespace {

using namespace std::chrono_literals;

constexpr const char* srClass = "1.2.840.10008.5.1.4.1.1.88.34";  // Comprehensive 3D SR

/// Who draws is not in this room; a report is a PDF without pages here.
class BlankPaper final : public Pictures {
 public:
  Result<std::string> png(const view::ViewportState&, const imaging::VolumePtr&,
                          std::span<const view::OverlayItem>, int, int, Parallel&,
                          std::stop_token) const override {
    return "picture";
  }
  Result<std::string> pdf(const view::Document&) const override { return "%PDF-1.4\n%%EOF\n"; }
};

/// A phantom of one finding, and a node that wants signed cases.
class DeliverTest : public HomeTest {
 protected:
  void SetUp() override {
    services_.reset();
    services_ = std::move(Services::open(folder_ / "home", clock_, std::make_shared<BlankPaper>())).value();
    anna_ = enroll("anna", {Role::attending});
    id_ = importChest();
    put(pacs_.node());
  }
  void put(const Node& node) {
    change([&](casedb::WriteTx& tx) { return tx.putNode(node); });
  }
  void sign(bool withFinding = true) {
    if (withFinding) draw(id_, anna_);
    writeReport(id_, anna_);
    ASSERT_TRUE(submit(*services_, id_, {ReadDone{}}, anna_));
    const auto outcome = signCase(*services_, {id_, {}}, anna_, secret);
    ASSERT_TRUE(outcome) << outcome.error().detail;
    ASSERT_TRUE(outcome->version);
  }
  void deliver() {
    const auto done = deliverDue(*services_, std::nullopt, {});
    ASSERT_TRUE(done) << done.error().detail;
  }
  Delivery delivery(const std::string& format) {
    for (const Delivery& one : record(id_).deliveries)
      if (one.format == format) return one;
    throw std::runtime_error("no delivery of " + format);
  }
  void expectState(const std::string& state) {
    for (const Delivery& one : record(id_).deliveries) EXPECT_EQ(one.state, state) << one.format << one.error;
  }

  Pacs pacs_;
  Reader anna_;
  CaseId id_;
};

TEST_F(DeliverTest, TheSignatureItselfMakesItDue) {
  sign();
  const auto list = record(id_).deliveries;
  ASSERT_EQ(list.size(), 3U);
  for (const Delivery& one : list) {
    EXPECT_EQ(one.destination, "pacs");
    EXPECT_EQ(one.version, 1);
    EXPECT_EQ(one.state, "due");
  }
  EXPECT_EQ(record(id_).row.delivery, "due");
}

TEST_F(DeliverTest, NothingLeavesForANodeThatDoesNotWantIt) {
  Node node = pacs_.node();
  node.deliver = false;
  put(node);
  sign();
  EXPECT_TRUE(record(id_).deliveries.empty());
  EXPECT_EQ(record(id_).row.delivery, "");
}

TEST_F(DeliverTest, OfACaseWithoutFindingsTheReportLeaves) {
  sign(false);
  const auto list = record(id_).deliveries;
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list.front().format, "pdf");
}

TEST_F(DeliverTest, WhatThePeerConfirmedIsDelivered) {
  sign();
  std::vector<std::string> told;
  ASSERT_TRUE(deliverDue(*services_, std::nullopt, {}, [&](const CaseId& id, const Delivery& one) {
    EXPECT_EQ(id, id_);
    if (one.format == "seg") told.push_back(one.state);
  }));
  EXPECT_EQ(told, (std::vector<std::string>{"sending", "delivered"}));
  expectState("delivered");
  EXPECT_EQ(pacs_.received().size(), record(id_).deliveries.size());
  EXPECT_EQ(record(id_).row.status, CaseStatus::delivered);
  EXPECT_FALSE(fs::exists(services_->home() / "outgoing") && !fs::is_empty(services_->home() / "outgoing"));
  deliver();
  for (const auto& [uid, times] : pacs_.received()) EXPECT_EQ(times, 1);
}

TEST_F(DeliverTest, ASlowTransferKeepsItsLease) {
  sign(false);
  Time first{};
  Time renewed{};
  pacs_.beforeKeeping([&] {
    const auto leaseUntil = [&] { return services_->db().heldDeliveries()->at(0).delivery.leaseUntil; };
    first = leaseUntil();
    clock_.forward(1h);
    do renewed = leaseUntil();
    while (renewed == first);
  });
  ASSERT_TRUE(deliverDue(*services_, std::nullopt, {}, {}, 1s));
  EXPECT_EQ(renewed, clock_.now() + 1s);
  expectState("delivered");
  EXPECT_EQ(delivery("pdf").attempts, 1) << "nobody else took it";
}

TEST_F(DeliverTest, WithThePeerAwayNothingIsLostAndItComesAgain) {
  sign();
  pacs_.stop();
  deliver();
  expectState("due");
  EXPECT_EQ(delivery("seg").attempts, 1);
  EXPECT_FALSE(delivery("seg").error.empty());
  EXPECT_EQ(delivery("seg").notBefore, clock_.now() + 1min);
  pacs_.startAgain();
  deliver();
  expectState("due");
  EXPECT_TRUE(pacs_.received().empty()) << "it waits for its time";
  clock_.forward(1min);
  deliver();
  expectState("delivered");
  EXPECT_TRUE(delivery("seg").error.empty());
}

TEST_F(DeliverTest, APeerThatBreaksOffInTheMiddleGetsTheRestLater) {
  sign();
  pacs_.refuse(srClass);
  deliver();
  EXPECT_EQ(delivery("seg").state, "delivered");
  EXPECT_EQ(delivery("sr").state, "due");
  EXPECT_EQ(record(id_).row.status, CaseStatus::approved);
  const auto before = pacs_.received();
  pacs_.refuse("");
  clock_.forward(1min);
  deliver();
  expectState("delivered");
  for (const auto& [uid, times] : before) EXPECT_EQ(pacs_.received()[uid], 1) << "not sent again";
}

TEST_F(DeliverTest, WhatWasSignedLeavesWhateverItsSignerMayByThen) {
  sign();
  change([&](casedb::WriteTx& tx) {
    Reader gone = anna_;
    gone.disabled = true;
    return tx.putReader(gone);
  });
  deliver();
  expectState("delivered");
}

TEST_F(DeliverTest, TheSameObjectAtEveryTry) {
  sign();
  deliver();
  const auto first = pacs_.received();
  change([&](casedb::WriteTx& tx) {
    Delivery again = delivery("seg");
    again.state = "due";
    return tx.setDelivery(again);
  });
  deliver();
  const auto second = pacs_.received();
  EXPECT_EQ(second.size(), first.size()) << "what comes twice is one";
}

TEST_F(DeliverTest, AfterALongTimeItWaitsForAPerson) {
  sign();
  pacs_.stop();
  for (int i = 0; i < 8; ++i) {
    expectState("due");
    deliver();
    clock_.forward(12h);
  }
  expectState("failed");
  EXPECT_EQ(record(id_).row.delivery, "failed");
  pacs_.startAgain();
  deliver();
  expectState("failed");
  ASSERT_TRUE(retryDeliveries(*services_, id_, "anna"));
  expectState("due");
  deliver();
  expectState("delivered");
}

TEST_F(DeliverTest, WhatCannotLeaveSaysWhyAndDoesNotTryAgain) {
  sign();
  change([](casedb::WriteTx& tx) { return tx.removeNode("pacs"); });
  deliver();
  expectState("failed");
  EXPECT_NE(delivery("seg").error.find("node"), std::string::npos);
  put(pacs_.node());
  const auto blob = services_->db().blobs().pathOf(record(id_).items.front().maskHash);
  fs::permissions(blob, fs::perms::owner_all);
  setBytes(blob, "damaged");
  ASSERT_TRUE(retryDeliveries(*services_, id_, "anna"));
  deliver();
  expectState("failed");
  EXPECT_TRUE(pacs_.received().empty()) << "a damaged mask does not leave";
}

TEST_F(DeliverTest, WhatAKilledProcessHeldIsTakenOverAtOnce) {
  sign();
  std::array<char, 256> host{};
  gethostname(host.data(), host.size() - 1);
  const std::string dead = std::string(host.data()) + " 4194305 x";  // no process has that number
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(services_->db().claimDelivery(dead, 1h).value());
  deliver();
  expectState("delivered");
  EXPECT_EQ(delivery("seg").attempts, 2);
}

TEST_F(DeliverTest, WhatAnotherProcessHoldsIsLeftToIt) {
  sign();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(services_->db().claimDelivery("elsewhere 1 x", 1h).value());
  deliver();
  expectState("sending");
  EXPECT_TRUE(pacs_.received().empty());
}

TEST_F(DeliverTest, StoppedItIsDueAgain) {
  sign();
  std::stop_source stop;
  ASSERT_TRUE(deliverDue(*services_, std::nullopt, stop.get_token(), [&](const CaseId&, const Delivery& one) {
    if (one.state == "sending") stop.request_stop();
  }));
  expectState("due");
  EXPECT_EQ(delivery("seg").attempts, 0);
  deliver();
  expectState("delivered");
}

}  // namespace
}  // namespace attest::workflow::test
