#pragma once

#include <array>
#include <string>
#include <string_view>

namespace attest {

/// The three ways in which DICOM writes one name (PS3.5 6.2.1), each "family^given^middle^prefix^suffix".
struct PersonName {
  std::string alphabetic;
  std::string ideographic;
  std::string phonetic;
  bool operator==(const PersonName&) const = default;

  /// In their order; the first that is not empty is the one to show where there is room for one.
  std::array<std::string_view, 3> groups() const { return {alphabetic, ideographic, phonetic}; }
};

/// Of a DICOM PN in UTF-8, as Patient::name has it.
PersonName splitName(std::string_view dicomName);

}  // namespace attest
