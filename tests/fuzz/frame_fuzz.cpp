// Frames in every encoding: small real files, where there are any, and JPEG 2000 that is made here.
#include <filesystem>
#include <fstream>

#include "core/dicom/frame.h"
#include "core/dicom/header.h"
#include "core/dicom/scan.h"
#include "tests/core/dicom/j2k_encode.h"
#include "tests/core/dicom/small_file.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/real_data.h"
#include "tests/support/temp_dir.h"

namespace {

constexpr std::uintmax_t mostBytes = 100'000;
constexpr std::size_t mostPixels = std::size_t{1} << 24;  // more only costs time

std::string jpeg2000(const std::filesystem::path& path, int samples) {
  attest::dicom::J2kImage image{19, 23, samples, 8, false, {}};
  for (int i = 0; i < 19 * 23 * samples; ++i) image.values.push_back(i * i % 256);
  attest::dicom::SmallFile file(19, 23, samples == 3 ? "YBR_RCT" : "MONOCHROME2");
  file.syntax = "1.2.840.10008.1.2.4.90";
  file.fragments = {encodeJ2k(image)};
  return attest::test::bytesOf(file.write(path));
}

void readFrames(const std::filesystem::path& path) {
  using namespace attest::dicom;
  auto scan = Scan::file(path);
  const auto format = scan ? readPixelFormat(*scan) : attest::Result<PixelFormat>(attest::fail({}));
  if (!format || format->frameBytes() > mostPixels) return;
  std::vector<std::byte> out(format->frameBytes());
  for (const int frame : {0, format->frames - 1}) static_cast<void>(readFrame(*scan, *format, frame, out));
}

}  // namespace

int main() {
  using namespace attest;
  dicom::initialize();
  const test::TempDir folder;
  std::vector<std::string> corpus{jpeg2000(folder / "grey.dcm", 1), jpeg2000(folder / "colour.dcm", 3)};
  for (const char* group : {"codec-quirks", "pydicom-data-codecs", "pydicom-charsets-palettes",
                            "syntaxes-one-ct-slice", "ct-enhanced-fragments", "cr-dx-mg-vl-xa-wg04"}) {
    const auto data = test::realData(group);
    if (!data) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(*data)) {
      if (entry.is_regular_file() && entry.file_size() < mostBytes)
        corpus.push_back(test::bytesOf(entry.path()));
    }
  }
  const auto path = folder / "input.dcm";
  return test::fuzz("frame", corpus, [&](const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
    readFrames(path);
  });
}
