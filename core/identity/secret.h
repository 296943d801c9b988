#pragma once

// Inside the room only: what libsodium does for us.

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/identity/identity.h"

namespace attest::identity {

/// Bytes that are overwritten when they go.
class Secret {
 public:
  explicit Secret(std::size_t size) : bytes_(size, '\0') {}
  ~Secret();
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  Secret(Secret&& other) noexcept = default;
  unsigned char* data() { return reinterpret_cast<unsigned char*>(bytes_.data()); }
  const unsigned char* data() const { return reinterpret_cast<const unsigned char*>(bytes_.data()); }
  std::size_t size() const { return bytes_.size(); }

 private:
  std::string bytes_;
};

Result<std::string> hashSecret(std::string_view secret, Cost cost);
/// Compares in constant time.
bool secretFits(const std::string& hash, std::string_view secret);

/// The plain bytes encrypted and authenticated with a key made of the secret; base64.
Result<std::string> seal(const Secret& plain, std::string_view secret, Cost cost);
/// Errors: bad_secret (or a changed text: the two cannot be told apart), corrupt (no sealed text at all).
Result<Secret> unseal(const std::string& sealed, std::string_view secret);

std::string toBase64(std::string_view bytes);
std::optional<std::string> fromBase64(std::string_view text);

}  // namespace attest::identity
