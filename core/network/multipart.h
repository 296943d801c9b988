#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>

#include "core/network/fault.h"

namespace attest::network {

/// The boundary that a Content-Type "multipart/related; boundary=…" names; none where it is another type.
std::optional<std::string> boundaryOf(const std::string& contentType);

/// Takes a multipart body in pieces and hands out its parts whole, one at a time (RFC 2046).
class MultipartReader {
 public:
  using Part = std::function<Outcome<>(std::span<const std::byte> bytes)>;
  MultipartReader(const std::string& boundary, std::size_t limit, Part part)
      : delimiter_("\r\n--" + boundary), limit_(limit), part_(std::move(part)) {}

  /// Faults: too_large (a part beyond the limit), protocol, or that of `part`.
  Outcome<> add(std::span<const std::byte> bytes);
  /// The last delimiter has come: nothing is missing.
  bool isComplete() const { return isComplete_; }

 private:
  Outcome<bool> next();

  std::string delimiter_;
  std::size_t limit_;
  Part part_;
  std::string buffer_ = "\r\n";  ///< so that the first delimiter may stand at the very beginning
  std::size_t searched_ = 0;     ///< no delimiter begins before
  bool isInPart_ = false;
  bool isComplete_ = false;
};

}  // namespace attest::network
