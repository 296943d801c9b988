#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace attest::dicom {

/// The bytes of an open file, or of a buffer. Small reads come through a window of 16 KB, so that a header
/// costs a system call or two; large ones go straight where they are wanted. Not for use from two threads at
/// once, but a copy is: it shares the file or the buffer, and has its own window.
class Bytes {
 public:
  /// not_found, io, or bad_file where it is empty or no plain file.
  static Result<Bytes> open(const std::filesystem::path& path);
  explicit Bytes(std::vector<std::byte> all)
      : size_(all.size()), all_(std::make_shared<const std::vector<std::byte>>(std::move(all))) {}

  std::uint64_t size() const noexcept { return size_; }
  /// False where the bytes end before, or the disk does not give them.
  bool read(std::uint64_t at, std::span<std::byte> to);

 private:
  class File;
  Bytes(std::shared_ptr<const File> file, std::uint64_t size) : size_(size), file_(std::move(file)) {}

  std::uint64_t size_ = 0;
  std::shared_ptr<const std::vector<std::byte>> all_;  // or
  std::shared_ptr<const File> file_;
  std::uint64_t windowAt_ = 0;
  std::vector<std::byte> window_;
};

}  // namespace attest::dicom
