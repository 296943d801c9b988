// A segmentation of 104 segments on 512 x 512 x 600, written and opened, beside pydicom, which is given the
// same masks and the same file.
#include <sys/wait.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <random>

#include "bench/child.h"
#include "core/base/ids.h"
#include "core/dicom/header.h"
#include "core/dicom/seg.h"
#include "tests/support/phantom.h"
#include "tests/support/temp_dir.h"

namespace {

using namespace attest;
namespace fs = std::filesystem;

constexpr int runs = 3;
const Grid grid{{512, 512, 600}, {-180, -180, -450}, {0.7, 0.7, 1.5}};

/// Its geometry is the grid's; the files are small, since only their headers count.
dicom::DerivedContext contextIn(const fs::path& folder) {
  const imaging::Volume volume({{8, 8, grid.dims.k}, grid.originMm, grid.spacingMm},
                               imaging::PixelType::int16, Unit::hu);
  dicom::DerivedContext context;
  for (const fs::path& path : test::writeCt(folder, volume)) {
    const auto header = dicom::readHeader(path).value();
    context.sourceSeries = header.series;
    context.sources.push_back({path, header.instance.sopUid, header.instance.sopClass});
  }
  context.sourceGrid = grid;
  context.seriesUid = newUid();
  context.sopInstanceUid = newUid();
  context.seriesNumber = 900;
  context.softwareVersion = "bench";
  return context;
}

/// Ellipsoids of the sizes of organs, bones and vessels.
std::vector<imaging::MaskPtr> organs() {
  std::mt19937 random(104);
  std::uniform_real_distribution<double> part(0, 1);
  std::vector<imaging::MaskPtr> masks;
  for (int n = 0; n < 104; ++n) {
    const Vec3 radius{8 + 70 * part(random), 8 + 70 * part(random), 8 + 90 * part(random)};
    const Vec3 center{80 + 350 * part(random), 80 + 350 * part(random), 80 + 440 * part(random)};
    auto mask = std::make_shared<imaging::Mask>(grid);
    const auto low = [](double c, double r) { return static_cast<int>(c - r); };
    const auto high = [](double c, double r) { return static_cast<int>(c + r) + 1; };
    mask->paint({{low(center.x, radius.x), low(center.y, radius.y), low(center.z, radius.z)},
                 {high(center.x, radius.x), high(center.y, radius.y), high(center.z, radius.z)}},
                true, [&](Index3 at) {
                  const Vec3 d{(at.i - center.x) / radius.x, (at.j - center.y) / radius.y,
                               (at.k - center.z) / radius.z};
                  return dot(d, d) <= 1;
                });
    masks.push_back(mask);
  }
  return masks;
}

/// The seconds that pydicom says it took to open the file into masks, and to write it.
nlohmann::json pydicom(const fs::path& seg, const fs::path& copy) {
  FILE* pipe = ::popen((std::string(ATTEST_PYTHON) + " '" ATTEST_SOURCE_DIR "/bench/seg_peer.py' '" +
                        seg.string() + "' '" + copy.string() + "'")
                           .c_str(),
                       "r");
  if (pipe == nullptr) return {};
  std::string out;
  char buffer[1024];
  while (const std::size_t got = std::fread(buffer, 1, sizeof buffer, pipe)) out.append(buffer, got);
  ::pclose(pipe);
  return nlohmann::json::parse(out, nullptr, false);
}

}  // namespace

int main() {
  const test::TempDir folder;
  const auto context = contextIn(folder / "ct");
  Item item;
  item.label = "Organ";
  item.category = {"SCT", "123037004", "Anatomical Structure"};
  item.code = {"SCT", "39607008", "Lung"};
  item.state = ItemState::accepted;
  item.trackingUid = newUid();
  item.madeBy = {"bench", "1", "", ""};
  std::vector<dicom::SegmentOut> segments;
  for (const auto& mask : organs()) segments.push_back({&item, mask});
  const fs::path seg = folder / "seg.dcm";
  std::vector<bench::Cost> writes;
  std::vector<bench::Cost> reads;
  for (int run = 0; run < runs; ++run) {
    writes.push_back(
        bench::inChild([&](const auto&) { return bool(dicom::writeSeg(seg, context, segments)); }));
    reads.push_back(bench::inChild([&](const auto&) {
      const auto read = dicom::readSeg(seg, grid);
      return read && read->segments.back().mask == *segments.back().mask;
    }));
  }
  const double written = bench::median(writes, &bench::Cost::seconds);
  const double opened = bench::median(reads, &bench::Cost::seconds);
  const auto peer = pydicom(seg, folder / "copy.dcm");
  std::cout << nlohmann::json{{"bench", "seg"},
                              {"segments", segments.size()},
                              {"file_mb", static_cast<double>(fs::file_size(seg)) / 1e6},
                              {"write_s", written},
                              {"open_s", opened},
                              {"open_peak_mb", bench::median(reads, &bench::Cost::peakMb)},
                              {"ok", writes.back().ok && reads.back().ok},
                              {"pydicom", peer},
                              {"write_ratio", peer.value("write_s", 0.0) / written},
                              {"open_ratio", peer.value("open_s", 0.0) / opened}}
                   .dump(2)
            << '\n';
}
