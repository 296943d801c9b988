#pragma once

#include <optional>
#include <set>
#include <string>

#include "core/base/clock.h"
#include "core/base/ids.h"

namespace attest {

enum class Role { reader, resident, attending, admin };
const char* name(Role role) noexcept;
std::optional<Role> role(const std::string& name);

/// A person who may sign in. The secret itself is nowhere; `sealedKey` opens only with it (core/identity).
struct Reader {
  ReaderId id;  ///< the name they sign in with
  std::set<Role> roles;
  bool disabled = false;
  std::string secretHash;      ///< Argon2id, libsodium's string form
  std::string sealedKey;       ///< private signing key (ECDSA P-256), sealed with the secret; base64
  std::string certificatePem;  ///< X.509 of the public key
  int wrongSecrets = 0;        ///< in a row
  Time lockedUntil{};
};

}  // namespace attest
