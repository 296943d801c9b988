#include "core/network/multipart.h"

#include <algorithm>
#include <cctype>

namespace attest::network {
namespace {

constexpr std::string_view headersEnd = "\r\n\r\n";
constexpr std::size_t longestHeaders = 16 * 1024;

tl::unexpected<Fault> tooLarge() {
  return trouble(Problem::too_large, "the server sent an object larger than the limits allow");
}

}  // namespace

std::optional<std::string> boundaryOf(const std::string& contentType) {
  std::string lower = contentType;
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const std::size_t at = lower.find("boundary=");
  if (!lower.starts_with("multipart/related") || at == std::string::npos) return std::nullopt;
  std::string value = contentType.substr(at + std::string_view("boundary=").size());
  if (value.starts_with('"')) {
    value.erase(0, 1);
    value = value.substr(0, value.find('"'));
  } else {
    value = value.substr(0, value.find_first_of("; \t"));
  }
  return value.empty() ? std::nullopt : std::optional(value);
}

Outcome<> MultipartReader::add(std::span<const std::byte> bytes) {
  if (isComplete_) return {};
  buffer_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  while (true) {
    ATTEST_TRY(const bool more, next());
    if (!more) return {};
  }
}

// One step: the next delimiter, with the part before it, or the headers behind it. False: more has to come.
Outcome<bool> MultipartReader::next() {
  const std::size_t at = buffer_.find(delimiter_, searched_);
  if (at == std::string::npos) {
    searched_ = buffer_.size() - std::min(buffer_.size(), delimiter_.size() - 1);
    return buffer_.size() > limit_ + longestHeaders ? tooLarge() : Outcome<bool>(false);
  }
  searched_ = at;
  const std::size_t behind = at + delimiter_.size();
  if (buffer_.size() < behind + 2) return false;
  if (isInPart_) {
    const std::size_t body = buffer_.find(headersEnd);
    if (body == std::string::npos || body > at) {
      return trouble(Problem::protocol, "the server sent a part without headers");
    }
    const std::size_t begin = std::min(body + headersEnd.size(), at);
    if (at - begin > limit_) return tooLarge();
    ATTEST_CHECK(part_(std::as_bytes(std::span(buffer_).subspan(begin, at - begin))));
  }
  isInPart_ = true;
  isComplete_ = buffer_.compare(behind, 2, "--") == 0;
  // Two bytes of the line's end stay, so that a part without any header still has an end of its headers.
  buffer_.erase(0, behind);
  searched_ = 0;
  return !isComplete_;
}

}  // namespace attest::network
