#include "core/identity/secret.h"

#include <sodium.h>

#include <array>
#include <cstring>

namespace attest::identity {
namespace {

static_assert(Cost{}.operations == crypto_pwhash_OPSLIMIT_INTERACTIVE);
static_assert(Cost{}.memoryBytes == crypto_pwhash_MEMLIMIT_INTERACTIVE);

constexpr int base64 = sodium_base64_VARIANT_ORIGINAL;
constexpr std::size_t maxMemoryBytes = std::size_t{1} << 30U;  ///< a damaged text must not ask for more

/// What stands before the encrypted bytes.
struct Head {
  std::array<unsigned char, crypto_pwhash_SALTBYTES> salt;
  std::array<unsigned char, crypto_secretbox_NONCEBYTES> nonce;
  std::uint64_t operations;
  std::uint64_t memoryBytes;
};
static_assert(sizeof(Head) == crypto_pwhash_SALTBYTES + crypto_secretbox_NONCEBYTES + 16);

bool ready() {
  static const bool done = sodium_init() >= 0;
  return done;
}

const unsigned char* bytesOf(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// The key that a secret opens; false where memory or the numbers do not allow it.
bool derive(Secret& key, const Head& head, std::string_view secret) {
  return ready() && head.memoryBytes <= maxMemoryBytes &&
         crypto_pwhash(key.data(), key.size(), secret.data(), secret.size(), head.salt.data(),
                       head.operations, head.memoryBytes, crypto_pwhash_ALG_ARGON2ID13) == 0;
}

}  // namespace

Secret::~Secret() {
  sodium_memzero(bytes_.data(), bytes_.size());
}

Result<std::string> hashSecret(std::string_view secret, Cost cost) {
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (!ready() || crypto_pwhash_str_alg(text.data(), secret.data(), secret.size(), cost.operations,
                                        cost.memoryBytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail(ErrorCode::internal, "no memory to hash a secret");
  }
  return text.data();
}

bool secretFits(const std::string& hash, std::string_view secret) {
  return ready() && hash.size() < crypto_pwhash_STRBYTES &&
         crypto_pwhash_str_verify(hash.c_str(), secret.data(), secret.size()) == 0;
}

Result<std::string> seal(const Secret& plain, std::string_view secret, Cost cost) {
  Head head{};
  head.operations = cost.operations;
  head.memoryBytes = cost.memoryBytes;
  Secret key(crypto_secretbox_KEYBYTES);
  if (!ready()) return fail(ErrorCode::internal, "libsodium does not start");
  randombytes_buf(head.salt.data(), head.salt.size());
  randombytes_buf(head.nonce.data(), head.nonce.size());
  if (!derive(key, head, secret)) return fail(ErrorCode::internal, "no memory to seal a key");
  std::string sealed(sizeof head + crypto_secretbox_MACBYTES + plain.size(), '\0');
  std::memcpy(sealed.data(), &head, sizeof head);
  crypto_secretbox_easy(reinterpret_cast<unsigned char*>(sealed.data()) + sizeof head, plain.data(),
                        plain.size(), head.nonce.data(), key.data());
  return toBase64(sealed);
}

Result<Secret> unseal(const std::string& sealed, std::string_view secret) {
  const auto bytes = fromBase64(sealed);
  constexpr std::size_t overhead = sizeof(Head) + crypto_secretbox_MACBYTES;
  if (!bytes || bytes->size() < overhead) return fail(ErrorCode::corrupt, "the sealed key is damaged");
  Head head{};
  std::memcpy(&head, bytes->data(), sizeof head);
  Secret key(crypto_secretbox_KEYBYTES);
  if (!derive(key, head, secret)) return fail(ErrorCode::corrupt, "the sealed key asks for the impossible");
  Secret plain(bytes->size() - overhead);
  if (crypto_secretbox_open_easy(plain.data(), bytesOf(*bytes) + sizeof head, bytes->size() - sizeof head,
                                 head.nonce.data(), key.data()) != 0) {
    return fail(ErrorCode::bad_secret, "the secret does not open the key");
  }
  return plain;
}

std::string toBase64(std::string_view bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), base64), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), base64);
  text.pop_back();  // its terminating zero
  return text;
}

std::optional<std::string> fromBase64(std::string_view text) {
  std::string bytes(text.size(), '\0');
  std::size_t length = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &length, nullptr, base64) != 0) {
    return std::nullopt;
  }
  bytes.resize(length);
  return bytes;
}

}  // namespace attest::identity
