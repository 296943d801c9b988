#pragma once

#include <cstddef>
#include <span>

#include "core/network/command.h"
#include "core/network/part10.h"

namespace attest::network {

/// Puts a DIMSE message together from its fragments. Of one that is larger than the limit only the command is
/// kept.
class MessageReader {
 public:
  /// Bytes that the next data set may have.
  void setLimit(std::size_t bytes) { limit_ = bytes; }
  /// True where the message is whole; then it stays until the next fragment.
  Outcome<bool> add(const Fragment& fragment);

  std::uint8_t context() const { return context_; }
  const Command& command() const { return command_; }
  std::span<const std::byte> data() const { return std::span(data_).subspan(headroom); }
  bool isTooLarge() const { return tooLarge_; }
  std::size_t held() const { return data_.capacity(); }
  /// The data set as a DICOM file, without copying it.
  std::span<const std::byte> asFile(const FileMeta& meta);

 private:
  static constexpr std::size_t headroom = 1024;  ///< in front of the data set, for the head of a file
  void begin();

  std::size_t limit_ = 0;
  std::uint8_t context_ = 0;
  Command command_;
  Buffer commandBytes_;
  Buffer data_ = Buffer(headroom);
  bool isWhole_ = false;
  bool hasCommand_ = false;
  bool tooLarge_ = false;
};

}  // namespace attest::network
