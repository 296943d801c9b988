#pragma once

#include <set>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/domain/reader.h"

namespace attest::identity {

/// A new reader with a hashed secret (Argon2id), a fresh ECDSA P-256 key sealed with it, and a self-signed X.509 certificate.
/// A secret is a password of at least 8 characters or a PIN of at least 6 digits; else bad_argument says what is missing.
Result<Reader> enroll(const std::string& name, std::set<Role> roles, std::string_view secret, Time now);

/// Checks a secret. The returned reader carries the new count of wrong tries and must be stored whatever the answer:
/// after 5 wrong ones in a row the next are refused for 30 s, doubling up to 15 minutes.
struct Check {
  Reader reader;
  Result<> answer;  ///< bad_secret, rate_limited (detail: seconds to wait), not_allowed (disabled)
};
Check checkSecret(Reader reader, std::string_view secret, Time now);

/// Opens the reader's key with the secret and signs SHA-256 of `text`; DER, base64. Errors: bad_secret, corrupt.
Result<std::string> sign(const Reader& reader, std::string_view secret, std::string_view text);
/// Does the signature of `text` fit the certificate's key.
bool verify(const std::string& certificatePem, std::string_view text, const std::string& signatureBase64);

enum class Act { read, review, sign, acknowledge_critical, administer, export_results };
/// Who may do what; the one table of rights.
bool may(const std::set<Role>& roles, Act act);

}  // namespace attest::identity
