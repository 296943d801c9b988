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

class Bytes::File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  ~File() { ::close(descriptor_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

Result<Bytes> Bytes::open(const std::filesystem::path& path) {
  // Without O_NONBLOCK a named pipe among the files would wait for a writer for ever.
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) {
    return errno == ENOENT ? fail(ErrorCode::not_found, "no such file")
                           : fail(ErrorCode::io, std::strerror(errno));
  }
  struct stat status {};
  const bool known = ::fstat(file, &status) == 0;
  Bytes bytes(std::make_shared<const File>(file),
              known ? static_cast<std::uint64_t>(std::max<off_t>(status.st_size, 0)) : 0);
  if (!known || !S_ISREG(status.st_mode)) return fail(ErrorCode::bad_file, "not a file");
  if (bytes.size() == 0) return fail(ErrorCode::bad_file, "empty file");
  return bytes;
}

bool Bytes::read(std::uint64_t at, std::span<std::byte> to) {
  if (at > size_ || to.size() > size_ - at) return false;
  if (to.empty()) return true;
  if (all_) {
    std::memcpy(to.data(), all_->data() + at, to.size());
    return true;
  }
  if (at < windowAt_ || at + to.size() > windowAt_ + window_.size()) {
    if (to.size() >= windowBytes) return readFully(file_->descriptor(), at, to);
    window_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(windowBytes, size_ - at)));
    windowAt_ = at;
    if (!readFully(file_->descriptor(), at, window_)) {
      window_.clear();
      return false;
    }
  }
  std::memcpy(to.data(), window_.data() + (at - windowAt_), to.size());
  return true;
}

}  // namespace attest::dicom
