#include "core/identity/identity.h"

#include <algorithm>
#include <chrono>

#include "core/identity/secret.h"
#include "core/identity/signing.h"

namespace attest::identity {
namespace {

constexpr std::size_t leastCharacters = 8;
constexpr std::size_t leastDigits = 6;
constexpr std::size_t mostBytes = 1024;
constexpr std::size_t longestName = 64;  ///< X.509's limit of a common name
constexpr int freeTries = 5;
constexpr std::chrono::seconds firstWait(30);
constexpr std::chrono::seconds longestWait(900);

/// Characters of UTF-8: the bytes that continue one do not count.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

Result<> checkName(const std::string& name) {
  const bool controls =
      std::ranges::any_of(name, [](char c) { return static_cast<unsigned char>(c) < 32 || c == 127; });
  if (name.empty() || characters(name) > longestName || controls || name.front() == ' ' ||
      name.back() == ' ') {
    return fail(ErrorCode::bad_argument, "a name has 1 to 64 characters and no space at its ends");
  }
  return {};
}

Result<> checkStrength(std::string_view secret) {
  const bool digits = std::ranges::all_of(secret, [](char c) { return c >= '0' && c <= '9'; });
  if (digits ? secret.size() < leastDigits : characters(secret) < leastCharacters) {
    return fail(ErrorCode::bad_argument, "a secret needs at least 8 characters, or 6 digits");
  }
  if (secret.size() > mostBytes) return fail(ErrorCode::bad_argument, "a secret has at most 1024 bytes");
  return {};
}

std::chrono::seconds waitAfter(int wrongSecrets) {
  auto wait = firstWait;
  for (int i = freeTries; i < wrongSecrets && wait < longestWait; ++i) wait *= 2;
  return std::min(wait, longestWait);
}

}  // namespace

Result<Reader> enroll(const std::string& name, std::set<Role> roles, std::string_view secret, Time now,
                      Cost cost) {
  ATTEST_CHECK(checkName(name));
  ATTEST_CHECK(checkStrength(secret));
  if (roles.empty()) return fail(ErrorCode::bad_argument, "a reader needs a role");
  Reader reader;
  reader.id.value = name;
  reader.roles = std::move(roles);
  ATTEST_TRY(reader.secretHash, hashSecret(secret, cost));
  ATTEST_TRY(NewKey key, makeKey(name, now));
  ATTEST_TRY(reader.sealedKey, seal(key.privateKey, secret, cost));
  reader.certificatePem = std::move(key.certificatePem);
  return reader;
}

Check checkSecret(Reader reader, std::string_view secret, Time now) {
  if (reader.disabled) return {std::move(reader), fail(ErrorCode::not_allowed, "the reader is disabled")};
  if (now < reader.lockedUntil) {
    const auto wait = std::chrono::ceil<std::chrono::seconds>(reader.lockedUntil - now);
    return {std::move(reader), fail(ErrorCode::rate_limited, std::to_string(wait.count()))};
  }
  if (secretFits(reader.secretHash, secret)) {
    reader.wrongSecrets = 0;
    reader.lockedUntil = {};
    return {std::move(reader), {}};
  }
  ++reader.wrongSecrets;
  if (reader.wrongSecrets >= freeTries) reader.lockedUntil = now + waitAfter(reader.wrongSecrets);
  return {std::move(reader), fail(ErrorCode::bad_secret, "the secret is wrong")};
}

Result<std::string> sign(const Reader& reader, std::string_view secret, std::string_view text) {
  ATTEST_TRY(const Secret privateKey, unseal(reader.sealedKey, secret));
  return signWith(privateKey, text);
}

}  // namespace attest::identity
