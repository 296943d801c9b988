#include "core/identity/identity.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

namespace attest::identity {
namespace {

using namespace std::chrono_literals;

constexpr Cost cheap{1, 8192};
constexpr std::string_view secret = "correct horse";
const Time now{1'700'000'000s};

Reader anna() {
  return enroll("anna", {Role::reader}, secret, now, cheap).value();
}

TEST(Enroll, KeepsTheSecretNowhere) {
  const Reader reader = anna();
  EXPECT_TRUE(reader.secretHash.starts_with("$argon2id$"));
  for (const std::string* text : {&reader.secretHash, &reader.sealedKey, &reader.certificatePem}) {
    EXPECT_FALSE(text->empty());
    EXPECT_EQ(text->find(secret), std::string::npos);
  }
}

TEST(Enroll, TwoReadersWithOneSecretShareNothing) {
  const Reader a = anna();
  const Reader b = anna();
  EXPECT_NE(a.secretHash, b.secretHash);
  EXPECT_NE(a.sealedKey, b.sealedKey);
  EXPECT_NE(a.certificatePem, b.certificatePem);
}

TEST(Enroll, TheDefaultCostIsInteractive) {
  const Reader reader = enroll("anna", {Role::reader}, secret, now).value();
  EXPECT_TRUE(reader.secretHash.starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
  EXPECT_TRUE(sign(reader, secret, "text"));
}

TEST(Enroll, RefusesAWeakSecret) {
  for (const char* weak : {"", "12345", "short77", "\xC3\xA4\xC3\xB6\xC3\xBC\xC3\x9F"}) {
    const auto refused = enroll("anna", {Role::reader}, weak, now, cheap);
    ASSERT_FALSE(refused) << weak;
    EXPECT_EQ(refused.error().code, ErrorCode::bad_argument);
  }
  EXPECT_FALSE(enroll("anna", {Role::reader}, std::string(1025, 'x'), now, cheap));
  EXPECT_TRUE(enroll("anna", {Role::reader}, "123456", now, cheap));
  EXPECT_TRUE(enroll("anna", {Role::reader}, "eightlet", now, cheap));
}

TEST(Enroll, RefusesANameThatNobodyCanTypeAndAReaderWithoutARole) {
  for (const std::string& name :
       {std::string(), std::string(65, 'a'), std::string("a\nb"), std::string(" anna")}) {
    const auto refused = enroll(name, {Role::reader}, secret, now, cheap);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::bad_argument);
  }
  EXPECT_FALSE(enroll("anna", {}, secret, now, cheap));
  EXPECT_TRUE(enroll("Dr. Zo\xC3\xAB M\xC3\xBCller", {Role::reader}, secret, now, cheap));
}

TEST(Certificate, NamesTheReaderIsSelfSignedAndForSigningOnly) {
  const Reader reader = anna();
  const std::unique_ptr<BIO, decltype(&BIO_free)> bytes(
      BIO_new_mem_buf(reader.certificatePem.data(), static_cast<int>(reader.certificatePem.size())),
      BIO_free);
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(
      PEM_read_bio_X509(bytes.get(), nullptr, nullptr, nullptr), X509_free);
  ASSERT_TRUE(certificate);
  char name[80] = {};
  X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, name, sizeof name);
  EXPECT_STREQ(name, "anna");
  EXPECT_EQ(X509_verify(certificate.get(), X509_get0_pubkey(certificate.get())), 1);
  EXPECT_EQ(X509_get_key_usage(certificate.get()),
            static_cast<unsigned>(KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION));
  const std::time_t start = std::chrono::system_clock::to_time_t(now);
  EXPECT_EQ(ASN1_TIME_cmp_time_t(X509_get0_notBefore(certificate.get()), start), 0);
  EXPECT_EQ(ASN1_TIME_cmp_time_t(X509_get0_notAfter(certificate.get()), start + 3650L * 86400), 0);
  EXPECT_EQ(EVP_PKEY_get_bits(X509_get0_pubkey(certificate.get())), 256);
}

TEST(CheckSecret, TheRightOneIsTakenAndClearsTheCount) {
  Reader reader = anna();
  reader.wrongSecrets = 3;
  const Check check = checkSecret(reader, secret, now);
  EXPECT_TRUE(check.answer);
  EXPECT_EQ(check.reader.wrongSecrets, 0);
}

TEST(CheckSecret, ADamagedHashFitsNoSecret) {
  Reader reader = anna();
  for (const std::string& damaged : {std::string(), std::string("$argon2id$"), std::string(500, 'x')}) {
    reader.secretHash = damaged;
    EXPECT_EQ(checkSecret(reader, secret, now).answer.error().code, ErrorCode::bad_secret);
  }
}

TEST(CheckSecret, FiveWrongOnesInARowLockForThirtySecondsThenDoubling) {
  Reader reader = anna();
  Time time = now;
  for (int i = 1; i <= 5; ++i) {
    Check check = checkSecret(reader, "wrong one", time);
    ASSERT_FALSE(check.answer);
    EXPECT_EQ(check.answer.error().code, ErrorCode::bad_secret) << i;
    EXPECT_EQ(check.reader.wrongSecrets, i);
    reader = check.reader;
  }
  for (const int wait : {30, 60, 120, 240, 480, 900, 900}) {
    const Check locked = checkSecret(reader, secret, time + 1ms);  // also the right one waits
    ASSERT_FALSE(locked.answer);
    EXPECT_EQ(locked.answer.error().code, ErrorCode::rate_limited);
    EXPECT_EQ(locked.answer.error().detail, std::to_string(wait));
    EXPECT_EQ(locked.reader.wrongSecrets, reader.wrongSecrets);
    time += std::chrono::seconds(wait);
    reader = checkSecret(reader, "wrong one", time).reader;
  }
  time = reader.lockedUntil;
  EXPECT_TRUE(checkSecret(reader, secret, time).answer);
}

TEST(CheckSecret, ADisabledReaderIsRefusedWithTheRightSecret) {
  Reader reader = anna();
  reader.disabled = true;
  EXPECT_EQ(checkSecret(reader, secret, now).answer.error().code, ErrorCode::not_allowed);
}

TEST(Sign, TheSignatureFitsTheTextAndTheCertificateAndNothingElse) {
  const Reader reader = anna();
  const std::string signature = sign(reader, secret, "the report").value();
  EXPECT_TRUE(verify(reader.certificatePem, "the report", signature));
  EXPECT_FALSE(verify(reader.certificatePem, "the report.", signature));
  EXPECT_FALSE(verify(anna().certificatePem, "the report", signature));
  EXPECT_FALSE(verify("no certificate", "the report", signature));
  EXPECT_FALSE(verify(reader.certificatePem, "the report", "no base64!"));
  EXPECT_FALSE(verify(reader.certificatePem, "the report", ""));
  std::string changed = signature;
  changed[20] = changed[20] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(verify(reader.certificatePem, "the report", changed));
}

TEST(Sign, AnEmptyTextCanBeSigned) {
  const Reader reader = anna();
  EXPECT_TRUE(verify(reader.certificatePem, "", sign(reader, secret, "").value()));
}

TEST(Sign, AWrongSecretOpensNoKey) {
  const auto refused = sign(anna(), "wrong horse", "text");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::bad_secret);
}

TEST(Sign, ADamagedKeyIsSaidToBeSo) {
  Reader reader = anna();
  reader.sealedKey = "AAAA";
  EXPECT_EQ(sign(reader, secret, "text").error().code, ErrorCode::corrupt);
  reader.sealedKey = std::string(400, '/');  // asks for more memory than there can be
  EXPECT_EQ(sign(reader, secret, "text").error().code, ErrorCode::corrupt);
  reader = anna();
  char& c = reader.sealedKey[reader.sealedKey.size() - 8];
  c = c == 'A' ? 'B' : 'A';
  EXPECT_FALSE(sign(reader, secret, "text"));
}

TEST(May, IsTheTableOfRights) {
  const auto rights = [](Role role) {
    std::string letters;
    for (const Act act : {Act::read, Act::review, Act::sign, Act::acknowledge_critical, Act::administer,
                          Act::export_results}) {
      letters += may({role}, act) ? '+' : '-';
    }
    return letters;
  };
  EXPECT_EQ(rights(Role::reader), "+++--+");
  EXPECT_EQ(rights(Role::resident), "++---+");
  EXPECT_EQ(rights(Role::attending), "++++-+");
  EXPECT_EQ(rights(Role::admin), "----+-");
  EXPECT_FALSE(may({}, Act::read));
  EXPECT_TRUE(may({Role::admin, Role::resident}, Act::review));
}

}  // namespace
}  // namespace attest::identity
