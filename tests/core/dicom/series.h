#pragma once

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/dicom/blocks.h"
#include "core/dicom/header.h"
#include "core/dicom/load.h"

namespace attest::dicom {

/// The first series of a folder's files, as import would index it.
struct IndexedSeries {
  std::vector<Block> blocks;
  std::map<SopUid, std::filesystem::path> paths;
  std::vector<std::string> refused;  ///< reasons

  std::vector<SliceFile> filesOf(const Block& block) const {
    std::vector<SliceFile> files;
    for (const SliceRef& slice : block.slices) files.push_back({paths.at(slice.sopUid), slice.frame});
    return files;
  }
};

inline std::vector<std::filesystem::path> filesBelow(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().filename() != "LICENSE") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

inline IndexedSeries readFolder(const std::filesystem::path& folder) {
  IndexedSeries series;
  SeriesInfo info;
  std::vector<InstanceHeader> instances;
  for (const auto& file : filesBelow(folder)) {
    auto header = readHeader(file);
    if (!header) {
      series.refused.push_back(header.error().detail);
    } else if (instances.empty() || header->series.uid == info.uid) {
      info = header->series;
      series.paths[header->instance.sopUid] = file;
      instances.push_back(std::move(header->instance));
    }
  }
  series.blocks = formBlocks(instances, info);
  return series;
}

}  // namespace attest::dicom
