#include "core/dicom/bytes.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace attest::dicom {
namespace {

constexpr std::size_t windowBytes = 16 * 1024;

bool readFully(int file, std::uint64_t at, std::span<std::byte> to) {
  while (!to.empty()) {
    const ssize_t got = ::pread(file, to.data(), to.size(), static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    to = to.subspan(static_cast<std::size_t>(got));
    at += static_cast<std::uint64_t>(got);
  }
  return true;
}

}  // namespace

Result<Bytes> Bytes::open(const std::filesystem::path& path) {
  // Without O_NONBLOCK a named pipe among the files would wait for a writer for ever.
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) {
    return errno == ENOENT ? fail(ErrorCode::not_found, "no such file")
                           : fail(ErrorCode::io, std::strerror(errno));
  }
  struct stat status {};
  const bool known = ::fstat(file, &status) == 0;
  Bytes bytes(file, known ? static_cast<std::uint64_t>(std::max<off_t>(status.st_size, 0)) : 0);
  if (!known || !S_ISREG(status.st_mode)) return fail(ErrorCode::bad_file, "not a file");
  if (bytes.size() == 0) return fail(ErrorCode::bad_file, "empty file");
  return bytes;
}

Bytes::Bytes(Bytes&& other) noexcept
    : file_(std::exchange(other.file_, -1)),
      size_(other.size_),
      windowAt_(other.windowAt_),
      window_(std::move(other.window_)) {}

Bytes& Bytes::operator=(Bytes&& other) noexcept {
  std::swap(file_, other.file_);
  std::swap(size_, other.size_);
  std::swap(windowAt_, other.windowAt_);
  std::swap(window_, other.window_);
  return *this;
}

Bytes::~Bytes() {
  if (file_ >= 0) ::close(file_);
}

bool Bytes::read(std::uint64_t at, std::span<std::byte> to) {
  if (at > size_ || to.size() > size_ - at) return false;
  if (at < windowAt_ || at + to.size() > windowAt_ + window_.size()) {
    if (to.size() >= windowBytes) return readFully(file_, at, to);
    window_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(windowBytes, size_ - at)));
    windowAt_ = at;
    if (!readFully(file_, at, window_)) {
      window_.clear();
      return false;
    }
  }
  std::memcpy(to.data(), window_.data() + (at - windowAt_), to.size());
  return true;
}

}  // namespace attest::dicom
