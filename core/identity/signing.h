#pragma once

// Inside the room only: what OpenSSL does for us.

#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/identity/secret.h"

namespace attest::identity {

struct NewKey {
  Secret privateKey;  ///< ECDSA P-256, DER
  std::string certificatePem;
};
Result<NewKey> makeKey(const std::string& name, Time now);
/// Base64 of the DER signature over SHA-256 of the text. Errors: corrupt (no key).
Result<std::string> signWith(const Secret& privateKey, std::string_view text);

}  // namespace attest::identity
