#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/dicom/header.h"
#include "core/dicom/seg.h"
#include "tests/support/phantom.h"
#include "tests/support/temp_dir.h"

namespace attest::test {

struct Outcome {
  int status = -1;
  std::string output;
};

/// Runs a command of the shell; its standard output and error.
inline Outcome run(const std::string& command) {
  Outcome out;
  FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return out;
  char buffer[4096];
  while (const std::size_t got = std::fread(buffer, 1, sizeof buffer, pipe)) out.output.append(buffer, got);
  const int status = ::pclose(pipe);
  out.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return out;
}

inline bool hasProgram(const std::string& name) {
  return run("command -v " + name).status == 0;
}

/// The lines in which dciodvfy reports an error; it must know what kind of object it is.
inline std::string dicomErrors(const std::filesystem::path& path, const std::string& iod) {
  const Outcome checked = run("dciodvfy '" + path.string() + "'");
  std::istringstream lines(checked.output);
  std::string errors;
  bool known = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("Error")) errors += line + '\n';
    known |= line == iod;
  }
  return known ? errors : "not recognised as " + iod + ":\n" + checked.output;
}

/// Compares masks, each with the number of its segment, with what pydicom finds in a segmentation; `own`: see
/// check_seg.py.
inline Outcome compareWithPydicom(const std::filesystem::path& seg, const Grid& grid,
                                  const std::vector<std::pair<int, imaging::Mask>>& masks,
                                  const std::string& own = {}) {
  const TempDir folder;
  std::ofstream text(folder / "grid.txt");
  text.precision(17);
  text << grid.dims.i << ' ' << grid.dims.j << ' ' << grid.dims.k << '\n';
  for (const Vec3& v : {grid.originMm, grid.spacingMm, grid.axes[0], grid.axes[1], grid.axes[2]})
    text << v.x << ' ' << v.y << ' ' << v.z << '\n';
  text.close();
  std::filesystem::create_directory(folder / "masks");
  for (const auto& [number, mask] : masks) {
    const auto dense = mask.toDense();
    std::ofstream file(folder / "masks" / std::to_string(number), std::ios::binary);
    file.write(reinterpret_cast<const char*>(dense.data()), static_cast<std::streamsize>(dense.size()));
  }
  return run(std::string(ATTEST_PYTHON) + " " ATTEST_SOURCE_DIR "/tests/core/dicom/check_seg.py '" +
             seg.string() + "' '" + (folder / "grid.txt").string() + "' '" + (folder / "masks").string() +
             "' " + own);
}

/// The grid that spans the frames of a segmentation, as pydicom reads them.
inline Grid ownGrid(const std::filesystem::path& seg) {
  const TempDir folder;
  const Outcome made =
      run(std::string(ATTEST_PYTHON) + " " ATTEST_SOURCE_DIR "/tests/core/dicom/check_seg.py '" +
          seg.string() + "' '" + (folder / "grid.txt").string() + "'");
  EXPECT_EQ(made.status, 0) << made.output;
  std::ifstream text(folder / "grid.txt");
  Grid grid;
  double i = 0;
  double j = 0;
  double k = 0;
  text >> i >> j >> k;
  grid.dims = {static_cast<int>(i), static_cast<int>(j), static_cast<int>(k)};
  for (Vec3* v : {&grid.originMm, &grid.spacingMm, &grid.axes[0], &grid.axes[1], &grid.axes[2]})
    text >> v->x >> v->y >> v->z;
  return grid;
}

/// What is derived from a CT series that lies in these files.
inline dicom::DerivedContext contextOf(const std::vector<std::filesystem::path>& paths) {
  std::vector<FileHeader> headers;
  for (const auto& path : paths) headers.push_back(dicom::readHeader(path).value());
  const InstanceHeader first = headers.front().instance;
  const auto [row, column] = first.groups.orientation.value();
  const Vec3 normal = cross(row, column);
  std::ranges::sort(headers, {},
                    [&](const FileHeader& one) { return dot(*one.instance.groups.positionMm, normal); });
  dicom::DerivedContext context;
  context.sourceSeries = headers.front().series;
  const double step =
      headers.size() < 2
          ? 1
          : dot(*headers[1].instance.groups.positionMm - *headers[0].instance.groups.positionMm, normal);
  context.sourceGrid = {{first.columns, first.rows, static_cast<int>(headers.size())},
                        *headers.front().instance.groups.positionMm,
                        {(*first.groups.pixelSpacingMm)[1], (*first.groups.pixelSpacingMm)[0], step},
                        {row, column, normal}};
  for (const auto& header : headers) {
    context.sources.push_back({header.path, header.instance.sopUid, header.instance.sopClass});
  }
  context.unit = Unit::hu;
  context.seriesUid = newUid();
  context.sopInstanceUid = newUid();
  context.seriesNumber = 901;
  context.seriesDescription = "Attest results";
  context.time = fromIso8601("2026-08-14T09:12:30.250Z");
  context.person = "Reader^Anna";
  context.softwareVersion = "0.1.0";
  return context;
}

inline Item lungItem() {
  Item item;
  item.id = {newUuid()};
  item.kind = ItemKind::structure;
  item.label = "Right lung";
  item.category = {"SCT", "123037004", "Anatomical Structure"};
  item.code = {"SCT", "39607008", "Lung"};
  item.laterality = Code{"SCT", "24028007", "Right"};
  item.state = ItemState::accepted;
  item.color = {197, 165, 145};
  item.trackingUid = newUid();
  item.madeBy = {"lungs", "1.2.0", "", ""};
  return item;
}

inline Item noduleItem() {
  Item item;
  item.id = {newUuid()};
  item.label = "Nodule 1";
  item.category = {"SCT", "49755003", "Morphologically Altered Structure"};
  item.code = {"SCT", "27925004", "Nodule"};
  item.laterality = Code{"SCT", "7771000", "Left"};
  item.state = ItemState::corrected;
  item.color = {255, 64, 0};
  item.trackingUid = newUid();
  item.madeBy = {"nodules", "2.0.1", "net-7", "find nodules"};
  return item;
}

/// A ball of voxels around a fractional index.
inline imaging::MaskPtr ball(const Grid& grid, Vec3 center, double radius) {
  auto mask = std::make_shared<imaging::Mask>(grid);
  mask->paint({{0, 0, 0}, {grid.dims.i - 1, grid.dims.j - 1, grid.dims.k - 1}}, true, [&](Index3 at) {
    return length(Vec3{double(at.i), double(at.j), double(at.k)} - center) <= radius;
  });
  return mask;
}

/// A CT of an odd size on an oblique grid, in which every axis and spacing differs.
inline imaging::Volume obliqueCt() {
  const Vec3 row = normalized({0.9, 0.3, -0.2});
  const Vec3 normal = normalized(cross(row, Vec3{-0.2, 0.95, 0.1}));
  const Grid grid{
      {37, 23, 11}, {-51.25, 13.5, 207.125}, {0.71, 0.93, 2.5}, {row, cross(normal, row), normal}};
  return {grid, imaging::PixelType::int16, Unit::hu};
}

}  // namespace attest::test
