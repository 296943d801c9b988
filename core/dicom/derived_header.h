#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/base/ids.h"
#include "core/base/result.h"

namespace attest::dicom {

/// Objects that were made from images and belong to their study.
enum class DerivedKind {
  segmentation,
  report,
  presentation_state,
  key_objects,
  rt_structures,
  parametric_map,
  registration
};
/// "segmentation", "report", "presentation_state", "key_objects", "rt_structures", "parametric_map",
/// "registration".
const char* name(DerivedKind kind) noexcept;

/// What a derived object says of itself, without its content.
struct DerivedHeader {
  DerivedKind kind = DerivedKind::segmentation;
  StudyUid study;
  SeriesUid series;
  SopUid sopUid;
  std::string sopClass;
  std::string label;  ///< of its content or structure set, else the series' description
  std::string manufacturer;
  std::string date;  ///< DICOM DA of its content, else of its series
};

/// The kind of such an object by its SOP class; none of any other.
std::optional<DerivedKind> derivedKind(const std::string& sopClass);

/// Errors: not_found, bad_file (UIDs are missing), unsupported (no derived object).
Result<DerivedHeader> readDerivedHeader(const std::filesystem::path& path);

}  // namespace attest::dicom
