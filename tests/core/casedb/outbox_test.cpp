#include <gtest/gtest.h>

#include "tests/core/casedb/samples.h"
#include "tests/support/temp_dir.h"

namespace attest::casedb {
namespace {

using namespace std::chrono_literals;
using test::import;
using test::write;

class Outbox : public ::testing::Test {
 protected:
  void sign(const CaseId& of, int number = 1) {
    ASSERT_TRUE(write(*db, [&](WriteTx& tx) -> Result<> {
      ATTEST_CHECK(tx.addVersion(of, {number, "h", ReaderId{"anna"}, tx.now(), "{}", "s", "c"}));
      for (const char* format : {"seg", "sr"}) {
        ATTEST_CHECK(tx.addDelivery(of, {0, number, "pacs", format, "due", 0, "", tx.now(), "", {}}));
      }
      return tx.setStatus(of, CaseStatus::approved);
    }));
  }
  std::optional<ClaimedDelivery> claim(const std::string& worker = "w1",
                                       const std::optional<CaseId>& of = {}) {
    return db->claimDelivery(worker, 60s, of).value();
  }
  Result<> end(Delivery delivery, const std::string& state, std::chrono::seconds pause = {},
               const std::string& worker = "w1") {
    delivery.state = state;
    delivery.worker.clear();
    delivery.leaseUntil = {};
    delivery.notBefore = clock.now() + pause;
    return write(*db, [&](WriteTx& tx) { return tx.setDelivery(delivery, worker); });
  }
  CaseRow row() { return db->record(id)->row; }

  test::SetClock clock;
  attest::test::TempDir home;
  std::unique_ptr<CaseDb> db = CaseDb::open(home.path(), clock).value();
  CaseId id = import(*db, 1);
};

TEST_F(Outbox, WhatIsClaimedIsHeldUntilItsLeaseIsOver) {
  EXPECT_FALSE(claim());
  sign(id);
  const auto first = claim("w1");
  ASSERT_TRUE(first);
  EXPECT_EQ(first->caseId, id);
  EXPECT_EQ(first->delivery.format, "seg");
  EXPECT_EQ(first->delivery.state, "sending");
  EXPECT_EQ(first->delivery.attempts, 1);
  EXPECT_EQ(claim("w2")->delivery.format, "sr");
  EXPECT_FALSE(claim("w3"));
  EXPECT_EQ(db->nextDelivery().value(), clock.now() + 60s);
  clock.forward(60s);
  const auto again = claim("w3");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->delivery.id, first->delivery.id);
  EXPECT_EQ(again->delivery.attempts, 2);
  EXPECT_EQ(end(first->delivery, "delivered", {}, "w1").error().code, ErrorCode::stale);
  EXPECT_TRUE(end(again->delivery, "delivered", {}, "w3"));
}

TEST_F(Outbox, ATryThatFailedWaitsAndThenComesAgain) {
  sign(id);
  Delivery seg = claim()->delivery;
  seg.error = "no answer";
  ASSERT_TRUE(end(seg, "due", 5min));
  ASSERT_TRUE(end(claim()->delivery, "delivered"));
  EXPECT_FALSE(claim());
  EXPECT_EQ(db->nextDelivery().value(), clock.now() + 5min);
  EXPECT_EQ(db->deliveries(id)->at(0).error, "no answer");
  clock.forward(5min);
  EXPECT_EQ(claim()->delivery.id, seg.id);
}

TEST_F(Outbox, ACaseIsDeliveredWhenAllOfItIs) {
  EXPECT_EQ(row().delivery, "");
  sign(id);
  EXPECT_EQ(row().delivery, "due");
  EXPECT_EQ(db->worklist({"is:undelivered", {}, 10})->total, 1);
  const Delivery seg = claim()->delivery;
  const Delivery sr = claim()->delivery;
  ASSERT_TRUE(end(seg, "delivered"));
  EXPECT_EQ(row().status, CaseStatus::approved);
  ASSERT_TRUE(end(sr, "failed"));
  EXPECT_EQ(row().delivery, "failed");
  EXPECT_EQ(db->nextDelivery().value(), std::nullopt) << "it waits for a person";
  Delivery retried = db->deliveries(id)->back();
  retried.state = "due";
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) { return tx.setDelivery(retried); }));
  ASSERT_TRUE(end(claim()->delivery, "delivered"));
  EXPECT_EQ(row().delivery, "delivered");
  EXPECT_EQ(row().status, CaseStatus::delivered);
  EXPECT_EQ(db->worklist({"status:delivered", {}, 10})->total, 1);
  EXPECT_EQ(db->worklist({"is:undelivered", {}, 10})->total, 0);
  sign(id, 2);
  EXPECT_EQ(row().delivery, "due") << "of its last version";
}

TEST_F(Outbox, OneCaseCanBeWorkedOffAlone) {
  const CaseId other = import(*db, 2);
  sign(id);
  sign(other);
  EXPECT_EQ(claim("w", other)->caseId, other);
  EXPECT_EQ(claim("w", other)->caseId, other);
  EXPECT_FALSE(claim("w", other));
  EXPECT_EQ(claim("w")->caseId, id);
  EXPECT_EQ(db->claimDelivery("w", 60s, CaseId{"none"}).error().code, ErrorCode::not_found);
}

TEST_F(Outbox, AskingWhereNothingIsDueWritesNothing) {
  const auto events = [&] {
    int count = 0;
    EXPECT_TRUE(db->auditTrail([&](const AuditRecord&) { ++count; }));
    return count;
  };
  const int before = events();
  EXPECT_FALSE(claim());
  EXPECT_EQ(events(), before);
}

TEST_F(Outbox, NodesAreKeptByName) {
  Node pacs;
  pacs.name = "pacs";
  pacs.aeTitle = "ORTHANC";
  pacs.host = "127.0.0.1";
  pacs.port = 4242;
  pacs.deliver = true;
  Node web;
  web.name = "archive";
  web.kind = NodeKind::dicomweb;
  web.url = "https://archive/dicom-web";
  web.user = "attest";
  web.password = Phi(std::string("secret"));
  web.accept = true;
  const auto put = [&](const Node& node) {
    ASSERT_TRUE(write(*db, [&](WriteTx& tx) { return tx.putNode(node); }));
  };
  put(pacs);
  put(web);
  pacs.port = 104;
  put(pacs);
  EXPECT_EQ(db->nodes().value(), (std::vector{web, pacs}));
  EXPECT_EQ(db->node("pacs").value(), pacs);
  EXPECT_EQ(db->node("none").value(), std::nullopt);
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) { return tx.removeNode("pacs"); }));
  EXPECT_EQ(write(*db, [&](WriteTx& tx) { return tx.removeNode("pacs"); }).error().code,
            ErrorCode::not_found);
  EXPECT_EQ(write(*db, [&](WriteTx& tx) { return tx.putNode({}); }).error().code, ErrorCode::bad_argument);
  EXPECT_EQ(db->nodes().value(), std::vector{web});
}

}  // namespace
}  // namespace attest::casedb
