#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/network/fault.h"

namespace attest::network {

// The units of the DICOM upper layer protocol (PS3.8 section 9.3) as values, without any input or output.

using Buffer = std::vector<std::byte>;

enum class PduType : std::uint8_t {
  associate_request = 1,
  associate_accept = 2,
  associate_reject = 3,
  data = 4,
  release_request = 5,
  release_response = 6,
  abort = 7
};

/// What is proposed for one kind of object or service, and what became of it.
struct Context {
  std::uint8_t id = 1;  ///< odd
  std::string abstractSyntax;
  std::vector<std::string> transferSyntaxes;  ///< of an accepted one: the one that was taken
  std::uint8_t result = 0;                    ///< 0 accepted, 1 and 2 no, 3 abstract, 4 transfer syntax
};

/// A-ASSOCIATE, request and acceptance alike.
struct Associate {
  std::string calledAe;
  std::string callingAe;
  std::vector<Context> contexts;
  std::vector<std::string> storingRoles;  ///< classes that the requestor would take itself (C-GET)
  std::uint32_t maxPdu = 0;               ///< that the sender of this takes; 0: any
  std::string implementation;             ///< name and version
};

struct Reject {
  std::uint8_t result = 1;  ///< 1 permanent, 2 transient
  std::uint8_t source = 1;  ///< 1 service user, 2 provider (association), 3 provider (presentation)
  std::uint8_t reason = 1;
};

/// A piece of a message.
struct Fragment {
  std::uint8_t context = 0;
  bool isCommand = false;
  bool isLast = false;
  std::span<const std::byte> bytes;
};
inline constexpr std::size_t fragmentOverhead = 6;  ///< bytes of a P-DATA-TF item beside its fragment's own
inline constexpr std::size_t pduOverhead = 6;       ///< type and length

Buffer encode(PduType type, const Associate& associate);
Outcome<Associate> decodeAssociate(PduType type, std::span<const std::byte> body);
Buffer encode(const Reject& reject);
Outcome<Reject> decodeReject(std::span<const std::byte> body);
/// A release or an abort by the user.
Buffer encodePlain(PduType type);
/// Writes what stands before the fragment's bytes of a P-DATA-TF with that one fragment: 12 bytes.
void encodeDataHead(std::span<std::byte> to, const Fragment& fragment);
Outcome<std::vector<Fragment>> decodeData(std::span<const std::byte> body);

/// What an association's rejection means, with the problem it is.
Fault meaning(const Reject& reject, const std::string& calledAe, const std::string& callingAe);

/// Whole units out of what arrives in pieces.
class PduReader {
 public:
  struct Pdu {
    PduType type;
    std::span<const std::byte> body;  ///< until the next call of space()
  };
  /// Where the next bytes go; not empty.
  std::span<std::byte> space();
  void arrived(std::size_t bytes) { end_ += bytes; }
  bool hasBytes() const { return end_ > begin_; }
  /// The next whole unit, or none. Faults: not_dicom (no such type), too_large (a length beyond the limits).
  Outcome<std::optional<Pdu>> next();

 private:
  Buffer buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

inline constexpr std::uint32_t ourMaxPdu = 128 * 1024;
/// PS3.7 A.2.1
inline constexpr const char* applicationContext = "1.2.840.10008.3.1.1.1";
inline constexpr const char* ourImplementationUid = "2.25.198206154118416894412206391512637126498";
inline constexpr const char* ourImplementationName = "ATTEST_" ATTEST_VERSION;

}  // namespace attest::network
