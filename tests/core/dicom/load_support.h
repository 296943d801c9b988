#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>

#include "core/base/parallel.h"
#include "core/dicom/load.h"
#include "core/imaging/volume.h"
#include "tests/core/dicom/series.h"

namespace attest::dicom {

inline Serial serial;

// Asymmetric in every axis, with the extremes of CT and an odd number of columns.
inline imaging::Volume pattern(Index3 dims, Vec3 spacingMm = {0.7, 0.8, 2.5}) {
  Grid grid{dims, {-100.25, -80.5, 30}, spacingMm, {Vec3{1, 0, 0}, Vec3{0, 1, 0}, Vec3{0, 0, 1}}};
  imaging::Volume volume(grid, imaging::PixelType::int16, Unit::hu);
  auto values = volume.writable<std::int16_t>();
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = static_cast<std::int16_t>((i * 37) % 4096 - 1024);
  return volume;
}

inline Result<imaging::VolumePtr> loadFolder(const std::filesystem::path& folder, std::size_t index = 0) {
  const auto series = readFolder(folder);
  return loadVolume(series.blocks.at(index), series.filesOf(series.blocks.at(index)), serial, {}, {});
}

inline void expectSame(const imaging::Volume& a, const imaging::Volume& b) {
  ASSERT_EQ(a.type(), b.type());
  ASSERT_TRUE(sameGrid(a.grid(), b.grid()));
  EXPECT_EQ(a.unit(), b.unit());
  EXPECT_TRUE(std::ranges::equal(a.values<std::int16_t>(), b.values<std::int16_t>()));
}

}  // namespace attest::dicom
