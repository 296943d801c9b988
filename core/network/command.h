#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/network/pdu.h"

namespace attest::network {

/// Command fields of PS3.7 annex E.
enum class Verb : std::uint16_t {
  store = 0x0001,
  get = 0x0010,
  find = 0x0020,
  move = 0x0021,
  echo = 0x0030,
  cancel = 0x0FFF
};

/// Statuses of PS3.7 annex C and PS3.4 that we give or tell apart.
namespace status {
inline constexpr std::uint16_t success = 0x0000;
inline constexpr std::uint16_t processing_failure = 0x0110;
inline constexpr std::uint16_t invalid_instance = 0x0117;
inline constexpr std::uint16_t no_such_class = 0x0118;
inline constexpr std::uint16_t class_not_supported = 0x0122;
inline constexpr std::uint16_t not_authorized = 0x0124;
inline constexpr std::uint16_t unrecognized = 0x0211;
inline constexpr std::uint16_t out_of_resources = 0xA700;
inline constexpr std::uint16_t not_understood = 0xC000;
inline constexpr std::uint16_t cancelled = 0xFE00;
/// More answers follow.
inline constexpr bool isPending(std::uint16_t s) {
  return s == 0xFF00 || s == 0xFF01;
}
inline constexpr bool isWarning(std::uint16_t s) {
  return s == 0x0001 || s == 0x0107 || s == 0x0116 || (s & 0xF000) == 0xB000;
}
}  // namespace status

/// What a status other than success means, in words: "out of resources (status A700)".
std::string meaning(std::uint16_t status);

/// The command set of a DIMSE message; what a message of its kind has not is left as it is.
struct Command {
  Verb verb = Verb::echo;
  bool isResponse = false;
  std::uint16_t messageId = 1;  ///< of a response: that of its request
  bool hasData = false;
  std::uint16_t status = 0;  ///< of responses
  std::string sopClass;
  std::string sopInstance;
  std::string moveDestination;
  std::optional<std::uint16_t> remaining;  ///< sub-operations of C-GET and C-MOVE
  std::optional<std::uint16_t> completed;
  std::optional<std::uint16_t> failed;
  std::optional<std::uint16_t> warned;
};

Buffer encode(const Command& command);
Outcome<Command> decodeCommand(std::span<const std::byte> bytes);

/// The answer to a request.
Command answerTo(const Command& request, std::uint16_t status);

}  // namespace attest::network
