#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "core/files/atomic_write.h"
#include "core/files/png.h"
#include "tests/support/temp_dir.h"

namespace attest::files {
namespace {

std::string contentOf(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::ptrdiff_t filesIn(const std::filesystem::path& folder) {
  return std::distance(std::filesystem::directory_iterator(folder), {});
}

TEST(AtomicWrite, WritesAndReplacesAndLeavesNothingBeside) {
  const test::TempDir folder;
  const auto path = folder / "report.txt";
  ASSERT_TRUE(atomicWrite(path, std::string_view("first")));
  ASSERT_TRUE(atomicWrite(path, std::string_view("second, longer")));
  EXPECT_EQ(contentOf(path), "second, longer");
  ASSERT_TRUE(atomicWrite(path, std::string_view()));
  EXPECT_EQ(contentOf(path), "");
  EXPECT_EQ(filesIn(folder.path()), 1);
}

TEST(AtomicWrite, FailureKeepsTheOldFileAndSaysIo) {
  const test::TempDir folder;
  std::filesystem::create_directory(folder / "taken");
  ASSERT_TRUE(atomicWrite(folder / "taken" / "old", std::string_view("old")));
  const auto overFolder = atomicWrite(folder / "taken", std::string_view("new"));
  ASSERT_FALSE(overFolder);
  EXPECT_EQ(overFolder.error().code, ErrorCode::io);
  EXPECT_EQ(contentOf(folder / "taken" / "old"), "old");
  EXPECT_EQ(filesIn(folder.path()), 1) << "no temporary file is left";
  EXPECT_EQ(atomicWrite(folder / "absent" / "file", std::string_view("x")).error().code, ErrorCode::io);
}

/// While it lives, no file can grow beyond that size: a disk that is full half way, for this process only.
class SizeLimit {
 public:
  explicit SizeLimit(rlim_t bytes) : oldHandler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &old_);
    const rlimit limit{bytes, old_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~SizeLimit() {
    setrlimit(RLIMIT_FSIZE, &old_);
    std::signal(SIGXFSZ, oldHandler_);
  }
  SizeLimit(const SizeLimit&) = delete;
  SizeLimit& operator=(const SizeLimit&) = delete;

 private:
  rlimit old_{};
  void (*oldHandler_)(int);
};

TEST(AtomicWrite, AWriteThatEndsHalfWayKeepsTheOldFile) {
  const test::TempDir folder;
  ASSERT_TRUE(atomicWrite(folder / "file", std::string_view("old")));
  {
    const SizeLimit limit(4096);
    const auto written = atomicWrite(folder / "file", std::string(10000, 'x'));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::io);
  }
  EXPECT_EQ(contentOf(folder / "file"), "old");
  EXPECT_EQ(filesIn(folder.path()), 1);
}

TEST(AtomicWrite, DetailNamesNoPath) {
  const auto failed = atomicWrite("/nowhere/PHANTOM^Chest/file", std::string_view("x"));
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().detail.find("PHANTOM"), std::string::npos);
}

TEST(Png, GreyAndColourAreReadBackByOthers) {
  const test::TempDir folder;
  std::vector<std::uint8_t> grey(7 * 5);
  std::vector<std::uint8_t> color(7 * 5 * 3);
  for (std::size_t n = 0; n < grey.size(); ++n) grey[n] = static_cast<std::uint8_t>(n * 7);
  for (std::size_t n = 0; n < color.size(); ++n) color[n] = static_cast<std::uint8_t>(n * 5);
  ASSERT_TRUE(writePng(folder / "grey.png", 7, 5, 1, grey));
  ASSERT_TRUE(writePng(folder / "color.png", 7, 5, 3, color));
  EXPECT_EQ(contentOf(folder / "grey.png").substr(1, 3), "PNG");
  std::ofstream(folder / "check.py") << R"(
import struct, sys, zlib
def rows(path, channels):
    data = open(path, 'rb').read(); at = 8; body = b''
    while at < len(data):
        n, kind = struct.unpack('>I4s', data[at:at + 8])
        if kind == b'IHDR': w, h, depth, color = struct.unpack('>IIBB', data[at + 8:at + 18])
        if kind == b'IDAT': body += data[at + 8:at + 8 + n]
        at += 12 + n
    assert (w, h, depth, color) == (7, 5, 8, 0 if channels == 1 else 2), (w, h, depth, color)
    raw = zlib.decompress(body); width = w * channels; before = bytes(width); out = b''
    for y in range(h):
        kind = raw[y * (width + 1)]; line = bytearray(raw[y * (width + 1) + 1:(y + 1) * (width + 1)])
        for x in range(width):
            a = line[x - channels] if x >= channels else 0
            b = before[x]; c = before[x - channels] if x >= channels else 0
            p = a + b - c
            paeth = min(((abs(p - v), n, v) for n, v in enumerate((a, b, c))))[2]
            line[x] = (line[x] + (0, a, b, (a + b) // 2, paeth)[kind]) & 255
        before = bytes(line); out += before
    return out
assert rows(sys.argv[1] + '/grey.png', 1) == bytes(n * 7 & 255 for n in range(35))
assert rows(sys.argv[1] + '/color.png', 3) == bytes(n * 5 & 255 for n in range(105))
)";
  const std::string command =
      std::string(ATTEST_PYTHON) + " " + (folder / "check.py").string() + " " + folder.path().string();
  EXPECT_EQ(std::system(command.c_str()), 0);
}

TEST(Png, SizesThatDoNotFitAreRefused) {
  const test::TempDir folder;
  const std::vector<std::uint8_t> pixels(12);
  for (const auto& [width, height, channels] :
       std::vector<std::array<int, 3>>{{4, 3, 3}, {4, 2, 1}, {0, 3, 1}, {-4, -3, 1}, {3, 2, 2}}) {
    const auto written = writePng(folder / "x.png", width, height, channels, pixels);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::bad_argument);
  }
  EXPECT_EQ(filesIn(folder.path()), 0);
}

}  // namespace
}  // namespace attest::files
