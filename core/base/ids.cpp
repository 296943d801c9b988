#include "core/base/ids.h"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <stdexcept>

#include "core/base/hash.h"

namespace attest {
namespace {

using Uuid = std::array<unsigned char, 16>;

/// Marks 16 bytes as a UUID of the given version, RFC 4122 variant.
void mark(Uuid& bytes, unsigned version) {
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0fU) | (version << 4U));
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3fU) | 0x80U);
}

Uuid randomUuid() {
  Uuid bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    throw std::runtime_error("OpenSSL has no random numbers");
  }
  mark(bytes, 4);
  return bytes;
}

/// The 128-bit number in decimal: long division by ten, most significant byte first.
std::string decimal(Uuid bytes) {
  std::string digits;
  const auto zero = [](unsigned char byte) { return byte == 0; };
  while (!std::ranges::all_of(bytes, zero)) {
    unsigned remainder = 0;
    for (auto& byte : bytes) {
      const unsigned value = remainder * 256U + byte;
      byte = static_cast<unsigned char>(value / 10U);
      remainder = value % 10U;
    }
    digits += static_cast<char>('0' + remainder);
  }
  std::ranges::reverse(digits);
  return digits.empty() ? "0" : digits;
}

}  // namespace

std::string newUuid() {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  const Uuid bytes = randomUuid();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += digits[bytes[i] >> 4U];
    text += digits[bytes[i] & 15U];
  }
  return text;
}

std::string newUid() {
  return "2.25." + decimal(randomUuid());
}

std::string stableUid(const std::string& seed) {
  const std::string hex = sha256(seed);
  Uuid bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<unsigned char>(std::stoul(hex.substr(2 * i, 2), nullptr, 16));
  }
  mark(bytes, 8);
  return "2.25." + decimal(bytes);
}

}  // namespace attest
