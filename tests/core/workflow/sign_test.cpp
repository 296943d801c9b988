#include "core/workflow/sign.h"

#include "core/base/hash.h"
#include "core/workflow/reading.h"
#include "tests/core/workflow/home.h"

namespace attest::workflow::test {
namespace {

class SignTest : public HomeTest {
 protected:
  void SetUp() override {
    anna_ = enroll("anna", {Role::attending});
    id_ = importChest();
    finding_ = propose(id_, boxMask({10, 10, 5}, {12, 12, 6}));
  }
  /// All that a signature asks for.
  void finish() {
    ASSERT_TRUE(submit(*services_, id_, {review::Verdict{review::Accept{finding_}}, ReadDone{}}, anna_));
    writeReport(id_, anna_);
  }
  Result<SignOutcome> sign(const std::optional<std::string>& seen = {}, const std::string& with = secret) {
    return signCase(*services_, {id_, seen}, anna_, with);
  }
  void expectUnsigned() {
    const auto now = record(id_);
    EXPECT_TRUE(now.versions.empty());
    EXPECT_NE(now.row.status, CaseStatus::approved);
    EXPECT_EQ(events("sign"), 0);
  }

  Reader anna_;
  CaseId id_;
  ItemId finding_;
};

TEST_F(SignTest, WhatIsMissingIsNamed) {
  const auto outcome = sign();
  ASSERT_TRUE(outcome) << outcome.error().detail;
  EXPECT_FALSE(outcome->version);
  EXPECT_EQ(outcome->missing,
            (std::vector<review::Missing>{{review::MissingCode::unreviewed, finding_.value},
                                          {review::MissingCode::section_empty, "findings"},
                                          {review::MissingCode::section_empty, "impression"}}));
  expectUnsigned();
}

TEST_F(SignTest, WhoMayNotSignIsTold) {
  finish();
  anna_.roles = {Role::resident};
  const auto outcome = sign();
  ASSERT_TRUE(outcome) << outcome.error().detail;
  EXPECT_EQ(outcome->missing, (std::vector<review::Missing>{{review::MissingCode::role, ""}}));
  expectUnsigned();
}

TEST_F(SignTest, WhatChangedSinceItWasSeenIsNotSigned) {
  finish();
  const std::string seen = review::contentHash(record(id_));
  ASSERT_TRUE(submit(*services_, id_, {review::Verdict{review::Reject{finding_, {"duplicate", ""}}}}, anna_));
  const auto outcome = sign(seen);
  ASSERT_TRUE(outcome) << outcome.error().detail;
  EXPECT_FALSE(outcome->version);
  EXPECT_EQ(outcome->missing, (std::vector<review::Missing>{{review::MissingCode::stale, ""}}));
  expectUnsigned();
}

TEST_F(SignTest, AResultOnOtherImagesThanThoseOfNowIsNamed) {
  id_ = importPart(16);
  finding_ = draw(id_, anna_);
  writeReport(id_, anna_);
  ASSERT_TRUE(import({folder_ / "rest"}));
  const auto outcome = sign();
  ASSERT_TRUE(outcome) << outcome.error().detail;
  EXPECT_EQ(outcome->missing, (std::vector<review::Missing>{{review::MissingCode::stale, finding_.value}}));
  expectUnsigned();
}

TEST_F(SignTest, WhatCouldNotLeaveIsNotSigned) {
  id_ = importPart(16, true);
  finding_ = draw(id_, anna_);
  writeReport(id_, anna_);
  const auto refused = [&](const fs::path& path, ErrorCode code) {
    fs::permissions(path, fs::perms::owner_all);
    const std::string bytes = bytesOf(path);
    setBytes(path, bytes + "x");
    const auto outcome = sign();
    EXPECT_EQ(outcome ? ErrorCode::internal : outcome.error().code, code);
    setBytes(path, bytes);
  };
  refused(services_->db().slices(blockRef(id_)).value().at(3).path, ErrorCode::corrupt);
  refused(services_->db().blobs().pathOf(item(id_, finding_).maskHash), ErrorCode::corrupt);
  expectUnsigned();
  EXPECT_TRUE(sign()->version);
}

TEST_F(SignTest, TheSignatureConfirmsTheReportAsItReads) {
  finish();
  Report report = record(id_).report;
  report.section(SectionKind::findings) = {{newUuid(), "Lungs are clear.", "report_text", false}};
  ASSERT_TRUE(saveReport(*services_, id_, report, record(id_).revision, anna_));
  const auto outcome = sign(review::contentHash(record(id_)));
  ASSERT_TRUE(outcome && outcome->version);
  const CaseRecord now = record(id_);
  EXPECT_TRUE(now.report.section(SectionKind::findings).at(0).confirmed);
  EXPECT_EQ(events("report.confirm"), 1);
  EXPECT_FALSE(now.row.changed);
  const auto frozen = review::thaw(outcome->version->document);
  ASSERT_TRUE(frozen) << frozen.error().detail;
  EXPECT_EQ(frozen->record.report, now.report);
}

TEST_F(SignTest, AWrongSecretLeavesNothing) {
  finish();
  const auto outcome = sign({}, "not the secret");
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::bad_secret);
  expectUnsigned();
}

TEST_F(SignTest, AVersionCarriesASignatureThatAnybodyCanCheck) {
  finish();
  const auto outcome = sign(review::contentHash(record(id_)));
  ASSERT_TRUE(outcome) << outcome.error().detail;
  ASSERT_TRUE(outcome->version) << outcome->missing.size();
  EXPECT_TRUE(outcome->missing.empty());

  const auto now = record(id_);
  ASSERT_EQ(now.versions.size(), 1U);
  const Version& version = now.versions[0];
  EXPECT_EQ(version.number, 1);
  EXPECT_EQ(version.hash, sha256(version.document));
  EXPECT_EQ(version.hash, outcome->version->hash);
  EXPECT_EQ(version.signedAt, clock_.now());
  EXPECT_TRUE(identity::verify(version.certificatePem, version.document, version.signature));
  EXPECT_FALSE(identity::verify(version.certificatePem, version.document + " ", version.signature));
  EXPECT_NE(version.document.find(finding_.value), std::string::npos);
  EXPECT_EQ(now.row.status, CaseStatus::approved);
  EXPECT_EQ(now.row.reader.value, "anna");
  EXPECT_EQ(events("sign"), 1);
}

TEST_F(SignTest, ASignedCaseStaysAsItIs) {
  finish();
  ASSERT_TRUE(sign());
  const auto before = record(id_);
  const auto conflict = [](const auto& answer) {
    return !answer && answer.error().code == ErrorCode::conflict;
  };
  EXPECT_TRUE(conflict(sign()));
  EXPECT_TRUE(conflict(
      submit(*services_, id_, {review::Verdict{review::Reject{finding_, {"duplicate", ""}}}}, anna_)));
  EXPECT_TRUE(conflict(saveReport(*services_, id_, Report{}, before.revision, anna_)));
  EXPECT_TRUE(conflict(saveReport(*services_, id_, Report{}, before.revision - 1, anna_)));
  const auto after = record(id_);
  EXPECT_EQ(after.revision, before.revision);
  EXPECT_EQ(after.versions.size(), 1U);
}

TEST_F(SignTest, AnAddendumIsTheNextVersionAndTheLastOneStays) {
  EXPECT_EQ(codeOf(openAddendum(*services_, id_, anna_.id)), ErrorCode::conflict) << "nothing is signed";
  finish();
  ASSERT_TRUE(sign());
  const Version first = record(id_).versions.at(0);
  const Reader bert = enroll("bert", {Role::attending});
  ASSERT_TRUE(openAddendum(*services_, id_, bert.id));
  ASSERT_TRUE(openAddendum(*services_, id_, bert.id)) << "it is open";
  EXPECT_EQ(events("addendum.open"), 2);
  CaseRecord now = record(id_);
  EXPECT_EQ(now.row.status, CaseStatus::in_review);
  EXPECT_EQ(now.row.reader, bert.id);
  EXPECT_FALSE(now.row.changed);
  Report report = now.report;
  report.section(SectionKind::impression).push_back({newUuid(), "Addendum: no change.", "", true});
  ASSERT_TRUE(saveReport(*services_, id_, report, now.revision, bert));
  EXPECT_TRUE(record(id_).row.changed);
  const auto outcome = signCase(*services_, {id_, {}}, bert, secret);
  ASSERT_TRUE(outcome && outcome->version);
  now = record(id_);
  ASSERT_EQ(now.versions.size(), 2U);
  EXPECT_EQ(now.versions[0].document, first.document);
  EXPECT_EQ(now.versions[1].number, 2);
  EXPECT_EQ(now.versions[1].signedBy, bert.id);
  EXPECT_FALSE(now.row.changed);
  EXPECT_EQ(now.row.status, CaseStatus::approved);
}

TEST_F(SignTest, ASignedCaseIsNotReadOnceMore) {
  finish();
  ASSERT_TRUE(sign());
  const auto again = submit(*services_, id_, {ReadDone{}}, hire(person({Role::resident}, "bert")));
  EXPECT_EQ(codeOf(again), ErrorCode::conflict);
  EXPECT_EQ(record(id_).row.status, CaseStatus::approved);
  EXPECT_EQ(record(id_).row.reader.value, "anna");
}

TEST_F(SignTest, WhoWasDisabledMeanwhileDoesNotSign) {
  finish();
  Reader disabled = anna_;
  disabled.disabled = true;
  hire(disabled);
  EXPECT_EQ(codeOf(sign()), ErrorCode::not_allowed);
  expectUnsigned();
}

TEST_F(SignTest, AnUnknownCaseIsNotFound) {
  const auto outcome = signCase(*services_, {{"no-such-case"}, {}}, anna_, secret);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace attest::workflow::test
