#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <vector>

#include "core/casedb/blobs.h"

namespace attest::casedb {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> ioError(const char* what) {
  const int number = errno;
  const auto code = number == ENOSPC || number == EDQUOT ? ErrorCode::disk_full
                    : number == ENOENT                   ? ErrorCode::not_found
                                                         : ErrorCode::io;
  return fail(code, std::string(what) + ": errno " + std::to_string(number));
}

/// A file descriptor, closed when it goes.
class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags) : number_(open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  explicit operator bool() const { return number_ >= 0; }
  int number() const { return number_; }

 private:
  int number_;
};

Result<> writeAll(int descriptor, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return ioError("write");
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

Result<> sync(const fs::path& path, int flags) {
  const Descriptor file(path, flags);
  if (!file) return ioError("open to sync");
  if (fsync(file.number()) != 0) return ioError("fsync");
  return {};
}

class RealFileSystem final : public FileSystem {
  Result<> writeFile(const fs::path& path, std::span<const std::byte> bytes) override {
    const Descriptor file(path, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file) return ioError("create");
    return writeAll(file.number(), bytes);
  }

  Result<> copyFile(const fs::path& from, const fs::path& to) override {
    const Descriptor source(from, O_RDONLY);
    if (!source) return ioError("open");
    const Descriptor target(to, O_WRONLY | O_CREAT | O_TRUNC);
    if (!target) return ioError("create");
    std::vector<std::byte> buffer(1U << 18U);
    for (;;) {
      const ssize_t got = read(source.number(), buffer.data(), buffer.size());
      if (got == 0) return {};
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return ioError("read");
      ATTEST_CHECK(writeAll(target.number(), std::span(buffer).first(static_cast<std::size_t>(got))));
    }
  }

  Result<> syncFile(const fs::path& path) override { return sync(path, O_RDONLY); }
  Result<> syncFolder(const fs::path& folder) override { return sync(folder, O_RDONLY | O_DIRECTORY); }

  Result<> rename(const fs::path& from, const fs::path& to) override {
    if (std::rename(from.c_str(), to.c_str()) != 0) return ioError("rename");
    return {};
  }
};

}  // namespace

FileSystem& realFileSystem() {
  static RealFileSystem files;
  return files;
}

}  // namespace attest::casedb
