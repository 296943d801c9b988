// Files into the case database, beside what DCMTK needs to read their headers alone on one thread, and beside
// copying the same files durably (cp, then fsync of each). Usage: import_bench [FOLDER]; without one, 1000
// small CT images are made.
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "bench/child.h"
#include "core/workflow/import.h"
#include "tests/support/phantom.h"
#include "tests/support/temp_dir.h"

namespace {

using namespace attest;
namespace fs = std::filesystem;

constexpr int runs = 5;

bool import(const fs::path& folder, bool inPlace) {
  const test::TempDir home;
  const auto services = workflow::Services::open(home.path());
  if (!services) return false;
  workflow::ImportRequest request;
  request.paths = {folder};
  request.inPlace = inPlace;
  const auto report = workflow::importPaths(**services, request, {});
  return report && report->added > 0;
}

bool scanHeaders(const fs::path& folder) {
  OFLog::configure(OFLogger::OFF_LOG_LEVEL);
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    DcmFileFormat file;
    file.loadFileUntilTag(entry.path().c_str(), EXS_Unknown, EGL_noChange, DCM_MaxReadLength, ERM_autoDetect,
                          DCM_PixelData);
  }
  return true;
}

bool copyDurably(const fs::path& folder) {
  const test::TempDir to;
  const std::string command = "cp -r '" + folder.string() + "' '" + to.path().string() + "/copy' && find '" +
                              to.path().string() + "' -type f -print0 | xargs -0 sync";
  return std::system(command.c_str()) == 0;
}

nlohmann::json measure(const fs::path& folder) {
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) files += entry.is_regular_file() ? 1 : 0;
  std::vector<bench::Cost> copies;
  std::vector<bench::Cost> places;
  std::vector<bench::Cost> scans;
  std::vector<bench::Cost> limits;
  for (int run = 0; run < runs; ++run) {
    scans.push_back(bench::inChild([&](const auto&) { return scanHeaders(folder); }));
    copies.push_back(bench::inChild([&](const auto&) { return import(folder, false); }));
    places.push_back(bench::inChild([&](const auto&) { return import(folder, true); }));
    limits.push_back(bench::inChild([&](const auto&) { return copyDurably(folder); }));
  }
  const auto rate = [&](const std::vector<bench::Cost>& costs) {
    return static_cast<double>(files) / median(costs, &bench::Cost::seconds);
  };
  return {
      {"bench", "import"},
      {"ok", std::ranges::all_of(copies, &bench::Cost::ok) && std::ranges::all_of(places, &bench::Cost::ok)},
      {"files", files},
      {"copy_files_per_s", rate(copies)},
      {"in_place_files_per_s", rate(places)},
      {"dcmtk_header_scan_files_per_s", rate(scans)},
      {"cp_and_fsync_files_per_s", rate(limits)},
      {"in_place_over_dcmtk_scan", rate(places) / rate(scans)},
      {"copy_over_cp_and_fsync", rate(copies) / rate(limits)}};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1) {
    std::cout << measure(argv[1]).dump(2) << "\n";
    return 0;
  }
  const test::TempDir folder;
  test::writeCt(folder.path(), *test::makeChestPhantom({64, 64, 1000}, {5, 5, 0.5}).volume);
  std::cout << measure(folder.path()).dump(2) << "\n";
}
