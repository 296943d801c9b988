#include "core/network/message.h"

#include <algorithm>

namespace attest::network {
namespace {

constexpr std::size_t longestCommand = 64 * 1024;
constexpr std::size_t keptCapacity = std::size_t{16} << 20;  ///< memory that the next message finds

}  // namespace

void MessageReader::begin() {
  if (data_.capacity() > keptCapacity) data_ = Buffer();
  data_.resize(headroom);
  commandBytes_.clear();
  command_ = {};
  isWhole_ = hasCommand_ = tooLarge_ = false;
}

Outcome<bool> MessageReader::add(const Fragment& fragment) {
  if (isWhole_) begin();
  if (fragment.isCommand == hasCommand_) {
    return trouble(Problem::protocol, "the peer mixes commands and data");
  }
  if (fragment.isCommand) {
    if (commandBytes_.size() + fragment.bytes.size() > longestCommand) {
      return trouble(Problem::too_large, "the peer sent a command that is too large");
    }
    commandBytes_.insert(commandBytes_.end(), fragment.bytes.begin(), fragment.bytes.end());
    context_ = fragment.context;
    if (!fragment.isLast) return false;
    ATTEST_TRY(command_, decodeCommand(commandBytes_));
    hasCommand_ = true;
    isWhole_ = !command_.hasData;
    return isWhole_;
  }
  if (fragment.context != context_) return trouble(Problem::protocol, "the peer mixes presentation contexts");
  tooLarge_ = tooLarge_ || data().size() + fragment.bytes.size() > limit_;
  if (tooLarge_) {
    data_ = Buffer(headroom);
  } else {
    data_.insert(data_.end(), fragment.bytes.begin(), fragment.bytes.end());
  }
  isWhole_ = fragment.isLast;
  return isWhole_;
}

std::span<const std::byte> MessageReader::asFile(const FileMeta& meta) {
  const Buffer head = fileHead(meta);
  const std::size_t at = headroom - head.size();
  std::ranges::copy(head, data_.begin() + static_cast<std::ptrdiff_t>(at));
  return std::span(data_).subspan(at);
}

}  // namespace attest::network
