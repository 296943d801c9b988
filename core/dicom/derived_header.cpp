#include "core/dicom/derived_header.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string_view>

#include "core/dicom/scan.h"
#include "core/dicom/text.h"

namespace attest::dicom {
namespace {

struct Known {
  std::string_view sopClass;
  DerivedKind kind;
};
constexpr std::array classes{
    Known{"1.2.840.10008.5.1.4.1.1.66.4", DerivedKind::segmentation},
    Known{"1.2.840.10008.5.1.4.1.1.66.7", DerivedKind::segmentation},
    Known{"1.2.840.10008.5.1.4.1.1.88.11", DerivedKind::report},
    Known{"1.2.840.10008.5.1.4.1.1.88.22", DerivedKind::report},
    Known{"1.2.840.10008.5.1.4.1.1.88.33", DerivedKind::report},
    Known{"1.2.840.10008.5.1.4.1.1.88.34", DerivedKind::report},
    Known{"1.2.840.10008.5.1.4.1.1.11.1", DerivedKind::presentation_state},
    Known{"1.2.840.10008.5.1.4.1.1.88.59", DerivedKind::key_objects},
    Known{"1.2.840.10008.5.1.4.1.1.481.3", DerivedKind::rt_structures},
    Known{"1.2.840.10008.5.1.4.1.1.30", DerivedKind::parametric_map},
    Known{"1.2.840.10008.5.1.4.1.1.66.1", DerivedKind::registration},
};

/// The first of some texts that is there.
std::string firstOf(Scan& scan, std::initializer_list<Tag> tags) {
  const std::string characterSet = scan.text(0x00080005);
  for (const Tag tag : tags) {
    if (std::string text = toUtf8(scan.text(tag), characterSet); !text.empty()) return text;
  }
  return {};
}

}  // namespace

const char* name(DerivedKind kind) noexcept {
  switch (kind) {
    case DerivedKind::segmentation:
      return "segmentation";
    case DerivedKind::report:
      return "report";
    case DerivedKind::presentation_state:
      return "presentation_state";
    case DerivedKind::key_objects:
      return "key_objects";
    case DerivedKind::rt_structures:
      return "rt_structures";
    case DerivedKind::parametric_map:
      return "parametric_map";
    case DerivedKind::registration:
      return "registration";
  }
  return "";
}

std::optional<DerivedKind> derivedKind(const std::string& sopClass) {
  const auto at = std::ranges::find(classes, sopClass, &Known::sopClass);
  return at == classes.end() ? std::nullopt : std::optional(at->kind);
}

Result<DerivedHeader> readDerivedHeader(const std::filesystem::path& path) {
  ATTEST_TRY(Scan scan, Scan::file(path, Scan::Part::header));
  DerivedHeader out;
  out.sopClass = scan.text(0x00080016);
  const auto kind = derivedKind(out.sopClass);
  if (!kind) return fail(ErrorCode::unsupported, "no derived object");
  out.kind = *kind;
  out.sopUid.value = scan.text(0x00080018);
  out.study.value = scan.text(0x0020000D);
  out.series.value = scan.text(0x0020000E);
  if (out.sopUid.empty() || out.study.empty() || out.series.empty())
    return fail(ErrorCode::bad_file, "its UIDs are not complete");
  out.label = firstOf(scan, {0x30060002, 0x00700080, 0x0008103E});
  out.manufacturer = firstOf(scan, {0x00080070});
  out.date = firstOf(scan, {0x00080023, 0x30060008, 0x00080021});
  return out;
}

}  // namespace attest::dicom
