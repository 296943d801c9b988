#include "core/audit/chain.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

namespace attest::audit {
namespace {

std::vector<AuditRecord> chain(int count) {
  std::vector<AuditRecord> links;
  std::string previous = genesis();
  for (int i = 1; i <= count; ++i) {
    const Time time{std::chrono::milliseconds(1'700'000'000'000 + i)};
    links.push_back(append(previous, i, time, {"anna", "review.accept", "item", std::to_string(i)}));
    previous = links.back().hash;
  }
  return links;
}

Verifier verified(const std::vector<AuditRecord>& links) {
  Verifier verifier;
  for (const AuditRecord& link : links) verifier.add(link);
  return verifier;
}

TEST(Chain, GenesisIsSixtyFourZeroes) {
  EXPECT_EQ(genesis(), "0000000000000000000000000000000000000000000000000000000000000000");
}

TEST(Chain, TheEmptyChainIsSoundAndItsHeadIsGenesis) {
  const Verifier verifier;
  EXPECT_EQ(verifier.head(), genesis());
  EXPECT_EQ(verifier.events(), 0);
  EXPECT_TRUE(verifier.broken().empty());
}

TEST(Chain, AnUntouchedChainIsSound) {
  const auto links = chain(20);
  const Verifier verifier = verified(links);
  EXPECT_TRUE(verifier.broken().empty());
  EXPECT_EQ(verifier.events(), 20);
  EXPECT_EQ(verifier.head(), links.back().hash);
}

// The rule is a promise to other programs and later versions: this hash was computed by Python's json and
// hashlib.
TEST(Chain, TheHashIsThatOfTheCanonicalText) {
  const AuditRecord link = append(genesis(), 1, Time{std::chrono::milliseconds(0)},
                                  {"anna", "sign", "case-1", "a \"quoted\" line"});
  EXPECT_EQ(link.hash, "af605739f2cbc2b353e37ca9d0ded18e8cbd5fc8c6377e266e58000aedcc6c1a");
}

TEST(Chain, AChangeOfAnyFieldIsFound) {
  const std::vector<std::pair<const char*, std::function<void(AuditRecord&)>>> changes{
      {"time", [](AuditRecord& r) { r.time += std::chrono::milliseconds(1); }},
      {"actor", [](AuditRecord& r) { r.event.actor = "bob"; }},
      {"action", [](AuditRecord& r) { r.event.action = "review.reject"; }},
      {"subject", [](AuditRecord& r) { r.event.subject = "other"; }},
      {"detail", [](AuditRecord& r) { r.event.detail += ' '; }},
      {"previous", [](AuditRecord& r) { r.previousHash[0] = r.previousHash[0] == 'f' ? 'e' : 'f'; }},
      {"hash", [](AuditRecord& r) { r.hash[63] = r.hash[63] == 'f' ? 'e' : 'f'; }},
      {"seq", [](AuditRecord& r) { r.seq = 77; }}};
  for (const auto& [field, change] : changes) {
    for (const std::size_t at : {0U, 4U, 9U}) {
      auto links = chain(10);
      change(links[at]);
      const Verifier verifier = verified(links);
      ASSERT_FALSE(verifier.broken().empty()) << field << " of link " << at;
      EXPECT_EQ(verifier.broken().front().seq, links[at].seq) << field;
    }
  }
}

TEST(Chain, ARecomputedHashBreaksTheNextLink) {
  auto links = chain(5);
  links[2].event.detail = "forged";
  links[2] = append(links[2].previousHash, links[2].seq, links[2].time, links[2].event);
  const Verifier verifier = verified(links);
  ASSERT_EQ(verifier.broken().size(), 1U);
  EXPECT_EQ(verifier.broken()[0].seq, 4);
  EXPECT_EQ(verifier.broken()[0].reason, "does not follow its predecessor");
}

TEST(Chain, ARemovedLinkIsAGap) {
  for (const int at : {0, 3}) {
    auto links = chain(5);
    links.erase(links.begin() + at);
    const Verifier verifier = verified(links);
    ASSERT_EQ(verifier.broken().size(), 1U);
    EXPECT_EQ(verifier.broken()[0].seq, at + 2);
    EXPECT_EQ(verifier.broken()[0].reason, "gap before");
  }
}

TEST(Chain, LinksCutOffAtTheEndShowInTheHead) {
  auto links = chain(5);
  const std::string head = links.back().hash;
  links.pop_back();
  EXPECT_NE(verified(links).head(), head);
}

TEST(Chain, ReorderedLinksAreFound) {
  auto links = chain(6);
  std::swap(links[2], links[3]);
  EXPECT_FALSE(verified(links).broken().empty());
  links = chain(6);
  std::swap(links[2], links[3]);
  std::swap(links[2].seq, links[3].seq);  // also with their numbers put right
  EXPECT_FALSE(verified(links).broken().empty());
}

TEST(Chain, ARepeatedLinkIsFound) {
  auto links = chain(3);
  links.push_back(links.back());
  EXPECT_EQ(verified(links).broken().size(), 1U);
}

TEST(Chain, BytesThatAreNoUtf8AreReplacedBeforeTheyAreHashedAndFoundWhenPutInLater) {
  std::vector<AuditRecord> links{append(genesis(), 1, Time{}, {"anna", "import", "case", "bad \xff byte"})};
  EXPECT_EQ(links[0].event.detail, "bad \xEF\xBF\xBD byte");
  EXPECT_TRUE(verified(links).broken().empty());
  links[0].event.detail = "bad \xff byte";
  EXPECT_EQ(verified(links).broken().size(), 1U);
}

}  // namespace
}  // namespace attest::audit
