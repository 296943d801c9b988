#include "core/identity/signing.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <memory>

namespace attest::identity {
namespace {

template <auto release>
struct Release {
  template <class T>
  void operator()(T* value) const {
    release(value);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Release<X509_free>>;
using Bytes = std::unique_ptr<BIO, Release<BIO_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Release<EVP_MD_CTX_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Release<X509_EXTENSION_free>>;
using Number = std::unique_ptr<BIGNUM, Release<BN_free>>;

constexpr int validDays = 3650;

bool setSerial(X509* certificate) {
  const Number serial(BN_new());
  return serial && BN_rand(serial.get(), 127, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1 &&
         BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool addExtension(X509* certificate, int nid, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool fill(X509* certificate, EVP_PKEY* key, const std::string& name, Time now) {
  const std::time_t start = std::chrono::system_clock::to_time_t(now);
  X509_NAME* subject = X509_get_subject_name(certificate);
  const auto* text = reinterpret_cast<const unsigned char*>(name.data());
  return X509_set_version(certificate, X509_VERSION_3) == 1 && setSerial(certificate) &&
         X509_time_adj_ex(X509_getm_notBefore(certificate), 0, 0, const_cast<std::time_t*>(&start)) !=
             nullptr &&
         X509_time_adj_ex(X509_getm_notAfter(certificate), validDays, 0, const_cast<std::time_t*>(&start)) !=
             nullptr &&
         X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, text, static_cast<int>(name.size()), -1,
                                    0) == 1 &&
         X509_set_issuer_name(certificate, subject) == 1 && X509_set_pubkey(certificate, key) == 1 &&
         addExtension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
         addExtension(certificate, NID_key_usage, "critical,digitalSignature,nonRepudiation") &&
         addExtension(certificate, NID_subject_key_identifier, "hash") &&
         X509_sign(certificate, key, EVP_sha256()) > 0;
}

std::string pemOf(X509* certificate) {
  const Bytes bytes(BIO_new(BIO_s_mem()));
  if (!bytes || PEM_write_bio_X509(bytes.get(), certificate) != 1) return {};
  char* text = nullptr;
  const long length = BIO_get_mem_data(bytes.get(), &text);
  return {text, static_cast<std::size_t>(length)};
}

}  // namespace

Result<NewKey> makeKey(const std::string& name, Time now) {
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate(X509_new());
  if (!key || !certificate || !fill(certificate.get(), key.get(), name, now)) {
    return fail(ErrorCode::internal, "OpenSSL makes no key or certificate");
  }
  const int length = i2d_PrivateKey(key.get(), nullptr);
  if (length <= 0) return fail(ErrorCode::internal, "OpenSSL writes no key");
  NewKey made{Secret(static_cast<std::size_t>(length)), pemOf(certificate.get())};
  unsigned char* out = made.privateKey.data();
  i2d_PrivateKey(key.get(), &out);
  return made;
}

Result<std::string> signWith(const Secret& privateKey, std::string_view text) {
  const unsigned char* in = privateKey.data();
  const Key key(d2i_PrivateKey(EVP_PKEY_EC, nullptr, &in, static_cast<long>(privateKey.size())));
  const Digest digest(EVP_MD_CTX_new());
  if (!key || !digest) return fail(ErrorCode::corrupt, "the signing key does not read");
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t length = static_cast<std::size_t>(EVP_PKEY_get_size(key.get()));
  std::string signature(length, '\0');
  if (EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1 ||
      EVP_DigestSign(digest.get(), reinterpret_cast<unsigned char*>(signature.data()), &length, bytes,
                     text.size()) != 1) {
    return fail(ErrorCode::internal, "OpenSSL does not sign");
  }
  signature.resize(length);
  return toBase64(signature);
}

bool verify(const std::string& certificatePem, std::string_view text, const std::string& signatureBase64) {
  const Bytes bytes(BIO_new_mem_buf(certificatePem.data(), static_cast<int>(certificatePem.size())));
  const Certificate certificate(bytes ? PEM_read_bio_X509(bytes.get(), nullptr, nullptr, nullptr) : nullptr);
  const auto signature = fromBase64(signatureBase64);
  const Digest digest(EVP_MD_CTX_new());
  if (!certificate || !signature || !digest) return false;
  EVP_PKEY* key = X509_get0_pubkey(certificate.get());
  return key != nullptr && EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
         EVP_DigestVerify(digest.get(), reinterpret_cast<const unsigned char*>(signature->data()),
                          signature->size(), reinterpret_cast<const unsigned char*>(text.data()),
                          text.size()) == 1;
}

}  // namespace attest::identity
