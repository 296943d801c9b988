#include "core/files/atomic_write.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/base/ids.h"

namespace attest::files {
namespace {

/// What `errno` says; the path stays out of it, since people name folders after patients.
tl::unexpected<Error> failed(const char* what) {
  const int error = errno;
  const bool full = error == ENOSPC || error == EDQUOT;
  return fail(full ? ErrorCode::disk_full : ErrorCode::io, std::string(what) + ": " + std::strerror(error));
}

/// A file descriptor that is closed in the end.
class File {
 public:
  File(const std::filesystem::path& path, int flags)
      : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {}
  ~File() {
    if (isOpen()) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  bool isOpen() const { return descriptor_ >= 0; }
  bool sync() const { return ::fsync(descriptor_) == 0; }
  bool write(std::span<const std::byte> bytes) const {
    while (!bytes.empty()) {
      const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return false;
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
  }

 private:
  int descriptor_;
};

Result<> writeWhole(const std::filesystem::path& path, std::span<const std::byte> bytes) {
  const File file(path, O_WRONLY | O_CREAT | O_EXCL);
  if (!file.isOpen()) return failed("create");
  if (!file.write(bytes)) return failed("write");
  if (!file.sync()) return failed("sync");
  return {};
}

Result<> replace(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return failed("rename");
  const auto folder = to.has_parent_path() ? to.parent_path() : std::filesystem::path(".");
  const File directory(folder, O_RDONLY | O_DIRECTORY);
  if (!directory.isOpen() || !directory.sync()) return failed("sync folder");
  return {};
}

}  // namespace

Result<> atomicWrite(const std::filesystem::path& path, std::span<const std::byte> bytes) {
  auto temporary = path;
  temporary.replace_filename("." + newUuid() + ".part");
  auto done = writeWhole(temporary, bytes).and_then([&] { return replace(temporary, path); });
  if (!done) ::unlink(temporary.c_str());
  return done;
}

Result<> atomicWrite(const std::filesystem::path& path, std::string_view text) {
  return atomicWrite(path, std::as_bytes(std::span(text)));
}

}  // namespace attest::files
