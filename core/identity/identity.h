#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/domain/reader.h"

namespace attest::identity {

/// What one try of a secret costs (Argon2id); the default is libsodium's INTERACTIVE. It is stored with what
/// it made, so that it may grow. Tests take less.
struct Cost {
  std::uint64_t operations = 2;
  std::size_t memoryBytes = 67'108'864;
};

/// A new reader with a hashed secret, a fresh ECDSA P-256 key sealed with it, and a self-signed X.509
/// certificate of 10 years. A secret is a password of at least 8 characters or a PIN of at least 6 digits; a
/// name has 1 to 64 characters, none of control; a role is needed; else bad_argument says what is missing.
Result<Reader> enroll(const std::string& name, std::set<Role> roles, std::string_view secret, Time now,
                      Cost cost = {});

/// Checks a secret. The returned reader carries the new count of wrong tries and must be stored whatever the
/// answer: after 5 wrong ones in a row the next are refused for 30 s, doubling up to 15 minutes.
struct Check {
  Reader reader;
  Result<> answer;  ///< bad_secret, rate_limited (detail: seconds to wait), not_allowed (disabled)
};
Check checkSecret(Reader reader, std::string_view secret, Time now);

/// Opens the reader's key with the secret and signs SHA-256 of `text`; DER, base64. Errors: bad_secret,
/// corrupt. It counts no wrong tries: checkSecret comes before it.
Result<std::string> sign(const Reader& reader, std::string_view secret, std::string_view text);
/// Does the signature of `text` fit the certificate's key.
bool verify(const std::string& certificatePem, std::string_view text, const std::string& signatureBase64);

enum class Act { read, review, sign, acknowledge_critical, administer, export_results };
/// Who may do what; the one table of rights: all but an admin read, review and export; readers and attendings
/// sign; only an attending acknowledges what is critical; only an admin administers, and nothing else.
bool may(const std::set<Role>& roles, Act act);

}  // namespace attest::identity
