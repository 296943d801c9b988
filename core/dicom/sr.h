#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/domain/item.h"
#include "core/domain/report.h"
#include "core/dicom/seg.h"

namespace attest::dicom {

/// One measurement group: an item and the segment of the SEG that holds its mask (0: none).
struct MeasuredItem {
  const Item* item = nullptr;
  int segmentNumber = 0;
};

struct SrOut {
  DerivedContext context;
  std::string segSopInstanceUid;  ///< empty where no SEG goes with it
  std::vector<MeasuredItem> items;
  std::vector<std::string> impression;  ///< plain sentences for the report's text
};

/// Writes a Comprehensive 3D SR, TID 1500: observer person and device, image library, one volumetric group an item with
/// tracking identifier and UID, finding, site, measurements with UCUM units, algorithm identification (TID 4019) for what
/// an agent made, the reader's verdict (99ATTEST). COMPLETE and VERIFIED where signed, else PARTIAL and UNVERIFIED.
Result<> writeSr(const std::filesystem::path& path, const SrOut& report);

struct MeasuredNumber {
  Code concept_;
  double value = 0;
  std::string unit;  ///< UCUM code
};
struct MeasuredGroup {
  std::string trackingId;
  std::string trackingUid;
  Code finding;
  std::string segSopInstanceUid;
  int segmentNumber = 0;
  std::vector<MeasuredNumber> numbers;
  std::string algorithmName;
  std::string verdict;  ///< value of the 99ATTEST code, or empty
};
struct SrIn {
  bool verified = false;
  bool complete = false;
  std::string person;
  std::vector<MeasuredGroup> groups;
  std::vector<std::string> texts;
};

/// Reads a TID 1500 report. Errors: bad_file, unsupported.
Result<SrIn> readSr(const std::filesystem::path& path);

}  // namespace attest::dicom
